// What script adds to pages that work without it: filters whose state stands in the address, and definitions that show
// where a term stands. No storage, no request.
(() => {
  "use strict";

  // Material gives its search dialog no name (WCAG 4.1.2); without script there is no dialog.
  document.querySelector("[data-md-component=search]")?.setAttribute("aria-label", "Search");

  // --- filters ---------------------------------------------------------------------------------------------------
  // A list of values becomes links such as ?kind=law. Following one hides the items of other kinds and their sections.
  const filter = (box) => {
    const parameter = box.dataset.parameter;
    const items = [...document.querySelectorAll(box.dataset.filter)];
    const none = document.querySelector(".filter-none");
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    status.className = "quiet";
    const nav = document.createElement("nav");
    nav.setAttribute("aria-label", box.dataset.legend);
    const list = document.createElement("ul");
    const entries = [["", box.dataset.all], ...[...box.querySelectorAll("li")].map((li) => [li.dataset.value, li.textContent])];
    const links = entries.map(([value, label]) => {
      const item = list.appendChild(document.createElement("li"));
      const link = item.appendChild(document.createElement("a"));
      link.textContent = label;
      link.dataset.value = value;
      link.href = value ? `?${parameter}=${value}` : location.pathname;
      return link;
    });
    const apply = () => {
      const wanted = new URLSearchParams(location.search).get(parameter) || "";
      let shown = 0;
      for (const item of items) {
        const fits = !wanted || item.dataset[parameter].split(" ").includes(wanted);
        item.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      for (const section of new Set(items.map((item) => item.closest("section")))) {
        if (section) section.hidden = ![...section.querySelectorAll("li")].some((item) => items.includes(item) && !item.hidden);
      }
      for (const link of links) {
        if (link.dataset.value === wanted) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
      if (none) none.hidden = shown > 0;
      status.textContent = `${shown} of ${items.length} shown`;
    };
    nav.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      history.pushState(null, "", link.href);
      apply();
    });
    addEventListener("popstate", apply);
    nav.append(list);
    box.replaceChildren(nav, status);
    box.hidden = false;
    apply();
  };
  document.querySelectorAll("[data-filter]").forEach(filter);

  // --- definitions -----------------------------------------------------------------------------------------------
  // Shown at a term under the pointer or with focus; stays while the pointer is on it; Escape closes it. A first touch
  // shows it, with a link to the glossary inside; without popovers the term stays a plain link.
  if (!HTMLElement.prototype.showPopover) return;
  let open = null;
  let timer = 0;
  const close = () => {
    clearTimeout(timer);
    if (open) open.hidePopover();
    open = null;
  };
  const show = (term) => {
    clearTimeout(timer);
    const definition = document.getElementById(term.getAttribute("aria-describedby"));
    if (!definition || definition === open) return;
    close();
    definition.showPopover();
    open = definition;
    const at = term.getClientRects()[0];
    const box = definition.getBoundingClientRect();
    const below = at.bottom + 6 + box.height < innerHeight;
    definition.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.width - 8))}px`;
    definition.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - box.height - 6)}px`;
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(close, 200);
  };
  for (const term of document.querySelectorAll("a.term")) {
    let touched = false;
    term.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && show(term));
    term.addEventListener("pointerleave", later);
    term.addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch"));
    term.addEventListener("focus", () => touched || show(term));
    term.addEventListener("blur", later);
    term.addEventListener("click", (event) => {
      if (touched && !(open && open.id === term.getAttribute("aria-describedby"))) {
        event.preventDefault();
        show(term);
      }
    });
  }
  for (const definition of document.querySelectorAll(".definition")) {
    definition.addEventListener("pointerenter", () => clearTimeout(timer));
    definition.addEventListener("pointerleave", later);
    definition.addEventListener("focusin", () => clearTimeout(timer));
    definition.addEventListener("focusout", later);
  }
  addEventListener("keydown", (event) => event.key === "Escape" && close());
  addEventListener("scroll", close, { passive: true });
  addEventListener("pointerdown", (event) => open && !event.target.closest(".definition, a.term") && close());
})();
