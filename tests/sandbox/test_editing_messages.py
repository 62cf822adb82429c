"""Editing in place, deleting, copying, forwarding."""

from pathlib import Path
from typing import Any

from tests.support.chat.telegram import Telegram
from tests.support.pictures.small import picture

YES = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
NO = {"inline_keyboard": [[{"text": "Нет", "callback_data": "no"}]]}


async def test_a_screen_is_edited_in_place(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    sent = await telegram.call("sendMessage", chat_id=anna.id, text="Раз", reply_markup=YES)
    where = {"chat_id": anna.id, "message_id": sent["message_id"]}

    edited = await telegram.call("editMessageText", **where, text="Два", reply_markup=NO)
    assert (edited["text"], edited["reply_markup"], "edit_date" in edited) == ("Два", NO, True)
    assert anna.buttons == ["Нет"]

    refused = await telegram.refusal("editMessageText", **where, text="Два", reply_markup=NO)
    assert refused == (
        "400 Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )
    await telegram.call("editMessageReplyMarkup", **where)
    assert anna.buttons == []
    assert "message is not modified" in await telegram.refusal("editMessageReplyMarkup", **where)
    assert [event["type"] for event in anna.events] == ["message", "message", "edited", "edited"]


async def test_text_becomes_a_photo_but_never_the_other_way(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    file_id = (await anna.send_photo(picture()))[0]["photo"][0]["file_id"]
    sent = await telegram.call("sendMessage", chat_id=anna.id, text="Раз")
    where = {"chat_id": anna.id, "message_id": sent["message_id"]}
    media = {"type": "photo", "media": file_id, "caption": "<b>Карта</b>", "parse_mode": "HTML"}
    edited = await telegram.call("editMessageMedia", **where, media=media)
    assert "text" not in edited
    assert (edited["caption"], edited["photo"][0]["file_id"]) == ("Карта", file_id)

    refused = await telegram.refusal("editMessageText", **where, text="Два")
    assert refused == "400 Bad Request: there is no text in the message to edit"
    edited = await telegram.call("editMessageCaption", **where, caption="Баланс 10 ₽")
    assert edited["caption"] == "Баланс 10 ₽"
    edited = await telegram.call("editMessageCaption", **where)
    assert "caption" not in edited
    assert "not modified" in await telegram.refusal("editMessageCaption", **where)


async def test_what_cannot_be_edited(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    hers = await anna.start()

    async def refused(message_id: int, **params: Any) -> str:
        return await telegram.refusal(
            "editMessageText", chat_id=anna.id, message_id=message_id, text="x", **params
        )

    assert await refused(hers["message_id"]) == "400 Bad Request: message can't be edited"
    assert await refused(999) == "400 Bad Request: message to edit not found"
    keyboard = {"keyboard": [["Телефон"]]}
    sent = await telegram.call("sendMessage", chat_id=anna.id, text="Номер?", reply_markup=keyboard)
    assert await refused(sent["message_id"]) == "400 Bad Request: message can't be edited"
    plain = await telegram.call("sendMessage", chat_id=anna.id, text="Раз")
    wrong = await refused(plain["message_id"], reply_markup=keyboard)
    assert wrong == "400 Bad Request: inline keyboard expected"
    caption = await telegram.refusal(
        "editMessageCaption", chat_id=anna.id, message_id=plain["message_id"], caption="x"
    )
    assert caption == "400 Bad Request: there is no caption in the message to edit"
    nothing = await telegram.refusal("editMessageText", text="x")
    assert nothing == "400 Bad Request: message identifier is not specified"


async def test_messages_are_deleted_for_two_days(tmp_path: Path) -> None:
    now = [1_800_000_000.0]
    async with Telegram(tmp_path, clock=lambda: now[0]) as telegram:
        anna = telegram.person("Анна")
        hers = await anna.start()
        old = await telegram.call("sendMessage", chat_id=anna.id, text="старое")
        now[0] += 48 * 3600
        new = await telegram.call("sendMessage", chat_id=anna.id, text="новое")
        where = {"chat_id": anna.id}
        refused = await telegram.refusal("deleteMessage", **where, message_id=old["message_id"])
        assert refused == "400 Bad Request: message can't be deleted for everyone"
        await telegram.call("deleteMessage", **where, message_id=new["message_id"])
        gone = await telegram.refusal("deleteMessage", **where, message_id=new["message_id"])
        assert gone == "400 Bad Request: message to delete not found"
        last = await telegram.call("sendMessage", chat_id=anna.id, text="последнее")
        ids = [hers["message_id"], old["message_id"], last["message_id"], 999]
        await telegram.call("deleteMessages", **where, message_ids=ids)
        assert [message["text"] for message in anna.messages] == ["/start", "старое"]


async def test_copies_and_forwards(telegram: Telegram) -> None:
    anna, boris = telegram.person("Анна"), telegram.person("Борис")
    await boris.start()
    hers = await anna.send("привет")
    source = {"from_chat_id": anna.id, "message_id": hers["message_id"], "chat_id": boris.id}
    forwarded = await telegram.call("forwardMessage", **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == anna.id
    await telegram.call("copyMessage", **source)
    assert (boris.text, "forward_origin" in boris.screen) == ("привет", False)

    secret = await telegram.call("sendMessage", chat_id=anna.id, text="карта", protect_content=True)
    source["message_id"] = secret["message_id"]
    assert "can't be copied" in await telegram.refusal("copyMessage", **source)
    assert "can't be forwarded" in await telegram.refusal("forwardMessage", **source)
    source["message_id"] = 999
    assert "message to copy not found" in await telegram.refusal("copyMessage", **source)


async def test_reply_keyboards_come_and_go(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    keyboard = {
        "keyboard": [[{"text": "Мой телефон", "request_contact": True}], ["Пропустить"]],
        "one_time_keyboard": True,
        "input_field_placeholder": "+7…",
    }
    await telegram.call("sendMessage", chat_id=anna.id, text="Номер?", reply_markup=keyboard)
    assert anna.keyboard == ["Мой телефон", "Пропустить"]
    shared = await anna.press("телефон")
    assert shared["contact"]["user_id"] == anna.id
    assert anna.keyboard == []

    keyboard["one_time_keyboard"] = False
    await telegram.call("sendMessage", chat_id=anna.id, text="Номер?", reply_markup=keyboard)
    await anna.press("Пропустить")
    assert anna.keyboard == ["Мой телефон", "Пропустить"]
    remove = {"remove_keyboard": True}
    await telegram.call("sendMessage", chat_id=anna.id, text="Спасибо", reply_markup=remove)
    assert anna.keyboard == []
