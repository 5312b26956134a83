// Search as you type: makes each input with data-suggest a combobox with a listbox, as the ARIA Authoring Practices
// describe it. Without this script the form around it works alike.
"use strict";

const PAUSE = 120; // milliseconds without a key before the server is asked

class SearchBox {
  constructor(input) {
    this.input = input;
    this.source = input.dataset.suggest;
    this.things = [];
    this.chosen = -1;
    this.list = document.createElement("ul");
    this.list.id = `${input.id}-suggestions`;
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.list.hidden = true;
    this.status = document.createElement("span");
    this.status.className = "unseen";
    this.status.setAttribute("role", "status");
    input.after(this.list, this.status);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]]) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    // a press on the list must not take the focus, which would close it before the click
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.follow(event.target.closest("[role=option]")));
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const text = this.input.value.trim();
    this.asking?.abort();
    if (text === "") {
      this.close();
      return;
    }
    this.asking = new AbortController();
    try {
      const reply = await fetch(`${this.source}?${new URLSearchParams({ q: text })}`, { signal: this.asking.signal });
      if (reply.ok) this.offer((await reply.json()).suggestions);
    } catch (error) {
      // an answer that a newer question overtook is not missed; without a server there is still the form
      if (error.name !== "AbortError") this.close();
    }
  }

  offer(things) {
    if (document.activeElement !== this.input) return;
    this.things = things;
    this.list.replaceChildren(...things.map((thing, place) => this.option(thing, place)));
    this.list.hidden = things.length === 0;
    this.input.setAttribute("aria-expanded", String(things.length > 0));
    this.status.textContent = things.length === 1 ? "1 suggestion" : `${things.length} suggestions`;
    this.choose(-1);
  }

  option(thing, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.dataset.path = thing.path;
    const kind = document.createElement("span");
    kind.className = "kind";
    kind.textContent = [thing.kind, thing.called].filter(Boolean).join(", ");
    option.append(thing.label, " ", kind);
    return option;
  }

  press(event) {
    const last = this.things.length - 1;
    const open = !this.list.hidden;
    switch (event.key) {
      case "ArrowDown":
        if (!open) this.ask();
        else this.choose(this.chosen === last ? -1 : this.chosen + 1);
        break;
      case "ArrowUp":
        if (!open) this.ask();
        else this.choose(this.chosen === -1 ? last : this.chosen - 1);
        break;
      case "Escape":
        if (!open) return;
        this.close();
        break;
      case "Enter":
        // without a choice the form is sent
        if (!open || this.chosen === -1) return;
        this.follow(this.list.children[this.chosen]);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  choose(place) {
    this.chosen = place;
    Array.from(this.list.children).forEach((option, each) => option.setAttribute("aria-selected", String(each === place)));
    const option = this.list.children[place];
    if (option === undefined) {
      this.input.removeAttribute("aria-activedescendant");
    } else {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.status.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.choose(-1);
  }

  follow(option) {
    if (option !== null) location.assign(option.dataset.path);
  }
}

for (const input of document.querySelectorAll("input[data-suggest]")) new SearchBox(input);
