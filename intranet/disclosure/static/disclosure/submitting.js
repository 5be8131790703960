// Holds a submit back while the editor is saving by itself. A new matter that was just being saved would be made a
// second time: only the answer to the save tells the form that the matter is there.
const LONGEST_MS = 10_000;
let saving = null;
let held = null;
let patience = null;

function go() {
  clearTimeout(patience);
  saving = null;
  if (!held) return;
  const { form, submitter } = held;
  held = null;
  if (submitter) submitter.disabled = false; // a disabled button would not say which one was pressed
  form.requestSubmit(submitter);
}

document.addEventListener("w-autosave:save", (event) => {
  queueMicrotask(() => {
    if (!event.defaultPrevented) saving = event.target;
  });
});
for (const end of ["w-autosave:success", "w-autosave:error"]) document.addEventListener(end, go);

document.addEventListener(
  "submit",
  (event) => {
    if (!saving || saving !== event.target) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = { form: event.target, submitter: event.submitter };
    clearTimeout(patience);
    patience = setTimeout(go, LONGEST_MS);
  },
  true,
);
