// What a person can do on the page. Every view calls these; none talks to the server itself.
import { api, ApiError } from "./api.js";
import { alertBox, choose, toast } from "./dialogs.js";
import { safeUrl } from "./dom.js";
import { askGroup, askLocation, askOtherContact, askOwnContact, askSticker, makeVoice } from "./forms.js";
import { t } from "./i18n.js";
import { sharedText, startLink } from "./links.js";

export class Actions {
  #waiting = new Map(); // callback_query_id → the button that spins
  #answered = new Set(); // answers that came before the tap's own reply

  constructor(store) {
    this.store = store;
    this.session = null; // these three are set by main once they are made
    this.composer = null;
    this.chatView = null;
    this.openMenu = () => {};
    this.textActions = {
      command: (text) => this.send(text.split("@")[0]),
      mention: (name) => this.mention(name),
      link: (address) => this.followsStartLink(address),
    };
  }

  get id() {
    return this.store.personId;
  }

  /** Run a call to the server; tell the person when it fails. Returns false then. */
  async attempt(work) {
    try {
      return (await work()) ?? true;
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof TypeError)) throw error;
      toast(error.status === 504 ? t("slow") : t("failed", { why: error.message }), "is-bad");
      return false;
    }
  }

  place(body = {}) {
    return this.store.isPrivate ? body : { chat_id: this.store.chatId, ...body };
  }

  /** Do something that makes a message here, and show it. */
  async deliver(work) {
    const made = await this.attempt(work);
    if (made) this.store.set("sent", { replyTo: null });
    for (const message of [made].flat()) if (message?.message_id) this.show(message);
    return made !== false;
  }

  show(message) {
    const mine = message.mine ?? true;
    if (message.chat.id !== this.store.chatId) return;
    this.store.messages.set(message.message_id, { ...message, mine });
    this.store.emit("message", { message, own: mine });
  }

  send(text) {
    const reply = this.store.replyTo ? { reply_to_message_id: this.store.replyTo.message_id } : {};
    return this.deliver(() => api.send(this.id, this.place({ text, ...reply })));
  }

  edit(message, text) {
    return this.attempt(() => api.edit(this.id, this.place({ message_id: message.message_id, text })));
  }

  forward(message) {
    return this.deliver(() => api.forward(this.id, this.place({ message_id: message.message_id })));
  }

  start(payload) {
    this.store.set("blocked", { restarting: false });
    return this.deliver(() => api.start(this.id, payload));
  }

  upload(kind, files, caption) {
    const form = new FormData();
    if (!this.store.isPrivate) form.append("chat_id", String(this.store.chatId));
    form.append("kind", kind);
    if (caption) form.append("caption", caption);
    files.forEach((file, i) => form.append(`file${i || ""}`, file, file.name));
    return this.deliver(() => api.upload(this.id, form));
  }

  async shareOwnContact() {
    if (!(await askOwnContact(this.store.person))) return false;
    return this.deliver(() => api.contact(this.id, this.place({ own: true })));
  }

  async shareOtherContact() {
    const body = await askOtherContact(this.store.people.filter((one) => one.id !== this.id));
    return body ? this.deliver(() => api.contact(this.id, this.place(body))) : false;
  }

  async shareLocation() {
    const point = await askLocation();
    return point ? this.deliver(() => api.location(this.id, this.place(point))) : false;
  }

  async sendSticker() {
    const file = await askSticker();
    return file ? this.upload("sticker", [file]) : false;
  }

  sendVoice() {
    return this.upload("voice", [makeVoice()]);
  }

  async tap(message, button, el) {
    if (el.classList.contains("is-busy")) return;
    el.classList.add("is-busy");
    el.setAttribute("aria-busy", "true");
    const inline = message.inline_message_id ? { inline_message_id: message.inline_message_id } : {};
    const body = { chat_id: message.chat.id, message_id: message.message_id, data: button.callback_data, ...inline };
    const made = await this.attempt(() => api.tap(this.id, body));
    const query = made?.callback_query_id;
    if (!query || this.#answered.delete(query)) return calm(el);
    this.#waiting.set(query, el);
    setTimeout(() => this.#waiting.delete(query) && calm(el), 15_000);
  }

  callbackAnswer(event) {
    const el = this.#waiting.get(event.callback_query_id);
    if (el) calm(el);
    if (!this.#waiting.delete(event.callback_query_id)) this.#answered.add(event.callback_query_id);
    if (event.url) this.openUrl(event.url);
    if (!event.text) return;
    if (event.show_alert) alertBox(event.text);
    else toast(event.text);
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      toast(t("copied"));
    } catch {
      toast(t("copyFailed"), "is-bad");
    }
  }

  /** Start links of this bot open the chat; addresses of this machine open on the phone beside it,
      which leaves to the browser what is no card; the rest open in a new tab, http(s) only. */
  openUrl(address) {
    if (this.followsStartLink(address)) return;
    const shared = sharedText(address);
    if (shared !== null) {
      this.writeInto(shared);
      return;
    }
    const url = safeUrl(address);
    if (!url) return;
    const here = url.hostname === location.hostname && url.origin !== location.origin;
    const lang = document.documentElement.lang;
    const shown = here ? `/phone?${new URLSearchParams({ link: url.href, lang })}` : url.href;
    window.open(shown, "_blank", "noopener,noreferrer");
  }

  followsStartLink(address) {
    const link = startLink(address, this.store.bot.username);
    if (link === null) return false;
    this.follow(link);
    return true;
  }

  follow({ payload, group }) {
    return group ? this.startInGroup(payload) : this.openStart(payload);
  }

  /** As Telegram does: choose a group or make one; the bot hears /start with the payload there. */
  async startInGroup(payload) {
    const groups = this.store.chats.map((one) => one.chat).filter((chat) => chat.type !== "private");
    const fresh = { label: t("newGroup"), value: "new" };
    const chosen = await choose(t("whichGroup"), [...groups.map((chat) => ({ label: chat.title, value: chat.id })), fresh]);
    if (chosen === null) return;
    const id = chosen === "new" ? await this.makeGroup() : chosen;
    if (!id) return;
    await this.openChat(id);
    await this.send(`/start@${this.store.bot.username}${payload ? ` ${payload}` : ""}`);
  }

  /** The id of a new group, or null; whoever looks is always a member. */
  async makeGroup() {
    const body = await askGroup(this.store.people, (one) => this.store.nameOf(one), this.id);
    return body ? this.session.addGroup(body) : null;
  }

  async openStart(payload) {
    await this.openChat(this.id);
    return this.start(payload);
  }

  openChat(chatId) {
    return this.session.openChat(chatId);
  }

  mention(name) {
    if (name.toLowerCase() === this.store.bot.username.toLowerCase()) this.composer.write(`@${name} `);
  }

  typeInline(query) {
    this.composer.write(`@${this.store.bot.username} ${query}`);
  }

  shareInline(query) {
    return this.writeInto(`@${this.store.bot.username} ${query}`);
  }

  /** Into the input field of a chat that the person picks. */
  async writeInto(words) {
    const options = this.store.chats.map(({ chat }) => ({ label: this.store.chatName(chat), value: chat.id }));
    const chatId = options.length > 1 ? await choose(t("chooseChat"), options) : options[0]?.value;
    if (chatId === null || chatId === undefined) return;
    await this.openChat(chatId);
    this.composer.write(words);
  }

  chooseInline(queryId, result) {
    return this.deliver(() => api.choose(this.id, this.place({ inline_query_id: queryId, result_id: result.id })));
  }

  scrollTo(messageId) {
    this.chatView.scrollTo(messageId);
  }
}

function calm(el) {
  el.classList.remove("is-busy");
  el.removeAttribute("aria-busy");
}
