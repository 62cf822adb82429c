// The open chat: header, the scroll of messages, what stands in for the composer.
import { h, replace } from "./dom.js";
import { dayKey, dayOf, t } from "./i18n.js";
import { icon } from "./icons.js";
import { avatar, botAvatar } from "./people.js";
import { renderRow } from "./render/message.js";
import { serviceWords } from "./render/service.js";

const NEAR_END_PX = 120;

export class ChatView {
  #rows = new Map(); // key → {signature, el}
  #missed = 0;

  constructor(root, app, composerEl) {
    this.app = app;
    this.store = app.store;
    this.header = h("header", { class: "chat-header" });
    this.flow = h("div", { class: "flow", role: "log", "aria-live": "polite", "aria-label": t("messages") });
    this.list = h("div", { class: "messages", tabindex: "0" }, this.flow);
    this.pill = h("button", { class: "to-end", type: "button", hidden: true, on: { click: () => this.toEnd(true) } });
    this.bar = h("div", { class: "bar" });
    this.composerEl = composerEl;
    root.append(this.header, h("div", { class: "scroll" }, this.list, this.pill), composerEl, this.bar);
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.store.on("chat", () => this.reset());
    this.store.on("message", (detail) => this.arrived(detail));
    this.store.on("edited", () => this.keepEnd(() => this.draw()));
    this.store.on("people chats chat action online bot blocked outside layout", () => this.drawHeader());
    this.store.on("chat blocked bot message edited", () => this.drawBar());
    this.wasNearEnd = true;
    const stay = new ResizeObserver(() => this.wasNearEnd && this.toEnd());
    for (const el of [this.list, this.flow]) stay.observe(el);
  }

