import { WORDS } from "./words.js";

const asked = new URLSearchParams(location.search).get("lang") || navigator.language || "en";

export const lang = asked.toLowerCase().startsWith("ru") ? "ru" : "en";
document.documentElement.lang = lang;

const plurals = new Intl.PluralRules(lang);
const FORMS = { one: 0, few: 1, many: 2, other: 1 };

/** The words for a key; {name} places are filled from values, lists choose a plural form by n. */
export function t(key, values = {}) {
  let words = WORDS[lang][key] ?? WORDS.en[key] ?? key;
  if (Array.isArray(words)) words = words[FORMS[plurals.select(values.n)]] ?? words[1];
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

const clock = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayMonth = new Intl.DateTimeFormat(lang, { day: "numeric", month: "long" });
const fullDay = new Intl.DateTimeFormat(lang, { day: "numeric", month: "long", year: "numeric" });

/** HH:MM of Unix seconds, in the browser's zone. */
export const timeOf = (seconds) => clock.format(new Date(seconds * 1000));

/** «Сегодня», «Вчера», "3 May". */
export function dayOf(seconds) {
  const day = new Date(seconds * 1000);
  const now = new Date();
  const distance = Math.round((midnight(now) - midnight(day)) / 86_400_000);
  if (distance === 0) return t("today");
  if (distance === 1) return t("yesterday");
  return (day.getFullYear() === now.getFullYear() ? dayMonth : fullDay).format(day);
}

export const dayKey = (seconds) => new Date(seconds * 1000).toDateString();

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

export function sizeOf(bytes) {
  if (!bytes) return "";
  const units = lang === "ru" ? ["Б", "КБ", "МБ"] : ["B", "KB", "MB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < 2) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 10 && unit ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** The time of something that arrived, with its day unless that is today. */
export function when(item) {
  const moment = item.at ?? item.date ?? item.received_at;
  const seconds = typeof moment === "number" ? moment : Date.parse(moment) / 1000;
  if (!seconds) return "";
  return dayKey(seconds) === new Date().toDateString() ? timeOf(seconds) : `${dayOf(seconds)}, ${timeOf(seconds)}`;
}
