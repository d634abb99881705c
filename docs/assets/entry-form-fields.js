// The fields of the form for new entries (/contribute/new/), which `entry-form.js` fetches. What it asks for is made from the model (`macros/exports/entry_form.py`); here
// it is shown, checked while somebody types, and written as YAML. No storage, no request: what is typed stays in the page
// until its reader hands it in. Nothing asks before the page is left, as the way out must stay quick.
// The texts are English alone, as the guide is.
(() => {
  "use strict";

  const form = document.querySelector(".entry-form");
  const data = window.entryFormData;
  if (!form || !data) return;

  const LAST = ["sources", "ours", "confidence", "checked"]; // what an entry rests on stands at its end
  const FEW = 14; // so many words are boxes to tick, more are rows to fill in
  const MANY = 40; // so many words are a list to choose from, more are a field with proposals
  const PAUSE = 800; // milliseconds without a key after which a field is looked at
  const ADDRESS = 7000; // characters that GitHub takes in an address, with room to spare

  const make = (name, settings = {}, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(settings)) {
      if (key in element) element[key] = value;
      else if (value !== undefined) element.setAttribute(key, value);
    }
    element.append(...inside.filter(Boolean));
    return element;
  };
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const fold = (text) => text.replace(/[ \t\r\n\f\v]+/g, " ").replace(/^ | $/g, ""); // as the site reads texts

  // --- YAML --------------------------------------------------------------------------------------------------------
  // A value is a text, a list, a Map, or { plain } for what is written as it is: a number, a date, true.
  const WORDS = /^(y|n|yes|no|on|off|true|false|null|nan|inf)$/i; // what YAML reads as something else
  const SAFE = /^\p{L}[\p{L}\p{N} ,.;!?()’“”/&+%'–—-]*$/u;
  const LINK = /^https?:\/\/[!-~]*[\w/]$/;
  const NAME = /^([a-z][a-z0-9-]*|\d{4}-\d\d-\d\d-[a-z][a-z0-9-]*)$/;
  const WIDE = 90;
  // JSON is YAML, but for signs that only YAML wants written as codes.
  const quoted = (text) => JSON.stringify(text).replace(/[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const simple = (value) => value.plain !== undefined || (NAME.test(value) && !WORDS.test(value));
  const inline = (value) => value.plain ?? ((SAFE.test(value) || LINK.test(value) || NAME.test(value)) && !WORDS.test(value) ? value : quoted(value));
  const foldable = (text) => text.length > WIDE && !/[\p{C}\u00a0\u2028\u2029]/u.test(text) && !LINK.test(text);
  const wrapped = (text, pad) => {
    const lines = [""];
    for (const word of text.split(" ")) {
      const last = lines[lines.length - 1];
      if (last && last.length + word.length >= WIDE) lines.push(word);
      else lines[lines.length - 1] = last ? `${last} ${word}` : word;
    }
    return lines.map((line) => `${pad}${line}`);
  };
  const written = (head, value, pad) => {
    if (value instanceof Map) return [head, ...mapping(value, `${pad}  `)];
    if (Array.isArray(value)) {
      if (value.every(simple)) return [`${head} [${value.map(inline).join(", ")}]`];
      return [head, ...value.flatMap((one) => item(one, `${pad}  `))];
    }
    return typeof value === "string" && foldable(value) ? [`${head} >-`, ...wrapped(value, `${pad}  `)] : [`${head} ${inline(value)}`];
  };
  const mapping = (map, pad) => [...map].flatMap(([name, value]) => written(`${pad}${name}:`, value, pad));
  const item = (value, pad) => {
    if (!(value instanceof Map)) return written(`${pad}-`, value, pad);
    const [first = "", ...rest] = mapping(value, `${pad}  `); // nothing is written yet
    return [`${pad}- ${first.trimStart()}`, ...rest];
  };

  // --- what can be wrong with a value ------------------------------------------------------------------------------
  const records = Object.fromEntries(
    Object.entries(data.records).map(([list, rows]) => [list, rows.map(([id, line, label, more]) => ({ id, line, label, ...more }))]),
  );
  const fileOf = Object.fromEntries(data.kinds.map((kind) => [kind.list, kind.file]));
  const named = (field, text) => records[field.list].find((one) => String(field.by === "number" ? one.number : one.id) === text);
  const day = (text) => {
    const [year, month = "01", date = "01"] = text.split("-");
    const found = new Date(`${year}-${month}-${date}T00:00:00Z`);
    if (Number.isNaN(found.getTime()) || found.toISOString().slice(0, 10) !== `${year}-${month}-${date}`) return "This day is not in the calendar. Look at month and day.";
    return "";
  };
  const today = () => {
    const now = new Date();
    return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
  };
  const dated = (field, text, form, said) => {
    if (!form.test(text)) return said;
    return day(text) || (field.past && text > today().slice(0, text.length) ? "This lies in the future. A date here is one that has passed." : "");
  };
  const idForm = (text) => {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)) {
      const like = text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60);
      return `Small letters, digits and single hyphens only, such as ${like || "my-word"}.`;
    }
    return /^(aux|con|nul|prn|com[0-9]|lpt[0-9])$/.test(text) ? "Windows keeps this name for itself. Choose a longer one." : "";
  };
  const taken = (list, text) => {
    const place = (one) => `data/${fileOf[list]}, line ${one.line}`;
    const holder = records[list].find((one) => one.id === text);
    if (holder) return `This id is taken: ${place(holder)}. Choose another.`;
    const former = records[list].find((one) => one.former?.includes(text));
    return former ? `This id was once that of “${former.id}” (${place(former)}). Ids are never used again, so choose another.` : "";
  };
  const checks = {
    id: (field, text, list) => idForm(text) || (list ? taken(list, text) : ""),
    address: (field, text) => (/^https?:\/\/([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](:\d+)?(\/[^\s<>"'\x60{}|\\^]*)?$/i.test(text) ? "" : "This is no web address. It starts with https:// and holds no spaces."),
    mail: (field, text) => (/^[\w-]+(\.[\w-]+)*@([a-z0-9-]+\.)+[a-z]{2,}$/i.test(text) ? "" : "This is no mail address."),
    day: (field, text) => dated(field, text, /^\d{4}-\d\d-\d\d$/, "Write year, month and day, such as 2026-11-24."),
    date: (field, text) => dated(field, text, /^\d{4}(-\d\d(-\d\d)?)?$/, "Write a year, a month or a day: 2020, 2020-03 or 2020-03-05."),
    whole: (field, text) => (/^-?(0|[1-9]\d*)$/.test(text) ? (Number(text) < (field.lowest ?? 0) ? "This number is too small." : "") : "Write a whole number, in digits."),
    number: (field, text) => (/^(0|[1-9]\d*)(\.\d+)?$/.test(text) ? "" : "Write a number in digits, such as 1200 or 0.5, without commas."),
  };
  const PLAIN = ["day", "date", "whole", "number"];
  const prose = (text) => {
    if (/[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufffd]|\p{Cc}/u.test(text)) return "There is an invisible or broken sign here. Delete it, or type the text again.";
    if (/<[A-Za-z/!?]/.test(text)) return "Write plain text, without HTML. A less-than sign needs a space after it.";
    if (/\{\{|\}\}|\{%|%\}|\{#|#\}/.test(text)) return "Write plain text, without double curly brackets or other marks of templates.";
    return /[\p{L}\p{N}]/u.test(text) ? "" : "There is no letter and no digit here. Write the text, or leave the field empty.";
  };
  const wrong = (field, text, list) => {
    if (!text) return field.must ? "This is needed." : "";
    const length = [...text].length;
    if (field.longest && length > field.longest) return `At most ${field.longest} characters; this has ${length}.`;
    if (checks[field.type]) return checks[field.type](field, text, list);
    if (field.pattern && field.type === "text" && !new RegExp(field.pattern, "u").test(text)) return "This is not in the form that is asked for.";
    return ["text", "long"].includes(field.type) ? prose(text) : "";
  };

  // --- fields ------------------------------------------------------------------------------------------------------
  // Each is a node: `element`; `value()`, undefined where there is none; `look()`, which puts faults beside the fields and
  // gives all of them; `pristine()`, whether it is as it was; `touch()`, after which it shows what is wrong.
  const nodes = new WeakMap();
  const STARTS = "Replace this: ";
  const hintOf = (field, sample) => {
    const texts = [sample].flat().filter((one) => typeof one === "string" && one.startsWith(STARTS));
    if (field.bare) return "";
    let said = texts.length && !["choice", "record"].includes(field.type) ? texts[0].slice(STARTS.length) : (field.hint ?? "");
    // What is about YAML alone is the form's own matter.
    said = said.replace(/[,;] (without quotes|in quotes)/g, "").replace(/; (or )?delete this line/, "; leave it empty").replace(/; leave it empty$/, "");
    if (field.type === "record" && !few(field, MANY)) said = `${said.replace(/[.]$/, "")}${said ? ". " : ""}Type a part of the name, then choose`;
    if (field.longest && field.longest <= 350 && !/at most/i.test(said) && ["text", "long"].includes(field.type)) said += `${said ? ". " : ""}At most ${field.longest} characters`;
    return said ? `${capital(said).replace(/[.]$/, "")}.` : "";
  };
  const message = (id) => make("p", { className: "field-error", id, "aria-live": "polite" });
  const label = (field) => [field.label, field.must || field.type === "yes" || field.name === "sources" ? "" : make("span", { className: "quiet", textContent: " (optional)" })];
  const show = (node, fault, note = "") => {
    node.error.textContent = node.touched ? fault || note : "";
    node.error.classList.toggle("field-note", !fault);
    for (const control of node.controls) {
      if (node.touched && fault) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  };
  const options = (field) => (field.type === "choice" ? field.choices.map((word) => [word, word]) : records[field.list].map((one) => [String(field.by === "number" ? one.number : one.id), one.label || one.id]));
  const few = (field, most) => ["choice", "record"].includes(field.type) && options(field).length <= most;
  const plain = (field, text) => {
    if (field.by === "number" || (PLAIN.includes(field.type) && !wrong(field, text))) return { plain: text };
    return text;
  };
  const proposals = (list) => {
    const id = `entry-known-${list}`;
    if (!document.getElementById(id)) {
      const known = records[list].map((one) => make("option", { value: one.id, label: one.label }));
      form.append(make("datalist", { id }, ...known));
    }
    return id;
  };

  const single = (field, sample, path, list) => {
    const id = `field-${path}`;
    const given = typeof sample === "string" && sample && !sample.startsWith(STARTS) && path !== "id" ? sample : "";
    const said = hintOf(field, sample);
    const hint = said && make("p", { className: "field-hint", id: `${id}-hint`, textContent: said });
    const error = message(`${id}-error`);
    let control;
    if (few(field, MANY)) {
      control = make("select", {}, make("option", { value: "", textContent: "Choose…" }), ...options(field).map(([value, text]) => make("option", { value, textContent: text })));
    } else if (field.type === "long") control = make("textarea", { rows: field.longest > 400 ? 3 : 2 });
    else control = make("input", { type: "text", inputMode: ["whole"].includes(field.type) ? "numeric" : "", spellcheck: field.type === "text" });
    Object.assign(control, { id, name: path, autocomplete: "off", value: given });
    if (field.type === "record" && !few(field, MANY)) control.setAttribute("list", proposals(field.list));
    if (field.must) control.setAttribute("aria-required", "true");
    control.setAttribute("aria-describedby", [hint && hint.id, error.id].filter(Boolean).join(" "));
    const name = make("label", { htmlFor: id }, ...label(field));
    const node = {
      controls: [control],
      error,
      label: name,
      element: make("div", { className: "field" }, name, hint, control, error),
      text: () => fold(control.value),
      value: () => (node.text() ? plain(field, node.text()) : undefined),
      pristine: () => node.text() === given,
      touch: () => (node.touched = true),
      look: () => {
        const text = node.text();
        const fault = wrong(field, text, path === "id" ? list : undefined) || node.also || "";
        let note = "";
        if (text && field.type === "record" && !few(field, MANY)) {
          const record = named(field, text);
          note = record ? (record.label ?? "") : `No entry of “${field.list}” has this id today. Look at how it is written, or add that entry too.`;
          node.open = !record && `${field.label}: ${note}`;
        } else node.open = "";
        show(node, fault, note);
        return fault ? [{ control, text: `${field.label}: ${fault}` }] : [];
      },
      notes: () => (node.open ? [node.open] : []),
    };
    nodes.set(control, node);
    return node;
  };

  const tick = (field, sample, path) => {
    const id = `field-${path}`;
    const control = make("input", { type: "checkbox", id, name: path, checked: sample === true });
    const said = field.hint && make("p", { className: "field-hint", id: `${id}-hint`, textContent: hintOf(field) });
    if (said) control.setAttribute("aria-describedby", said.id);
    return {
      element: make("div", { className: "field field-tick" }, control, make("label", { htmlFor: id }, ...label(field)), said),
      value: () => (control.checked ? { plain: "true" } : undefined),
      pristine: () => control.checked === (sample === true),
      touch: () => {},
      look: () => [],
      notes: () => [],
    };
  };

  const box = (field, sample, path, ...inside) => {
    const said = hintOf(field, Array.isArray(sample) && typeof sample[0] === "string" ? sample : "");
    const hint = said && make("p", { className: "field-hint", id: `field-${path}-hint`, textContent: said });
    const error = message(`field-${path}-error`);
    const describes = [hint && hint.id, error.id].filter(Boolean).join(" ");
    const element = make("fieldset", { id: `field-${path}`, tabIndex: -1, "aria-describedby": describes }, make("legend", {}, ...label(field)), hint, ...inside, error);
    return { element, error };
  };

  const ticks = (field, sample, path) => {
    const boxes = options(field).map(([value]) => make("input", { type: "checkbox", value, name: path, id: `field-${path}-${value}` }));
    const rows = options(field).map(([, text], place) => make("div", { className: "field-tick" }, boxes[place], make("label", { htmlFor: boxes[place].id, textContent: text })));
    const { element, error } = box(field, sample, path, make("div", { className: "ticks" }, ...rows));
    const chosen = () => boxes.filter((one) => one.checked);
    const node = {
      controls: [],
      error,
      element,
      value: () => (chosen().length ? chosen().map((one) => plain(field, one.value)) : undefined),
      pristine: () => !chosen().length,
      touch: () => (node.touched = true),
      look: () => {
        const count = chosen().length;
        const least = Math.max(field.least ?? 0, field.must ? 1 : 0);
        let fault = count < least ? `Choose at least ${least}.` : "";
        if (field.most && count > field.most) fault = `Choose at most ${field.most}.`;
        show(node, fault || node.also || "");
        return fault || node.also ? [{ control: element, text: `${field.label}: ${fault || node.also}` }] : [];
      },
      notes: () => [],
    };
    for (const one of boxes) nodes.set(one, node);
    return node;
  };

  // Rows of the same: texts, names of records, or parts. A part that may be left out is such a list with one row at most.
  const rows = (field, sample, path, one) => {
    const parts = field.type === "part";
    const most = field.many ? (field.most ?? Infinity) : 1;
    // A list that may be left out begins empty; who begins it writes as many as there must be.
    const least = field.must ? Math.max(field.least ?? 0, 1) : 0;
    const begun = Math.max(least, field.least ?? 0);
    const samples = field.many ? (Array.isArray(sample) ? sample : []) : sample ? [sample] : [];
    const start = Math.max(samples.length, least, parts ? 0 : 1);
    const place = make("div", { className: "rows" });
    const what = field.label.charAt(0).toLowerCase() + field.label.slice(1);
    const add = make("button", { type: "button", className: "row-add", textContent: field.many ? `Add to “${what}”` : `Add “${what}”` });
    const { element, error } = box(field, sample, path, place, add);
    const inner = { ...field, many: undefined, must: undefined, hint: "", bare: !parts };
    const held = [];
    let made = 0;
    const number = () => {
      held.forEach((row, index) => {
        row.name.textContent = field.many ? `${field.label} ${index + 1}` : field.label;
        row.remove.setAttribute("aria-label", `Remove ${row.name.textContent}`);
        row.remove.hidden = held.length <= (parts ? least : Math.max(least, 1));
      });
      add.hidden = held.length >= most;
    };
    const more = () => {
      const own = field.many ? `${path}.${made}` : path;
      const node = one(inner, samples[made] ?? (parts ? samples[0] : ""), own);
      const name = parts ? make("legend", { className: field.many ? "" : "visually-hidden" }) : node.label;
      if (!parts) name.className = "visually-hidden";
      const remove = make("button", { type: "button", className: "row-remove", textContent: "Remove" });
      const body = parts ? make("fieldset", { className: "row" }, name, node.element, remove) : make("div", { className: "row row-short" }, node.element, remove);
      const row = { node, name, remove, body };
      remove.addEventListener("click", () => {
        held.splice(held.indexOf(row), 1);
        body.remove();
        number();
        add.focus();
        update();
      });
      made += 1;
      held.push(row);
      place.append(body);
      return body;
    };
    for (let count = 0; count < start; count += 1) more();
    add.addEventListener("click", () => {
      const body = more();
      number();
      body.querySelector("input, select, textarea").focus();
      update();
    });
    number();
    const used = () => held.filter(({ node }) => (parts ? least > 0 || !node.pristine() : node.value() !== undefined));
    const node = {
      controls: [],
      error,
      element,
      value: () => {
        const values = used().map((row) => row.node.value()).filter((value) => value !== undefined);
        return values.length ? (field.many ? values : values[0]) : undefined;
      },
      pristine: () => held.length === start && held.every((row) => row.node.pristine()),
      touch: () => {
        node.touched = true;
        for (const row of used()) row.node.touch();
      },
      look: () => {
        const found = used();
        const values = found.map((row) => row.node.value());
        const ids = values.map((value) => (value instanceof Map ? value.get("id") : value)).filter((value) => typeof value === "string");
        const twice = parts || field.type === "record" ? ids.find((value, index) => ids.indexOf(value) !== index) : undefined;
        let fault = found.length < (found.length ? begun : least) ? `At least ${begun} needed; here ${found.length === 1 ? "is" : "are"} ${found.length}.` : "";
        if (twice) fault = `“${twice}” stands here twice.`;
        fault ||= node.also || "";
        show(node, fault);
        const own = fault ? [{ control: held.find(({ body }) => !parts && body)?.body.querySelector("input, select, textarea") ?? element, text: `${field.label}: ${fault}` }] : [];
        for (const row of held) if (!found.includes(row)) row.node.clear?.();
        return [...own, ...found.flatMap((row) => row.node.look())];
      },
      notes: () => used().flatMap((row) => row.node.notes()),
    };
    return node;
  };

  const sourceless = "Name a source, or tick “Our own reading”.";
  const unread = "Confirmed, but nobody read a source of this. Choose “reported”, or name a source that was read.";
  let top = null;
  // A set of fields: those of the sample first, then the rest, folded, then what it rests on.
  const group = (part, sample, path, list) => {
    const fields = data.parts[part];
    const at = (name) => (path ? `${path}.${name}` : name);
    const listed = Object.keys(sample || {});
    const sourced = fields.some((one) => one.name === "ours") && fields.some((one) => one.name === "sources");
    const main = (one) => listed.includes(one.name) || one.must || (sourced && ["ours", "sources"].includes(one.name)) || (!listed.length && !LAST.includes(one.name));
    const order = (one) => (LAST.includes(one.name) ? 1000 + LAST.indexOf(one.name) : listed.includes(one.name) ? listed.indexOf(one.name) : 500);
    const sorted = [...fields].sort((one, other) => order(one) - order(other));
    const parts = [sorted.filter((one) => main(one) && !LAST.includes(one.name)), sorted.filter((one) => !main(one)), sorted.filter((one) => main(one) && LAST.includes(one.name))];
    const children = new Map();
    const build = (one) => {
      const node = field(one, sample?.[one.name], at(one.name), list);
      children.set(one.name, node);
      return node.element;
    };
    const [head, folded, tail] = parts.map((some) => some.map(build));
    const fold = folded.length && make("details", { className: "uses" }, make("summary", { textContent: "More fields, if you need them" }), ...folded);
    const said = (name) => children.get(name)?.value();
    return {
      element: make("div", { className: "fields" }, ...head, fold, ...tail),
      value: () => new Map(sorted.map((one) => [one.name, said(one.name)]).filter(([, value]) => value !== undefined)),
      pristine: () => [...children.values()].every((node) => node.pristine()),
      touch: () => children.forEach((node) => node.touch()),
      clear: () => children.forEach((node) => (node.clear ? node.clear() : node.error && show(node, ""))),
      notes: () => [...children.values()].flatMap((node) => node.notes()),
      said,
      look: () => {
        const sources = children.get("sources");
        const named = said("sources") ?? [];
        const sure = (said("confidence") ?? top?.said("confidence")) === "confirmed";
        const indirect = named.length > 0 && named.every((id) => records.sources.find((one) => one.id === id)?.unread);
        if (sources) sources.also = sourced && !named.length && !said("ours") ? sourceless : sure && indirect ? unread : "";
        if (part === "Source") children.get("confidence").also = said("confidence") === "confirmed" && said("read") === data.unread ? "Confirmed, but nobody read it. Choose “reported”." : "";
        return [...children.values()].flatMap((node) => node.look());
      },
    };
  };

  const field = (one, sample, path, list) => {
    if (one.type === "part") {
      if (!one.many && one.must) {
        const node = group(one.part, sample, path);
        const around = box(one, sample, path, node.element);
        return { ...node, element: around.element };
      }
      return rows(one, sample, path, (inner, row, own) => group(one.part, row, own));
    }
    if (one.type === "yes") return tick(one, sample, path);
    if (one.many) return few(one, FEW) ? ticks(one, sample, path) : rows(one, sample, path, (inner, row, own) => single(inner, row, own));
    return single(one, sample, path, list);
  };

  // --- the page ----------------------------------------------------------------------------------------------------
  const page = (name) => document.querySelector(`.entry-${name}`);
  const choice = page("kind");
  const body = page("fields");
  const summary = page("summary");
  const result = page("text");
  let kind = null;
  let entry = "";

  const placed = (id) => {
    const every = records[kind.list];
    if (!every.length) return [`as the first entry of the list “${kind.list}”`, 1];
    const next = kind.ordered ? every.find((one) => one.id > id) : undefined;
    if (next) return [`above the entry “${next.id}”, which starts at line ${next.line}, as this list is in alphabetical order`, next.line];
    const last = every[every.length - 1];
    return [`below the whole entry “${last.id}”, which starts at line ${last.line}: it is the last one of the list “${kind.list}”`, last.line];
  };
  const handed = (id) => {
    const file = `data/${kind.file}`;
    const [place, line] = placed(id);
    for (const one of document.querySelectorAll(".entry-file")) one.textContent = file;
    page("place").textContent = place;
    page("edit").href = `${form.dataset.edit}${kind.file}#L${line}`;
    const asked = new URLSearchParams({ template: "new-entry.yml", title: `New entry: ${kind.name} ${id}`, file, place, entry });
    let address = `${form.dataset.repository}/issues/new?${asked}`;
    page("long").hidden = address.length <= ADDRESS;
    if (address.length > ADDRESS) {
      asked.delete("entry");
      address = `${form.dataset.repository}/issues/new?${asked}`;
    }
    page("issue").href = address;
  };

  let shown = false;
  const update = () => {
    const faults = top.look();
    const notes = [...new Set(top.notes())];
    const id = top.said("id");
    entry = `${item(top.value(), " ".repeat(kind.indent)).join("\n")}\n`;
    result.value = entry;
    result.rows = Math.min(entry.split("\n").length, 30);
    const state = faults.length ? "Not ready yet. “Check the entry” says what is missing or wrong." : "Ready. The form finds no fault.";
    if (page("state").textContent !== state) page("state").textContent = state;
    page("ready").hidden = page("buttons").hidden = faults.length > 0;
    if (!faults.length) handed(id);
    page("notes").hidden = !notes.length || faults.length > 0;
    page("notes").replaceChildren(...notes.map((text) => make("li", { textContent: text })));
    if (shown) list(faults);
    return faults;
  };
  const list = (faults) => {
    summary.hidden = !faults.length;
    const items = faults.map(({ control, text }) => {
      const link = make("a", { href: `#${control.id}`, textContent: text });
      link.addEventListener("click", (event) => {
        event.preventDefault(); // a jump would make an entry in the tab's history
        for (let fold = control.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
        control.focus();
        control.scrollIntoView({ block: "center" });
      });
      return make("li", {}, link);
    });
    summary.querySelector("p").textContent = faults.length === 1 ? "One thing is missing or wrong" : `${faults.length} things are missing or wrong`;
    summary.querySelector("ul").replaceChildren(...items);
  };
  const begin = () => {
    kind = data.kinds.find((one) => one.list === choice.value);
    page("check").hidden = page("result").hidden = !kind;
    body.replaceChildren();
    for (const known of form.querySelectorAll("datalist")) known.remove();
    shown = false;
    summary.hidden = true;
    if (!kind) {
      page("about").textContent = "";
      page("ready").hidden = true;
      return;
    }
    page("about").textContent = kind.about;
    top = group(kind.part, kind.sample, "", kind.list);
    body.append(top.element);
    update();
  };

  choice.addEventListener("change", begin);
  let waiting = 0;
  const touched = (event) => {
    const node = nodes.get(event.target);
    if (node && !node.touched) {
      node.touch();
      update();
    }
  };
  body.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(touched, PAUSE, event);
    update();
  });
  // A press on a button ends the field before it. What that field then says must not move the button away meanwhile.
  let pressed = false;
  const left = [];
  const release = () => {
    pressed = false;
    setTimeout(() => left.splice(0).forEach(touched)); // after the click
  };
  addEventListener("pointerdown", () => (pressed = true), true);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, release, true);
  body.addEventListener("change", (event) => (pressed ? left.push(event) : touched(event)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    top.touch();
    shown = true;
    if (update().length) summary.focus();
    else page("result").focus();
  });
  page("copy").addEventListener("click", async () => {
    const said = page("copied");
    try {
      await navigator.clipboard.writeText(entry);
      said.textContent = "Copied.";
    } catch {
      result.select(); // not allowed here, such as in a page opened from a folder
      said.textContent = "The entry is marked. Copy it with Ctrl and C, or ⌘ and C.";
    }
  });
  page("save").addEventListener("click", () => {
    const link = make("a", { href: URL.createObjectURL(new Blob([entry], { type: "text/yaml" })), download: `${top.said("id")}.yml` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  begin();
})();