  get nearEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR_END_PX;
  }

  reset() {
    this.#rows.clear();
    this.flow.replaceChildren();
    this.#missed = 0;
    this.draw();
    this.toEnd();
  }

  arrived({ own, known }) {
    const follow = own || this.nearEnd;
    if (!follow && !known) this.#missed += 1;
    this.draw();
    if (follow) this.toEnd(true);
    this.drawPill();
  }

  keepEnd(work) {
    const near = this.nearEnd;
    work();
    if (near) this.toEnd();
  }

  toEnd(smooth = false) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth && !calm ? "smooth" : "instant" });
    this.wasNearEnd = true;
    this.#missed = 0;
    this.drawPill();
  }

  scrolled() {
    this.wasNearEnd = this.nearEnd;
    if (this.wasNearEnd) this.#missed = 0;
    this.drawPill();
  }

  scrollTo(messageId) {
    const row = this.list.querySelector(`.row[data-id="${Number(messageId)}"]`);
    if (!row) return;
    row.scrollIntoView({ block: "center" });
    row.classList.add("is-found");
    setTimeout(() => row.classList.remove("is-found"), 1600);
  }

  /** Keep each row whose content did not change; make, move or drop the rest. */
  draw() {
    const wanted = rowsOf(this.store.ordered);
    const keys = new Set(wanted.map((row) => row.key));
    for (const [key, { el }] of this.#rows) {
      if (keys.has(key)) continue;
      el.remove();
      this.#rows.delete(key);
    }
    let cursor = this.flow.firstChild;
    for (const row of wanted) {
      const before = this.#rows.get(row.key)?.el;
      const el = this.element(row);
      if (before && before === cursor) cursor = el; // it may just have been replaced
      if (el === cursor) cursor = cursor.nextSibling;
      else this.flow.insertBefore(el, cursor);
    }
    if (!wanted.length) this.drawEmpty();
  }

  element(row) {
    const known = this.#rows.get(row.key);
    if (known?.signature === row.signature) return known.el;
    const el = row.day ? h("div", { class: "day", role: "separator" }, h("span", { class: "pill" }, row.day))
      : renderRow(row.messages, this.app, row);
    if (known) known.el.replaceWith(el);
    else if (this.#rows.size) el.classList.add("is-new");
    this.#rows.set(row.key, { signature: row.signature, el });
    return el;
  }

  drawEmpty() {
    const { bot } = this.store;
    const el = this.store.isPrivate
      ? h("div", { class: "intro" }, botAvatar(bot, "is-big"), h("h2", {}, bot.first_name),
        bot.description && h("div", { class: "intro-text" }, h("b", {}, t("what")), h("p", {}, bot.description)))
      : h("div", { class: "intro" }, h("p", {}, t("emptyGroup")));
    this.flow.replaceChildren(el);
    this.#rows.set("empty", { signature: "", el });
  }

  drawPill() {
    this.pill.hidden = this.nearEnd && !this.#missed;
    const words = this.#missed ? t("newMessages", { n: this.#missed }) : "";
    this.pill.classList.toggle("has-words", Boolean(words));
    this.pill.setAttribute("aria-label", words || t("toBottom"));
    replace(this.pill, words && h("span", {}, words), icon("down"));
  }

  drawHeader() {
    const { chat, bot, store } = { chat: this.store.chat, bot: this.store.bot, store: this.store };
    const face = store.isPrivate ? botAvatar(bot) : avatar({ first_name: chat.title, color: "#7a8aa8" });
    const busy = actionWords(store.action);
    const under = !store.online ? t("offline") : busy ?? (store.isPrivate ? `${t("bot")} · @${bot.username}` : t("group"));
    replace(this.header,
      h("button", { class: "ghost for-narrow", type: "button", "aria-label": t("openPeople"), on: { click: () => this.app.toggle("people") } },
        icon("menu"), store.people.some((one) => one.unread) && h("i", { class: "dot" })),
      face,
      h("div", { class: "chat-title" }, h("h1", {}, store.chatName(chat)),
        h("small", { class: busy ? "is-busy" : "", "aria-live": "polite" }, under, busy && h("span", { class: "dots" }, h("i"), h("i"), h("i")))),
      h("button", { class: "ghost for-outside", type: "button", "aria-label": t("openOutside"), on: { click: () => this.app.toggle("outside") } },
        icon("panel"), store.unseen.mail + store.unseen.sms > 0 && h("i", { class: "dot" })));
  }

  drawBar() {
    const { store } = this;
    const startable = store.isStartable();
    this.composerEl.hidden = store.blocked || startable;
    this.bar.hidden = !this.composerEl.hidden;
    const press = store.blocked ? () => this.app.session.unblock() : () => this.app.start();
    replace(this.bar, store.blocked && h("span", {}, t("blockedBar")),
      h("button", { class: "button is-main is-wide", type: "button", on: { click: press } }, store.blocked ? t("unblockShort") : t("start")));
  }
}

/** «печатает…» and its like; an action without words of its own is shown as typing. */
function actionWords(action) {
  if (!action) return null;
  const words = t(action);
  return words === action ? t("typing") : words;
}

/** Rows of the list: day separators, and messages with albums put together. */
function rowsOf(messages) {
  const rows = [];
  let day = null;
  for (const group of groups(messages)) {
    const [message] = group;
    if (dayKey(message.date) !== day) {
      day = dayKey(message.date);
      rows.push({ key: `day ${day}`, signature: dayOf(message.date), day: dayOf(message.date) });
    }
    const before = rows[rows.length - 1];
    const first = !before.messages || !sameRun(before.messages.at(-1), message);
    if (!first) before.last = false;
    rows.push({ key: `message ${message.message_id}`, messages: group, first, last: true });
  }
  for (const row of rows) row.signature ??= JSON.stringify([row.first, row.last, row.messages]);
  return rows;
}

function groups(messages) {
  const out = [];
  for (const message of messages) {
    const before = out.at(-1);
    const album = message.media_group_id && before?.[0].media_group_id === message.media_group_id;
    if (album) before.push(message);
    else out.push([message]);
  }
  return out;
}

function sameRun(one, two) {
  return one.from?.id === two.from?.id && two.date - one.date < 300 && !serviceWords(one) && !serviceWords(two);
}
