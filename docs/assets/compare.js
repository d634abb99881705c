// Two side by side (/compare/). Which two stands in the fragment of the address, which no server sees. No storage; the one
// file that is loaded is of this site, once a reader has chosen. All data is put into the page as text. The texts are
// English alone, as the page is.
(() => {
  "use strict";

  const root = new URL("../", document.currentScript.src);
  const local = location.protocol === "file:";
  const href = (address) => {
    const target = new URL(address, root);
    if (!target.href.startsWith(root.href)) return root.href; // every address of the data is of this site
    if (local && target.pathname.endsWith("/")) target.pathname += "index.html";
    return target.href;
  };
  const make = (name, settings = {}, ...inside) => {
    const element = Object.assign(document.createElement(name), settings);
    element.append(...inside);
    return element;
  };
  const { plain, csv, save } = window.siteTables;
  // Where the page is published, which is not where it may have been opened from.
  const canonical = document.querySelector("link[rel=canonical]")?.href ?? location.origin + location.pathname;

  // --- the page that compares --------------------------------------------------------------------------------------
  const page = (name) => document.querySelector(`.compare-${name}`);
  const form = page("form");
  if (!form) return;
  const [what, first, second] = ["what", "a", "b"].map((name) => document.getElementById(`compare-${name}`));
  const status = page("status");
  const result = page("result");
  const place = page("place");
  const title = document.title;
  const choices = (subject) => document.querySelector(`[data-choices="${subject}"]`);
  const known = (subject, id) => [...choices(subject).options].some((option) => option.value === id);

  // --- the address -------------------------------------------------------------------------------------------------
  const offer = () => {
    for (const select of [first, second]) {
      select.replaceChildren(select.options[0], ...choices(what.value).cloneNode(true).children);
      select.value = "";
    }
  };
  // A fragment without "=" is a place on the page, and `#q=` belongs to search.
  const states = () => location.hash.includes("=") && !location.hash.startsWith("#q=");
  const read = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    const subject = [...what.options].find((option) => option.value === asked.get("what"));
    what.value = (subject ?? what.options[0]).value;
    offer();
    for (const [select, name] of [[first, "a"], [second, "b"]]) if (known(what.value, asked.get(name))) select.value = asked.get(name);
  };
  const fragment = () => {
    const kept = [["a", first.value], ["b", second.value], ["what", what.value]].filter(([, value]) => value);
    return kept.length > 1 || what.selectedIndex ? `#${new URLSearchParams(kept)}` : "";
  };
  // No entry in the tab's history: after "Exit this page" each would lead back here, and Back leaves the page.
  const write = () => history.replaceState(null, "", location.pathname + location.search + fragment());

  // --- the data ----------------------------------------------------------------------------------------------------
  const loading = new Set();
  const data = () => window.compareData?.[what.value];
  const load = () => {
    const file = what.selectedOptions[0].dataset.index;
    if (loading.has(file)) return;
    loading.add(file);
    const script = make("script", { src: new URL(file, root) });
    script.addEventListener("load", () => show());
    script.addEventListener("error", () => {
      loading.delete(file);
      status.textContent = "The records could not be loaded. Please load this page again.";
    });
    document.head.append(script);
  };

  // --- the table ---------------------------------------------------------------------------------------------------
  const tag = (kind, text) => make("span", { className: `tag tag-${kind}`, textContent: text });
  const when = (words, [iso, text]) => [...(words ? [words] : []), make("time", { dateTime: iso, textContent: text })];
  const ROLES = { who: "Who: ", stops: "Where it can stop: " };
  const line = (entry, doubts) => {
    const item = make("li");
    const add = (...parts) => item.append(...(item.hasChildNodes() ? [" "] : []), ...parts);
    const text = entry.quoted ? `“${entry.text}”` : entry.text; // signs, and no element: files have them too
    if (entry.role) add(make("strong", { textContent: ROLES[entry.role] }));
    if (entry.when) add(make("strong", { textContent: `If ${entry.when}:` }));
    if (text) add(entry.address ? make("a", { href: href(entry.address) }, text) : text);
    if (entry.more) item.append(": ", entry.more);
    if (entry.tag) add(tag(...entry.tag));
    if (entry.date) add(...when("", entry.date));
    if (entry.until) add(...when(entry.date ? "to " : "until ", entry.until));
    if (entry.doubt) add(tag("doubt", doubts[entry.doubt]));
    const sources = (entry.sources ?? []).flatMap(([name, address, title], at) => [at ? "; " : "", make("a", { href: href(address), title, textContent: name })]);
    if (sources.length) add(make("span", { className: "compare-sources" }, entry.sources.length > 1 ? "Sources: " : "Source: ", ...sources));
    return item;
  };
  const counted = (cell) => (cell.count === cell.entries.length ? `${cell.count} on record` : `${cell.entries.length} of ${cell.count} on record`);
  const filled = (cell, aspect, name, doubts) => {
    if (!cell) return [make("p", { className: "compare-none quiet", textContent: place.dataset.none })];
    const list = make("ul", {}, ...cell.entries.map((entry) => line(entry, doubts)));
    const count = cell.count ? counted(cell) : "";
    if (!cell.address) return count ? [list, make("p", { className: "compare-more", textContent: count })] : [list];
    const link = make("a", { href: href(cell.address), textContent: count || "More" });
    link.setAttribute("aria-label", `${link.textContent}: ${aspect}, ${name}`);
    return [list, " ", make("p", { className: count ? "compare-more compare-count" : "compare-more" }, link)];
  };
  const ROLE = [["table", "table"], ["thead, tbody", "rowgroup"], ["tr", "row"], ["thead th", "columnheader"], ["tbody th", "rowheader"], ["td", "cell"]];
  const table = (two, doubts) => {
    const heads = two.map((one) => make("th", { scope: "col" }, make("a", { href: href(one.address), textContent: one.name })));
    // On a phone each cell says whose it is: of a principle the number is enough, as its title stands above.
    const sides = what.value === "principles" ? [first, second].map(({ value }) => `Principle ${value}`) : two.map((one) => one.name);
    const body = make("tbody");
    const neither = [];
    for (const aspect of document.querySelectorAll(`[data-aspects="${what.value}"] > li`)) {
      const cells = two.map((one) => one.cells[aspect.dataset.aspect]);
      const name = plain(aspect.textContent);
      if (!cells.some(Boolean)) {
        neither.push(name);
        continue;
      }
      const head = make("th", { scope: "row" }, ...aspect.cloneNode(true).childNodes);
      const own = cells.map((cell, at) => {
        const label = make("span", { className: "cell-head", textContent: sides[at] });
        label.setAttribute("aria-hidden", "true");
        return make("td", {}, label, ...filled(cell, name, two[at].name, doubts));
      });
      body.append(make("tr", {}, head, ...own));
    }
    const caption = make("caption", { textContent: `${names(two)}, facts as of ${place.dataset.day}` });
    const made = make("table", { className: "cards-table compare-table" }, caption, make("thead", {}, make("tr", {}, make("th", { scope: "col", textContent: "Aspect" }), ...heads)), body);
    // Some browsers no longer call it a table where style draws rows as cards.
    made.setAttribute("role", "table");
    for (const [elements, role] of ROLE) for (const element of made.querySelectorAll(elements)) element.setAttribute("role", role);
    return { made, neither };
  };
  const names = (two) => two.map((one) => one.name).join(" and ");

  // --- what is shown -----------------------------------------------------------------------------------------------
  let shown = null;
  const hide = (text) => {
    shown = null;
    result.hidden = true;
    place.replaceChildren();
    document.title = title;
    status.textContent = text;
  };
  const show = () => {
    if (!first.value && !second.value) return hide("Choose two, and they stand side by side.");
    if (!first.value || !second.value) return hide("Choose one more.");
    if (first.value === second.value) return hide("These are the same. Choose two different ones.");
    if (!data()) {
      hide("Loading");
      return load();
    }
    const { items, doubts } = data();
    const two = [items[first.value], items[second.value]];
    const { made, neither } = table(two, doubts);
    place.replaceChildren(made);
    page("neither").hidden = !neither.length;
    page("neither").querySelector("span").textContent = `${neither.join("; ")}.`;
    shown = { two, neither, address: canonical + fragment() };
    page("names").textContent = names(two);
    page("address").textContent = shown.address;
    document.title = `${names(two)} - ${title}`;
    result.hidden = false;
    status.textContent = `${names(two)}: ${made.tBodies[0].rows.length} rows side by side.`;
  };
  const renew = () => {
    write();
    show();
  };

  // --- taking it along ---------------------------------------------------------------------------------------------
  // Both files are read off the table: they say what the page says.
  const each = (cell) => [...cell.querySelectorAll("li, .compare-none, .compare-more")];
  const published = (link) => canonical.replace(/compare\/$/, "") + link.href.slice(root.href.length).replace(/index\.html(?=[?#]|$)/, "");
  const links = (cell) => [...cell.querySelectorAll("a")].map(published).join(" ");
  const rows = () => [...place.querySelectorAll("tbody tr")].map((row) => [...row.cells]);
  const name = (ending) => `compare-${first.value}-${second.value}.${ending}`;
  const asTable = () => {
    const [one, other] = shown.two.map((two) => two.name);
    const lines = rows().map(([head, ...cells]) => [plain(head.textContent), ...cells.map((cell) => each(cell).map((part) => plain(part.textContent)).join(" | ")), ...cells.map(links)]);
    const none = shown.neither.map((aspect) => [aspect, place.dataset.none, place.dataset.none, "", ""]);
    return [["Aspect", one, other, `Pages: ${one}`, `Pages: ${other}`], ...lines, ...none, ["Facts as of", place.dataset.day, place.dataset.day, shown.address, shown.address]];
  };
  const escaped = (text) => text.replace(/[\\\x60*_[\]<>&#|~]/g, "\\$&");
  const asMarkdown = () => {
    const piece = (node) => {
      if (node.nodeName === "A") return `[${escaped(node.textContent)}](${published(node)})`;
      return node.childElementCount ? [...node.childNodes].map(piece).join("") : escaped(node.textContent);
    };
    const cell = (one) => each(one).map((part) => plain([...part.childNodes].map(piece).join(""))).join("<br>");
    const lines = rows().map(([head, ...cells]) => `| ${escaped(plain(head.textContent))} | ${cells.map(cell).join(" | ")} |`);
    const none = shown.neither.map((aspect) => `| ${escaped(aspect)} | ${place.dataset.none} | ${place.dataset.none} |`);
    const heads = shown.two.map((one) => escaped(one.name)).join(" | ");
    return [`# ${escaped(names(shown.two))}, side by side`, "", `| Aspect | ${heads} |`, "| --- | --- | --- |", ...lines, ...none, "", escaped(plain(page("result").querySelector("strong").textContent)), "", `${escaped(plain(page("cite").querySelector(".citation").textContent.replace(shown.address, "")))} <${shown.address}>`, ""].join("\n");
  };
  page("csv").addEventListener("click", () => save(csv(asTable()), "text/csv", name("csv")));
  page("markdown").addEventListener("click", () => save(asMarkdown(), "text/markdown", name("md")));
  page("copy").addEventListener("click", async () => {
    if (!(await window.siteCopy(shown.address, "Link copied"))) {
      getSelection().selectAllChildren(page("address"));
      window.siteTell("The link could not be copied. It is marked above.");
    }
  });

  what.addEventListener("change", () => {
    offer();
    renew();
  });
  for (const select of [first, second]) select.addEventListener("change", renew);
  page("swap").addEventListener("click", () => {
    [first.value, second.value] = [second.value, first.value];
    renew();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => {
    if (!states()) return;
    read();
    renew();
  });
  form.hidden = false;
  if (states()) {
    read();
    renew();
  } else {
    offer();
    show();
  }
})();
