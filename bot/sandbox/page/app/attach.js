// The attach menu, and the menu of one message: small floating lists of actions.
import { dismissable, h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** Show [{icon, label, press}] beside an element. */
export function floatMenu(anchor, items, label) {
  const el = h("div", { class: "float-menu", role: "menu", "aria-label": label });
  const stop = dismissable(el, () => {
    el.remove();
    anchor.focus?.();
  });
  for (const item of items) {
    el.append(h("button", {
      class: "option", type: "button", role: "menuitem", on: { click: () => { stop(); item.press(); } },
    }, icon(item.icon), h("span", {}, item.label)));
  }
  el.addEventListener("keydown", (event) => walk(event, el));
  document.body.append(el);
  place(el, anchor.getBoundingClientRect());
  el.firstElementChild?.focus();
}

function walk(event, el) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...el.children];
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
}

function place(el, box) {
  const { offsetWidth: width, offsetHeight: height } = el;
  const left = Math.min(Math.max(8, box.left), innerWidth - width - 8);
  const above = box.top - height - 8;
  const top = above > 8 ? above : Math.min(box.bottom + 8, innerHeight - height - 8);
  el.style.left = `${left}px`;
  el.style.top = `${Math.max(8, top)}px`;
}

export function attachMenu(anchor, app) {
  floatMenu(anchor, [
    { icon: "photo", label: t("photo"), press: () => pickFiles("image/*", (files) => app.upload("photo", files)) },
    { icon: "file", label: t("file"), press: () => pickFiles("", (files) => app.upload("document", files)) },
    { icon: "user", label: t("ownContact"), press: () => app.shareOwnContact() },
    { icon: "users", label: t("otherContact"), press: () => app.shareOtherContact() },
    { icon: "pin", label: t("location"), press: () => app.shareLocation() },
    { icon: "mic", label: t("voice"), press: () => app.sendVoice() },
    { icon: "sticker", label: t("sticker"), press: () => app.sendSticker() },
  ], t("attach"));
}

function pickFiles(accept, send) {
  const input = h("input", { type: "file", accept, multiple: true, class: "file-input" });
  input.addEventListener("change", () => {
    if (input.files.length) send([...input.files]);
    input.remove();
  });
  document.body.append(input);
  input.click();
}

export function messageMenu(message, anchor, app) {
  const text = message.text ?? message.caption;
  const items = [
    { icon: "reply", label: t("reply"), press: () => app.composer.startReply(message) },
    text && { icon: "copy", label: t("copyText"), press: () => app.copy(text) },
    message.mine && message.text && { icon: "pencil", label: t("edit"), press: () => app.composer.startEdit(message) },
    !message.mine && { icon: "forward", label: t("forwardToBot"), press: () => app.forward(message) },
    { icon: "braces", label: t("raw"), press: () => app.inspect(message) },
  ];
  floatMenu(anchor, items.filter(Boolean), t("actions"));
}
