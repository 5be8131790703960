// The window's form asks the server what its words mean while somebody types, and the server keeps the draft.
// Without it, "Look up" does the same. Nothing that was typed is stored in the browser.
const PAUSE = 250;
const form = document.querySelector("[data-reception]");
let timer, turn = 0, isSending = false;

function checkSoon() {
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
}

function tell(words) {
  form.querySelector("[data-told]").textContent = words;
}

// Who has signed in again meanwhile, in another tab, has another token than this page was made with. What one clerk
// typed is never sent as another's, who may have signed in there (409, as the server says too).
async function post(action) {
  const send = () => fetch(location.pathname, { method: "POST", body: typed(action) });
  const response = await send();
  if (response.status !== 403) return response;
  const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
  const of = (name) => page.querySelector(`[data-reception] [name=${name}]`)?.value;
  if (of("clerk") !== form.querySelector("[name=clerk]").value) return new Response("", { status: 409 });
  form.querySelector("[name=csrfmiddlewaretoken]").value = of("csrfmiddlewaretoken");
  return send();
}

function isToSignIn(response) {
  return response.redirected && new URL(response.url).pathname === form.dataset.signIn;
}

// The buttons are called "action", so that form.action is theirs.
function typed(action) {
  const data = new FormData(form);
  data.set("action", action);
  if (action === "check") data.delete("scans");
  return data;
}

async function check() {
  clearTimeout(timer);
  if (isSending) return;
  const own = ++turn;
  let answer;
  try {
    const response = await post("check");
    if (isToSignIn(response)) {
      tell(form.dataset.signedOut);
      return;
    }
    if (response.status === 409) {
      tell(form.dataset.anotherClerkWords);
      return;
    }
    if (!response.ok) throw new Error(response.status);
    answer = await response.json();
  } catch {
    if (own !== turn) return;
    tell(form.dataset.offline);
    timer = setTimeout(check, 5000);
    return;
  }
  if (own !== turn) return; // more was typed meanwhile
  for (const [name, part] of Object.entries(answer.regions)) show(name, part);
  tell(answer.told);
}

// A part is shown anew only where it is another one: what is ticked in it meanwhile stays.
function show(name, part) {
  const region = form.querySelector(`[data-region=${name}]`);
  if (region.dataset.key === part.key && (part.key || region.innerHTML.trim() === part.html.trim())) return;
  const focused = region.contains(document.activeElement) ? document.activeElement.id : "";
  region.innerHTML = part.html;
  region.dataset.key = part.key;
  prepare();
  if (focused) document.getElementById(focused)?.focus();
}

function prepare() {
  for (const button of form.querySelectorAll("[data-tick-all]")) button.hidden = false;
  for (const button of form.querySelectorAll("[data-look]")) button.hidden = true;
}

// Sent from here, the form stays where it is when nobody answers, chosen files included.
async function send(action) {
  if (isSending) return;
  isSending = true;
  clearTimeout(timer);
  turn++;
  const alert = form.querySelector("[data-not-sent]");
  alert.hidden = true;
  let response, page;
  try {
    response = await post(action);
    page = await response.text();
  } catch {
    response = null;
  }
  isSending = false;
  if (response && (isToSignIn(response) || response.status === 409)) {
    alert.textContent = response.redirected ? form.dataset.notSignedInWords : form.dataset.anotherClerkWords;
    alert.hidden = false;
    alert.focus();
  } else if (response?.redirected) {
    location.assign(response.url);
  } else if (response?.ok) {
    showAnswer(page);
  } else {
    alert.textContent = response ? form.dataset.notTakenWords : form.dataset.notSentWords;
    alert.hidden = false;
    alert.focus();
    timer = setTimeout(check, 5000);
  }
}

function showAnswer(page) {
  const answer = new DOMParser().parseFromString(page, "text/html");
  const answered = answer.querySelector("[data-reception]");
  if (!answered) {
    location.reload();
    return;
  }
  form.replaceChildren(...answered.childNodes);
  const messages = answer.querySelector(".messages > ul");
  if (messages) document.querySelector(".messages > ul")?.replaceChildren(...messages.childNodes);
  prepare();
  form.querySelector("[autofocus]")?.focus();
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
form.addEventListener("submit", (event) => {
  if (!event.submitter) return;
  event.preventDefault();
  send(event.submitter.value);
});
prepare();
