// The questions the page asks: a place, a contact, a person, a group, a payload, a sticker.
import { ask, choose, field } from "./dialogs.js";
import { h } from "./dom.js";
import { lang, t } from "./i18n.js";
import { typedStart } from "./links.js";
import { printPhone } from "./render/media.js";
import { CITIES } from "./words.js";

/** {latitude, longitude} or null. */
export async function askLocation() {
  const latitude = field(t("latitude"), { inputmode: "decimal", value: "55.7558", name: "latitude" });
  const longitude = field(t("longitude"), { inputmode: "decimal", value: "37.6173", name: "longitude" });
  const fill = (city) => {
    latitude.input.value = city[2];
    longitude.input.value = city[3];
  };
  const cities = h("div", { class: "chips" }, CITIES.map((city) => h("button", {
    class: "chip", type: "button", on: { click: () => fill(city) },
  }, lang === "ru" ? city[0] : city[1])));
  const read = () => {
    const point = { latitude: number(latitude.input.value), longitude: number(longitude.input.value) };
    if (Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180) return point;
    return latitude.complain(t("badCoordinates"));
  };
  const pair = h("div", { class: "pair" }, latitude.el, longitude.el);
  return ask({ title: t("whichLocation"), content: [cities, pair], agree: t("send"), read });
}

const number = (text) => (text.trim() === "" ? NaN : Number(text.trim().replace(",", ".").replace("−", "-")));

export const askOwnContact = (person) =>
  ask({ title: t("sharePhone", { phone: printPhone(person.phone_number) }), text: t("sharePhoneText"), agree: t("share") });

/** Another person's contact: one of the sandbox's people, or typed. */
export async function askOtherContact(people) {
  const name = field(t("firstName"), { name: "first_name", value: people[0]?.first_name ?? "" });
  const phone = field(t("phone"), { name: "phone", inputmode: "tel", value: people[0] ? printPhone(people[0].phone_number) : "+7" });
  const forwarded = h("input", { type: "checkbox", name: "forwarded" });
  const pick = (one) => {
    name.input.value = one.first_name;
    phone.input.value = printPhone(one.phone_number);
  };
  const chips = h("div", { class: "chips" }, people.map((one) => h("button", {
    class: "chip", type: "button", on: { click: () => pick(one) },
  }, one.first_name)));
  const read = () => {
    if (!name.input.value.trim()) return name.complain(t("firstName"));
    const digits = phone.input.value.replace(/[^\d+]/g, "");
    if (digits.length < 5) return phone.complain(t("phone"));
    return { own: false, first_name: name.input.value.trim(), phone_number: digits, forwarded: forwarded.checked };
  };
  const check = h("label", { class: "check" }, forwarded, t("forwardedContact"));
  return ask({ title: t("whoseContact"), content: [chips, name.el, phone.el, check], agree: t("send"), read });
}

export async function askPerson() {
  const first = field(t("firstName"), { name: "first_name", maxlength: 64 });
  const last = field(t("lastName"), { name: "last_name", maxlength: 64 });
  const phone = field(t("phone"), { name: "phone", inputmode: "tel", placeholder: "+7 900 000-00-00" });
  const language = h("select", { class: "input", name: "language" },
    h("option", { value: "ru" }, "Русский"), h("option", { value: "en" }, "English"));
  const read = () => {
    if (!first.input.value.trim()) return first.complain(t("firstName"));
    const person = { first_name: first.input.value.trim(), language_code: language.value };
    if (last.input.value.trim()) person.last_name = last.input.value.trim();
    const digits = phone.input.value.replace(/\D/g, "");
    if (digits) person.phone_number = digits;
    return person;
  };
  const tongue = h("label", { class: "field" }, h("span", {}, t("language")), language);
  return ask({ title: t("addPerson"), content: [first.el, last.el, phone.el, tongue], agree: t("add"), read });
}

/** A title and members; the person `always` (an id) cannot be left out. */
export async function askGroup(people, nameOf, always = null) {
  const title = field(t("groupTitle"), { name: "title", maxlength: 128 });
  const boxes = people.map((one) => h("input", { type: "checkbox", value: String(one.id), checked: true, disabled: one.id === always }));
  const list = h("fieldset", { class: "field" }, h("legend", {}, t("members")),
    people.map((one, i) => h("label", { class: "check" }, boxes[i], nameOf(one))));
  const read = () => {
    if (!title.input.value.trim()) return title.complain(t("groupTitle"));
    return { title: title.input.value.trim(), members: boxes.filter((box) => box.checked).map((box) => Number(box.value)) };
  };
  return ask({ title: t("newGroup"), content: [title.el, list], agree: t("create"), read });
}

/** A start link, whole or its payload alone, as {payload, group}; an empty answer is a bare /start. */
export async function askStart(username) {
  const payload = field(`t.me/${username}?start=`, { name: "payload", maxlength: 300, placeholder: t("payload"), spellcheck: "false" });
  const read = () => typedStart(payload.input.value, username) ?? payload.complain(t("badStart", { bot: username }));
  return ask({ title: t("startLink"), content: [payload.el], agree: t("open"), read });
}

const STICKERS = ["🙂", "😍", "🎉", "👍", "🛍️", "☕", "🐱", "🚀"];

/** A sticker drawn here: a WebP of 512 × 512, as Telegram's are. */
export async function askSticker() {
  const emoji = await choose(t("stickerPick"), STICKERS.map((one) => ({ label: one, value: one })));
  if (!emoji) return null;
  const canvas = h("canvas", { width: 512, height: 512 });
  const brush = canvas.getContext("2d");
  brush.font = "380px sans-serif";
  brush.textAlign = "center";
  brush.textBaseline = "middle";
  brush.fillText(emoji, 256, 280);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/webp"));
  return new File([blob], "sticker.webp", { type: "image/webp" });
}

/** Three seconds of a soft tone: what a voice message needs is to exist. */
export function makeVoice() {
  const rate = 8000;
  const samples = rate * 3;
  const view = new DataView(new ArrayBuffer(44 + samples));
  const word = (at, text) => [...text].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  word(0, "RIFF"); view.setUint32(4, 36 + samples, true); word(8, "WAVEfmt ");
  view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
  view.setUint32(24, rate, true); view.setUint32(28, rate, true); view.setUint16(32, 1, true); view.setUint16(34, 8, true);
  word(36, "data"); view.setUint32(40, samples, true);
  for (let i = 0; i < samples; i += 1) {
    const fade = Math.sin((Math.PI * i) / samples);
    view.setUint8(44 + i, 128 + Math.round(40 * fade * Math.sin((2 * Math.PI * 330 * i) / rate)));
  }
  return new File([view.buffer], "voice.wav", { type: "audio/wav" });
}
