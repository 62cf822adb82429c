// Bot API text + entities → DOM. Offsets are UTF-16 units, as JavaScript strings count.
import { h, link } from "../dom.js";
import { t } from "../i18n.js";

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

// A block stands on lines of its own, so the line breaks around it are not drawn twice.
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** A fragment with the formatted text; actions gives command(text), link(url) and mention(name). */
export function renderText(text, entities, actions) {
  const sorted = [...(entities ?? [])]
    .filter((one) => one.length > 0 && one.offset >= 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  const out = document.createDocumentFragment();
  out.append(...walk(text, 0, text.length, sorted, actions));
  return out;
}

function walk(text, from, to, entities, actions) {
  const nodes = [];
  let at = from;
  let i = 0;
  while (i < entities.length) {
    const entity = entities[i];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    i += 1;
    if (end <= start) continue;
    const inner = [];
    while (i < entities.length && entities[i].offset < end) inner.push(entities[i++]);
    const block = BLOCKS.has(entity.type);
    if (start > at) nodes.push(block ? text.slice(at, start).replace(/\n$/, "") : text.slice(at, start));
    const stop = block && text[end - 1] === "\n" ? end - 1 : end;
    nodes.push(wrap(entity, text.slice(start, end), walk(text, start, stop, inner, actions), actions));
    at = block && text[end] === "\n" ? end + 1 : end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function wrap(entity, raw, children, actions) {
  const tag = PLAIN[entity.type];
  if (tag) return h(tag, {}, children);
  switch (entity.type) {
    case "pre":
      return h("pre", entity.language ? { data: { language: entity.language } } : {}, h("code", {}, children));
    case "blockquote":
      return h("blockquote", {}, children);
    case "expandable_blockquote":
      return expandable(children);
    case "spoiler":
      return spoiler(children);
    case "text_link":
      return address(entity.url, children, actions);
    case "url":
      return address(raw, children, actions);
    case "email":
      return h("a", { href: `mailto:${raw}` }, children);
    case "phone_number":
      return h("a", { href: `tel:${raw.replace(/[^\d+]/g, "")}` }, children);
    case "bot_command":
      return pressable("command", children, () => actions.command(raw));
    case "mention":
      return pressable("mention", children, () => actions.mention(raw.slice(1)));
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return h("span", { class: "tag" }, children);
    default:
      return h("span", {}, children);
  }
}

function address(target, children, actions) {
  const el = link(target, children);
  el.addEventListener("click", (event) => {
    if (actions.link(target)) event.preventDefault();
  });
  return el;
}

function pressable(kind, children, press) {
  return h("button", { class: `inline-${kind}`, type: "button", on: { click: press } }, children);
}

function spoiler(children) {
  const inside = h("span", { class: "spoiler-text", inert: true }, children);
  const el = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("spoiler") }, inside);
  const show = () => {
    el.classList.add("is-open");
    inside.inert = false;
    for (const name of ["role", "tabindex", "aria-label"]) el.removeAttribute(name);
  };
  el.addEventListener("click", show, { once: true });
  el.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") show();
  });
  return el;
}

function expandable(children) {
  const body = h("span", {}, children);
  const toggle = h("button", { class: "quote-more", type: "button", "aria-expanded": "false" }, t("more"));
  const el = h("blockquote", { class: "is-folded" }, body, toggle);
  toggle.addEventListener("click", () => {
    const folded = el.classList.toggle("is-folded");
    toggle.setAttribute("aria-expanded", String(!folded));
    toggle.textContent = folded ? t("more") : t("less");
  });
  return el;
}

/** Plain text where only http(s) addresses become links: for letters and SMS. */
export function linkify(text) {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]»]/g)) {
    out.append(text.slice(at, match.index), link(match[0], match[0]));
    at = match.index + match[0].length;
  }
  out.append(text.slice(at));
  return out;
}
