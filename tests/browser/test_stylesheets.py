"""Material's style sheet is cut to what the pages use: no rule that matches may be lost, much must be gone."""

from __future__ import annotations

from macros.build.css_pruning import cut, names_in
from macros.build.stylesheets import material
from tests.conftest import BuiltSite

LOST = """whole => {
  const flat = (rules, around) => [...rules].flatMap((rule) =>
    rule.style && [...rule.style].every((name) => name.startsWith("--")) ? [] : rule.selectorText
      ? rule.selectorText.split(/,(?![^(]*[)])/).map((one) => [around + "|" + one.trim(), one.trim()])
      : rule.cssRules && !rule.name ? flat(rule.cssRules, around + rule.constructor.name + rule.conditionText) : []);
  const all = new CSSStyleSheet();
  all.replaceSync(whole);
  const served = [...document.styleSheets].find((sheet) => sheet.href.includes("/assets/material."));
  const kept = new Set(flat(served.cssRules, "").map(([key]) => key));
  const bare = (selector) => selector
    .replace(/::?(?:before|after|marker|placeholder|-webkit-[a-z-]+|-moz-[a-z-]+)/g, "")
    .replace(/:(?:hover|focus|focus-visible|focus-within|active|target|checked|open)(?![a-z-])/g, "");
  const matches = (selector) => {
    try { return document.querySelector(bare(selector) || "*") !== null; } catch { return false; }
  };
  return flat(all.cssRules, "").filter(([key, selector]) => !kept.has(key) && matches(selector)).map(([key]) => key);
}"""
"""Gives the selectors of the whole sheet, less those of the cut one, that match something on a page."""


def test_most_of_the_sheet_is_gone(site: BuiltSite) -> None:
    [served] = (site.folder / "assets").glob("material.*.css")
    assert served.stat().st_size < len(material().encode()) / 2


def test_custom_properties_go_that_no_sheet_reads() -> None:
    sheet = """
      :root { --a: url("data:image/svg+xml;<svg fill='var(--e)'/>"); --b: 1px; --c: var(--d); --d: 2px; top: var(--b) }
      html { --d: 3px } @media print { :root { --b: 4px; --a: none } html { --a: none } }
    """
    names = names_in([], [])
    assert cut(sheet, names, "p { left: var( --a ) }").replace(" ", "") == (
        """:root{--a:url("data:image/svg+xml;<svgfill='var(--e)'/>");--b:1px;top:var(--b)}"""
        "@mediaprint{:root{--b:4px;--a:none}html{--a:none}}"
    )
    assert cut(sheet, names).replace(" ", "") == ":root{--b:1px;top:var(--b)}@mediaprint{:root{--b:4px}}"


def test_a_rule_stays_where_all_its_names_occur() -> None:
    names = names_in(['<p class="lead big"><a id="x" rel=next>'], ['element.classList.add("leaving")'])
    sheet = """
      p.lead, .gone { color: red } .leaving > a[rel] { top: 0 } #x:hover { left: 0 } table td { margin: 0 }
      @media print { .lead { color: black } .gone { color: black } } @media screen { .gone { top: 0 } }
      a:not(.gone) { animation: spin 1s } @keyframes spin { to { top: 0 } } @keyframes lost { to { top: 0 } }
      a[data-no] { top: 1px } [rel="next"] { top: 2px }
    """
    assert cut(sheet, names).replace(" ", "") == (
        "p.lead{color:red}.leaving>a[rel]{top:0}#x:hover{left:0}@mediaprint{.lead{color:black}}"
        "a:not(.gone){animation:spin1s}@keyframesspin{to{top:0}}"
        '[rel="next"]{top:2px}'
    )
