// Leads from a former address to the present one, with the place on the page that was asked for.
location.replace(document.querySelector("link[rel=canonical]").href + location.hash);
