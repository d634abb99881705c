"""How sure each statement is: what states no confidence of its own has that of its principle."""

from __future__ import annotations

from typing import Any

from macros.data.kinds import COLLECTIONS, Asked, Confidence, Document, Following, Part, Sourced

__all__ = ["settled"]


def settled(document: Document) -> Document:
    """Give a document with every confidence stated that follows from a principle's.

    A record about one principle that states none has its principle's, and so has a statement of a principle that names
    sources. What names none is our own, and there is nothing to read. Raises nothing.
    """
    sure = {principle.number: principle.confidence for principle in document.principles}
    update: dict[str, Any] = {
        "principles": tuple(_stated(principle, principle.confidence) for principle in document.principles)
    }
    for name in (name for name, record in COLLECTIONS.items() if issubclass(record, Following)):
        update[name] = tuple(
            record if record.confidence else record.model_copy(update={"confidence": sure.get(record.principle)})
            for record in getattr(document, name)
        )
    return document.model_copy(update=update)


def _stated(value: Any, confidence: Confidence) -> Any:
    if isinstance(value, tuple):
        return tuple(_stated(item, confidence) for item in value)
    if not isinstance(value, Part):
        return value
    update = {
        name: _stated(getattr(value, name), confidence)
        for name in type(value).model_fields
        if isinstance(getattr(value, name), tuple | Part)
    }
    if isinstance(value, Sourced | Asked) and value.sources and getattr(value, "confidence", "") is None:
        update["confidence"] = confidence
    return value.model_copy(update=update) if update else value
