// What script adds to every page, which works without it: a quick way out, the search, copies of addresses, and definitions
// that show where a term stands. No storage, no request.
(() => {
  "use strict";

  // Texts in the language of the page; `assets/words.<language>.js` has them where it is not English.
  const say = (text, values = {}) => (window.siteWords?.[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  window.siteSay = say;

  // --- exit ------------------------------------------------------------------------------------------------------
  // The link works by itself. With script nothing of the page stays on the screen while the next one loads, Back does not
  // lead to this page again, and three presses of Shift alone do the same. After the pattern of the GOV.UK Design System:
  // https://design-system.service.gov.uk/components/exit-this-page/
  //
  // What it cannot do: pages opened before this one stay behind Back, everything stays in the browser's history, and places
  // jumped to inside this page stay behind Forward. "Leaving this page" on /help/ says so.
  const PRESSES = 3;
  const WITHIN = 5000; // milliseconds from one press to the next
  const RUN = 200; // milliseconds: a wheel that pauses no longer than this is still the same turn of it, or its spin
  const PATIENCE = 6000; // milliseconds that the other site may take before somebody is told what else to do
  const TURN = 300; // milliseconds that going back to the first entry of this page may take
  const exits = document.querySelectorAll("[data-exit]");
  const exit = exits[0];
  const dots = exit.querySelector(".exit-presses");
  const spoken = document.querySelector(".exit-spoken");
  const leaving = () => document.body.classList.contains("leaving");
  let presses = 0;
  let held = false;
  let alone = false;
  let waiting = 0;
  const count = (value, words = "") => {
    clearTimeout(waiting);
    presses = value;
    dots.classList.toggle("counting", value > 0);
    [...dots.children].forEach((dot, place) => dot.classList.toggle("pressed", place < value));
    spoken.textContent = words;
    if (value) waiting = setTimeout(() => count(0, say("Exit this page: no longer counting.")), WITHIN);
  };
  // A jump inside the page makes an entry of its own in the tab's history. Replacing the last one alone would leave the
  // others behind Back; so the first of them is replaced, where the browser tells which that is.
  const jumps = () => {
    const here = window.navigation?.currentEntry?.index ?? 0;
    const entries = here > 0 ? navigation.entries() : [];
    let first = here;
    while (first > 0 && entries[first - 1].sameDocument) first -= 1;
    return here - first;
  };
  const leave = () => {
    window.speechSynthesis?.cancel();
    if (!leaving()) {
      const cover = document.createElement("div");
      cover.className = "exit-cover";
      cover.setAttribute("role", "alert");
      cover.textContent = say("Loading");
      document.querySelector("dialog[open]")?.close();
      document.body.append(cover);
      document.body.classList.add("leaving");
      // A site that gives no answer leaves this page covered, and says what else helps.
      setTimeout(() => (cover.textContent = say("No answer yet. Closing the tab helps too.")), PATIENCE);
    }
    const back = jumps();
    let late = 0;
    const replace = () => {
      removeEventListener("popstate", replace);
      clearTimeout(late);
      location.replace(exit.href);
    };
    if (!back) return replace();
    addEventListener("popstate", replace);
    late = setTimeout(replace, TURN);
    history.go(-back);
  };
  for (const link of exits) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
  }
  // Where the browser does not tell, jumps make no entry.
  if (!window.navigation) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.('a[href^="#"]');
      if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      location.replace(link.href);
    });
  }
  // Shift counts when it is pressed alone: nothing else while it is down, and no key or click between two presses.
  const spoil = () => {
    alone = false;
    if (presses) count(0);
  };
  // Keys that an input method takes to compose a sign are none of ours; 229 is how older browsers say so.
  const composing = (event) => event.isComposing || event.keyCode === 229;
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || composing(event) || event.ctrlKey || event.altKey || event.metaKey) return spoil();
    if (event.repeat) return; // still the same press
    if (held) return spoil(); // the other Shift as well
    held = alone = true;
  });
  addEventListener("keyup", (event) => {
    if (!event.shiftKey) held = false; // with Alt a layout may give Shift another name when it comes up
    if (event.key !== "Shift") return;
    const pressed = alone && !composing(event);
    alone = false;
    if (!pressed) return;
    const left = PRESSES - presses - 1;
    if (left) count(presses + 1, left === 1 ? say("Exit this page: press Shift once more.") : say("Exit this page: press Shift {count} times more.", { count: left }));
    else leave();
  });
  for (const kind of ["pointerdown", "click", "compositionstart"]) addEventListener(kind, spoil, true);
  addEventListener("pointermove", (event) => event.buttons && spoil(), { passive: true });
  document.addEventListener("selectionchange", spoil);
  addEventListener("blur", () => {
    held = false;
    spoil();
  });
  // A touchpad goes on for a second after the fingers are gone: that must not hold up somebody who then presses Shift.
  let turned = -RUN;
  let before = false;
  addEventListener(
    "wheel",
    ({ timeStamp }) => {
      if (timeStamp - turned > RUN) before = !held && !presses;
      turned = timeStamp;
      if (!before) spoil();
    },
    { passive: true },
  );
  // A browser may show a kept copy of the page on the way back.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.body.classList.remove("leaving");
    document.querySelectorAll(".exit-cover").forEach((cover) => cover.remove());
    held = alone = false;
    count(0);
  });

  // --- menu ------------------------------------------------------------------------------------------------------
  // Opens and closes by itself. With script Escape, a press outside it and a step past its end close it too: left open, it
  // would cover what has the focus.
  const menu = document.querySelector(".menu");
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.firstElementChild.focus();
  });
  for (const kind of ["focusin", "pointerdown"]) addEventListener(kind, ({ target }) => menu.contains(target) || (menu.open = false));

  // --- search ----------------------------------------------------------------------------------------------------
  // Nothing of search is loaded before somebody turns to it. `#q=words` (or `?q=words`) in an address opens it with the
  // words; what is typed never goes into an address.
  const base = new URL("../", document.querySelector("link[rel=icon]").href); // not by the script, which help pages have in another
  const opener = document.querySelector(".search-open");
  const dialog = document.querySelector("dialog.search");
  const field = dialog.querySelector("input");
  const found = dialog.querySelector("[role=status]");
  const lost = dialog.querySelector(".search-lost");
  let wanted = false;
  const load = () => {
    if (wanted) return;
    wanted = true;
    lost.hidden = true;
    found.textContent = say("Loading");
    for (const file of ["assets/vendor/minisearch-7.2.0.min.js", dialog.dataset.index, "assets/search.js"]) {
      const script = document.createElement("script");
      script.src = new URL(file, base);
      script.async = false; // in this order
      // The names of these files change with what they hold: a page that is older than the site asks for some that are gone.
      script.addEventListener("error", () => {
        wanted = false;
        lost.hidden = false;
        found.textContent = say("The search could not be loaded. This page may be older than the site, or the connection is gone.");
      });
      document.head.append(script);
    }
  };
  lost.querySelector("button").addEventListener("click", () => location.reload());
  const openSearch = (words) => {
    load();
    if (words !== undefined) {
      field.value = words.slice(0, field.maxLength); // what stands in an address may be of any length
      window.siteSearch?.show();
    }
    if (!dialog.open) dialog.showModal();
    field.focus();
    field.select();
  };
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  opener.addEventListener("focus", load);
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    openSearch();
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key !== " " || composing(event)) return;
    event.preventDefault();
    openSearch();
  });
  dialog.querySelector(".search-close").addEventListener("click", () => dialog.close());
  dialog.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  // With a key beside it: a letter alone could be pressed by mistake, or spoken to software that types (WCAG 2.1.4).
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || composing(event) || dialog.open) return;
    event.preventDefault();
    openSearch();
  });
  for (const link of document.querySelectorAll("a[data-search]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      openSearch(link.dataset.search);
    });
  }
  const asked = () => new URLSearchParams(location.hash.startsWith("#q=") ? location.hash.slice(1) : location.search).get("q");
  const ask = () => asked() !== null && !leaving() && openSearch(asked());
  addEventListener("hashchange", ask);
  ask();

  // --- copying ---------------------------------------------------------------------------------------------------
  // The small links at headings, phrases, terms and figures lead to themselves; with script they also copy their address.
  // What is marked with data-copy gets a button that copies its text.
  const copied = document.body.appendChild(document.createElement("p"));
  copied.className = "copied";
  copied.setAttribute("role", "status");
  let fading = 0;
  const tell = (text) => {
    clearTimeout(fading);
    copied.textContent = text;
    fading = setTimeout(() => (copied.textContent = ""), 4000);
  };
  const copy = async (text, done) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return false; // not allowed, or no secure connection: the link stands in the address bar, the text can be marked
    }
    tell(done);
    return true;
  };
  Object.assign(window, { siteCopy: copy, siteTell: tell });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.toclink, a.permalink");
    if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) copy(link.href, say("Link copied"));
  });
  for (const source of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = source.dataset.copy || say("Copy");
    button.addEventListener("click", async () => {
      if (!(await copy((source.value ?? source.textContent).trim(), say("Copied")))) getSelection().selectAllChildren(source);
    });
    source.after(button);
  }

  // --- citing ----------------------------------------------------------------------------------------------------
  // Once a phrase or a section is chosen (its address ends with an anchor), the citations give its address, not the page's.
  // A link to something folded opens it, and leaves chosen what was chosen before.
  const cited = document.querySelectorAll("[data-cite-address]");
  const point = () => {
    const { hash } = location;
    const place = document.getElementById(hash.slice(1));
    // Some browsers open what a link leads into by themselves, others do not.
    const shut = Boolean(place?.closest("details:not([open])"));
    for (let fold = place?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (shut) place.scrollIntoView();
    if (!place?.matches("details")) for (const address of cited) address.textContent = address.dataset.citeAddress + (place ? hash : "");
  };
  addEventListener("hashchange", point);
  point();

  // --- contents --------------------------------------------------------------------------------------------------
  // The section in view is marked in the list of contents beside the page.
  const contents = new Map();
  for (const link of document.querySelectorAll(".toc-wide a")) {
    const heading = document.getElementById(link.hash.slice(1));
    if (heading) contents.set(heading, link);
  }
  if (contents.size) {
    let marked = null;
    const mark = () => {
      const passed = [...contents.keys()].filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
      const link = contents.get(passed.at(-1));
      if (link === marked) return;
      marked?.removeAttribute("aria-current");
      link?.setAttribute("aria-current", "location");
      marked = link;
    };
    const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
    for (const heading of contents.keys()) watch.observe(heading);
  }

  // --- sources of a statement ------------------------------------------------------------------------------------
  // A mark leads to the list of sources. Where a statement has several, a press shows them beside it.
  const sourceBox = document.createElement("div");
  let asker = null;
  if (sourceBox.showPopover) {
    sourceBox.className = "definition marked-sources";
    sourceBox.popover = "auto";
    sourceBox.setAttribute("role", "dialog");
    sourceBox.setAttribute("aria-label", say("Sources"));
    document.querySelector("article")?.append(sourceBox);
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a.source-mark[data-sources]");
      if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      const list = document.createElement("ul");
      for (const number of link.dataset.sources.split(" ")) {
        const item = document.createElement("li");
        item.append(...document.querySelector(`.sources > [value="${number}"]`).cloneNode(true).childNodes);
        list.append(item);
      }
      sourceBox.replaceChildren(list);
      sourceBox.showPopover();
      const at = link.getBoundingClientRect();
      const box = sourceBox.getBoundingClientRect();
      sourceBox.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.width - 8))}px`;
      sourceBox.style.top = `${at.bottom + 6 + box.height < innerHeight ? at.bottom + 6 : Math.max(8, at.top - box.height - 6)}px`;
      list.querySelector("a")?.focus({ preventScroll: true });
      asker = link;
    });
    sourceBox.addEventListener("toggle", (event) => event.newState === "closed" && asker?.focus({ preventScroll: true }));
  }

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
