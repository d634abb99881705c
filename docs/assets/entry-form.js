// The page with the form for new entries (/contribute/new/) until somebody says what to add: only then are the form's own
// script and what it knows fetched, from this site. The texts are English alone, as the guide is.
(() => {
  "use strict";

  const form = document.querySelector(".entry-form");
  if (!form) return;
  const base = new URL("../", document.currentScript.src);
  const choice = form.querySelector(".entry-kind");
  const about = form.querySelector(".entry-about");

  let wanted = false;
  const load = () => {
    if (wanted) return;
    wanted = true;
    if (choice.value) about.textContent = "The form is on its way.";
    for (const file of ["assets/entry-form-data.js", "assets/entry-form-fields.js"]) {
      const script = document.createElement("script");
      script.src = new URL(file, base);
      script.async = false; // in this order
      script.addEventListener("error", () => {
        wanted = false;
        about.textContent = "The form could not be loaded. This page may be older than the site, or the connection is gone: reload it, or choose again.";
      });
      document.head.append(script);
    }
  };
  choice.addEventListener("focus", load); // most who come to it choose
  choice.addEventListener("change", load);
  const wished = new URLSearchParams(location.hash.slice(1)).get("kind");
  if ([...choice.options].some((one) => one.value === wished)) choice.value = wished;
  form.hidden = false;
  document.querySelector(".entry-waiting").hidden = true;
  if (choice.value) load();
})();
