// What script adds to long lists.
// Each box names the items it filters and one parameter of the address. Few values become links, many a list to choose
// from; either way the choice stands in the address, such as ?kind=law, and can be shared. It makes no entry in the tab's
// history: after "Exit this page" each would lead back here. Some pages keep it in the fragment, which no server sees;
// what an older address of theirs asks for in its query still counts.
(() => {
  "use strict";
  const say = window.siteSay;
  const boxes = [...document.querySelectorAll("[data-filter]")];
  const hidden = document.querySelector("[data-state=fragment]") !== null;
  const states = () => hidden && location.hash.includes("=") && !location.hash.startsWith("#q=");
  const query = () => new URLSearchParams(states() ? location.hash.slice(1) : location.search);
  const chosen = (parameter) => query().get(parameter) || "";
  const addressWith = (parameter, value) => {
    const wanted = query();
    if (value) wanted.set(parameter, value);
    else wanted.delete(parameter);
    if (!hidden) return `${location.pathname}${wanted.size ? `?${wanted}` : ""}`;
    const known = boxes.map((box) => [box.dataset.parameter, wanted.get(box.dataset.parameter)]).filter(([, one]) => one);
    const kept = new URLSearchParams(known);
    kept.sort();
    return `${location.pathname}${kept.size ? `#${kept}` : ""}`;
  };
  // Nothing that was asked for is left folded; without a choice, folds stand as they did before.
  const stood = new Map();
  const unfold = (items, asked) => {
    for (const fold of new Set(items.map((item) => item.closest("details")))) {
      if (!fold) continue;
      if (asked) {
        if (!stood.has(fold)) stood.set(fold, fold.open);
        fold.open = items.some((item) => !item.hidden && fold.contains(item));
      } else if (stood.has(fold)) {
        fold.open = stood.get(fold);
        stood.delete(fold);
      }
    }
  };
  const apply = () => {
    for (const selector of new Set(boxes.map((box) => box.dataset.filter))) {
      const here = boxes.filter((box) => box.dataset.filter === selector);
      const items = [...document.querySelectorAll(selector)];
      const fits = (item) =>
        here.every(({ dataset: { parameter } }) => !chosen(parameter) || (item.dataset[parameter] || "").split(" ").includes(chosen(parameter)));
      for (const item of items) item.hidden = !fits(item);
      const shown = items.filter((item) => !item.hidden);
      unfold(items, here.some(({ dataset: { parameter } }) => chosen(parameter)));
      for (const section of new Set(items.map((item) => item.closest("section")))) {
        if (section) section.hidden = !shown.some((item) => section.contains(item));
      }
      document.querySelector(".filter-none").hidden = shown.length > 0;
      document.querySelector(".filter-status").textContent = say("{shown} of {count} shown", { shown: shown.length, count: items.length });
    }
    for (const { box, links, select } of controls) {
      const wanted = chosen(box.dataset.parameter);
      if (select) select.value = wanted;
      for (const link of links) {
        link.href = addressWith(box.dataset.parameter, link.dataset.value);
        if (link.dataset.value === wanted) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }
    dispatchEvent(new Event("filtered"));
  };
  const go = (address) => {
    history.replaceState(null, "", address);
    apply();
  };
  const controls = boxes.map((box) => {
    const { parameter, legend, all } = box.dataset;
    const entries = [["", all], ...[...box.querySelectorAll("li")].map((li) => [li.dataset.value, li.textContent])];
    box.hidden = false;
    if (box.dataset.control === "select") {
      const label = document.createElement("label");
      const select = document.createElement("select");
      for (const [value, text] of entries) select.add(new Option(text, value));
      select.addEventListener("change", () => go(addressWith(parameter, select.value)));
      label.textContent = legend;
      label.htmlFor = select.id = `filter-${parameter}`;
      box.replaceChildren(label, select);
      return { box, select, links: [] };
    }
    const nav = document.createElement("nav");
    nav.setAttribute("aria-label", legend);
    const list = nav.appendChild(document.createElement("ul"));
    const links = entries.map(([value, text]) => {
      const link = list.appendChild(document.createElement("li")).appendChild(document.createElement("a"));
      link.textContent = text;
      link.dataset.value = value;
      return link;
    });
    nav.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      go(link.href);
    });
    box.replaceChildren(nav);
    return { box, links };
  });
  if (controls.length) {
    const renew = () => (states() ? go(addressWith("")) : apply()); // what is no filter of this page is dropped
    addEventListener("popstate", renew);
    renew();
  }
})();
