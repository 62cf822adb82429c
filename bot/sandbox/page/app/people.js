// The left column: whom we are, their chats, and what can be done to them.
import { ask } from "./dialogs.js";
import { h, replace } from "./dom.js";
import { askGroup, askStart, askPerson } from "./forms.js";
import { dayKey, dayOf, t, timeOf } from "./i18n.js";
import { icon } from "./icons.js";
import { printPhone } from "./render/media.js";
import { oneLine } from "./render/service.js";
import { fileUrl } from "./api.js";

const initials = (person) => [person.first_name, person.last_name].filter(Boolean)
  .map((word) => [...word][0]?.toUpperCase() ?? "").join("").slice(0, 2);

export function avatar(person, size = "") {
  return h("span", { class: `avatar ${size}`, vars: { hue: person.color ?? "#5b7fbf" }, "aria-hidden": "true" }, initials(person));
}

export function botAvatar(bot, size = "") {
  const photo = bot.photo?.file_id ?? bot.photo?.at?.(-1)?.file_id;
  const inside = h("img", { src: photo ? fileUrl(photo) : "/static/img/logo.svg", alt: "" });
  return h("span", { class: `avatar is-bot ${size}`, "aria-hidden": "true" }, inside);
}

export function mountPeople(root, app) {
  const { store, session } = app;
  const list = h("ul", { class: "list" });
  const chats = h("ul", { class: "list" });
  const tools = h("div", { class: "tools" });
  root.setAttribute("aria-label", t("people"));
  root.append(brand(app), h("div", { class: "column" },
    heading(t("people"), t("addPerson"), async () => {
      const fields = await askPerson();
      if (fields) session.addPerson(fields);
    }), list,
    heading(t("chats"), t("newGroup"), async () => {
      const body = await askGroup(store.people, (one) => store.nameOf(one));
      if (body) session.addGroup(body);
    }), chats), tools);
  store.on("people chat", () => replace(list, store.people.map((one) => personItem(one, app))));
  store.on("chats chat message edited bot", () => replace(chats, store.chats.map((one) => chatItem(one, app))));
  store.on("people blocked chat", () => replace(tools, toolButtons(app)));
}

function brand(app) {
  return h("div", { class: "brand" }, h("img", { src: "/static/img/logo.svg", alt: "", width: 38, height: 38 }),
    h("div", {}, h("b", {}, t("title")), h("small", {}, t("tagline"))),
    h("button", { class: "ghost for-narrow", type: "button", "aria-label": t("close"), on: { click: () => app.toggle(null) } }, icon("close")));
}

function heading(words, label, press) {
  return h("div", { class: "heading" }, h("h2", {}, words),
    h("button", { class: "ghost is-small", type: "button", "aria-label": label, title: label, on: { click: press } }, icon("plus")));
}

function personItem(person, app) {
  const here = person.id === app.store.personId;
  const under = person.blocked ? t("blockedMark") : printPhone(person.phone_number);
  return h("li", {}, h("button", {
    class: `item${here ? " is-here" : ""}`, type: "button", "aria-current": here ? "true" : undefined, data: { person: person.id },
    on: { click: () => { app.toggle(null); app.attempt(() => app.session.selectPerson(person.id)); } },
  }, avatar(person), h("span", { class: "item-words" }, h("b", {}, app.store.nameOf(person)), h("small", {}, under)),
  person.blocked ? icon("block", t("blockedMark")) : person.unread > 0 && h("span", { class: "badge" }, String(person.unread))));
}

function chatItem({ chat, last }, app) {
  const here = chat.id === app.store.chatId;
  const message = here ? app.store.ordered.at(-1) ?? null : last;
  const when = message && (dayKey(message.date) === new Date().toDateString() ? timeOf(message.date) : dayOf(message.date));
  const face = chat.type === "private" ? botAvatar(app.store.bot) : avatar({ first_name: chat.title, color: "#7a8aa8" });
  return h("li", {}, h("button", {
    class: `item${here ? " is-here" : ""}`, type: "button", "aria-current": here ? "true" : undefined, data: { chat: chat.id },
    on: { click: () => { app.toggle(null); app.attempt(() => app.openChat(chat.id)); } },
  }, face, h("span", { class: "item-words" },
    h("span", { class: "item-top" }, h("b", {}, app.store.chatName(chat)), when && h("time", {}, when)),
    h("small", {}, message ? oneLine(message) : t("emptyChat")))));
}

function toolButtons(app) {
  const { store, session } = app;
  const person = store.person;
  if (!person) return [];
  const tool = (name, words, press) => h("button", { class: "tool", type: "button", on: { click: press } }, icon(name), words);
  return [
    tool("link", t("startLink"), async () => {
      const link = await askStart(store.bot.username);
      if (!link) return;
      app.toggle(null);
      app.follow(link);
    }),
    person.blocked ? tool("block", t("unblock"), () => session.unblock()) : tool("block", t("block"), () => session.block()),
    tool("trash", t("clear"), async () => {
      if (await ask({ title: t("clear"), text: t("clearSure"), agree: t("clear"), danger: true })) session.clear();
    }),
  ];
}
