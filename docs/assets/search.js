// Finds and shows: loaded when a reader turns to search, with MiniSearch and what things are called. It answers from those
// at once, and loads what is said of them meanwhile. What is typed stays here: it is neither stored nor put into an address.
(() => {
  "use strict";

  if (window.siteSearch || !window.MiniSearch || !window.searchData) return; // site.js says so to the reader

  const say = window.siteSay;
  const root = new URL("../", document.currentScript.src);
  const FRENCH = document.documentElement.lang === "fr";

  const HELP = FRENCH ? "fr/help/" : "help/";
  const NUMBERS = (FRENCH ? "une deux trois quatre cinq six sept huit neuf dix onze" : "one two three four five six seven eight nine ten eleven").split(" ");
  const ORDINALS = (FRENCH ? "premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme onzieme" : "first second third fourth fifth sixth seventh eighth ninth tenth eleventh").split(" ");
  const SMALL = new Set(
    (FRENCH ? "a ai ais ait alors au aux avec avoir ca ce ceci cela ces cet cette comment d dans de des donc du elle elles en est et etre eu faire fait faut il ils j je l la le les leur leurs lui m ma mais me meme mes moi mon n ne nos notre nous on ont ou par pas peut pour pourquoi qu quand que quel quelle quels quelles qui quoi s sa sans se ses si son sont sur t ta te tes toi ton tout tres tu un une veut vos votre vous y" : "a about am an define definition happen happens many mean meaning means much  and are as at be been being by can could did do does doing for from get give had has have he her his how i if im in into is it its ive me my of on or our should so some someone somebody tell than that the their them there they this those to us was we were what whats when where which who why will with would you your").split(" "),
  );
  const TENS = { twelve: 12, fifteen: 15, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60 };
  const SHOWN = 30;
  const AT_ONCE = 6;
  const UNREAD = 300; // milliseconds
  // What is looked for is cut before it is worked on: work grows with it, and while it lasts nothing else answers.
  const LONGEST = 300;
  const MOST_WORDS = 30;
  const LONGEST_WORD = 40;

  // --- words -------------------------------------------------------------------------------------------------------
  // British and American spelling, plurals and accents are folded alike in what is typed and in what is looked through.
  const folds = new Map();
  const fold = (word) => {
    let known = folds.get(word);
    if (known === undefined) folds.set(word, (known = foldAnew(word)));
    return known;
  };
  const foldAnew = (word) => {
    let folded = word.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase().replaceAll("œ", "oe");
    const number = NUMBERS.indexOf(folded) + 1 || TENS[folded];
    if (number) return String(number);
    if (folded.length > 4) {
      folded = folded
        .replace(/([iy])s(e[sdr]?|ing|ations?)$/, "$1z$2")
        .replace(/our(s|ed|ing|al|ite)?$/, "or$1")
        .replace(/^programme/, "program")
        .replace(/entre(s?)$/, "enter$1")
        .replace(/(lic|def|off)ence/, "$1ense")
        .replace(/ies$/, "y")
        .replace(/(s|x|z|ch|sh)es$/, "$1")
        .replace(/([^sui])s$/, "$1");
    } else if (folded.length === 4) folded = folded.replace(/([^sui])s$/, "$1");
    return folded;
  };
  const remembered = (work, known = new Map()) => {
    return (what) => {
      if (known.size > 300) known.clear();
      if (!known.has(what)) known.set(what, work(what));
      return known.get(what);
    };
  };
  // Signs in their shortest form, and I.W.F. as IWF. Without a look behind, which older browsers cannot read.
  const DOTTED = /(^|[^\p{L}\p{N}.])((?:\p{L}\.)+\p{L}\.?)(?!\p{L}|\p{N})/gu;
  const evened = (text) => (/^[\0-\x2d\x2f-\x7f]*$/.test(text) ? text : text.normalize("NFC").replace(DOTTED, (all, before, letters) => before + letters.replaceAll(".", "")));
  const spaced = (text) => evened(text).replace(/['’]/g, FRENCH ? " " : "").split(/[^\p{L}\p{M}\p{N}-]+/u).filter(Boolean);
  const split = (text) => {
    // A word with a hyphen is known with it, without it and in its parts.
    return spaced(text).flatMap((word) => (word.includes("-") ? [word.replaceAll("-", ""), ...word.split("-")] : [word])).filter(Boolean);
  };
  const stem = (word) => (word.length > 4 ? word.replace(/(?:ing|ed|er|e|ly)$/, "") : word);

  // Whether two words differ by one slip at most: a letter more, less, other, or two swapped.
  const near = (a, b) => {
    if (a === b) return true;
    // "life" and "live" are two words and no slip; "kil" is one.
    if (Math.abs(a.length - b.length) > 1 || Math.max(a.length, b.length) < (a.length === b.length ? 5 : 4)) return false;
    let start = 0;
    while (start < a.length && a[start] === b[start]) start += 1;
    const restA = a.slice(start);
    const restB = b.slice(start);
    return (
      restA.slice(1) === restB.slice(1) ||
      restA.slice(1) === restB ||
      restA === restB.slice(1) ||
      (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
    );
  };

  // --- what is looked through ----------------------------------------------------------------------------------------
  // `macros/pages/search_files.py` packs the entries: a capital letter in an anchor stands for a word of the title, and "~"
  // for the page of the entry before. An entry is its title, kind, address, other names, text and weight.
  const unpacked = ({ titles, of, addresses, names, weights }) => {
    let page = "";
    return titles.map((title, id) => {
      const words = title.match(/[A-Za-z0-9]+/g) || [];
      const [own, anchor] = addresses[id].replace(/^~/, () => `${page}#`).split("#");
      page = own;
      const parts = anchor?.split("-").map((part) => (/^[A-Z]/.test(part) ? Array.from(part, (letter) => words[letter.charCodeAt() - 65].toLowerCase()).join("-") : part));
      return [title, of[id], parts ? `${own}#${parts.join("-")}` : own, names[id], "", weights[id]];
    });
  };
  const { kinds, distress } = searchData;
  const entries = (searchData.entries ??= unpacked(searchData));
  const known = new Map();
  const indexOf = (...fields) =>
    new MiniSearch({
      fields,
      storeFields: [],
      tokenize: split,
      processTerm: (term) => {
        const folded = fold(term);
        if (!known.has(folded)) known.set(folded, lettersOf(folded));
        return folded;
      },
    });
  // Which letters a word has, as bits: words that differ in too many of them need no closer look.
  const lettersOf = (word) => {
    let letters = 0;
    for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31);
    return letters;
  };
  // Two, as the texts come later; a field is scored by itself, so both together score as one would.
  const byWhatItIs = indexOf("title", "names", "kind");
  const byText = indexOf("text");
  // In small lots: between two of them the browser has time for who wants to leave.
  const indexed = byWhatItIs.addAllAsync(
    entries.map(([title, kind, , names], id) => ({ id, title, names, kind: kinds[kind] })),
    { chunkSize: 250 },
  );
  const loaded = (file) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(file, root);
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });
  const tell = async () => {
    if (!window.searchTexts) await loaded(searchData.texts);
    searchTexts.shown.forEach((text, id) => (entries[id][4] = text));
    await indexed;
    await byText.addAllAsync(
      entries.map(([, , , , text], id) => ({ id, text: `${text} ${searchTexts.more[id] || ""}` })),
      { chunkSize: 150 },
    );
  };
  // Whether the texts are there; a page that is older than the site asks for some that are gone.
  const told = tell().then(
    () => true,
    () => false,
  );

  const swapped = (word) =>
    [...word.slice(1)].map((_, at) => word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)).filter((other) => other !== word && known.has(other));
  const parts = (word) => {
    for (let at = 3; at <= word.length - 3; at += 1) {
      if (known.has(word.slice(0, at)) && known.has(word.slice(at))) return [word.slice(0, at), word.slice(at)];
    }
    return null;
  };
  // What a query finds: for each entry its score, the words of it that were met, and those of the query.
  const union = (some, others) => (others.every((one) => some.includes(one)) ? some : [...new Set([...some, ...others])]);
  const add = (all, id, one) => {
    const { score, terms, queryTerms } = all.get(id) || { score: 0, terms: [], queryTerms: [] };
    all.set(id, { score: score + one.score, terms: union(terms, one.terms), queryTerms: union(queryTerms, one.queryTerms) });
  };
  const any = (some) => {
    if (some.length === 1) return some[0];
    const all = new Map(some[0]);
    for (const found of some.slice(1)) for (const [id, one] of found) all.has(id) ? add(all, id, one) : all.set(id, one);
    return all;
  };
  const both = (some, others) => {
    const all = new Map();
    for (const [id, one] of some) {
      if (!others.has(id)) continue;
      all.set(id, one);
      add(all, id, others.get(id));
    }
    return all;
  };
  // How many letters two words differ in: one more, less or other each; anything above `most` where there are more.
  const slipsBetween = (a, b, most) => {
    let row = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (Math.min(...next) > most) return most + 1;
      row = next;
    }
    return row[b.length];
  };
  // MiniSearch would find the same words, but goes through all its tree for each key that is pressed.
  const slipped = (word, most) => {
    const letters = lettersOf(word);
    const found = new Map();
    for (const [other, its] of known) {
      if (Math.abs(other.length - word.length) > most) continue;
      let differ = letters ^ its;
      let count = 0;
      for (; differ && count <= 2 * most; count += 1) differ &= differ - 1;
      if (count > 2 * most || other.startsWith(word)) continue;
      const slips = slipsBetween(word, other, most);
      if (slips <= most) found.set(other, slips);
    }
    return found;
  };
  // What a word finds, or others that stand for it. By how many words were met MiniSearch multiplies the score.
  const lookUp = (word, how, standing = [word]) =>
    any(
      [byWhatItIs, byText].map((index) => {
        const found = index.search({ queries: standing, ...how }, options);
        return new Map(found.map(({ id, score, terms, queryTerms }) => [id, { score: score / queryTerms.length, terms, queryTerms: [word] }]));
      }),
    );
  const options = {
    tokenize: (text) => [text],
    processTerm: (term) => term,
    boost: { title: 5, names: 4, kind: 2, text: 1 },
  };
  // One word, and all that may stand for it; a word that is known counts far more than one that is only near. While somebody
  // types, only the last word changes: what the others find is remembered.
  const memory = new Map();
  const alternatives = remembered((word) => {
    const sure = known.has(word);
    const slips = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
    const all = [lookUp(word, { prefix: word.length > 2, weights: { prefix: sure ? 0.3 : 0.5 } })];
    const exact = (other) => lookUp(other, {});
    const close = slips ? slipped(word, slips) : new Map();
    const boostTerm = (other) => ((sure ? 0.1 : 0.45) * other.length) / (other.length + close.get(other));
    if (close.size) all.push(lookUp(word, { boostTerm }, [...close.keys()]));
    if (!sure && word.length >= 4) all.push(...swapped(word).map(exact));
    const halves = sure ? null : parts(word);
    if (halves) all.push(both(...halves.map(exact)));
    return any(all);
  }, memory);
  const together = remembered((pair) => {
    const [one, other] = pair.split(" ");
    return any([lookUp(one + other, { prefix: true }), both(alternatives(one), alternatives(other))]);
  }, memory);
  const searchAll = (words) => {
    const found = [];
    for (let at = 0; at < words.length; at += 1) {
      if (words[at + 1] && known.has(words[at] + words[at + 1])) {
        found.push(together(`${words[at]} ${words[at + 1]}`));
        at += 1;
      } else found.push(alternatives(words[at]));
    }
    return any(found);
  };

  // --- what was meant ----------------------------------------------------------------------------------------------
  const numberIn = (text) => {
    const plain = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    const value = (word) => {
      const digits = /^p?(\d{1,2})(?:st|nd|rd|th)?$/.exec(word);
      return digits ? Number(digits[1]) : NUMBERS.indexOf(word) + 1 || ORDINALS.indexOf(word) + 1;
    };
    const words = plain.split(" ");
    const at = words.findIndex((word) => near(word.replace(/s$/, ""), "principle"));
    const candidates =
      at >= 0 ? [words[at + 1], words[at + 1] === "number" || words[at + 1] === "no" ? words[at + 2] : "", words[at - 1]] : words.length === 1 || (words.length === 2 && /^(?:no|number|the)$/.test(words[0])) ? [words.at(-1)] : [];
    return candidates.filter(Boolean).map(value).find((number) => number >= 1 && number <= 11) || 0;
  };
  // Whoever types a name as it is gets what has that name, in one word or in two.
  const key = (text) => spaced(text.replaceAll("-", " ")).map(fold).filter((word, at, words) => words.length === 1 || word !== "the").join("");
  const named = new Map();
  entries.forEach(([title, , , names], id) => {
    for (const name of [title, ...names.split(" | ")].filter(Boolean).map(key)) named.set(name, [...(named.get(name) || []), id]);
  });
  const byName = (text) => {
    const wanted = key(text);
    const rank = (id) => (key(entries[id][0]) === wanted ? 10 : 0) + (kinds[entries[id][1]] === say("Term") ? 2 : 0) + entries[id][5];
    return (named.get(wanted) || []).toSorted((a, b) => rank(b) - rank(a));
  };
  // A name inside a question ("what does csam mean") counts for what has that name, more so a name of several words.
  const namesIn = (words) => {
    const found = new Map();
    for (let from = 0; from < words.length; from += 1) {
      for (let to = from + 1; to <= Math.min(words.length, from + 6); to += 1) {
        for (const id of named.get(words.slice(from, to).join("")) || []) found.set(id, Math.max(found.get(id) || 0, to - from));
      }
    }
    return found;
  };
  const cries = distress.map(([label, address, phrases, need]) => ({
    label,
    address,
    need,
    phrases: phrases.map((phrase) => split(phrase).map(fold).filter((word) => !SMALL.has(word)).map(stem)),
  }));
  const cryStems = [...new Set(cries.flatMap(({ phrases }) => phrases.flat()))];
  const needs = (words) => {
    const stems = words.map(stem);
    const met = new Set(cryStems.filter((wanted) => stems.some((word) => word === wanted || near(word, wanted))));
    const has = (wanted) => met.has(wanted);
    const found = new Map();
    for (const { label, address, need, phrases } of cries) {
      const longest = Math.max(0, ...phrases.filter((phrase) => phrase.length && phrase.every(has)).map((phrase) => phrase.length));
      if (longest && longest > (found.get(need)?.longest || 0)) found.set(need, { label, address, need, longest });
    }
    return [...found.values()].sort((a, b) => b.longest - a.longest);
  };

  // Somebody who writes about themselves ("he wants me to …", "im scared") may need help in words that nobody thought of.
  const OWN = FRENCH ? /(?:^|[^\p{L}])(?:je|j['’]|moi|mon|ma|mes|m['’])/iu : /\b(?:my|me|im|i'm|i’m|ive|i've|i’ve|myself|mine)\b/i;
  const ASKS = FRENCH
    ? /^\s*(?:comment|quand|où|qui|quel|quelle|pourquoi|est-ce|que|qu['’])/i
    : /^\s*(?:how|what|whats|when|where|which|who|why|do|does|did|is|are|can|could|should)\b/i;
  const personal = (text) => /^\s*(?:help|aide|au secours)\W*$/i.test(text) || OWN.test(text) || (!FRENCH && /\bi\b/i.test(text) && !ASKS.test(text));
  // "im 24" decides between help for adults and for those under 18.
  const OLDER = { "remove-image-child": "remove-image-adult", "own-behaviour-youth": "own-behaviour-adult" };
  const YOUNGER = Object.fromEntries(Object.entries(OLDER).map(([young, old]) => [old, young]));
  const ageIn = (text) => Number(/\b(?:im|i'm|i’m|i am|aged?|j['’]?ai)\s+(\d{1,2})\b/i.exec(text)?.[1]);
  const forAge = (text, found) => {
    const age = ageIn(text);
    if (!age) return found;
    const swaps = age < 18 ? YOUNGER : OLDER;
    return found
      .map((one) => cries.find((cry) => cry.need === swaps[one.need]) || one)
      .filter(({ need }) => age < 18 || need !== "child-help");
  };
  // Whoever is threatened may be a child: beside the help against threats stands somebody to talk to; beside an adult's, help
  // with the picture.
  const besideThreat = (text, found) => {
    const beside = cries.find(({ need }) => need === (ageIn(text) >= 18 ? "remove-image-adult" : "child-help"));
    return found.length === 1 && found[0].need === "threat" && beside ? [...found, beside] : found;
  };
  const helpFor = (text, words) => {
    const fitting = besideThreat(text, forAge(text, needs(words)));
    // Two needs may begin with the same steps.
    const known = fitting.filter(({ address }, at) => fitting.findIndex((other) => other.address === address) === at).slice(0, 2);
    return known.length || !personal(text) ? known : [{ label: say("Get help in your country"), address: HELP }];
  };

  // Gives the help that comes first, and the entries, best first, each with the words that were found in it.
  const find = (asked) => {
    const text = evened(asked.slice(0, LONGEST));
    const all = split(text).slice(0, MOST_WORDS).map((word) => fold(word.slice(0, LONGEST_WORD)));
    const words = all.filter((word) => !SMALL.has(word));
    const wanted = words.length ? words : all;
    if (!wanted.length) return { help: [], results: [] };
    const seen = new Map();
    const number = numberIn(text);
    if (number) {
      const id = entries.findIndex(([, kind]) => kinds[kind] === say("Principle {number}", { number }));
      seen.set(id, []);
    }
    for (const id of byName(text)) if (!seen.has(id)) seen.set(id, wanted);
    // All that has any of the words, the better the more of them it has; what only resembles one of several is no answer.
    const inside = namesIn(wanted);
    // Hundreds of entries are found by the same few words: what those mean is worked out once.
    const shareOf = remembered((found) => {
      const met = wanted.filter((word) => found.split(" ").some((term) => term === word || word.startsWith(term) || word.includes(term) || near(term, word)));
      return Math.min(1, Math.max(1, met.length) / wanted.length);
    });
    const sureOf = remembered((term) => wanted.some((word) => term === word || (word.length > 2 && term.startsWith(word))));
    const ranked = Array.from(searchAll(wanted), ([id, { score, terms, queryTerms }]) => {
      const share = shareOf(queryTerms.join(" "));
      const sure = terms.some(sureOf);
      return { id, terms, sure, share, score: score * queryTerms.length * entries[id][5] * share ** 3 * (1 + (inside.get(id) || 0)) };
    })
      .filter(({ sure, share }) => sure || share === 1)
      .sort((a, b) => b.score - a.score);
    for (const { id, terms } of ranked) if (!seen.has(id)) seen.set(id, terms);
    return { help: helpFor(text, words), results: [...seen].slice(0, SHOWN).map(([id, terms]) => ({ entry: entries[id], terms })) };
  };

  // --- the dialog --------------------------------------------------------------------------------------------------
  const dialog = document.querySelector("dialog.search");
  const field = dialog.querySelector("input");
  const list = dialog.querySelector(".search-results");
  const help = dialog.querySelector(".search-help");
  const status = dialog.querySelector("[role=status]");
  const local = location.protocol === "file:";
  const href = (address) => {
    const target = new URL(address, root);
    if (local && target.pathname.endsWith("/")) target.pathname += "index.html";
    return target.href;
  };
  const marked = (text, terms) => {
    const span = document.createElement("span");
    for (const piece of text.split(/([\p{L}\p{M}\p{N}'’-]+)/u)) {
      if (piece && terms.includes(fold(piece))) span.appendChild(document.createElement("mark")).textContent = piece;
      else span.append(piece);
    }
    return span;
  };
  const items = (some) =>
    some.map(({ entry: [title, kind, address, , text], terms }) => {
      const item = document.createElement("li");
      const link = item.appendChild(document.createElement("a"));
      link.href = href(address);
      link.append(Object.assign(document.createElement("span"), { className: "search-kind", textContent: kinds[kind] }));
      const name = marked(title, terms);
      name.className = "search-title";
      link.append(name);
      if (text) {
        const said = marked(text, terms);
        said.className = "search-text";
        link.append(said);
      }
      return item;
    });
  let settled = false; // whether the texts are there, or will never be
  let later = 0;
  let last = { words: null, at: 0, results: [] };
  // What stands stays where it is, and what else is found comes after it.
  const show = (standing = []) => {
    const { help: first, results: found } = find(field.value);
    const results = [...standing, ...found.filter(({ entry }) => standing.every((one) => one.entry !== entry))].slice(0, SHOWN);
    const asked = field.value.trim() !== "";
    last = { words: field.value, at: performance.now(), results };
    if (!standing.length) {
      help.replaceChildren(
        ...first.map(({ label, address }) => {
          const link = document.createElement("a");
          link.href = href(address);
          link.append(Object.assign(document.createElement("span"), { className: "search-kind", textContent: say("Help comes first") }), label);
          return link;
        }),
      );
      help.hidden = !first.length;
      list.replaceChildren();
    }
    // What fits on the screen first; the rest when the browser has a moment.
    list.append(...items(results.slice(list.children.length, AT_ONCE)));
    clearTimeout(later);
    later = setTimeout(() => list.append(...items(results.slice(list.children.length))), 120);
    if (!settled) return; // nothing is said to be missing before
    dialog.querySelector(".search-none").hidden = !asked || results.length > 0 || first.length > 0;
    const count =
      results.length === SHOWN ? say("{count} best results", { count: SHOWN }) : results.length === 1 ? say("1 result") : say("{count} results", { count: results.length });
    status.textContent = asked ? (first.length ? say("Help, and {results}", { results: count }) : count) : "";
  };
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.querySelector(".search-help:not([hidden]) a, .search-results a")?.click();
  });
  dialog.addEventListener("keydown", (event) => {
    // In a search field Escape would only empty it.
    if (event.key === "Escape") dialog.close();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [field, ...dialog.querySelectorAll(".search-help:not([hidden]) a, .search-results a")];
    const at = stops.indexOf(document.activeElement);
    const next = stops[Math.min(stops.length - 1, Math.max(0, at + step))];
    event.preventDefault();
    next.focus();
  });
  // A click beside the box closes it, as Escape does; a link to a place on this page closes it too.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest(".search-help a, .search-results a")) dialog.close();
  });
  // The first answers come from what things are called. With the texts some are better; but nothing moves under a finger:
  // only a list that is so new that nobody has read it is shown anew.
  const settle = () => {
    settled = true;
    memory.clear();
    window.siteSearch = { find, show };
    const read = performance.now() - last.at > UNREAD || [help, list].some((part) => part.matches(":hover, :focus-within"));
    show(read && last.words === field.value ? last.results : []);
  };
  indexed.then(() => {
    field.addEventListener("input", () => show());
    show();
    told.then((there) => {
      if (!there) dialog.querySelector(".search-lost").hidden = false;
      settle();
    });
  });
})();
