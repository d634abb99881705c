// What script adds to help pages, which work without it: the reader's country first, and what is open now. The country is
// that of the device's clock, and nothing else is looked at; nothing is stored, nothing is sent. Loaded in the head, so that
// all is in its place before anything is painted.
(() => {
  "use strict";

  const MINUTE = 60000;
  const DAY = 24 * 60;
  const WEEK = 7 * DAY;
  const FRESH = 180 * DAY * MINUTE; // how long what was read of a service's hours is trusted
  const ANYWHERE = "int";

  const said = () => document.getElementById("help-said").dataset;

  // --- country -----------------------------------------------------------------------------------------------------
  // An address that ends with a country chooses that one: #gb leads to its card, #for-gb to the advice above it.
  const ofClock = () => {
    try {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      return Object.keys(helpZones).find((country) => helpZones[country].split(" ").includes(zone)) || ANYWHERE;
    } catch {
      return ANYWHERE;
    }
  };
  const asked = () => {
    const named = location.hash.slice(1).replace(/^for-/, "");
    return named === ANYWHERE || Object.hasOwn(helpZones, named) ? named : "";
  };
  let country = asked() || ofClock();
  const place = () => {
    if (!document.getElementById("help-said")) return;
    const shown = said().countries.split(" ").includes(country) ? country : ANYWHERE;
    for (const one of document.querySelectorAll("[data-country]")) one.classList.toggle("chosen", one.dataset.country === shown);
  };

  // --- hours -------------------------------------------------------------------------------------------------------
  // What stands in the page is true by itself. This adds whether somebody answers now, and never only that nobody does: it
  // is silent where what was read is old, where the clock cannot be right, and where it knows of nothing that is open.
  const zoned = (moment, timeZone) => {
    const parts = {};
    const form = { timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    for (const { type, value } of new Intl.DateTimeFormat("en-GB", form).formatToParts(moment)) parts[type] = Number(value);
    const midnight = Date.UTC(parts.year, parts.month - 1, parts.day);
    const weekday = (new Date(midnight).getUTCDay() + 6) % 7; // 0 is Monday
    return { midnight, hour: parts.hour, minute: parts.minute, week: weekday * DAY + parts.hour * 60 + parts.minute };
  };
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const clock = ({ hour, minute }) => (hour || minute ? filled(said().clock, { hour, minute: String(minute).padStart(2, "0") }) : said().midnight);
  const weekdayOf = ({ midnight }) => new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", timeZone: "UTC" }).format(midnight);

  // The moment at which the clocks of a zone show a minute of the week that lies `ahead` minutes ahead on their faces: clocks
  // may be changed in between.
  const momentAhead = (now, zone, ahead) => {
    const wanted = (zoned(now, zone).week + ahead) % WEEK;
    const first = now + ahead * MINUTE;
    const off = ((wanted - zoned(first, zone).week + WEEK * 1.5) % WEEK) - WEEK / 2;
    return first + off * MINUTE;
  };
  // Gives "8:00", or "8:00 (21:00 where you are)", and with the day where the reader has another day then. Midnight ends a day.
  const timeOf = (moment, zone) => {
    const there = zoned(moment, zone);
    const here = zoned(moment);
    const time = clock(there);
    if (there.week === here.week) return time;
    const sameDay = zoned(moment - MINUTE, zone).midnight === zoned(moment - MINUTE).midnight;
    const own = sameDay ? clock(here) : filled(said().day, { day: weekdayOf(here), time: clock(here) });
    return filled(said().there, { time, here: own });
  };
  // Whether somebody answers at a moment, and what to say of it; null where that is not known.
  const state = ({ zone, checked, open }, now) => {
    if (!zone || now < Date.parse(said().built) - DAY * MINUTE || now - Date.parse(checked) > FRESH) return null;
    if (open === "always") return { open: true, text: said().always };
    const at = zoned(now, zone).week;
    const spans = open.split(" ").map((span) => span.split("-").map(Number));
    const inside = spans.find(([start, end]) => start <= at && at < end);
    if (inside) {
      const [, end] = inside;
      const next = end === WEEK && spans[0][0] === 0 ? spans[0][1] : 0; // what goes on into Monday
      return { open: true, text: filled(said().until, { time: timeOf(momentAhead(now, zone, end + next - at), zone) }) };
    }
    const ahead = Math.min(...spans.map(([start]) => (start - at + WEEK) % WEEK));
    const moment = momentAhead(now, zone, ahead);
    const days = Math.round((zoned(moment, zone).midnight - zoned(now, zone).midnight) / (DAY * MINUTE));
    const pattern = days === 0 ? said().opens : days === 1 ? said().tomorrow : said().later;
    return { open: false, text: filled(pattern, { time: timeOf(moment, zone), day: weekdayOf(zoned(moment, zone)) }) };
  };
  const update = () => {
    const now = Date.now();
    for (const card of document.querySelectorAll(".help-card")) {
      const line = card.querySelector(".open-line");
      if (!line) continue;
      const instead = card.querySelector(".instead");
      let text = "";
      let shut = false;
      try {
        const first = state(card.dataset, now);
        shut = Boolean(first && !first.open && instead && state(instead.dataset, now)?.open);
        if (first?.open || shut) text = first.text;
      } catch {
        // A browser that does not know the zone says nothing.
      }
      if (line.textContent !== text) line.textContent = text;
      if (instead) instead.hidden = !shut;
      card.classList.toggle("shut", shut);
    }
  };

  // --- when --------------------------------------------------------------------------------------------------------
  const all = () => {
    place();
    update();
  };
  document.documentElement.classList.add("with-help");
  const watch = new MutationObserver(all);
  watch.observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => {
    watch.disconnect();
    all();
  });
  document.addEventListener("visibilitychange", () => document.hidden || update());
  addEventListener("pageshow", (event) => event.persisted && update());
  addEventListener("hashchange", () => {
    if (!asked() || !document.getElementById(asked())?.matches("[data-country]")) return;
    country = asked();
    place();
    document.getElementById(country).scrollIntoView();
  });
})();
