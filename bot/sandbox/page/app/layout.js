// Which panels stand beside the chat: columns on wide windows, drawers on narrow ones.

const KEY = "karman-sandbox-outside";
const narrow = matchMedia("(max-width: 719px)"); // people become a drawer
const medium = matchMedia("(max-width: 1119px)"); // the outside world becomes a drawer

export class Layout {
  constructor(app, { people, outside, stage, scrim }) {
    this.app = app;
    this.parts = { people, outside };
    this.stage = stage;
    this.scrim = scrim;
    this.drawer = null;
    this.outsideShown = localStorage.getItem(KEY) !== "no";
    scrim.addEventListener("click", () => this.toggle(null));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.drawer) this.toggle(null);
    });
    for (const query of [narrow, medium]) query.addEventListener("change", () => this.toggle(null));
    this.draw();
  }

  isDrawer(name) {
    return name === "people" ? narrow.matches : medium.matches;
  }

  /** Open or close a panel by its name; null closes any open drawer. */
  toggle(name) {
    if (name === "outside" && !this.isDrawer(name)) {
      this.outsideShown = !this.outsideShown;
      localStorage.setItem(KEY, this.outsideShown ? "yes" : "no");
    } else this.drawer = name && this.isDrawer(name) && this.drawer !== name ? name : null;
    this.draw();
    if (this.drawer) this.parts[this.drawer].querySelector("button")?.focus();
  }

  reveal(name) {
    const shown = this.isDrawer(name) ? this.drawer === name : this.outsideShown;
    if (!shown) this.toggle(name);
  }

  draw() {
    for (const [name, el] of Object.entries(this.parts)) {
      const drawer = this.isDrawer(name);
      const shown = drawer ? this.drawer === name : name === "people" || this.outsideShown;
      el.classList.toggle("is-open", shown);
      el.inert = !shown;
    }
    this.scrim.hidden = !this.drawer;
    this.stage.inert = Boolean(this.drawer);
    document.getElementById("app").classList.toggle("without-outside", !this.outsideShown);
    this.app.store.emit("layout");
  }
}
