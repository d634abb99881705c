// The path for services (/for/small-services/start/). The page holds every step, in order; script asks five questions, hides
// the steps that do not fit, and keeps answers and progress in the address fragment alone: no storage, no request. It makes no
// entry in the tab's history: after "Exit this page" each would lead back here. The texts are English alone, as the page is.
(() => {
  "use strict";

  const path = document.getElementById("questions");
  const form = path?.querySelector("form");
  if (!form) return;

  const TRAITS = ["files", "contact", "children"];
  const STATUSES = { no: "Not yet", partly: "Partly", done: "Done", not: "Not for us" }; // the first is never written down
  const REASON = 200; // characters of a reason, so that an address stays one that can be sent
  const make = (name, settings = {}, ...inside) => {
    const element = Object.assign(document.createElement(name), settings);
    element.append(...inside);
    return element;
  };
  const { plain, csv, save } = window.siteTables;
  const text = (element) => plain(element?.textContent ?? "");
  const words = (value) => (value ? value.split(" ") : []);

  // --- the steps, as the page holds them ---------------------------------------------------------------------------
  const steps = [...document.querySelectorAll(".step")].map((element) => ({
    id: element.id,
    element,
    kinds: words(element.dataset.kinds),
    only: words(element.dataset.only),
    countries: words(element.dataset.in),
    do: text(element.querySelector("h3")),
    band: text(element.closest(".band").querySelector("h2")),
    law: element.querySelector(".step-law"),
  }));
  const kinds = new Map([...form.elements.kind.options].filter((one) => one.value).map((one) => [one.value, one.text]));
  const places = new Map([...form.querySelectorAll("[name=in]")].map((box) => [box.value, text(box.closest("label"))]));

  // --- what was answered, and the fragment that holds it -----------------------------------------------------------
  // Keys are sorted, unknown keys and values are dropped. A fragment without "=" is the place of a step.
  const nothing = () => ({ kind: "", in: [], files: "", contact: "", children: "", status: new Map(), reason: new Map() });
  const read = (fragment) => {
    const state = nothing();
    if (!fragment.includes("=")) return state;
    const given = new URLSearchParams(fragment);
    const list = (key) => (given.get(key) ?? "").split(",");
    if (kinds.has(given.get("kind"))) state.kind = given.get("kind");
    const asked = list("in");
    state.in = [...places.keys()].filter((place) => asked.includes(place));
    for (const trait of TRAITS) if (["0", "1"].includes(given.get(trait))) state[trait] = given.get(trait);
    for (const word of Object.keys(STATUSES).slice(1)) {
      const named = list(word);
      for (const { id } of steps) if (named.includes(id)) state.status.set(id, word);
    }
    for (const [id, word] of state.status) {
      const reason = (given.get(`why.${id}`) ?? "").slice(0, REASON).trim();
      if (word === "not" && reason) state.reason.set(id, reason);
    }
    return state;
  };
  const fragmentOf = (state) => {
    const pairs = [];
    for (const key of ["kind", ...TRAITS]) if (state[key]) pairs.push([key, state[key]]);
    if (state.in.length) pairs.push(["in", [...state.in].sort().join(",")]);
    for (const word of Object.keys(STATUSES).slice(1)) {
      const named = [...state.status].filter(([, one]) => one === word).map(([id]) => id);
      if (named.length) pairs.push([word, named.sort().join(",")]);
    }
    for (const [id, reason] of state.reason) pairs.push([`why.${id}`, reason]);
    // Commas stay as they are, so that the address can be read by people.
    return pairs.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%2C/g, ",")}`).join("&");
  };
  const answered = (state) => Boolean(state.kind || state.in.length || TRAITS.some((trait) => state[trait]));
  const whole = (state) => Boolean(state.kind && state.in.length && TRAITS.every((trait) => state[trait]));
  // What was not answered hides nothing.
  const fits = (state, step) =>
    (!step.kinds.length || !state.kind || step.kinds.includes(state.kind)) &&
    (!step.only.length || step.only.some((trait) => state[trait] !== "0")) &&
    (!step.countries.length || !state.in.length || step.countries.some((place) => state.in.includes(place)));

  let state = read(location.hash.slice(1));
  const shown = () => steps.filter((step) => !step.element.hidden);
  const statusOf = (step) => state.status.get(step.id) ?? "no";
  const address = () => `${location.href.split("#")[0]}#${fragmentOf(state)}`;

  // --- showing -----------------------------------------------------------------------------------------------------
  const result = document.getElementById("result");
  const tools = document.querySelector(".path-tools");
  const said = tools.querySelector(".path-said");
  const summary = () =>
    [
      kinds.get(state.kind),
      state.in.map((place) => places.get(place)).join(", "),
      ...TRAITS.filter((trait) => state[trait]).map((trait) => `${{ files: "files", contact: "strangers meet", children: "children" }[trait]}: ${state[trait] === "1" ? "yes" : "no"}`),
    ]
      .filter(Boolean)
      .join(" · ");
  const count = () => {
    const here = shown().filter((step) => statusOf(step) !== "not");
    const done = here.filter((step) => statusOf(step) === "done");
    const next = here.find((step) => statusOf(step) !== "done");
    if (!answered(state)) return `${steps.length} steps in all. Answer the questions, and the list keeps those that fit.`;
    if (!next) return `${done.length} of ${here.length} done. Look at the list again when your service changes.`;
    return `${done.length} of ${here.length} done; next: ${next.do}.`;
  };
  const dutyOf = (row) => text(row.querySelector(".step-duty")).split(": ");
  const showLaw = (step) => {
    if (!step.law) return;
    const rows = [...step.law.querySelectorAll("[data-in]")];
    for (const row of rows) row.hidden = state.in.length > 0 && !state.in.includes(row.dataset.in);
    const here = rows.filter((row) => !row.hidden);
    step.law.hidden = !here.length;
    const duties = step.element.querySelector(".step-duties");
    duties.hidden = !state.in.length || !here.length;
    duties.replaceChildren(
      ...here.flatMap((row, index) => [index ? "; " : "", make("strong", { textContent: dutyOf(row)[0] }), `: ${dutyOf(row)[1]}`, row.querySelector("time") ? ` (law dated ${text(row.querySelector("time"))})` : ""]),
    );
  };
  const draw = () => {
    for (const step of steps) {
      step.element.hidden = !fits(state, step);
      const status = statusOf(step);
      step.element.dataset.status = status;
      step.select.value = status;
      step.reason.value = state.reason.get(step.id) ?? "";
      step.why.hidden = status !== "not";
      showLaw(step);
    }
    // The numbers go on through the three bands.
    shown().forEach((step, index) => (step.element.value = index + 1));
    for (const band of document.querySelectorAll(".band")) band.hidden = ![...band.querySelectorAll(".step")].some((one) => !one.hidden);
    for (const checker of document.querySelectorAll(".checker")) checker.hidden = state.in.length > 0 && !state.in.includes(checker.dataset.in);
    form.elements.kind.value = state.kind;
    for (const box of form.querySelectorAll("[name=in]")) box.checked = state.in.includes(box.value);
    for (const trait of TRAITS) for (const choice of form.elements[trait]) choice.checked = choice.value === state[trait];
    path.querySelector(".path-answers").textContent = summary();
    result.textContent = count();
    document.body.classList.toggle("path-answered", answered(state));
    document.body.classList.toggle("path-asked", !answered(state));
  };
  const keep = () => {
    const fragment = fragmentOf(state);
    history.replaceState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
    said.textContent = "";
    draw();
  };

  // --- answering ---------------------------------------------------------------------------------------------------
  for (const step of steps) {
    step.select = make("select", { id: `status-${step.id}` });
    for (const [word, label] of Object.entries(STATUSES)) step.select.add(new Option(label, word));
    step.reason = make("input", { type: "text", id: `reason-${step.id}`, maxLength: REASON, autocomplete: "off" });
    step.why = make("span", { className: "step-reason", hidden: true }, make("label", { htmlFor: step.reason.id }, "Why not? "), step.reason);
    const label = make("label", { htmlFor: step.select.id }, "Status", make("span", { className: "visually-hidden" }, ` of: ${step.do}`));
    step.element.querySelector(".step-status").append(label, " ", step.select, step.why);
    step.select.addEventListener("change", () => {
      if (step.select.value === "no") state.status.delete(step.id);
      else state.status.set(step.id, step.select.value);
      if (step.select.value !== "not") state.reason.delete(step.id);
      keep();
    });
    step.reason.addEventListener("change", () => {
      const reason = step.reason.value.trim();
      if (reason) state.reason.set(step.id, reason);
      else state.reason.delete(step.id);
      keep();
    });
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    state.kind = form.elements.kind.value;
    state.in = [...form.querySelectorAll("[name=in]")].filter((box) => box.checked).map((box) => box.value);
    for (const trait of TRAITS) state[trait] = form.elements[trait].value;
    keep();
  });
  addEventListener("hashchange", () => {
    // The place of a step is no answer, and takes none away.
    if (location.hash.includes("=")) state = read(location.hash.slice(1));
    draw();
  });

  // --- taking it away, and reading it back -------------------------------------------------------------------------
  const lawOf = (row) => {
    const link = row.querySelector(".step-source a");
    return text(row.querySelector(".step-duty")) + (link ? ` (${text(link)}, ${text(row.querySelector("time"))}, ${link.href})` : "");
  };
  const rows = () =>
    shown().map((step) => {
      const { element } = step;
      return {
        band: step.band,
        do: step.do,
        status: STATUSES[statusOf(step)],
        reason: state.reason.get(step.id) ?? "",
        takes: text(element.querySelector(".step-takes")),
        costs: text(element.querySelector(".step-costs")),
        who: text(element.querySelector(".step-who")),
        why: [...element.querySelectorAll(".step-why")].map(text).join("; "),
        law: step.law ? [...step.law.querySelectorAll("[data-in]:not([hidden])")].map(lawOf).join("; ") : "",
        "done when": text(element.querySelector(".step-done")).replace(/^Done when: /, ""),
        "keep as proof": text(element.querySelector(".step-proof")).replace(/^Keep: /, ""),
        "does not do": text(element.querySelector(".step-limit")),
        address: `${location.href.split("#")[0]}#${step.id}`,
      };
    });
  const checked = () => text(document.querySelector(".path-checked time"));
  const note = () => `Not legal advice. Facts last checked ${checked()}. Source: ${document.title}`;
  const plainMarkdown = (value) => value.replace(/[\\\x60*_[\]<>#|]/g, "\\$&");
  const asMarkdown = () => {
    const lines = ["# Steps for our service", "", summary(), "", count(), "", note(), "", `Address: <${address()}>`];
    let band = "";
    for (const row of rows()) {
      if (row.band !== band) lines.push("", `## ${(band = row.band)}`, "");
      lines.push(`- [${row.status === STATUSES.done ? "x" : " "}] **${plainMarkdown(row.do)}** (${row.status}${row.reason ? `: ${plainMarkdown(row.reason)}` : ""})`);
      for (const key of ["takes", "costs", "who", "why", "law", "done when", "keep as proof", "does not do"]) if (row[key]) lines.push(`  - ${key}: ${plainMarkdown(row[key])}`);
    }
    return `${lines.join("\n")}\n`;
  };
  const asCsv = () => {
    const all = rows();
    const heads = Object.keys(all[0] ?? { do: "" });
    return csv([heads, ...all.map((row) => heads.map((head) => row[head])), ["Address", address()], [note()]]);
  };
  const asJson = () => `${JSON.stringify({ address: address(), note: note(), answers: { kind: state.kind, in: state.in, files: state.files, contact: state.contact, children: state.children }, summary: count(), steps: rows() }, null, 2)}\n`;
  const keepAs = (name, type, content) => {
    save(content, type, name);
    said.textContent = `Saved as ${name}.`;
  };
  // Whatever was saved holds the address with all answers; nothing else of the file is read.
  const readBack = (content) => {
    const found = /#((?:[a-z][\w.-]*=[^\s"<>&]*)(?:&[a-z][\w.-]*=[^\s"<>&]*)*)/.exec(content);
    const back = found ? read(found[1]) : nothing();
    if (!found || !fragmentOf(back)) {
      said.textContent = "No answers of this page were found in the file. Choose a file that was saved here.";
      return;
    }
    state = back;
    keep();
    said.textContent = "Read. The list is as it was when you saved it.";
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address());
      said.textContent = "The address is copied. It holds your answers.";
    } catch {
      said.textContent = "Your browser did not allow this. Copy the address from its bar.";
    }
  };
  const doing = {
    copy,
    print: () => print(),
    markdown: () => keepAs("steps.md", "text/markdown", asMarkdown()),
    csv: () => keepAs("steps.csv", "text/csv", asCsv()),
    json: () => keepAs("steps.json", "application/json", asJson()),
    clear: () => {
      state = nothing();
      keep();
      path.open = true;
      path.querySelector("summary").focus();
    },
  };
  tools.addEventListener("click", (event) => doing[event.target.dataset.path]?.());
  tools.querySelector("[type=file]").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    if (file.size > 1000000) said.textContent = "This file is too large to be one that was saved here.";
    else readBack(await file.text());
    target.value = "";
  });

  path.hidden = result.hidden = tools.hidden = false;
  path.open = !whole(state);
  if (location.hash.includes("=")) keep(); // what is unknown does not stay in the address
  else draw();
})();
