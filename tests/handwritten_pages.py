"""A page of docs/ with a text in it, and what no template in such a page may do."""

from __future__ import annotations

from macros.data.catalogue import Catalogue
from macros.pages import handwritten, site_check

NAME = "docs/about/index.md"
HEAD = "---\ntitle: A title\ndescription: A description\n---\n"
SET = '{% set ctx = page_context("/about/") %}\n'
CANARY = "canary-of-the-tests"

TEMPLATES = (
    # programs and files
    '{{ cycler.__init__.__globals__.os.popen("touch ' + CANARY + '").read() }}',
    "{{ lipsum.__globals__ }}",
    "{{ lipsum() }}",
    "{{ namespace() }}",
    "{{ joiner() }}",
    "{{ self }}",
    "{{ self.__init__.__globals__ }}",
    "{{ config }}",
    "{{ config.theme.get_env() }}",
    "{{ config.plugins }}",
    "{{ config.repo_url.__class__ }}",
    '{{ config["repo_url"] }}',
    '{{ listing("/etc/hostname") }}',
    '{{ listing("../secret") }}',
    '{{ listing("hosting/../../x") }}',
    "{{ listing(ctx.address) }}",
    '{{ listing(name="hosting/nginx.conf") }}',
    "{{ listing }}",
    "{{ page.meta }}",
    "{{ files }} {{ navigation }} {{ environment }} {{ macros }} {{ plugin }}",
    "{{ fix_url('x') }}",
    "{{ macros_info() }}",
    "{{ ctx.__class__.__mro__ }}",
    "{{ ctx._numbers }}",
    "{{ ctx.catalogue.get.__globals__ }}",
    "{{ loop.__class__ }}",
    "{{ ().__class__ }}",
    "{{ ctx }}{{ cycler }}",
    # patterns, subscripts, filters and tests
    '{{ "{0.__class__}".format(ctx) }}',
    "{{ config.repo_url.format(ctx) }}",
    '{{ "%s" % ctx }}',
    '{{ _("%(x)s", x=ctx) }}',
    "{{ gettext(ctx.address) }}",
    "{% trans %}Sources{% endtrans %}",
    "{% trans x=ctx %}{{ x }}{% endtrans %}",
    '{{ ctx["__class__"] }}',
    '{{ ctx["_" ~ "_class__"] }}',
    "{{ ctx.catalogue.terms[0] }}",
    "{{ ctx.catalogue.terms.0 }}",
    '{{ ctx | attr("__class__") }}',
    '{{ ctx.catalogue.terms | map(attribute="__class__") | first }}',
    '{{ ctx.catalogue.terms | sort(attribute="__class__") | first }}',
    '{{ ctx.catalogue.terms | groupby("__class__") }}',
    '{{ ctx.catalogue.terms | join(", ", "__class__") }}',
    '{{ ctx.catalogue.terms | join(", ", attribute="__class__") }}',
    "{{ ctx.catalogue.terms | join(ctx.address) }}",
    "{{ ctx.catalogue.document.terms | safe }}",
    "{{ ctx | string }}",
    "{{ ctx | tojson }}",
    "{% if ctx is callable %}x{% endif %}",
    # what makes other names, or other templates
    "{% set x = cycler %}",
    "{% set x = ctx %}{{ x }}",
    "{% set ctx = cycler %}",
    '{% set ctx = page_context("/help/") %}',
    "{% set ctx = page_context(config.site_url) %}",
    "{% set page_context = listing %}",
    "{% set x %}a{% endset %}",
    "{% set ns = namespace(a=ctx) %}",
    '{% extends "principle.md.j2" %}',
    '{% include "principle.md.j2" %}',
    '{% include "parts/../principle.md.j2" %}',
    '{% include "/etc/passwd" %}',
    "{% include ctx.address %}",
    '{% include ["parts/help.md.j2"] %}',
    '{% import "parts/blocks.md.j2" as b %}',
    '{% from "parts/blocks.md.j2" import shape as listing %}',
    '{% from "parts/blocks.md.j2" import nothing_there %}',
    '{% from "parts/blocks.md.j2" import shape %}{{ shape.__globals__ }}',
    '{% from "parts/blocks.md.j2" import shape %}{{ shape }}',
    "{% macro f() %}x{% endmacro %}",
    "{% call ctx() %}x{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% block a %}x{% endblock %}",
    "{% with a = ctx %}x{% endwith %}",
    "{% autoescape false %}x{% endautoescape %}",
    "{% for listing in ctx.catalogue.terms %}{{ listing('x') }}{% endfor %}",
    "{% for ctx in ctx.catalogue.terms %}x{% endfor %}",
    "{% for shape in ctx.catalogue.terms %}{{ shape() }}{% endfor %}",
    "{% for a in ctx.catalogue.terms recursive %}x{% endfor %}",
    "{% for a in ctx.catalogue.terms %}{{ loop.cycle(a) }}{% endfor %}",
    "{% if cycler.__init__ %}x{% endif %}",
    "{% for a in ctx.catalogue.terms if cycler %}x{% endfor %}",
    # what has no end
    "{{ range(999999999) }}",
    '{{ "x" * 999999999 }}',
    "{{ 9 ** 999999999 }}",
    "{% for a in ctx.catalogue.sources %}{% for b in ctx.catalogue.sources %}"
    "{% for c in ctx.catalogue.sources %}x{% endfor %}{% endfor %}{% endfor %}",
    "{{ " + "(" * 500 + "ctx" + ")" * 500 + " }}",
    "{{ ctx" + ".a" * 400 + " }}",
    # what is more than a value
    '{{ "a text" }}',
    "{{ 7*7 }}",
    '{{ "a" ~ "b" }}',
    "{{ ctx if ctx else ctx }}",
    "{{ [ctx] }}",
    '{{ {"a": ctx} }}',
    # what cannot be filled in
    "{{ ctx.nothing_there }}",
    "{{ ctx.catalogue.nothing_there }}",
    "{{ ctx.catalogue.document.nothing_there }}",
    "{{ ctx.catalogue.document.model_dump() }}",
    '{{ ctx.to("javascript:alert(1)") }}',
    "{{ ctx.to(ctx.address) }}",
    '{{ ctx.link("nothing_there", ctx) }}',
    '{{ ctx.catalogue.get("nothing_there", "x") }}',
    '{{ ctx.catalogue.get("events", ctx.address) }}',
    "{{ ctx.catalogue.get(*ctx.address) }}",
    "{{",
    "{% if %}",
    "{% do ctx %}",
    "{% raw %}",
    "{# a remark",
)
"""Each would run, read, show or fill in what a page must not."""


def refused(text: str, catalogue: Catalogue | None = None) -> list[str]:
    """Hold a page against what pages may do; give the lines."""
    found = list(handwritten.faults(NAME, text.encode("utf-8", "surrogatepass"), catalogue))
    lines = text.split("\n")
    for fault in found:
        assert 1 <= fault.position.line <= len(lines), fault
        assert 1 <= fault.position.column <= len(lines[fault.position.line - 1]) + 1, fault
    return list(site_check.said(NAME, found)) if found else []
