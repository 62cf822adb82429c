// "@bot query" in the composer: the panel of inline results.
import { api, ApiError, fileUrl } from "./api.js";
import { h, replace } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

const PAUSE_MS = 250;

export class InlinePanel {
  constructor(app) {
    this.app = app;
    this.el = h("div", { class: "panel inline", role: "listbox", "aria-label": t("results"), hidden: true });
    this.query = null;
    this.answer = null;
    this.at = -1;
    this.timer = 0;
    this.el.addEventListener("scroll", () => this.scrolled(), { passive: true });
  }

  typed(text) {
    const prefix = `@${this.app.store.bot.username} `.toLowerCase();
    const query = text.toLowerCase().startsWith(prefix) ? text.slice(prefix.length) : null;
    if (query === this.query) return;
    this.query = query;
    clearTimeout(this.timer);
    if (query === null) this.close();
    else this.timer = setTimeout(() => this.ask(query), PAUSE_MS);
  }

  close() {
    this.answer = null;
    this.el.hidden = true;
  }

  async ask(query, offset = "") {
    if (!this.answer) this.say(t("inlineWait"));
    let answer;
    try {
      answer = await api.inline(this.app.id, { query, offset });
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof TypeError)) throw error;
      if (query === this.query) this.say(error.status === 504 ? t("slow") : t("failed", { why: error.message }));
      return;
    }
    if (query !== this.query) return; // typed on meanwhile
    const before = offset ? this.answer.results : [];
    this.answer = { ...answer, results: [...before, ...(answer.results ?? [])] };
    if (!offset) this.at = this.answer.results.length ? 0 : -1;
    this.draw();
  }

  scrolled() {
    const next = this.answer?.next_offset;
    if (!next || this.el.scrollHeight - this.el.scrollTop - this.el.clientHeight > 60) return;
    this.answer.next_offset = "";
    this.ask(this.query, next);
  }

  say(words) {
    this.el.hidden = false;
    replace(this.el, h("div", { class: "panel-note" }, words));
  }

  draw() {
    const { results, button } = this.answer;
    if (!results.length && !button) return this.say(t("inlineEmpty"));
    const photos = results.length > 0 && results.every((one) => one.type === "photo");
    this.el.hidden = false;
    replace(this.el, button && this.switchButton(button),
      h("div", { class: photos ? "inline-grid" : "inline-list" }, results.map((one, i) => this.item(one, i, photos))));
  }

  switchButton(button) {
    const press = button.web_app ? null : () => {
      this.app.composer.write("", false);
      this.app.openStart(button.start_parameter ?? "");
    };
    return h("button", { class: "inline-switch", type: "button", disabled: !press, on: press ? { click: press } : {} }, button.text, icon("forward"));
  }

  item(result, i, bare) {
    const here = i === this.at;
    const picture = thumbnail(result);
    const words = bare ? null : h("span", { class: "file-words" }, h("b", {}, result.title ?? result.caption ?? result.type), result.description && h("small", {}, result.description));
    return h("button", {
      class: `option${here ? " is-at" : ""}`, type: "button", role: "option", "aria-selected": String(here), tabindex: "-1",
      "aria-label": result.title ?? result.type, data: { result: result.id }, on: { click: () => this.choose(result) },
    }, picture ? h("img", { src: picture, alt: "", loading: "lazy" }) : h("span", { class: "tile" }, [...(result.title ?? "•")][0]), words);
  }

  choose(result) {
    const id = this.answer.inline_query_id;
    this.app.composer.write("");
    this.app.chooseInline(id, result);
  }

  /** Handle a key of the composer while the panel is open; true when it was ours. */
  key(event) {
    if (this.el.hidden || !this.answer?.results.length) return event.key === "Enter" && this.query !== null;
    const { results } = this.answer;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.at = (this.at + step + results.length) % results.length;
      this.draw();
      this.el.querySelector(".is-at")?.scrollIntoView({ block: "nearest" });
      return true;
    }
    if (event.key === "Enter" && results[this.at]) return this.choose(results[this.at]), true;
    return false;
  }
}

/** A picture the CSP lets in: a file of this server, or an address of the same origin. */
function thumbnail(result) {
  const fileId = result.photo_file_id ?? result.thumbnail_file_id ?? result.sticker_file_id ?? result.gif_file_id;
  if (fileId) return fileUrl(fileId);
  const address = result.thumbnail_url ?? result.photo_url;
  if (!address) return null;
  const url = URL.parse ? URL.parse(address, location.href) : new URL(address, location.href);
  return url?.origin === location.origin ? url.href : null;
}
