"""The methods of Bot API 10.1 that the sandbox offers, parameter by parameter.

A parameter is written `name:type`; `!` marks a required one. One that the sandbox refuses when
it is given starts with `-`, one that it accepts without effect starts with `~` (notification
sounds, payments, animation sizes: nothing that a person at the page could see).
"""

from dataclasses import dataclass
from typing import Literal

Treatment = Literal["honoured", "ignored", "refused"]

_OFFERED = {
    "getMe": "",
    "getUpdates": "offset:integer limit:integer timeout:integer allowed_updates:array",
    "setWebhook": (
        "url!:string -certificate:file ip_address:string max_connections:integer "
        "allowed_updates:array drop_pending_updates:flag secret_token:string"
    ),
    "deleteWebhook": "drop_pending_updates:flag",
    "getWebhookInfo": "",
    "sendMessage": (
        "-business_connection_id:string chat_id!:chat -message_thread_id:integer "
        "-direct_messages_topic_id:integer text!:string parse_mode:string entities:array "
        "link_preview_options:object ~disable_notification:flag protect_content:flag "
        "~allow_paid_broadcast:flag message_effect_id:string "
        "-suggested_post_parameters:object reply_parameters:object reply_markup:object"
    ),
    "sendPhoto": (
        "-business_connection_id:string chat_id!:chat -message_thread_id:integer "
        "-direct_messages_topic_id:integer photo!:file caption:string parse_mode:string "
        "caption_entities:array show_caption_above_media:flag has_spoiler:flag "
        "~disable_notification:flag protect_content:flag ~allow_paid_broadcast:flag "
        "message_effect_id:string -suggested_post_parameters:object reply_parameters:object "
        "reply_markup:object"
    ),
    "sendDocument": (
        "-business_connection_id:string chat_id!:chat -message_thread_id:integer "
        "-direct_messages_topic_id:integer document!:file ~thumbnail:file caption:string "
        "parse_mode:string caption_entities:array ~disable_content_type_detection:flag "
        "~disable_notification:flag protect_content:flag ~allow_paid_broadcast:flag "
        "message_effect_id:string -suggested_post_parameters:object reply_parameters:object "
        "reply_markup:object"
    ),
    "sendMediaGroup": (
        "-business_connection_id:string chat_id!:chat -message_thread_id:integer "
        "-direct_messages_topic_id:integer media!:array ~disable_notification:flag "
        "protect_content:flag ~allow_paid_broadcast:flag message_effect_id:string "
        "reply_parameters:object"
    ),
    "sendLocation": (
        "-business_connection_id:string chat_id!:chat -message_thread_id:integer "
        "-direct_messages_topic_id:integer latitude!:number longitude!:number "
        "horizontal_accuracy:number live_period:integer heading:integer "
        "proximity_alert_radius:integer ~disable_notification:flag protect_content:flag "
        "~allow_paid_broadcast:flag message_effect_id:string "
        "-suggested_post_parameters:object reply_parameters:object reply_markup:object"
    ),
    "sendVenue": (
        "-business_connection_id:string chat_id!:chat -message_thread_id:integer "
        "-direct_messages_topic_id:integer latitude!:number longitude!:number title!:string "
        "address!:string foursquare_id:string foursquare_type:string google_place_id:string "
        "google_place_type:string ~disable_notification:flag protect_content:flag "
        "~allow_paid_broadcast:flag message_effect_id:string "
        "-suggested_post_parameters:object reply_parameters:object reply_markup:object"
    ),
    "sendContact": (
        "-business_connection_id:string chat_id!:chat -message_thread_id:integer "
        "-direct_messages_topic_id:integer phone_number!:string first_name!:string "
        "last_name:string vcard:string ~disable_notification:flag protect_content:flag "
        "~allow_paid_broadcast:flag message_effect_id:string "
        "-suggested_post_parameters:object reply_parameters:object reply_markup:object"
    ),
    "sendChatAction": (
        "-business_connection_id:string chat_id!:chat -message_thread_id:integer action!:string"
    ),
    "copyMessage": (
        "chat_id!:chat -message_thread_id:integer -direct_messages_topic_id:integer "
        "from_chat_id!:chat message_id!:integer ~video_start_timestamp:integer "
        "caption:string parse_mode:string caption_entities:array "
        "show_caption_above_media:flag ~disable_notification:flag protect_content:flag "
        "~allow_paid_broadcast:flag message_effect_id:string "
        "-suggested_post_parameters:object reply_parameters:object reply_markup:object"
    ),
    "forwardMessage": (
        "chat_id!:chat -message_thread_id:integer -direct_messages_topic_id:integer "
        "from_chat_id!:chat ~video_start_timestamp:integer ~disable_notification:flag "
        "protect_content:flag message_effect_id:string -suggested_post_parameters:object "
        "message_id!:integer"
    ),
    "editMessageText": (
        "-business_connection_id:string chat_id:chat message_id:integer "
        "inline_message_id:string text:string parse_mode:string entities:array "
        "link_preview_options:object -rich_message:object reply_markup:object"
    ),
    "editMessageCaption": (
        "-business_connection_id:string chat_id:chat message_id:integer "
        "inline_message_id:string caption:string parse_mode:string caption_entities:array "
        "show_caption_above_media:flag reply_markup:object"
    ),
    "editMessageMedia": (
        "-business_connection_id:string chat_id:chat message_id:integer "
        "inline_message_id:string media!:object reply_markup:object"
    ),
    "editMessageReplyMarkup": (
        "-business_connection_id:string chat_id:chat message_id:integer "
        "inline_message_id:string reply_markup:object"
    ),
    "deleteMessage": "chat_id!:chat message_id!:integer",
    "deleteMessages": "chat_id!:chat message_ids!:array",
    "answerCallbackQuery": (
        "callback_query_id!:string text:string show_alert:flag url:string cache_time:integer"
    ),
    "answerInlineQuery": (
        "inline_query_id!:string results!:array cache_time:integer is_personal:flag "
        "next_offset:string button:object"
    ),
    "getFile": "file_id!:string",
    "getChat": "chat_id!:chat",
    "getChatMember": "chat_id!:chat user_id!:integer",
    "setMyCommands": "commands!:array scope:object language_code:string",
    "getMyCommands": "scope:object language_code:string",
    "deleteMyCommands": "scope:object language_code:string",
    "setMyName": "name:string language_code:string",
    "getMyName": "language_code:string",
    "setMyDescription": "description:string language_code:string",
    "getMyDescription": "language_code:string",
    "setMyShortDescription": "short_description:string language_code:string",
    "getMyShortDescription": "language_code:string",
    "setChatMenuButton": "chat_id:integer menu_button:object",
    "getChatMenuButton": "chat_id:integer",
    "pinChatMessage": (
        "-business_connection_id:string chat_id!:chat message_id!:integer "
        "~disable_notification:flag"
    ),
    "unpinChatMessage": "-business_connection_id:string chat_id!:chat message_id:integer",
    "unpinAllChatMessages": "chat_id!:chat",
    "leaveChat": "chat_id!:chat",
    "getUserProfilePhotos": "user_id!:integer offset:integer limit:integer",
    "setMessageReaction": "chat_id!:chat message_id!:integer reaction:array ~is_big:flag",
    "createChatInviteLink": (
        "chat_id!:chat name:string expire_date:integer member_limit:integer "
        "creates_join_request:flag"
    ),
}

