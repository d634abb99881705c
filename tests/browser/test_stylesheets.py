"""Style sheets are cut to what each kind of page uses: no rule that matches may be lost, much must be gone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from macros.build import stylesheets
from macros.build.css_names import Names, asked_by, names_in, start_tags
from macros.build.css_pruning import Rules, pieces
from tests.conftest import BuiltSite

LOST = """whole => {
  const flat = (rules, around) => [...rules].flatMap((rule) =>
    rule.style && [...rule.style].every((name) => name.startsWith("--")) ? [] : rule.selectorText
      ? rule.selectorText.split(/,(?![^(]*[)])/).map((one) => [around + "|" + one.trim(), one.trim()])
      : rule.cssRules && !rule.name ? flat(rule.cssRules, around + rule.constructor.name + rule.conditionText) : []);
  const all = new CSSStyleSheet();
  all.replaceSync(whole);
  const kept = new Set([...document.styleSheets].flatMap((sheet) => flat(sheet.cssRules, "").map(([key]) => key)));
  const bare = (selector) => selector
    .replace(/::?(?:before|after|marker|placeholder|-webkit-[a-z-]+|-moz-[a-z-]+)/g, "")
    .replace(/:(?:hover|focus|focus-visible|focus-within|active|target|checked|open)(?![a-z-])/g, "");
  const matches = (selector) => {
    try { return document.querySelector(bare(selector) || "*") !== null; } catch { return false; }
  };
  return flat(all.cssRules, "").filter(([key, selector]) => !kept.has(key) && matches(selector)).map(([key]) => key);
}"""
"""Gives the selectors of the whole sheet, less those of the sheets that a page loads, that match something on it."""


def whole() -> str:
    """Give both sheets as the live server sends them."""
    sheets = dict(stylesheets.files())
    return sheets[stylesheets.MATERIAL] + sheets[stylesheets.OURS[0]]


@cache
def all_that_counts() -> str:
    """Give every rule of both sheets, but for what a later one of the same selector sets anew."""
    return Rules(pieces(whole())).whole()


def test_a_page_loads_a_third_of_the_rules_at_most(site: BuiltSite) -> None:
    own = list((site.folder / "assets" / "kinds").glob("*.css"))
    assert len(own) > 30
    assert max(sheet.stat().st_size for sheet in own) < len(whole().encode()) / 3


def named(sheet: str, pages: Iterable[str], scripts: Iterable[str] = ()) -> Names:
    """Give what pages and scripts name of what a sheet asks for."""
    asked = asked_by(selector for piece in pieces(sheet) for selector in piece.selectors)
    return names_in(asked.bare(tag for page in pages for tag in start_tags(page)), scripts, asked)


def cut(sheet: str, names: Names) -> str:
    """Give a sheet cut down to what some names need, once it was cut to them before as to those of all pages."""
    at_once = Rules(pieces(sheet)).cut(names)
    assert Rules(pieces(sheet), names).cut(names) == at_once
    return at_once


def test_custom_properties_go_that_no_sheet_reads() -> None:
    sheet = """
      :root { --a: url("data:image/svg+xml;<svg fill='var(--e)'/>"); --b: 1px; --c: var(--d); --d: 2px; top: var(--b) }
      html { --d: 3px } @media print { :root { --b: 4px; --a: none } html { --a: none } }
    """
    names = named(f"{sheet} p {{}}", ["<p>"])
    assert cut(f"{sheet} p {{ left: var( --a ) }}", names).replace(" ", "") == (
        """:root{--a:url("data:image/svg+xml;<svgfill='var(--e)'/>");--b:1px;top:var(--b)}"""
        "@mediaprint{:root{--b:4px;--a:none}html{--a:none}}p{left:var(--a)}"
    )
    assert cut(sheet, names).replace(" ", "") == ":root{--b:1px;top:var(--b)}@mediaprint{:root{--b:4px}}"


def test_a_rule_stays_where_all_its_names_occur() -> None:
    sheet = """
      p.lead, .gone { color: red } .leaving > a[rel] { top: 0 } #x:hover { left: 0 } table td { margin: 0 }
      @media print { .lead { color: black } .gone { color: black } } @media screen { .gone { top: 0 } }
      a:not(.gone) { animation: spin 1s } @keyframes spin { to { top: 0 } } @keyframes lost { to { top: 0 } }
      a[data-no] { top: 1px } [rel="next"] { top: 2px }
    """
    names = named(sheet, ['<p class="lead big"><a id="x" rel=next>'], ['element.classList.add("leaving")'])
    assert cut(sheet, names).replace(" ", "") == (
        "p.lead{color:red}.leaving>a[rel]{top:0}#x:hover{left:0}@mediaprint{.lead{color:black}}"
        "a:not(.gone){animation:spin1s}@keyframesspin{to{top:0}}"
        '[rel="next"]{top:2px}'
    )


def test_a_rule_stays_where_one_element_has_all_that_it_names() -> None:
    sheet = """
      li.card.open { top: 0 } a.card { top: 0 } ol:is(.card, .made) { top: 0 } li:is(.gone, .open) { top: 0 }
      [dir="rtl"] a { top: 0 } [dir="ltr"] a { top: 0 } .made.new { top: 0 } .made.card { top: 0 } a.given { top: 0 }
      li:has(> #x) { top: 0 } li:has(.gone) { top: 0 }
    """
    names = named(
        sheet,
        ['<ol dir="ltr"><li class="card open"><a id="x">'],
        ['p.className = "made new"; q.classList.add("given"); say("an own card")'],
    )
    assert cut(sheet, names) == (
        'li.card.open,li:is(.gone, .open),[dir="ltr"] a,.made.new,a.given,li:has(> #x){top: 0}'
    )


def test_what_a_later_rule_sets_anew_is_not_said() -> None:
    sheet = """
      a { top: 0; margin-left: 1px; color: red !important; left: 1px } @media print { a { top: 1px; right: 0 } }
      a, b { bottom: 0; left: 2px } a { top: 2px; margin: 0; color: blue; bottom: 1px }
      a { color: color-mix(in srgb, red) }
    """
    assert cut(sheet, named(sheet, ["<a><b>"])).replace(" ", "") == (
        "a{color:red!important}@mediaprint{a{right:0}}a{left:2px}b{bottom:0;left:2px}"
        "a{top:2px;margin:0;color:blue;bottom:1px}a{color:color-mix(insrgb,red)}"
    )
