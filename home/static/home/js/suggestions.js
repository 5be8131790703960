// Suggestions below a search box: the combobox with a listbox of ARIA 1.2. Without it the form is a form.
const PAUSE = 150;

class Suggestions {
  constructor(box) {
    this.box = box;
    this.form = box.form;
    this.list = this.form.querySelector("[role=listbox]");
    this.status = this.form.querySelector("[role=status]");
    this.options = [];
    this.active = -1;
    this.composing = false;
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", this.list.id);
    box.setAttribute("aria-expanded", "false");
    box.addEventListener("input", () => this.askSoon());
    box.addEventListener("compositionstart", () => this.compose(true));
    box.addEventListener("compositionend", () => this.compose(false));
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("blur", () => this.close());
    // The box keeps the focus, whatever is pressed in the list.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.click(event));
  }

  compose(composing) {
    this.composing = composing;
    composing ? this.close() : this.askSoon();
  }

  askSoon() {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (this.composing) return;
    if (!this.box.value.trim()) this.close();
    else this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const typed = this.box.value.trim();
    const asking = (this.asking = new AbortController());
    const address = new URL(this.box.dataset.suggest, location.href);
    address.searchParams.set("q", typed);
    try {
      const response = await fetch(address, { signal: asking.signal });
      const answer = response.ok ? await response.json() : { items: [], status: "" };
      // An answer to what is no longer typed, or to a box that was left, is late.
      if (asking.signal.aborted || document.activeElement !== this.box) return;
      this.show(answer);
    } catch {
      if (!asking.signal.aborted) this.close();
    }
  }

  show({ items, status }) {
    this.active = -1;
    this.box.removeAttribute("aria-activedescendant");
    this.options = items.map((item, place) => this.option(item, place));
    this.list.replaceChildren(...this.options);
    this.status.textContent = status;
    this.expand(items.length > 0);
  }

  option(item, place) {
    const option = element("li", "suggestion");
    const [before, marked, after] = item.marked;
    const text = element("span", "suggestion__text", before);
    if (marked) text.append(element("mark", "", marked));
    text.append(after);
    if (item.language) text.lang = item.language;
    option.append(text);
    if (item.note) option.append(element("span", "suggestion__note", item.note));
    option.append(element("span", "suggestion__kind", item.label));
    option.id = `${this.list.id}-${place}`;
    option.dataset.url = item.url;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    return option;
  }

  expand(open) {
    this.list.hidden = !open;
    this.box.setAttribute("aria-expanded", String(open));
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.choose(-1);
    this.expand(false);
    this.status.textContent = "";
  }

  get isOpen() {
    return !this.list.hidden;
  }

  choose(place) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.options[place];
    if (!option) return this.box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    // The keys of an input method are its own.
    if (event.isComposing || event.keyCode === 229) return;
    const last = this.options.length - 1;
    const moves = {
      ArrowDown: this.active < last ? this.active + 1 : -1,
      ArrowUp: this.active < 0 ? last : this.active - 1,
      ...(this.active >= 0 && { Home: 0, End: last }),
    };
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key in moves && this.isOpen) {
      event.preventDefault();
      this.choose(moves[event.key]);
    } else if (event.key === "ArrowDown" && this.box.value.trim()) {
      event.preventDefault();
      this.ask();
    } else if (event.key === "Enter" && this.isOpen && this.active >= 0) {
      event.preventDefault();
      location.assign(this.options[this.active].dataset.url);
    } else if (event.key === "Escape" && (this.isOpen || this.box.value)) {
      event.preventDefault();
      if (!this.isOpen) this.box.value = "";
      this.close();
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      this.choose(-1);
    }
  }

  click(event) {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  }
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

for (const box of document.querySelectorAll("[data-suggest]")) new Suggestions(box);
