// Who is looking at which chat, and everything that happens to them meanwhile.
import { api, listen } from "./api.js";
import { lang } from "./i18n.js";

const PEOPLE_EVERY_MS = 5000;
const ACTION_MS = 5500; // Telegram shows a chat action for five seconds

export class Session {
  #hangUp = () => {};
  #actionTimer = 0;
  #dropped = false;
  #choosing = 0;
  #opening = 0;
  #late = null; // events that came while a chat was being fetched

  constructor(store, actions) {
    this.store = store;
    this.actions = actions;
  }

  async begin() {
    await Promise.all([this.loadPeople(), this.loadOutside(), this.loadBot(lang)]);
    const { people } = this.store;
    const wanted = Number(new URLSearchParams(location.search).get("person") ?? remembered("person"));
    const person = people.find((one) => one.id === wanted) ?? people[0];
    if (person) await this.selectPerson(person.id);
    setInterval(() => document.hidden || this.loadPeople().catch(() => {}), PEOPLE_EVERY_MS);
  }

  async loadBot(language) {
    this.store.set("bot", { bot: await api.bot(language) });
  }

  async loadPeople() {
    const people = await api.people();
    const before = JSON.stringify(this.store.people);
    for (const person of people) if (person.id === this.store.personId) person.unread = 0;
    if (JSON.stringify(people) !== before) this.store.set("people", { people });
  }

  async loadOutside() {
    const [{ mail, sms }, partner] = await Promise.all([api.outside(), api.partner()]);
    const webhook = partner.api ? await api.webhooks() : [];
    this.store.set("outside", { mail, sms, partner, webhook });
  }

  async loadChats() {
    const { personId } = this.store;
    const chats = await api.chats(personId);
    if (personId === this.store.personId) this.store.set("chats", { chats });
  }

  async selectPerson(id) {
    const turn = ++this.#choosing;
    await this.leave();
    if (turn !== this.#choosing) return; // somebody else was chosen meanwhile
    remember("person", id);
    this.store.set("people", { personId: id, chats: [], inspected: null, restarting: false });
    const person = this.store.person;
    person.unread = 0;
    this.store.emit("people");
    this.store.emit("outside");
    await Promise.all([this.connect(id), this.loadChats(), this.loadBot(person.language_code || lang)]);
    if (turn === this.#choosing) await this.openChat(id);
  }

  /** Listen first and read the chat then: nothing falls between. Resolves once connected, or soon. */
  connect(id) {
    this.#hangUp();
    return new Promise((resolve) => {
      setTimeout(resolve, 2000);
      this.#hangUp = listen(id, (event) => this.receive(event), (online) => {
        this.connection(online);
        if (online) resolve();
      });
    });
  }

  /** What was shown is read: asking for the chat once more tells the server. */
  async leave() {
    const { personId } = this.store;
    if (personId !== null) await api.chat(personId, personId);
  }

