// Text that is pasted into the rich text of the editor, where the server can no longer tell what it was:
// Word writes a bullet as a letter of a symbol font ("l", "Ø"), and pictures are dropped without a word.
const { pictures: told } = document.currentScript.dataset;
const EDITOR = ".public-DraftEditor-content";
const SYMBOL_FONT = /font-family:\s*["']?(?:wingdings|symbol|webdings)/i;

const bulletsOf = (pasted) =>
  [...pasted.querySelectorAll("[style*='mso-list']")].filter(
    (marker) =>
      /mso-list:\s*ignore/i.test(marker.getAttribute("style")) &&
      SYMBOL_FONT.test(marker.closest("[style*='font-family']")?.getAttribute("style") ?? ""),
  );

const tellOfPictures = (editor) => {
  const field = editor.closest("[data-field]") ?? editor.parentElement;
  field.querySelector("[data-pictures-left-out]")?.remove();
  const note = document.createElement("p");
  note.className = "help-block help-warning";
  note.dataset.picturesLeftOut = "";
  note.setAttribute("role", "alert");
  note.textContent = told;
  field.append(note);
};

document.addEventListener(
  "paste",
  (event) => {
    const editor = event.target.closest?.(EDITOR);
    const html = editor && event.clipboardData?.getData("text/html");
    if (!html) return;
    const pasted = new DOMParser().parseFromString(html, "text/html");
    if (pasted.querySelector("img")) tellOfPictures(editor);
    const bullets = bulletsOf(pasted);
    if (bullets.length === 0) return;
    for (const bullet of bullets) {
      bullet.removeAttribute("style");
      bullet.textContent = "· "; // what Draftail reads as an item of a list
    }
    const carried = new DataTransfer();
    carried.setData("text/html", pasted.documentElement.outerHTML);
    carried.setData("text/plain", event.clipboardData.getData("text/plain"));
    event.preventDefault();
    event.stopImmediatePropagation();
    event.target.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true, composed: true }),
    );
  },
  true,
);
