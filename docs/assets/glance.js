// What script adds to the table of all principles: a button in each head that sorts the rows by it. Without script, and at
// the start, they stand in the order of their numbers. On a phone, where each row is a card, there are no heads to press.
(() => {
  "use strict";
  const table = document.getElementById("table");
  const body = table.tBodies[0];
  const say = window.siteSay;
  // Some browsers no longer call it a table where style draws rows as cards. In the page itself these roles would say twice
  // what the elements are.
  for (const [elements, role] of [["thead, tbody", "rowgroup"], ["tr", "row"], ["thead th", "columnheader"], ["tbody th", "rowheader"], ["td", "cell"]]) {
    for (const element of table.querySelectorAll(elements)) element.setAttribute("role", role);
  }
  table.setAttribute("role", "table");
  const heads = [...table.tHead.querySelectorAll("[scope=col]")];
  // The heads stand in two rows; where each is from left to right tells which cells are below it.
  const first = heads.filter((head) => head.rowSpan === 2);
  const countries = heads.filter((head) => head.rowSpan === 1);
  const columns = [...first.slice(0, -1), ...countries, first.at(-1)];
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  table.parentElement.after(status);
  const key = (row, column) => Number(row.cells[column].dataset.sort);
  const sort = (column) => {
    const head = columns[column];
    const first = head.dataset.first || "ascending";
    const [other] = ["ascending", "descending"].filter((one) => one !== first);
    const order = head.getAttribute("aria-sort") === first ? other : first;
    const sign = order === "ascending" ? 1 : -1;
    const rows = [...body.rows].sort((a, b) => (key(a, column) - key(b, column)) * sign || key(a, 0) - key(b, 0));
    for (const column of columns) column.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    body.append(...rows);
    status.textContent = say("Sorted by {column}", { column: head.textContent.trim() });
  };
  const wide = matchMedia("(min-width: 62rem)");
  const dress = () => {
    for (const [column, head] of columns.entries()) {
      const button = head.querySelector("button");
      if (wide.matches && !button) {
        const made = document.createElement("button");
        made.type = "button";
        made.append(...head.childNodes);
        made.addEventListener("click", () => sort(column));
        head.append(made);
      } else if (!wide.matches && button) head.replaceChildren(...button.childNodes);
    }
  };
  columns[0].setAttribute("aria-sort", "ascending");
  wide.addEventListener("change", dress);
  dress();
})();
