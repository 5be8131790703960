// Tells the portal that a result was opened, so that it can be counted. The link itself is left alone.
const page = document.querySelector(".results-page");

function tell(event) {
  if (event.type === "auxclick" && event.button !== 1) return;
  const result = event.target.closest("a[href]")?.closest("[data-position]");
  if (!result) return;
  const message = new FormData(page);
  message.set("position", result.dataset.position);
  navigator.sendBeacon(page.action, message);
}

if (page && navigator.sendBeacon) {
  document.addEventListener("click", tell);
  document.addEventListener("auxclick", tell);
}
