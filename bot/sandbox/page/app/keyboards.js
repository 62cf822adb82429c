// Inline keyboards under a bubble, and the reply keyboard under the composer.
import { h, replace } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

const style = (button) => (["danger", "success", "primary"].includes(button.style) ? ` is-${button.style}` : "");

export function inlineKeyboard(message, app) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div", { class: "inline-keyboard" },
    rows.map((row) => h("div", { class: "key-row" }, row.map((button) => inlineKey(button, message, app)))));
}

function inlineKey(button, message, app) {
  const press = inlinePress(button, message, app);
  const el = h("button", {
    class: `key${style(button)}`, type: "button", disabled: !press,
    title: press ? button.url : button.web_app ? t("webApp") : t("notHere"),
  }, h("span", { class: "key-text" }, button.text), corner(button));
  if (press) el.addEventListener("click", () => press(el));
  return el;
}

/** The little mark in the corner tells what kind of button it is, as messengers do. */
function corner(button) {
  const name = button.url ? "open" : button.copy_text ? "copy" : button.web_app ? "window"
    : button.switch_inline_query !== undefined || button.switch_inline_query_chosen_chat ? "share" : null;
  return name && h("span", { class: "key-corner" }, icon(name));
}

function inlinePress(button, message, app) {
  if (button.callback_data !== undefined) return (el) => app.tap(message, button, el);
  if (button.url) return () => app.openUrl(button.url);
  if (button.copy_text) return () => app.copy(button.copy_text.text);
  if (button.switch_inline_query_current_chat !== undefined) return () => app.typeInline(button.switch_inline_query_current_chat);
  if (button.switch_inline_query !== undefined) return () => app.shareInline(button.switch_inline_query);
  if (button.switch_inline_query_chosen_chat) return () => app.shareInline(button.switch_inline_query_chosen_chat.query ?? "");
  return null;
}

/** The panel of the reply keyboard; show() draws it, the composer's toggle folds it. */
export class ReplyKeyboard {
  constructor(app, onChange) {
    this.app = app;
    this.onChange = onChange;
    this.folded = false;
    this.el = h("div", { class: "reply-keyboard", role: "group", "aria-label": t("showKeyboard"), hidden: true });
    app.store.on("keyboard chat blocked", () => this.draw());
    app.store.on("keyboard", () => this.fold(false));
  }

  get available() {
    return Boolean(this.app.store.keyboard?.keyboard?.length);
  }

  fold(folded) {
    this.folded = folded;
    this.draw();
  }

  draw() {
    const markup = this.app.store.keyboard;
    this.el.hidden = !this.available || this.folded || this.app.store.blocked || this.app.store.isStartable();
    this.el.classList.toggle("is-tall", Boolean(markup) && !markup.resize_keyboard);
    if (this.available) {
      replace(this.el, markup.keyboard.map((row) => h("div", { class: "key-row" }, row.map((one) => this.key(one)))));
    }
    this.onChange();
  }

  key(item) {
    const button = typeof item === "string" ? { text: item } : item;
    const press = this.press(button);
    const mark = button.request_contact ? "user" : button.request_location ? "pin" : null;
    return h("button", {
      class: `key${style(button)}`, type: "button", disabled: !press, title: press ? undefined : t("notHere"),
      on: press ? { click: () => this.pressed(press) } : {},
    }, mark && icon(mark), h("span", { class: "key-text" }, button.text));
  }

  press(button) {
    if (button.request_contact) return () => this.app.shareOwnContact();
    if (button.request_location) return () => this.app.shareLocation();
    if (button.web_app || button.request_poll || button.request_users || button.request_chat) return null;
    return () => this.app.send(button.text);
  }

  async pressed(press) {
    const once = this.app.store.keyboard?.one_time_keyboard;
    if ((await press()) !== false && once) this.fold(true);
  }
}
