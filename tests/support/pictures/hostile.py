"""Random and hostile updates of every kind, from a seeded Random: plausible ones of people who
tap about, and ones that somebody bent."""

import string
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from tests.support.chat.taps import every_tap

Json = dict[str, Any]

TEXTS = (
    "/start", "/start o1-poster", "/start o999999999999", "/start \0", "/cards", "/offers",
    "/settings", "/privacy", "/help", "/nonsense", "/", "/start@other_bot", "кофе", "аптека",
    "Казань", "Москва", "казнь", "Анна", "Анна-Мария", "Ветрова", "anna@example.ru", "anna@",
    "24.03.1990", "31.02.2001", "01.01.3000", "+79161234501", "4600001234567", "0", "-1", "1e999",
    "<b>не жирный", "</code>&amp;<script>", "{ $city }", "'; DROP TABLE cards; --", "🦔" * 300,
    "я" * 4096, " ", "\u200b", "\u202eзадом", "a\0b", "\ud83d", "Позже", "Готово", "Да",
)  # fmt: skip
JUNK: tuple[Any, ...] = (
    None, True, 0, -1, 2**31, 2**53, 2**63 - 1, -(2**63), 2**63, 10**30, 1.5, float("inf"), "",
    "x", "\0", "\ud800", "я" * 5000, [], {}, [[]], [None], {"id": {}}, {"id": 10**25},
    [[[[[[[[[[1]]]]]]]]]],
)  # fmt: skip
TAPS = every_tap()
STATUSES = ("member", "kicked", "left", "restricted", "administrator", "creator", "unheard-of")


