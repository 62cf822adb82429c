// The partner's side: calls of the API with their answers, and the webhooks that arrive.
import { api } from "./api.js";
import { CALLS, TELLS, curl, filled, holes, token } from "./calls.js";
import { h, link, replace } from "./dom.js";
import { lang, t, when } from "./i18n.js";
import { icon } from "./icons.js";
import { coloured, indented } from "./json.js";

/** Built once: whatever arrives meanwhile, what was typed into a call stays. */
export class PartnerTab {
  #known = {};
  #open = new Set();

  constructor(app) {
    this.app = app;
    this.store = app.store;
    this.head = h("p", { class: "partner-head" });
    this.told = h("div", { class: "partner-list partner-told" });
    this.calls = CALLS.map((call) => new CallView(call, this));
    this.el = h("div", { class: "partner" }, this.head, h("h3", {}, t("webhooks")), this.told,
      h("h3", {}, t("calls")), h("div", { class: "partner-list" }, this.calls.map((view) => view.el)));
  }

  get known() {
    return this.#known;
  }

  learn(more) {
    for (const [name, value] of Object.entries(more)) if (value !== undefined) this.#known[name] = value;
    for (const view of this.calls) view.draw();
  }

  draw() {
    const { partner, webhook } = this.store;
    replace(this.head, t("partnerText", { name: partner.name?.[lang] ?? "" }), " ",
      h("a", { href: `${partner.api}/api/docs`, target: "_blank", rel: "noopener noreferrer" }, t("partnerDocs")));
    replace(this.told, webhook.length ? webhook.map((item) => this.arrived(item)) : h("p", { class: "partner-none" }, t("noWebhooks")));
    return this.el;
  }

  arrived(item) {
    const open = this.#open.has(item.id);
    const toggle = () => {
      if (!this.#open.delete(item.id)) this.#open.add(item.id);
      this.draw();
    };
    return h("article", { class: "call", data: { webhook: item.type } },
      h("button", { class: "call-head", type: "button", "aria-expanded": String(open), on: { click: toggle } },
        h("span", { class: "call-name" }, h("b", {}, item.type || "—"), h("time", {}, when(item))),
        h("span", { class: `chip ${item.signed ? "is-good" : "is-bad"}` }, t(item.signed ? "signed" : "unsigned"))),
      open && h("pre", { class: "json" }, coloured(indented(item.body))));
  }
}

class CallView {
  #answer = null;
  #open = false;
  #busy = false;

  constructor(call, tab) {
    this.call = call;
    this.tab = tab;
    this.body = call.body ? h("textarea", { class: "call-body", rows: "5", spellcheck: "false", "aria-label": t("callBody") }) : null;
    this.fresh();
    this.el = h("article", { class: "call", data: { call: call.name } });
    this.draw();
  }

  /** A body of its own for the next time: the same posting twice would be one. */
  fresh() {
    if (this.body) this.body.value = JSON.stringify(this.call.body(), null, 2);
  }

  get missing() {
    return holes(this.call.path).filter((name) => this.tab.known[name] === undefined);
  }

  draw() {
    const { call } = this;
    const path = filled(call, this.tab.known);
    const [missing] = this.missing;
    const toggle = () => {
      this.#open = !this.#open;
      this.draw();
    };
    const had = document.activeElement;
    replace(this.el, h("div", { class: "call-row" },
      h("button", { class: "call-head", type: "button", "aria-expanded": String(this.#open), on: { click: toggle } },
        h("span", { class: "call-name" }, h("b", {}, t(call.name))),
        h("small", {}, h("span", { class: `verb is-${call.method.toLowerCase()}` }, call.method), ` ${path.replace("/api/v1", "")}`)),
      h("button", {
        class: "button is-small", type: "button", disabled: Boolean(missing) || this.#busy,
        title: missing ? t("firstCall", { what: t(TELLS[missing]) }) : "",
        on: { click: () => this.run() },
      }, t("run"))),
    missing && this.#open && h("p", { class: "partner-none" }, t("firstCall", { what: t(TELLS[missing]) })),
    this.#open && this.body,
    this.#open && h("button", { class: "ghost call-copy", type: "button", on: { click: () => this.tab.app.copy(curl(this.tab.store.partner.api, call, path, this.body?.value)) } }, icon("copy"), t("copyCurl")),
    this.#open && this.#answer && this.shown());
    if (had === this.body) had?.focus();
  }

  shown() {
    const { status, took_ms: took, body } = this.#answer;
    const told = linkOf(body);
    return h("div", { class: "call-answer" },
      h("span", { class: `chip ${status < 400 ? "is-good" : "is-bad"}` }, `${status} · ${took} ms`),
      told && h("p", { class: "call-link" }, link(told, t("followLink"))),
      body && h("pre", { class: "json" }, coloured(indented(body))));
  }

  async run() {
    const { call, tab } = this;
    this.#busy = true;
    this.draw();
    const asked = { method: call.method, path: filled(call, tab.known), headers: {} };
    if (call.method === "POST") asked.headers["Idempotency-Key"] = token();
    if (this.body) asked.body = this.body.value;
    const answer = await tab.app.attempt(() => api.ask(asked));
    this.#busy = false;
    if (answer) {
      this.#answer = answer;
      this.#open = true;
      if (answer.status < 400) this.learned(answer.body);
    }
    this.draw();
  }

  learned(text) {
    this.fresh();
    if (this.call.learns) this.tab.learn(this.call.learns(JSON.parse(text)));
  }
}

/** Where an answer leads people to, if it does. */
function linkOf(text) {
  try {
    return JSON.parse(text).link ?? null;
  } catch {
    return null;
  }
}
