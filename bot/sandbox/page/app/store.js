// What the page knows, and who wants to hear of changes.

const names = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

export class Store {
  #listeners = new Map();

  bot = { id: 0, username: "bot", first_name: "Bot", commands: [] };
  people = [];
  personId = null;
  chats = [];
  chatId = null;
  messages = new Map();
  keyboard = null;
  placeholder = "";
  blocked = false;
  restarting = false; // unblocked just now: the Start button stands in for the composer
  action = null;
  replyTo = null;
  editing = null;
  inspected = null;
  mail = [];
  sms = [];
  partner = {}; // { name: { ru, en }, api }, where the sandbox has one
  webhook = []; // what the partner was told
  unseen = { mail: 0, sms: 0, webhook: 0 };
  online = true;

  /** Call the handler whenever one of the topics changes; returns the topics' unsubscriber. */
  on(topics, handler) {
    for (const topic of topics.split(" ")) {
      if (!this.#listeners.has(topic)) this.#listeners.set(topic, new Set());
      this.#listeners.get(topic).add(handler);
    }
  }

  emit(topic, detail) {
    for (const handler of this.#listeners.get(topic) ?? []) handler(detail);
  }

  set(topic, changes, detail) {
    Object.assign(this, changes);
    this.emit(topic, detail);
  }

  get person() {
    return this.people.find((one) => one.id === this.personId) ?? null;
  }

  get chat() {
    return this.chats.find((one) => one.chat.id === this.chatId)?.chat ?? null;
  }

  get isPrivate() {
    return !this.chat || this.chat.type === "private";
  }

  /** Messages of the open chat, oldest first. */
  get ordered() {
    return [...this.messages.values()].sort((a, b) => a.message_id - b.message_id);
  }

  nameOf(person) {
    return person ? names(person) || person.username || "?" : "";
  }

  /** A chat's name for the person looking: the private chat is the bot's. */
  chatName(chat) {
    return !chat || chat.type === "private" ? this.bot.first_name : chat.title || "…";
  }

  isStartable() {
    return this.isPrivate && (this.restarting || this.messages.size === 0);
  }
}
