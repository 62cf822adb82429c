// The right panel: the mailbox and the phone of the outside world, a partner's program, and a
// message as JSON.
import { h, link, replace } from "./dom.js";
import { t, when } from "./i18n.js";
import { icon } from "./icons.js";
import { coloured } from "./json.js";
import { PartnerTab } from "./partner.js";
import { printPhone } from "./render/media.js";
import { linkify } from "./render/text.js";

const TABS = [["mail", "mail"], ["sms", "sms"], ["partner", "link"], ["json", "braces"]];
// Whose unseen items a tab counts.
const UNSEEN = { mail: "mail", sms: "sms", partner: "webhook" };

export class OutsidePanel {
  constructor(root, app) {
    this.app = app;
    this.root = root;
    this.store = app.store;
    this.tab = "mail";
    this.open = new Set();
    this.partner = new PartnerTab(app);
    this.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": t("outside") });
    this.content = h("div", { class: "outside-content", role: "tabpanel", tabindex: "0" });
    root.setAttribute("aria-label", t("outside"));
    root.append(h("div", { class: "outside-head" }, h("h2", {}, t("outside")),
      h("button", { class: "ghost is-small", type: "button", "aria-label": t("close"), on: { click: () => app.toggle("outside") } }, icon("close"))),
    this.tabs, this.content);
    this.store.on("outside layout", () => this.draw());
    this.store.on("inspect", () => this.show("json"));
    this.tabs.addEventListener("keydown", (event) => this.walk(event));
    this.draw();
  }

  get shown() {
    return TABS.filter(([name]) => name !== "partner" || this.store.partner.api);
  }

  show(tab) {
    this.tab = tab;
    this.draw();
  }

  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const shown = this.shown;
    const at = shown.findIndex(([name]) => name === this.tab);
    this.show(shown[(at + step + shown.length) % shown.length][0]);
    this.tabs.querySelector("[aria-selected=true]").focus();
  }

  draw() {
    if (UNSEEN[this.tab] && this.root.classList.contains("is-open")) this.store.unseen[UNSEEN[this.tab]] = 0;
    replace(this.tabs, this.shown.map(([name, picture]) => this.tabButton(name, picture)));
    replace(this.content, { mail: () => this.mail(), sms: () => this.sms(), partner: () => this.partner.draw(), json: () => this.json() }[this.tab]());
  }

  tabButton(name, picture) {
    const here = name === this.tab;
    const unseen = this.store.unseen[UNSEEN[name]];
    return h("button", {
      class: `tab${here ? " is-here" : ""}`, type: "button", role: "tab", "aria-selected": String(here), tabindex: here ? "0" : "-1",
      data: { tab: name }, on: { click: () => this.show(name) },
    }, icon(picture), t(name), unseen > 0 && h("span", { class: "badge" }, String(unseen)));
  }

  mail() {
    if (!this.store.mail.length) return nothing("mail", t("noMail"), t("noMailText"));
    return this.store.mail.map((item, i) => this.letter(item, item.id ?? `n${this.store.mail.length - i}`));
  }

  letter(item, key) {
    const open = this.open.has(key);
    const toggle = () => {
      if (!this.open.delete(key)) this.open.add(key);
      this.draw();
    };
    const words = item.text || textOf(item.html ?? "");
    return h("article", { class: `letter${open ? " is-open" : ""}` },
      h("button", { class: "letter-head", type: "button", "aria-expanded": String(open), on: { click: toggle } },
        h("span", { class: "item-top" }, h("b", {}, item.subject || "—"), h("time", {}, when(item))),
        h("small", {}, `${t("to")}: ${item.to}`), !open && h("p", {}, words.replace(/\s+/g, " ").slice(0, 120))),
      open && h("div", { class: "letter-text", dir: "auto" }, linkify(words), ...linksOf(item)));
  }

  sms() {
    if (!this.store.sms.length) return nothing("sms", t("noSms"), t("noSmsText"));
    return this.store.sms.map((item) => h("article", { class: "short" },
      h("span", { class: "item-top" }, h("b", {}, printPhone(item.to)), h("time", {}, when(item))),
      h("p", { dir: "auto" }, linkify(item.text ?? ""))));
  }

  json() {
    const message = this.store.inspected;
    if (!message) return nothing("braces", t("noJson"), t("noJsonText"));
    const text = JSON.stringify(message, null, 2);
    return [h("button", { class: "button is-small", type: "button", on: { click: () => this.app.copy(text) } }, icon("copy"), t("copyText")),
      h("pre", { class: "json" }, coloured(text))];
  }
}

function nothing(picture, title, text) {
  return h("div", { class: "nothing" }, h("span", { class: "nothing-icon" }, icon(picture)), h("b", {}, title), h("p", {}, text));
}

// A parsed document is inert: no script runs, nothing is fetched; only its words are taken.
const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

function textOf(html) {
  const page = parsed(html);
  for (const el of page.querySelectorAll("script,style,title")) el.remove();
  return (page.body.textContent ?? "").replace(/\n\s*\n\s*/g, "\n\n").trim();
}

/** Addresses that stand only in the letter's HTML part, so that they can be followed. */
function linksOf(item) {
  if (!item.html) return [];
  const seen = new Set();
  return [...parsed(item.html).querySelectorAll("a[href]")]
    .map((a) => a.getAttribute("href"))
    .filter((href) => /^https?:/i.test(href) && !(item.text ?? "").includes(href) && !seen.has(href) && seen.add(href))
    .map((href) => h("p", { class: "letter-link" }, link(href, href)));
}
