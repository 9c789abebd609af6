/* Sortable lists: .lsr-list table. A cell's value is its data-sort, its <time datetime> or its text. */
(() => {
  "use strict";

  const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  const value = (cell) => {
    const marked = cell.querySelector("[data-sort], time[datetime]");
    const text = (cell.dataset.sort ?? marked?.dataset.sort ?? marked?.dateTime ?? cell.textContent).trim();
    return cell.querySelector(".lsr-missing") || /^[–—-]?$/.test(text) ? null : text;
  };

  const number = (text) => (/\d/.test(text) ? Number(text.replace(/[\s,%]/g, "")) : NaN);

  const sort = (th) => {
    const body = th.closest("table").tBodies[0];
    const down = th.getAttribute("aria-sort") === "ascending";
    const rows = [...body.rows].map((row) => ({ row, v: value(row.cells[th.cellIndex]) }));
    const numeric = rows.every(({ v }) => v === null || !Number.isNaN(number(v)));
    const order = numeric ? (a, b) => number(a) - number(b) : words.compare;
    // What is missing stays last in both directions; equal rows keep their order.
    rows.sort((a, b) => (a.v === null) - (b.v === null) || (a.v === null ? 0 : order(a.v, b.v) * (down ? -1 : 1)));
    for (const other of th.parentNode.cells) other.setAttribute("aria-sort", "none");
    th.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...rows.map(({ row }) => row));
  };

  const makeSortable = (list) => {
    const table = list.querySelector("table");
    if (!table?.tHead) return;
    list.dataset.lsrSorts = "";
    for (const th of table.tHead.rows[0].cells) {
      const label = th.textContent.trim();
      if (!label) continue;
      const button = Object.assign(document.createElement("button"), { type: "button", className: "lsr-sort" });
      button.append(...th.childNodes);
      th.append(button);
      th.setAttribute("aria-sort", "none");
      for (const row of table.tBodies[0].rows) row.cells[th.cellIndex]?.setAttribute("data-label", label);
    }
  };

  document.querySelectorAll(".lsr-list").forEach(makeSortable);
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-lsr-sorts] .lsr-sort");
    if (button) sort(button.closest("th"));
  });
})();
