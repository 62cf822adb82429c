// Photos, albums, files, contacts, places, voices and stickers inside a bubble.
import { fileUrl } from "../api.js";
import { openPhoto } from "../dialogs.js";
import { h, link } from "../dom.js";
import { sizeOf, t } from "../i18n.js";
import { icon } from "../icons.js";

/** The media part of one message, or null when it is text alone. */
export function renderMedia(message) {
  if (message.photo) return photo(message);
  if (message.sticker) return sticker(message.sticker);
  if (message.voice || message.audio) return voice(message.voice ?? message.audio);
  if (message.animation || message.video || message.video_note) return video(message);
  if (message.document) return file(message.document);
  if (message.contact) return contact(message.contact);
  if (message.venue) return place(message.venue.location, message.venue);
  if (message.location) return place(message.location);
  if (message.dice) return h("div", { class: "dice" }, `${message.dice.emoji} ${message.dice.value}`);
  if (message.poll) return h("div", { class: "plain-card" }, message.poll.question);
  return null;
}

const largest = (sizes) => sizes[sizes.length - 1];

function photo(message) {
  const size = largest(message.photo);
  const image = h("img", {
    src: fileUrl(size.file_id), alt: message.caption ?? t("photo"),
    width: size.width, height: size.height, decoding: "async", draggable: false,
  });
  const frame = h("button", {
    class: "photo", type: "button", "aria-label": t("enlarge"),
    vars: { ratio: String(clampRatio(size.width / size.height)) },
    on: { click: () => openPhoto(fileUrl(size.file_id), message.caption) },
  }, image);
  if (message.has_media_spoiler) cover(frame);
  return frame;
}

const clampRatio = (ratio) => Math.min(2.4, Math.max(0.6, ratio || 1));

function cover(frame) {
  frame.classList.add("is-covered");
  frame.addEventListener("click", (event) => {
    if (!frame.classList.contains("is-covered")) return;
    event.stopImmediatePropagation();
    frame.classList.remove("is-covered");
  }, { capture: true });
}

/** Several photos or files sent together. */
export function renderAlbum(messages) {
  const kind = messages.every((one) => one.photo || one.video) ? "album" : "album-files";
  return h("div", { class: `${kind} n${Math.min(messages.length, 10)}` }, messages.map(renderMedia));
}

function sticker(item) {
  if (item.is_video || item.is_animated) return h("div", { class: "sticker-text" }, item.emoji ?? "🙂");
  return h("img", { class: "sticker", src: fileUrl(item.file_id), alt: item.emoji ?? t("sticker_label"), width: 160, height: 160 });
}

function voice(item) {
  const bars = Array.from({ length: 28 }, (_, i) => h("i", { vars: { h: String(waveAt(item.file_unique_id ?? "", i)) } }));
  const button = h("button", { class: "round", type: "button", "aria-label": t("play") }, icon("play"));
  const audio = new Audio();
  audio.preload = "none";
  button.addEventListener("click", () => {
    audio.src ||= fileUrl(item.file_id);
    if (audio.paused) audio.play().catch(() => button.classList.add("is-dead"));
    else audio.pause();
  });
  const seconds = item.duration ?? 0;
  const length = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return h("div", { class: "voice", "aria-label": t("voice_label") }, button, h("div", { class: "wave" }, bars), h("small", {}, length));
}

// The server keeps no waveform; bars made from the id look the same at each drawing.
function waveAt(seed, i) {
  const code = seed.charCodeAt(i % Math.max(1, seed.length)) || 7;
  return 0.25 + (((code * (i + 3) * 37) % 71) / 71) * 0.75;
}

function video(message) {
  const item = message.animation ?? message.video ?? message.video_note;
  return h("video", { class: "video", src: fileUrl(item.file_id), controls: true, muted: true, loop: Boolean(message.animation), preload: "metadata", "aria-label": t("video") });
}

function file(item) {
  const name = item.file_name ?? t("file_label");
  const extension = name.includes(".") ? name.split(".").pop().slice(0, 4) : "";
  return h("a", { class: "file", href: fileUrl(item.file_id), download: name, title: t("download") },
    h("span", { class: "file-badge" }, extension || icon("file")),
    h("span", { class: "file-words" }, h("b", {}, name), h("small", {}, sizeOf(item.file_size))));
}

function contact(item) {
  const name = [item.first_name, item.last_name].filter(Boolean).join(" ");
  return h("div", { class: "contact", "aria-label": t("contact") },
    h("span", { class: "round" }, icon("user")),
    h("span", { class: "file-words" }, h("b", {}, name), h("small", {}, printPhone(item.phone_number))));
}

/** «+7 900 111-22-33» for Russian numbers, the number with a plus for the rest. */
export function printPhone(number) {
  const digits = String(number ?? "").replace(/\D/g, "");
  const ru = digits.match(/^7(\d{3})(\d{3})(\d{2})(\d{2})$/);
  return ru ? `+7 ${ru[1]} ${ru[2]}-${ru[3]}-${ru[4]}` : `+${digits}`;
}

function place(point, venue) {
  const words = `${point.latitude.toFixed(4)}, ${point.longitude.toFixed(4)}`;
  const map = h("span", { class: "map" }, icon("pin"));
  const url = `https://www.openstreetmap.org/?mlat=${point.latitude}&mlon=${point.longitude}#map=15/${point.latitude}/${point.longitude}`;
  const title = venue?.title ?? (point.live_period ? t("live") : t("location_label"));
  const el = link(url, map, h("span", { class: "file-words" }, h("b", {}, title), h("small", {}, venue?.address ?? words)));
  el.classList.add("place");
  return el;
}
