// Where one writes: the text, its reply or edit bar, the commands, the attach menu, the keyboard.
import { attachMenu } from "./attach.js";
import { CommandMenu } from "./commands.js";
import { h, replace } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { InlinePanel } from "./inline.js";
import { ReplyKeyboard } from "./keyboards.js";
import { oneLine } from "./render/service.js";

const MAX_HEIGHT_PX = 150;

export class Composer {
  constructor(app) {
    this.app = app;
    this.store = app.store;
    this.input = h("textarea", { class: "input-text", rows: 1, maxlength: 4096, "aria-label": t("message"), enterkeyhint: "send" });
    this.context = h("div", { class: "context", hidden: true });
    this.inline = new InlinePanel(app);
    this.commands = new CommandMenu(app, (command) => this.run(command));
    this.keyboard = new ReplyKeyboard(app, () => this.drawToggle());
    this.buildButtons();
    this.el = h("div", { class: "composer" }, this.inline.el, this.commands.el, this.context,
      h("div", { class: "compose-row" }, this.attach, h("div", { class: "compose-box" }, this.slash, this.input, this.toggle), this.sendButton),
      this.keyboard.el);
    this.listen();
  }

  buildButtons() {
    const round = (name, label, press, cls = "ghost") =>
      h("button", { class: cls, type: "button", "aria-label": label, title: label, on: { click: press } }, icon(name));
    this.attach = round("clip", t("attach"), () => attachMenu(this.attach, this.app));
    this.slash = round("slash", t("menu"), () => this.commands.toggle());
    this.toggle = round("keyboard", t("showKeyboard"), () => this.keyboard.fold(!this.keyboard.folded));
    this.sendButton = round("send", t("send"), () => this.submit(), "round is-send");
  }

  listen() {
    this.input.addEventListener("input", () => this.changed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.store.on("chat", () => this.write("", false));
    this.store.on("context sent chat", () => this.drawContext());
    this.store.on("keyboard chat bot blocked context", () => this.drawPlaceholder());
    this.store.on("keyboard chat", () => this.forced());
    this.input.addEventListener("paste", (event) => this.pasted(event));
  }

  get text() {
    return this.input.value;
  }

  write(text, focus = true) {
    this.input.value = text;
    this.changed();
    if (focus) this.input.focus();
  }

  changed() {
    this.input.style.height = "auto";
    const height = this.input.scrollHeight; // zero while the composer is not shown
    if (height) this.input.style.height = `${Math.min(height, MAX_HEIGHT_PX)}px`;
    this.input.style.overflowY = this.input.scrollHeight > MAX_HEIGHT_PX ? "auto" : "hidden";
    this.sendButton.disabled = !this.text.trim();
    this.commands.filter(this.text);
    this.inline.typed(this.text);
    this.drawToggle();
  }

  pressed(event) {
    if (event.isComposing) return;
    if (this.commands.key(event) || this.inline.key(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "ArrowUp" && !this.text) {
      event.preventDefault();
      this.editLast();
    } else if (event.key === "Escape" && (this.store.editing || this.store.replyTo)) this.leaveContext();
  }

  pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!files.length) return;
    event.preventDefault();
    this.app.upload("photo", files);
  }

  async submit() {
    const text = this.text.trim();
    if (!text) return;
    const { editing } = this.store;
    this.write("");
    const done = editing ? await this.app.edit(editing, text) : await this.app.send(text);
    if (done === false) this.write(text);
    else if (editing) this.leaveContext();
  }

  run(command) {
    this.write("");
    this.app.send(`/${command}`);
  }

  editLast() {
    const own = this.store.ordered.filter((one) => one.mine && one.text && !one.via_bot && !one.forward_origin).at(-1);
    if (own) this.startEdit(own);
  }

  startEdit(message) {
    this.store.set("context", { editing: message, replyTo: null });
    this.write(message.text);
  }

  startReply(message) {
    this.store.set("context", { replyTo: message, editing: null });
    this.input.focus();
  }

  leaveContext() {
    if (this.store.editing) this.write("");
    this.store.set("context", { replyTo: null, editing: null });
  }

  /** A bot's ForceReply opens the reply to its last message for the person. */
  forced() {
    if (!this.store.keyboard?.force_reply) return;
    const asked = this.store.ordered.filter((one) => !one.mine).at(-1);
    if (asked) this.store.set("context", { replyTo: asked, editing: null });
  }

  drawContext() {
    const { editing, replyTo } = this.store;
    const message = editing ?? replyTo;
    this.context.hidden = !message;
    if (!message) return;
    const words = editing ? t("editing") : `${t("replyTo")}: ${message.from?.first_name ?? ""}`;
    replace(this.context, icon(editing ? "pencil" : "reply"),
      h("span", { class: "file-words" }, h("b", {}, words), h("small", {}, oneLine(message))),
      h("button", { class: "ghost is-small", type: "button", "aria-label": t("cancel"), on: { click: () => this.leaveContext() } }, icon("close")));
  }

  drawPlaceholder() {
    const { keyboard, placeholder } = this.store;
    this.input.placeholder = keyboard?.input_field_placeholder || placeholder || t("message");
    this.slash.hidden = !this.store.bot.commands?.length;
  }

  drawToggle() {
    if (!this.keyboard) return; // the keyboard draws once before it is kept here
    const words = this.keyboard.folded ? t("showKeyboard") : t("hideKeyboard");
    this.toggle.hidden = !this.keyboard.available;
    this.toggle.setAttribute("aria-label", words);
    this.toggle.setAttribute("aria-pressed", String(!this.keyboard.folded));
    this.toggle.title = words;
  }
}
