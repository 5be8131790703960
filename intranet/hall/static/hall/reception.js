// The window's form asks the server what its words mean while somebody types, and the server keeps the draft.
// Without it, "Look up" does the same. Nothing that was typed is stored in the browser.
const PAUSE = 250;
const form = document.querySelector("[data-reception]");
const told = form.querySelector("[data-told]");
let timer, turn = 0;

function checkSoon() {
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
}

async function check() {
  clearTimeout(timer);
  const own = ++turn;
  const typed = new FormData(form);
  typed.delete("scans");
  typed.set("action", "check");
  let answer;
  try {
    // The buttons are called "action", so that form.action is theirs.
    const response = await fetch(location.pathname, { method: "POST", body: typed });
    if (!response.ok) throw new Error(response.status);
    answer = await response.json();
  } catch {
    told.textContent = form.dataset.offline;
    timer = setTimeout(check, 5000);
    return;
  }
  if (own !== turn) return; // more was typed meanwhile
  for (const [name, part] of Object.entries(answer.regions)) show(name, part);
  told.textContent = answer.told;
}

// A part is shown anew only where it is another one: what is ticked in it meanwhile stays.
function show(name, part) {
  const region = form.querySelector(`[data-region=${name}]`);
  if (region.dataset.key === part.key && (part.key || region.innerHTML.trim() === part.html.trim())) return;
  const focused = region.contains(document.activeElement) ? document.activeElement.id : "";
  region.innerHTML = part.html;
  region.dataset.key = part.key;
  offerTicking();
  if (focused) document.getElementById(focused)?.focus();
}

function offerTicking() {
  for (const button of form.querySelectorAll("[data-tick-all]")) button.hidden = false;
}

form.addEventListener("input", checkSoon);
form.addEventListener("change", checkSoon);
form.addEventListener("click", (event) => {
  if (!event.target.matches("[data-tick-all]")) return;
  for (const box of form.querySelectorAll("[name=materials]")) box.checked = true;
  checkSoon();
});
// A reader of identity cards ends a number with Enter: it looks up, and receives nothing yet.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("input:not([type=file])")) return;
  event.preventDefault();
  check();
});
form.addEventListener("submit", () => clearTimeout(timer));
for (const button of form.querySelectorAll("[data-look]")) button.hidden = true;
offerTicking();
