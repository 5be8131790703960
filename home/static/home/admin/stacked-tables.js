// On a narrow screen the rows of a listing stand one below the other, each value beside its column's name.
// Lists with a tick before each row are Wagtail's own and stay as they are.
const WHICH = "table.listing:not(.listing--dashboard), table.gk-rights";

function stack(table) {
  if (table.classList.contains("gk-stacked") || !table.tHead || table.querySelector(".bulk-action-checkbox")) return;
  const names = [...table.tHead.rows[table.tHead.rows.length - 1].cells].map((cell) => cell.textContent.trim());
  table.classList.add("gk-stacked");
  // A table that is laid out as blocks is none to a screen reader, unless it says so.
  table.setAttribute("role", "table");
  for (const row of table.rows) {
    row.setAttribute("role", "row");
    for (const cell of row.cells) {
      const isHeading = cell.tagName === "TH";
      const inHead = row.parentElement === table.tHead;
      cell.setAttribute("role", isHeading ? (inHead ? "columnheader" : "rowheader") : "cell");
      if (inHead) continue;
      cell.dataset.label = names[cell.cellIndex] ?? "";
      cell.classList.toggle("gk-stacked__empty", !cell.textContent.trim() && !cell.children.length);
    }
  }
}

function stackAll() {
  document.querySelectorAll(WHICH).forEach(stack);
}

stackAll();
// Wagtail puts the results of a filter in place of the last ones.
new MutationObserver(stackAll).observe(document.body, { childList: true, subtree: true });
