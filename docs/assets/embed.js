// What a card says to a page of WordPress that shows it: how tall it is, and which link was chosen. WordPress puts a card into
// a sandbox in which links lead nowhere; it opens for a card what this names, if it lies on the card's own site. The words are
// those of its wp-embed.js: https://github.com/WordPress/wordpress-develop/blob/trunk/src/js/_enqueues/wp/embed.js
// Elsewhere nobody gives a secret, and this does nothing. No storage, no request.
(() => {
  "use strict";
  if (parent === window) return;
  let secret = "";
  const post = (message, value) => secret && parent.postMessage({ message, value, secret }, "*");
  const tall = () => post("height", Math.ceil(document.documentElement.getBoundingClientRect().height));
  const begin = (given) => {
    if (secret || !/^[a-zA-Z0-9]+$/.test(given)) return;
    secret = given;
    document.documentElement.classList.add("fitted");
    // A link to another site would do nothing: it becomes text.
    for (const link of document.links) if (link.host !== location.host) link.removeAttribute("href");
    new ResizeObserver(tall).observe(document.body);
  };
  const read = () => begin(new URLSearchParams(location.hash.slice(1)).get("secret") ?? "");
  addEventListener("hashchange", read);
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || data?.message !== "ready") return;
    begin(String(data.secret));
    tall();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !secret) return;
    event.preventDefault();
    post("link", link.href);
  });
  read();
})();
