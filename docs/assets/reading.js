// What script adds below a page's title, where there is room for it: a button that shares the page, and one that reads its
// essence aloud. Both act on a press alone. Neither stands on help pages: there the way out comes first, and a device that
// speaks could give a reader away. No storage, no request.
(() => {
  "use strict";
  const tools = document.querySelector(".reading-tools");
  if (!tools) return;
  const { siteSay: say, siteCopy: copy, siteTell: tell } = window;
  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    return tools.appendChild(made);
  };

  // --- sharing ---------------------------------------------------------------------------------------------------
  // The page's published address and its calm title. Where the device has no sheet for it, the address is copied.
  const url = document.querySelector("link[rel=canonical]")?.href ?? location.origin + location.pathname;
  const title = document.querySelector('meta[property="og:title"]').content;
  const copyAddress = async () => (await copy(url, say("Link copied"))) || tell(say("The link could not be copied. It stands in the address bar."));
  if (navigator.share) {
    button(say("Share"), () => navigator.share({ title, url }).catch((error) => error.name === "AbortError" || copyAddress()));
  } else button(say("Copy link"), copyAddress);

  // --- listening -------------------------------------------------------------------------------------------------
  // Only with a voice that is on the device: others send the text to somebody. Voices may be known late, or go.
  const speech = window.speechSynthesis;
  if (!speech) return;
  const language = document.documentElement.lang;
  const LEFT_OUT = ".source-mark, .permalink, .mend, .tag, [aria-hidden=true]";
  let listen = null;
  let voice = null;
  let speaking = false;
  let turn = 0; // what was cut off says so late, and must not end what was started after it
  const rest = () => {
    speaking = false;
    if (listen) listen.textContent = say("Listen");
  };
  const stop = () => {
    if (!speaking) return;
    rest();
    speech.cancel();
  };
  const words = (element) => {
    const copied = element.cloneNode(true);
    copied.querySelectorAll(LEFT_OUT).forEach((one) => one.remove());
    return copied.textContent.replace(/\s+/g, " ").trim();
  };
  const essence = () => {
    const parts = [document.querySelector("article h1")];
    for (const part of document.querySelectorAll("[data-essence]")) parts.push(...(part.matches("dl") ? part.querySelectorAll("dt, dd") : [part]));
    return parts.map(words).filter(Boolean);
  };
  const start = () => {
    speech.cancel(); // what another page left behind
    speaking = true;
    listen.textContent = say("Stop listening");
    const texts = essence();
    const mine = (turn += 1);
    const done = () => mine === turn && rest();
    texts.forEach((text, place) => {
      const said = new SpeechSynthesisUtterance(text);
      said.voice = voice;
      said.lang = voice.lang;
      said.onerror = done;
      if (place === texts.length - 1) said.onend = done;
      speech.speak(said);
    });
  };
  const offer = () => {
    const fit = speech.getVoices().filter((one) => one.localService && one.lang.toLowerCase().split(/[-_]/)[0] === language);
    voice = fit.find((one) => one.lang === navigator.language) ?? fit.find((one) => one.default) ?? fit[0] ?? null;
    if (voice && !listen) listen = button(say("Listen"), () => (speaking ? stop() : start()));
    else if (!voice && listen) {
      stop();
      listen.remove();
      listen = null;
    }
  };
  speech.addEventListener?.("voiceschanged", offer);
  offer();
  // Nothing speaks once the page is left, or another window is in front of it. The way out stops it by itself (site.js).
  addEventListener("keydown", ({ key }) => key === "Escape" && stop());
  addEventListener("pagehide", stop);
  document.addEventListener("visibilitychange", () => document.hidden && stop());
})();