_NOT_OFFERED = """
    logOut close forwardMessages copyMessages sendLivePhoto sendAudio sendVideo sendAnimation
    sendVoice sendVideoNote sendPaidMedia sendPoll sendChecklist sendDice sendMessageDraft
    getUserProfileAudios setUserEmojiStatus banChatMember unbanChatMember restrictChatMember
    promoteChatMember setChatAdministratorCustomTitle setChatMemberTag banChatSenderChat
    unbanChatSenderChat setChatPermissions exportChatInviteLink editChatInviteLink
    createChatSubscriptionInviteLink editChatSubscriptionInviteLink revokeChatInviteLink
    approveChatJoinRequest declineChatJoinRequest answerChatJoinRequestQuery
    sendChatJoinRequestWebApp setChatPhoto deleteChatPhoto setChatTitle setChatDescription
    getChatAdministrators getChatMemberCount getUserPersonalChatMessages setChatStickerSet
    deleteChatStickerSet getForumTopicIconStickers createForumTopic editForumTopic
    closeForumTopic reopenForumTopic deleteForumTopic unpinAllForumTopicMessages
    editGeneralForumTopic closeGeneralForumTopic reopenGeneralForumTopic hideGeneralForumTopic
    unhideGeneralForumTopic unpinAllGeneralForumTopicMessages answerGuestQuery
    getUserChatBoosts getBusinessConnection getManagedBotToken replaceManagedBotToken
    getManagedBotAccessSettings setManagedBotAccessSettings setMyProfilePhoto
    removeMyProfilePhoto setMyDefaultAdministratorRights getMyDefaultAdministratorRights
    getAvailableGifts sendGift giftPremiumSubscription verifyUser verifyChat
    removeUserVerification removeChatVerification readBusinessMessage deleteBusinessMessages
    setBusinessAccountName setBusinessAccountUsername setBusinessAccountBio
    setBusinessAccountProfilePhoto removeBusinessAccountProfilePhoto
    setBusinessAccountGiftSettings getBusinessAccountStarBalance transferBusinessAccountStars
    getBusinessAccountGifts getUserGifts getChatGifts convertGiftToStars upgradeGift
    transferGift postStory repostStory editStory deleteStory answerWebAppQuery
    savePreparedInlineMessage savePreparedKeyboardButton editMessageLiveLocation
    stopMessageLiveLocation editMessageChecklist stopPoll approveSuggestedPost
    declineSuggestedPost deleteMessageReaction deleteAllMessageReactions sendSticker
    getStickerSet getCustomEmojiStickers uploadStickerFile createNewStickerSet addStickerToSet
    setStickerPositionInSet deleteStickerFromSet replaceStickerInSet setStickerEmojiList
    setStickerKeywords setStickerMaskPosition setStickerSetTitle setStickerSetThumbnail
    setCustomEmojiStickerSetThumbnail deleteStickerSet sendRichMessage sendRichMessageDraft
    sendInvoice createInvoiceLink answerShippingQuery answerPreCheckoutQuery getMyStarBalance
    getStarTransactions refundStarPayment editUserStarSubscription setPassportDataErrors
    sendGame setGameScore getGameHighScores
"""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a method."""

    name: str
    type: str
    required: bool
    treatment: Treatment


def _parameter(written: str) -> Parameter:
    name, _, kind = written.partition(":")
    treatments: dict[str, Treatment] = {"-": "refused", "~": "ignored"}
    treatment = treatments.get(name[0], "honoured")
    return Parameter(name.strip("-~!"), kind, name.endswith("!"), treatment)


OFFERED: dict[str, tuple[Parameter, ...]] = {
    method: tuple(_parameter(written) for written in parameters.split())
    for method, parameters in _OFFERED.items()
}
NOT_OFFERED = frozenset(_NOT_OFFERED.split())
BY_LOWER_NAME = {name.lower(): name for name in (*OFFERED, *NOT_OFFERED)}