class Hostile:
    """`people` are Bot API Users with a chat; `buttons(id)` are the taps on a person's screen."""

    def __init__(
        self, rng: Random, people: list[Json], buttons: Callable[[int], list[tuple[int, str]]]
    ) -> None:
        self.rng = rng
        self._people = people
        self._buttons = buttons

    def update(self, update_id: int) -> Json:
        """Three quarters are plausible, a quarter is bent."""
        rng = self.rng
        kinds = (
            (self._text, 6), (self._real_tap, 8), (self._made_up_tap, 5), (self._media, 3),
            (self._contact, 2), (self._location, 2), (self._edited, 1), (self._inline, 2),
            (self._chosen, 1), (self._member, 1), (self._group, 1), (self._other, 1),
        )  # fmt: skip
        make = rng.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])[0]
        update = {"update_id": update_id, **make()}
        for _ in range(rng.choice((0, 0, 0, 0, 0, 0, 1, 3))):
            bend(rng, update)
        update["update_id"] = update_id
        return update

    def _person(self) -> Json:
        if self.rng.random() < 0.9:
            return dict(self.rng.choice(self._people))
        number = self.rng.choice((1, self.rng.randrange(10**6, 10**10), 2**52 - 1))
        language = self.rng.choice(("ru", "en", "de", "uk", "", "ru-RU", "🦔"))
        name = self.rng.choice(TEXTS[:40])
        return {"id": number, "is_bot": False, "first_name": name, "language_code": language}

    def _message(self, **content: Any) -> Json:
        person = self._person()
        chat = {"id": person["id"], "type": "private", "first_name": person["first_name"]}
        number = self.rng.randrange(1, 10**6)
        return {"message_id": number, "date": 1763715600, "chat": chat, "from": person, **content}

    def _text(self) -> Json:
        text = self.rng.choice(TEXTS) if self.rng.random() < 0.8 else self._noise()
        return {"message": self._message(text=text)}

    def _noise(self) -> str:
        letters = string.printable + "абвгдеёжзя№«»—🦔\0\u200d"
        return "".join(self.rng.choices(letters, k=self.rng.randrange(1, 60)))

    def _tap(self, person: Json, message_id: int, data: Any) -> Json:
        message: Json = {**self._message(), "message_id": message_id, "text": "экран"}
        message["chat"] = {"id": person["id"], "type": "private", "first_name": "N"}
        if self.rng.random() < 0.1:
            message = {"message_id": message_id, "date": 0, "chat": message["chat"]}
        query = {"id": str(self.rng.randrange(10**9)), "chat_instance": "1", "from": person}
        return {"callback_query": {**query, "message": message, "data": data}}

    def _real_tap(self) -> Json:
        person = dict(self.rng.choice(self._people))
        buttons = self._buttons(person["id"])
        if not buttons:
            return self._text()
        return self._tap(person, *self.rng.choice(buttons))

    def _made_up_tap(self) -> Json:
        tap = self.rng.choice(TAPS)
        parts = [
            str(self.rng.choice((0, 1, 2, 3, 7, 50, -1, 10**12, 2**63, "", "x", "telegram")))
            for _ in tap.frame
        ]
        data = ":".join([tap.prefix, *parts])
        if self.rng.random() < 0.2:
            data = self.rng.choice((self._noise(), data[:-1], data + ":1", ""))
        return self._tap(self._person(), self.rng.randrange(1, 500), data)

    def _media(self) -> Json:
        file = {"file_id": "A", "file_unique_id": "B", "file_size": 10}
        picture = [{**file, "width": 10, "height": 10}]
        sticker = {**file, "type": "regular", "width": 1, "height": 1, "is_animated": False}
        content: Json = self.rng.choice((
            {"photo": picture, "caption": self.rng.choice(TEXTS)},
            {"photo": picture, "media_group_id": str(self.rng.randrange(3))},
            {"document": {**file, "file_name": "a.pdf"}},
            {"voice": {**file, "duration": 3}},
            {"video_note": {**file, "length": 10, "duration": 3}},
            {"sticker": {**sticker, "is_video": False}},
            {"dice": {"emoji": "🎲", "value": 3}},
            {"new_chat_title": "?"},
            {},
        ))  # fmt: skip
        return {"message": self._message(**content)}

    def _contact(self) -> Json:
        message = self._message()
        phones = ("+79161234501", "79161234501", "1", "", "не номер", "+" + "9" * 40)
        contact: Json = {"phone_number": self.rng.choice(phones), "first_name": "Анна"}
        owner = self.rng.choice((message["from"]["id"], message["from"]["id"], 5, None))
        if owner is not None:
            contact["user_id"] = owner
        if self.rng.random() < 0.2:
            message["forward_origin"] = {
                "type": "hidden_user", "date": 1763715600, "sender_user_name": "?",
            }  # fmt: skip
        return {"message": message | {"contact": contact}}

    def _location(self) -> Json:
        places = ((55.75, 37.61), (0, 0), (90, 180), (-90, -180), (1e308, -1e308), (56.8, 60.6))
        latitude, longitude = self.rng.choice(places)
        message = self._message(location={"latitude": latitude, "longitude": longitude})
        return {self.rng.choice(("message", "edited_message")): message}

    def _edited(self) -> Json:
        return {"edited_message": self._message(text="исправил", edit_date=1763715601)}

    def _inline(self) -> Json:
        offset = self.rng.choice(("", "0", "10", "-1", "x", str(10**30)))
        query = {"id": str(self.rng.randrange(10**9)), "from": self._person(), "offset": offset}
        return {"inline_query": {**query, "query": self.rng.choice(TEXTS)[:256]}}

    def _chosen(self) -> Json:
        result = {"result_id": self.rng.choice(("1", "offer-1", "")), "from": self._person()}
        return {"chosen_inline_result": {**result, "query": self.rng.choice(TEXTS)[:256]}}

    def _member(self) -> Json:
        person = self._person()
        bot = {"id": 1_000_000_001, "is_bot": True, "first_name": "Карман"}

        def status() -> Json:
            return {"status": self.rng.choice(STATUSES), "user": bot, "until_date": 0}

        changed = {
            "chat": {"id": person["id"], "type": "private"}, "from": person, "date": 1763715600,
            "old_chat_member": status(), "new_chat_member": status(),
        }  # fmt: skip
        return {"my_chat_member": changed}

    def _group(self) -> Json:
        message = self._message(text=self.rng.choice(TEXTS))
        kind = self.rng.choice(("group", "supergroup", "channel", "sender", "unheard-of"))
        message["chat"] = {"id": -self.rng.randrange(1, 10**12), "type": kind, "title": "Семья"}
        return {self.rng.choice(("message", "edited_message", "channel_post")): message}

    def _other(self) -> Json:
        return self.rng.choice((
            {},
            {"unheard_of": {"id": 1}},
            {"poll": {"id": "1"}},
            {"message_reaction": {"chat": {"id": 1, "type": "private"}, "message_id": 1}},
            {"business_message": self._message(text="?")},
            {"pre_checkout_query": {"id": "1", "from": self._person(), "currency": "XTR"}},
            {"callback_query": {"id": "1", "from": self._person(), "inline_message_id": "a"}},
        ))  # fmt: skip


def bend(rng: Random, update: Json) -> None:
    """Remove a value somewhere, or put junk in its place."""
    holder: Any = update
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        keys = [key for key in keys if key != "update_id"]
        if not keys:
            return
        key = rng.choice(keys)
        value = holder[key]
        if isinstance(value, dict | list) and value and rng.random() < 0.75:
            holder = value
            continue
        if rng.random() < 0.3:
            del holder[key]
        else:
            holder[key] = deepcopy(rng.choice(JUNK))
        return