  async openChat(chatId) {
    const turn = ++this.#opening;
    const late = (this.#late = []);
    const chat = await api.chat(this.store.personId, chatId).finally(() => {
      if (this.#late === late) this.#late = null;
    });
    if (turn !== this.#opening) return; // another chat was chosen meanwhile
    this.store.set("chat", {
      chatId,
      messages: new Map(chat.messages.map((one) => [one.message_id, one])),
      keyboard: chat.reply_keyboard,
      placeholder: chat.input_placeholder ?? "",
      blocked: chat.blocked && chatId === this.store.personId,
      action: null, replyTo: null, editing: null,
    });
    for (const event of late) this.receive(event);
  }

  connection(online) {
    if (!online) this.#dropped = true;
    else if (this.#dropped) {
      this.#dropped = false;
      this.reload().catch(() => {});
    }
    this.store.set("online", { online });
  }

  async reload() {
    await Promise.all([this.loadPeople(), this.loadOutside(), this.loadChats()]);
    if (this.store.chatId !== null) await this.openChat(this.store.chatId);
  }

  receive(event) {
    if (this.#late) {
      this.#late.push(event);
      return;
    }
    const handler = this[`on_${event.type}`];
    if (handler) handler.call(this, event);
  }

  isHere(event) {
    return event.chat_id === this.store.chatId;
  }

  on_message(event) {
    this.preview(event);
    if (!this.isHere(event)) return;
    const known = this.store.messages.has(event.message.message_id);
    this.store.messages.set(event.message.message_id, event.message);
    if (event.message.mine) this.store.restarting = false;
    else this.setAction(null);
    this.store.emit("message", { message: event.message, own: event.message.mine, known });
  }

  preview(event) {
    const entry = this.store.chats.find((one) => one.chat.id === event.chat_id);
    if (!entry) {
      this.loadChats().catch(() => {});
      return;
    }
    entry.last = event.message;
    this.store.emit("chats");
  }

  on_edited(event) {
    if (!this.isHere(event) || !this.store.messages.has(event.message.message_id)) return;
    this.store.messages.set(event.message.message_id, event.message);
    this.store.emit("edited", { message: event.message });
  }

  on_deleted(event) {
    if (!this.isHere(event)) return;
    this.store.messages.delete(event.message_id);
    this.store.emit("edited", {});
  }

  on_keyboard(event) {
    if (this.isHere(event)) this.store.set("keyboard", { keyboard: event.reply_keyboard ?? null, placeholder: "" });
  }

  on_callback_answer(event) {
    this.actions.callbackAnswer(event);
  }

  on_chat_action(event) {
    if (this.isHere(event)) this.setAction(event.action);
  }

  setAction(action) {
    clearTimeout(this.#actionTimer);
    this.store.set("action", { action });
    if (action) this.#actionTimer = setTimeout(() => this.setAction(null), ACTION_MS);
  }

  on_commands() {
    this.loadBot(this.store.person?.language_code || lang).catch(() => {});
  }

  on_blocked(event) {
    if (this.store.person) this.store.person.blocked = event.blocked;
    const blocked = this.store.isPrivate ? event.blocked : this.store.blocked;
    this.store.set("blocked", { blocked, restarting: !event.blocked && this.store.restarting });
    this.store.emit("people");
  }

  on_mail(event) {
    this.arrive("mail", event.item);
  }

  on_sms(event) {
    this.arrive("sms", event.item);
  }

  on_webhook(event) {
    this.arrive("webhook", event.item);
  }

  arrive(kind, item) {
    if (this.store[kind].some((one) => one.id !== undefined && one.id === item.id)) return;
    this.store[kind] = [item, ...this.store[kind]];
    this.store.unseen[kind] += 1;
    this.store.emit("outside", { kind, item });
  }

  async block() {
    await this.actions.attempt(() => api.block(this.store.personId));
    this.markBlocked(true);
  }

  /** Unblocking leaves the Start button to press, as in a messenger. */
  async unblock() {
    if ((await this.actions.attempt(() => api.unblock(this.store.personId))) === false) return;
    this.store.restarting = true;
    this.markBlocked(false);
  }

  markBlocked(blocked) {
    if (this.store.person) this.store.person.blocked = blocked;
    this.store.set("blocked", { blocked: this.store.isPrivate && blocked });
    this.store.emit("people");
  }

  async clear() {
    if ((await this.actions.attempt(() => api.clear(this.store.personId))) === false) return;
    await this.actions.attempt(() => this.reload());
  }

  async addPerson(fields) {
    const person = await this.actions.attempt(() => api.addPerson(fields));
    if (!person) return;
    await this.loadPeople();
    await this.selectPerson(person.id);
  }

  /** The new group's id, or null. */
  async addGroup(body) {
    const chat = await this.actions.attempt(() => api.addGroup(body));
    if (!chat) return null;
    await this.loadChats();
    if (body.members.includes(this.store.personId)) await this.openChat(chat.id);
    return chat.id;
  }
}

function remember(key, value) {
  localStorage.setItem(`karman-sandbox-${key}`, String(value));
}

function remembered(key) {
  return localStorage.getItem(`karman-sandbox-${key}`);
}
