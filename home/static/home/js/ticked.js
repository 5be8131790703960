// Keeps what a visitor has ticked on a page's checklist, in this browser alone; without storage the ticks last as long
// as the page.
const list = document.querySelector("[data-ticked]");
const untick = document.querySelector("[data-untick]");
const key = `ticked:${location.pathname}`;

function boxes() {
  return [...list.querySelectorAll("[data-tick]")];
}

function kept() {
  try {
    return new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
  } catch {
    return new Set();
  }
}

function keep() {
  const ticked = boxes().filter((box) => box.checked);
  untick.hidden = ticked.length === 0;
  try {
    if (ticked.length) localStorage.setItem(key, JSON.stringify(ticked.map((box) => box.dataset.tick)));
    else localStorage.removeItem(key);
  } catch {
    // The browser keeps nothing: neither do we.
  }
}

if (list && untick) {
  const before = kept();
  for (const box of boxes()) box.checked = before.has(box.dataset.tick);
  untick.hidden = !boxes().some((box) => box.checked);
  list.addEventListener("change", keep);
  untick.addEventListener("click", () => {
    for (const box of boxes()) box.checked = false;
    keep();
  });
}
