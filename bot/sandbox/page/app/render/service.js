// Service messages: the grey pills in the middle ("Анна joined the group").
import { t } from "../i18n.js";

const who = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ");

/** The words of a service message, or null for an ordinary one. */
export function serviceWords(message) {
  if (message.new_chat_members) return t("joined", { who: message.new_chat_members.map(who).join(", ") });
  if (message.left_chat_member) return t("left", { who: who(message.left_chat_member) });
  if (message.group_chat_created) return t("groupMade", { title: message.chat.title ?? "" });
  if (message.pinned_message) return t("pinned");
  return null;
}

/** One line that stands for a message: in the chat list, in a reply, in a forward. */
export function oneLine(message) {
  const text = message.text ?? message.caption;
  if (text) return text.replace(/\s+/g, " ");
  if (message.photo) return t("photo");
  if (message.sticker) return `${message.sticker.emoji ?? ""} ${t("sticker_label")}`.trim();
  if (message.voice) return t("voice_label");
  if (message.document) return message.document.file_name ?? t("file_label");
  if (message.contact) return t("contact");
  if (message.location) return t("location_label");
  if (message.video || message.animation) return t("video");
  return serviceWords(message) ?? "…";
}
