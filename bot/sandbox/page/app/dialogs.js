// Modal windows, toasts, the photo viewer. <dialog> keeps the focus inside and closes on Escape.
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/**
 * Show a form in a window. Resolves with what read() returns when the person agrees, or null.
 * read() may return undefined to keep the window open (after marking what is wrong).
 */
export function ask({ title, text, content = [], agree = t("ok"), danger = false, cancel = true, read = () => true }) {
  return new Promise((resolve) => {
    const ok = h("button", { class: `button is-main${danger ? " is-danger" : ""}`, type: "submit" }, agree);
    const no = cancel && h("button", { class: "button", type: "button", on: { click: () => window_.close() } }, t("cancel"));
    const form = h("form", { method: "dialog", novalidate: true },
      title && h("h2", {}, title), text && h("p", {}, text), content, h("div", { class: "dialog-buttons" }, no, ok));
    const window_ = modal("dialog", form, title ?? text);
    let answer = null;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer = read() ?? null;
      if (answer !== null) window_.close();
    });
    window_.addEventListener("close", () => resolve(answer));
    (form.querySelector("input") ?? ok).focus();
  });
}

/** A window with things to choose from: [{label, value, hint?, mark?}]; resolves with a value or null. */
export function choose(title, options, extra = []) {
  return new Promise((resolve) => {
    let answer = null;
    const list = options.map((one) => h("button", {
      class: "option", type: "button", on: { click: () => { answer = one.value; window_.close(); } },
    }, one.mark, h("span", {}, h("b", {}, one.label), one.hint && h("small", {}, one.hint))));
    const window_ = modal("dialog", h("div", { class: "form" }, h("h2", {}, title), h("div", { class: "options" }, list), extra,
      h("div", { class: "dialog-buttons" }, h("button", { class: "button", type: "button", on: { click: () => window_.close() } }, t("cancel")))), title);
    window_.addEventListener("close", () => resolve(answer));
  });
}

export const alertBox = (text) => ask({ text, cancel: false });

function modal(kind, content, label) {
  const el = h("dialog", { class: kind, "aria-label": label ?? "" }, content);
  el.addEventListener("close", () => el.remove());
  el.addEventListener("click", (event) => {
    if (event.target === el) el.close();
  });
  document.body.append(el);
  el.showModal();
  return el;
}

/** A labelled input for ask(). */
export function field(label, props = {}) {
  const input = h("input", { class: "input", autocomplete: "off", ...props });
  const wrong = h("small", { class: "wrong", role: "alert" });
  const el = h("label", { class: "field" }, h("span", {}, label), input, wrong);
  return { el, input, complain: (text) => { wrong.textContent = text; input.setAttribute("aria-invalid", "true"); input.focus(); } };
}

export function toast(text, kind = "") {
  const el = h("div", { class: `toast ${kind}` }, text);
  document.getElementById("toasts").append(el);
  setTimeout(() => el.classList.add("is-leaving"), 3200);
  setTimeout(() => el.remove(), 3600);
}

export function openPhoto(url, caption) {
  const close = h("button", { class: "round", type: "button", "aria-label": t("close") }, icon("close"));
  const image = h("img", { src: url, alt: caption ?? t("photo") });
  const el = modal("viewer", h("figure", {}, image, caption && h("figcaption", {}, caption), close), t("photo"));
  close.addEventListener("click", () => el.close());
  image.addEventListener("click", () => el.close());
}
