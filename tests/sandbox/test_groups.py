"""A group and the bot's privacy mode."""

from tests.support.chat.telegram import Telegram


async def test_the_bot_hears_only_what_is_meant_for_it(telegram: Telegram) -> None:
    anna, boris = telegram.person("Анна"), telegram.person("Борис")
    group = await telegram.group("Семья", anna, boris)
    said = await telegram.call("sendMessage", chat_id=group, text="Всем привет")
    name = (await telegram.call("getMe"))["username"]
    for words in ("просто болтаем", "/start", f"/help@{name}", "/help@other_bot", f"эй @{name}"):
        await anna.send(words, chat_id=group)
    await boris.send("и тебе", chat_id=group, reply_to=said["message_id"])

    added, service, *heard = await telegram.call("getUpdates")
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["id"] == telegram.bot_id
    texts = [update["message"]["text"] for update in heard]
    assert texts == ["/start", f"/help@{name}", f"эй @{name}", "и тебе"]
    assert heard[-1]["message"]["reply_to_message"]["text"] == "Всем привет"
    assert heard[0]["message"]["chat"]["type"] == "group"


async def test_the_bot_leaves(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    group = await telegram.group("Семья", anna)
    link = await telegram.call("createChatInviteLink", chat_id=group, name="Гости")
    assert link["invite_link"].startswith("https://t.me/+")
    member = await telegram.call("getChatMember", chat_id=group, user_id=anna.id)
    assert member["status"] == "member"
    await telegram.call("leaveChat", chat_id=group)
    refused = await telegram.refusal("sendMessage", chat_id=group, text="x")
    assert refused == "403 Forbidden: bot is not a member of the group chat"
    await anna.send("/start", chat_id=group)
    left = (await telegram.call("getUpdates", offset=-1))[0]
    assert left["my_chat_member"]["new_chat_member"]["status"] == "left"
