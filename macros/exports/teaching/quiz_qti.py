"""A quiz as a package of IMS Question & Test Interoperability 1.2, as Canvas and others import it.

https://www.imsglobal.org/question/index.html#version1.2 describes it. Canvas adds fields of its own to each question,
and reads a file of its own beside the questions (`assessment_meta.xml`); others pass over both.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from macros.exports.teaching.quiz_content import QuizContent, QuizQuestion
from macros.formats.zip_writer import pack

__all__ = ["qti_package"]

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
METADATA = "http://www.imsglobal.org/xsd/imsmd_v1p2"
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
"""The vocabularies of the files."""

RESPONSE, FEEDBACK = "response1", "general_fb"
"""What a question calls its answer and its feedback; Canvas knows the second by this name."""


def qti_package(quiz: QuizContent, moment: int) -> bytes:
    """Give a quiz as a ZIP with a manifest and the questions; every file bears the moment (seconds since 1970)."""
    place, settings = f"{quiz.id}/{quiz.id}.xml", f"{quiz.id}/assessment_meta.xml"
    roots = {"imsmanifest.xml": _manifest(quiz, place, settings), place: _assessment(quiz), settings: _settings(quiz)}
    return pack(((name, _written(root)) for name, root in roots.items()), moment)


def _written(root: Element) -> bytes:
    indent(root)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    child = SubElement(parent, name, attributes)
    child.text = text
    return child


# --- what the package holds ---


def _manifest(quiz: QuizContent, place: str, settings: str) -> Element:
    root = Element("manifest", {"identifier": f"{quiz.id}-package", "xmlns": PACKAGE, "xmlns:imsmd": METADATA})
    metadata = _add(root, "metadata")
    _add(metadata, "schema", "IMS Content")
    _add(metadata, "schemaversion", "1.1.3")
    lom = _add(metadata, "imsmd:lom")
    general = _add(lom, "imsmd:general")
    _string(general, "title", quiz.title)
    _add(general, "imsmd:language", quiz.language)
    _string(general, "description", "\n".join(quiz.about))
    contribute = _add(_add(lom, "imsmd:lifeCycle"), "imsmd:contribute")
    _add(_add(contribute, "imsmd:date"), "imsmd:dateTime", quiz.edition.isoformat())
    rights = _add(lom, "imsmd:rights")
    _add(_add(rights, "imsmd:copyrightAndOtherRestrictions"), "imsmd:value", "yes")
    _string(rights, "description", f"{quiz.licence}. {quiz.credit}")
    _add(root, "organizations")
    resources = _add(root, "resources")
    resource = _add(resources, "resource", identifier=quiz.id, type="imsqti_xmlv1p2")
    _add(resource, "file", href=place)
    _add(resource, "dependency", identifierref=f"{quiz.id}-settings")
    kind = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
    beside = _add(resources, "resource", identifier=f"{quiz.id}-settings", type=kind, href=settings)
    _add(beside, "file", href=settings)
    return root


def _string(parent: Element, name: str, text: str) -> None:
    _add(_add(parent, f"imsmd:{name}"), "imsmd:string", text)


def _settings(quiz: QuizContent) -> Element:
    """Give what Canvas reads of the quiz itself: its title, the note about it, and that nobody gets marks for it."""
    root = Element("quiz", {"identifier": quiz.id, "xmlns": CANVAS})
    _add(root, "title", quiz.title)
    _add(root, "description", "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in quiz.about))
    _add(root, "shuffle_answers", "false")
    _add(root, "quiz_type", "practice_quiz")
    _add(root, "points_possible", f"{len(quiz.questions)}.0")
    _add(root, "show_correct_answers", "true")
    _add(root, "allowed_attempts", "-1")
    return root


# --- the questions ---


def _assessment(quiz: QuizContent) -> Element:
    root = Element("questestinterop", {"xmlns": QTI})
    assessment = _add(root, "assessment", ident=quiz.id, title=quiz.title)
    _add(assessment, "qticomment", "\n".join(quiz.about))
    _fields(assessment, [("cc_maxattempts", "unlimited")])
    section = _add(assessment, "section", ident="root_section")
    for question in quiz.questions:
        _item(section, question)
    return root


def _fields(parent: Element, fields: Iterable[tuple[str, str]]) -> None:
    metadata = _add(parent, "qtimetadata")
    for label, entry in fields:
        field = _add(metadata, "qtimetadatafield")
        _add(field, "fieldlabel", label)
        _add(field, "fieldentry", entry)


def _item(section: Element, question: QuizQuestion) -> None:
    item = _add(section, "item", ident=question.id, title=question.name)
    answers = list(_idents(question))
    fields = (("question_type", "multiple_choice_question"), ("points_possible", "1.0"))
    _fields(_add(item, "itemmetadata"), (*fields, ("original_answer_ids", ",".join(answers))))
    presentation = _add(item, "presentation")
    _material(presentation, [question.text])
    response = _add(presentation, "response_lid", ident=RESPONSE, rcardinality="Single")
    choices = _add(response, "render_choice")
    for ident, answer in zip(answers, question.answers, strict=True):
        _material(_add(choices, "response_label", ident=ident), [answer])
    processing = _add(item, "resprocessing")
    score = {"maxvalue": "100", "minvalue": "0", "varname": "SCORE", "vartype": "Decimal"}
    _add(_add(processing, "outcomes"), "decvar", **score)
    always = _add(processing, "respcondition", **{"continue": "Yes"})
    _add(_add(always, "conditionvar"), "other")
    _add(always, "displayfeedback", feedbacktype="Response", linkrefid=FEEDBACK)
    right = _add(processing, "respcondition", **{"continue": "No"})
    _add(_add(right, "conditionvar"), "varequal", answers[question.right], respident=RESPONSE)
    _add(right, "setvar", "100", action="Set", varname="SCORE")
    _material(_add(_add(item, "itemfeedback", ident=FEEDBACK), "flow_mat"), question.feedback)


def _idents(question: QuizQuestion) -> Iterator[str]:
    """Yield the name of each answer; Canvas writes numbers there, and some readers want nothing else."""
    yield from (str(1001 + place) for place in range(len(question.answers)))


def _material(parent: Element, paragraphs: Iterable[str]) -> None:
    """Add a text as HTML, so that every reader knows what its signs mean; XML is written around it."""
    text = "<br>".join(html.escape(text, quote=False) for text in paragraphs)
    _add(_add(parent, "material"), "mattext", text, texttype="text/html")
