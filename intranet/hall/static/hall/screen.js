// Keeps a full-screen page fresh: fetches it again and takes over what stands in it. Without network the last one
// stays, and the page says from when it is.
const seconds = Number(document.body.dataset.refresh) || 60;
const offline = document.querySelector(".screen__offline");

async function refresh() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = fresh.querySelector(".screen__main");
    if (!main) throw new Error("not a screen");
    for (const part of ["head", "main", "foot", "offline"]) {
      const selector = `.screen__${part}`;
      document.querySelector(selector).innerHTML = fresh.querySelector(selector).innerHTML;
    }
    offline.hidden = true;
  } catch {
    offline.hidden = false;
  }
}

setInterval(refresh, seconds * 1000);
