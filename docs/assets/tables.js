// Tables as files: for the page that compares two (/compare/), the path for services, and the matrix (/matrix/), whose
// filter is here too.
// No storage, no request: a file is made of what the page shows.
(() => {
  "use strict";

  const plain = (text) => text.replace(/\s+/g, " ").trim();
  // As `macros/exports/csv_tables.py` writes them: no cell starts as a formula, for any sign that ends cells.
  const harmless = (cell) => /^-?[0-9]+(\.[0-9]+)?$/.test(cell) ? cell : (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell).replace(/([;\t\r\n]"*)(?=[=+\-@])/g, "$1'");
  // The mark in front tells Excel that the signs are those of Unicode.
  const csv = (rows) => `\ufeff${rows.map((row) => row.map((cell) => `"${harmless(cell).replaceAll('"', '""')}"`).join(",")).join("\r\n")}\r\n`;
  const save = (text, type, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  window.siteTables = { plain, csv, save };

  // --- the matrix --------------------------------------------------------------------------------------------------
  // site.js shows and hides rows; of those that stay, marks of another status than was asked for go too.
  const matrix = document.getElementById("matrix-stakeholders");
  if (!matrix) return;
  const wanted = document.getElementById("filter-practice");
  const cells = [...matrix.querySelectorAll("tbody td[data-done]")];
  const parts = [...matrix.querySelectorAll("tbody td:not([data-done])")];
  const unmatch = () => {
    for (const cell of cells) cell.classList.toggle("unmatched", wanted.value !== "" && !cell.dataset.done.split(" ").includes(wanted.value));
    for (const cell of parts) cell.classList.toggle("unmatched", wanted.value !== "");
  };
  addEventListener("filtered", unmatch);
  unmatch();
  const button = document.querySelector(".matrix-csv");
  button.hidden = false;
  button.addEventListener("click", () => {
    const said = (cell) => {
      const label = cell.querySelector("a[aria-label]")?.getAttribute("aria-label");
      if (!label || cell.classList.contains("unmatched")) return label ? "" : plain(cell.textContent);
      return cell.tagName === "TD" ? label.replace(/^.*?, principle \d+: /, "") : label;
    };
    const rows = [...matrix.rows].filter((row) => !row.hidden);
    save(csv(rows.map((row) => [...row.cells].map(said))), "text/csv", "who-does-what.csv");
  });
})();
