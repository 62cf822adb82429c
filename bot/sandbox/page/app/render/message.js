// One bubble: a message, or an album of messages sent together.
import { append, h } from "../dom.js";
import { t, timeOf } from "../i18n.js";
import { icon } from "../icons.js";
import { inlineKeyboard } from "../keyboards.js";
import { renderAlbum, renderMedia } from "./media.js";
import { oneLine, serviceWords } from "./service.js";
import { renderText } from "./text.js";

const HUES = ["#c0563b", "#2f7d6b", "#8a5bb5", "#3b6fb8", "#a9742a", "#b14a78"];
const nameOf = (user) => [user?.first_name, user?.last_name].filter(Boolean).join(" ") || user?.title || "";

/** The row of a group of messages (one, or an album); app carries the actions. */
export function renderRow(messages, app, { first, last }) {
  const message = messages[0];
  const service = serviceWords(message);
  if (service) return h("div", { class: "row is-service", data: { id: message.message_id } }, h("span", { class: "pill" }, service));
  const bubble = h("div", { class: bubbleClass(messages) });
  append(bubble, [
    sender(message, app, first), forwarded(message), via(message), replied(message, app), ...body(messages, app),
    meta(messages[messages.length - 1]),
  ]);
  const more = h("button", {
    class: "more", type: "button", "aria-label": t("actions"), "aria-haspopup": "menu",
    on: { click: (event) => app.openMenu(message, event.currentTarget) },
  }, icon("dots"));
  const side = message.mine ? "is-mine" : "is-theirs";
  const place = `${first ? " is-first" : ""}${last ? " is-last" : ""}`;
  return h("div", { class: `row ${side}${place}`, data: { id: message.message_id }, on: { contextmenu: (event) => onContext(event, message, app) } },
    h("div", { class: "line" }, h("div", { class: "stack" }, bubble, inlineKeyboard(message, app)), more));
}

function onContext(event, message, app) {
  if (event.target.closest("a")) return;
  event.preventDefault();
  app.openMenu(message, event.currentTarget.querySelector(".more"));
}

function bubbleClass(messages) {
  const [message] = messages;
  const bare = message.sticker || message.dice;
  const pictured = message.photo || message.video || message.animation;
  const worded = messages.some((one) => one.caption ?? one.text);
  return ["bubble", bare && "is-bare", pictured && "is-pictured", worded && "is-worded"].filter(Boolean).join(" ");
}

function sender(message, app, first) {
  if (message.mine || app.store.isPrivate || !first) return null;
  const user = message.from ?? message.sender_chat;
  return h("div", { class: "sender", vars: { hue: HUES[Math.abs(user?.id ?? 0) % HUES.length] } }, nameOf(user));
}

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const name = nameOf(origin.sender_user ?? origin.sender_chat ?? origin.chat) || origin.sender_user_name || "?";
  return h("div", { class: "note" }, t("forwardedFrom", { name }));
}

function via(message) {
  return message.via_bot ? h("div", { class: "note" }, t("via", { name: message.via_bot.username })) : null;
}

function replied(message, app) {
  const target = message.reply_to_message;
  if (!target) return null;
  return h("button", { class: "replied", type: "button", on: { click: () => app.scrollTo(target.message_id) } },
    h("b", {}, nameOf(target.from)), h("span", {}, oneLine(target)));
}

function body(messages, app) {
  const spoken = messages.find((one) => one.text ?? one.caption);
  const media = messages.length > 1 ? renderAlbum(messages) : renderMedia(messages[0]);
  const words = spoken ? wording(spoken, app) : null;
  if (!media && !words) return [h("div", { class: "text is-quiet" }, t("unknown"))];
  return spoken?.show_caption_above_media ? [words, media] : [media, words];
}

function wording(message, app) {
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  return h("div", { class: "text", dir: "auto" }, renderText(text, entities, app.textActions));
}

function meta(message) {
  return h("div", { class: "meta" },
    message.edit_date && h("span", { class: "edited" }, t("edited")),
    h("time", { datetime: new Date(message.date * 1000).toISOString() }, timeOf(message.date)),
    message.mine && icon("ticks"));
}
