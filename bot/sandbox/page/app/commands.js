// The menu of the bot's commands: all by its button, filtered while a /command is typed.
import { h, replace } from "./dom.js";
import { t } from "./i18n.js";

export class CommandMenu {
  constructor(app, run) {
    this.app = app;
    this.run = run;
    this.items = [];
    this.at = 0;
    this.el = h("div", { class: "panel commands", role: "listbox", "aria-label": t("commandsHint"), hidden: true });
    document.addEventListener("pointerdown", (event) => {
      if (!event.target.closest(".composer")) this.show([]);
    });
  }

  toggle() {
    this.show(this.el.hidden ? this.all : []);
  }

  get all() {
    return this.app.store.bot.commands ?? [];
  }

  filter(text) {
    const typed = text.match(/^\/([a-z0-9_]*)$/i);
    this.show(typed ? this.all.filter((one) => one.command.startsWith(typed[1].toLowerCase())) : []);
  }

  show(items) {
    this.items = items;
    this.at = 0;
    this.draw();
  }

  draw() {
    this.el.hidden = !this.items.length;
    replace(this.el, this.items.map((one, i) => h("button", {
      class: `option${i === this.at ? " is-at" : ""}`, type: "button", role: "option", "aria-selected": String(i === this.at), tabindex: "-1",
      on: { click: () => this.pick(one) },
    }, h("b", {}, `/${one.command}`), h("span", {}, one.description))));
    this.el.querySelector(".is-at")?.scrollIntoView({ block: "nearest" });
  }

  pick(one) {
    this.show([]);
    this.run(one.command);
  }

  /** Handle a key of the composer while the menu is open; true when it was ours. */
  key(event) {
    if (this.el.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.at = (this.at + step + this.items.length) % this.items.length;
    else if (event.key === "Enter" || event.key === "Tab") return this.pick(this.items[this.at]), true;
    else if (event.key === "Escape") return this.show([]), true;
    else return false;
    this.draw();
    return true;
  }
}
