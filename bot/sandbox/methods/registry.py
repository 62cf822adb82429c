"""Which function answers which method."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.bodies import Params
from bot.sandbox.box import Box
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.facts import BY_LOWER_NAME, OFFERED
from bot.sandbox.methods import (
    callbacks,
    chats,
    commands,
    copies,
    deleting,
    editing,
    files,
    inline,
    me,
    places,
    texts,
    updates,
)

Method = Callable[[Box, Params], Awaitable[Any]]

METHODS: dict[str, Method] = {
    "getMe": me.get_me,
    "setMyName": me.set_my_name,
    "getMyName": me.get_my_name,
    "setMyDescription": me.set_my_description,
    "getMyDescription": me.get_my_description,
    "setMyShortDescription": me.set_my_short_description,
    "getMyShortDescription": me.get_my_short_description,
    "getUpdates": updates.get_updates,
    "setWebhook": updates.set_webhook,
    "deleteWebhook": updates.delete_webhook,
    "getWebhookInfo": updates.get_webhook_info,
    "sendMessage": texts.send_message,
    "sendChatAction": texts.send_chat_action,
    "sendPhoto": files.send_photo,
    "sendDocument": files.send_document,
    "sendMediaGroup": files.send_media_group,
    "getFile": files.get_file,
    "getUserProfilePhotos": files.get_user_profile_photos,
    "sendLocation": places.send_location,
    "sendVenue": places.send_venue,
    "sendContact": places.send_contact,
    "copyMessage": copies.copy_message,
    "forwardMessage": copies.forward_message,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": deleting.delete_message,
    "deleteMessages": deleting.delete_messages,
    "answerCallbackQuery": callbacks.answer_callback_query,
    "answerInlineQuery": inline.answer_inline_query,
    "setMyCommands": commands.set_my_commands,
    "getMyCommands": commands.get_my_commands,
    "deleteMyCommands": commands.delete_my_commands,
    "setChatMenuButton": commands.set_chat_menu_button,
    "getChatMenuButton": commands.get_chat_menu_button,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "pinChatMessage": chats.pin_chat_message,
    "unpinChatMessage": chats.unpin_chat_message,
    "unpinAllChatMessages": chats.unpin_all_chat_messages,
    "setMessageReaction": chats.set_message_reaction,
    "leaveChat": chats.leave_chat,
    "createChatInviteLink": chats.create_chat_invite_link,
}


async def call_method(box: Box, name: str, params: Params) -> Any:
    """The result of a method by its name in any case; raises ApiError."""
    known = BY_LOWER_NAME.get(name.lower())
    if known is None:
        raise ApiError(404, "Not Found")
    method = METHODS.get(known)
    if method is None:
        raise bad_request(f"method {known} is not offered by the sandbox")
    if known != "getUpdates":
        box.gate.check()
    for parameter in OFFERED[known]:
        if parameter.treatment == "refused" and params.given(parameter.name):
            raise bad_request(f"parameter {parameter.name} is not offered by the sandbox")
    return await method(box, params)
