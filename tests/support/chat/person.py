"""A person at the chat page: verbs to act with, and eyes that wait for what the bot does."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from typing import Any, TypeVar

import aiohttp

from bot.sandbox.box import Box
from bot.sandbox.content.reply_keyboards import current_keyboard
from bot.sandbox.messages import newest_messages, seen_by
from bot.sandbox.people import get_person

T = TypeVar("T")
Json = dict[str, Any]
Choice = str | Callable[[Json], bool]
Ask = Callable[..., Awaitable[Any]]

MOSCOW = (55.7558, 37.6173)
# Seconds. Nothing takes that long; a machine that runs other things beside the tests may.
PATIENCE = 20.0


class Person:
    """Everything goes through the page API; waiting is by its events, never by sleeping."""

    def __init__(self, box: Box, page: Ask, person_id: int) -> None:
        self._box = box
        self._page = page
        self.id = person_id
        self.position = MOSCOW  # what a location button shares
        self._heard: list[Json] = []
        self._last_inline: Json = {}
        self._stack = ExitStack()
        self._queue = self._stack.enter_context(box.hub.listen(person_id, backlog=0))

    def leave(self) -> None:
        """Close the page."""
        self._stack.close()

    # What the person sees

    @property
    def messages(self) -> list[Json]:
        """The private chat, oldest first."""
        return [seen_by(self.id, kept.body) for kept in newest_messages(self._box, self.id, 500)]

    @property
    def screen(self) -> Json:
        """The newest message from the bot; empty when there is none."""
        return next((m for m in reversed(self.messages) if not m["mine"]), {})

    @property
    def text(self) -> str:
        """The words on the screen."""
        return words_of(self.screen)

    @property
    def buttons(self) -> list[str]:
        """Labels of the inline buttons on the screen."""
        return [button["text"] for button in _buttons(self.screen)]

    @property
    def keyboard(self) -> list[str]:
        """Labels of the reply keyboard."""
        return [button["text"] for button in self._reply_buttons()]

    @property
    def phone_number(self) -> str:
        return get_person(self._box, self.id).phone_number

    def _reply_buttons(self) -> list[Json]:
        markup, _ = current_keyboard(self._box, self.id, self.id)
        return [button for row in (markup or {}).get("keyboard", []) for button in row]

    @property
    def events(self) -> list[Json]:
        """Everything the page was told, oldest first."""
        self._drain()
        return self._heard

    @property
    def alerts(self) -> list[Json]:
        """The bot's answers to taps, oldest first."""
        return [event for event in self.events if event["type"] == "callback_answer"]

    # What the person does

    async def _do(self, verb: str, status: int = 200, **body: Any) -> Any:
        given = {name: value for name, value in body.items() if value is not None}
        path = f"/sandbox/people/{self.id}/{verb}"
        return await self._page("POST", path, json=given, status=status)

    async def start(self, payload: str | None = None) -> Json:
        return dict(await self._do("start", payload=payload))

    async def send(
        self, text: str, *, chat_id: int | None = None, reply_to: int | None = None
    ) -> Json:
        sent = await self._do("send", text=text, chat_id=chat_id, reply_to_message_id=reply_to)
        return dict(sent)

    async def edit(self, message_id: int, text: str) -> Json:
        return dict(await self._do("edit", message_id=message_id, text=text))

    async def forward(self, message_id: int) -> Json:
        return dict(await self._do("forward", message_id=message_id))

    async def tap(self, choice: Choice, *, timeout: float = PATIENCE) -> str:  # noqa: ASYNC109
        """Press the inline button whose label contains the words (or that the predicate takes)
        in the newest message that has one; waits for it. Returns the callback query's id."""
        what = f"a button {choice!r}"
        message, button = await self._wait(lambda: self._find(choice), what, timeout)
        assert "callback_data" in button, f"{button['text']!r} is no callback button: {button}"
        return await self.tap_data(message["message_id"], button["callback_data"])

    async def tap_data(self, message_id: int, data: str) -> str:
        """Press a button by its data, of any message."""
        done = await self._do("tap", message_id=message_id, data=data)
        return str(done["callback_query_id"])

    def _find(self, choice: Choice) -> tuple[Json, Json] | None:
        for message in reversed(self.messages):
            for button in _buttons(message):
                if choice in button["text"] if isinstance(choice, str) else choice(button):
                    return message, button
        return None

    async def press(self, label: str, *, timeout: float = PATIENCE) -> Json:  # noqa: ASYNC109
        """Press a button of the reply keyboard: says its words, or shares what it asks for."""
        button = await self._wait(
            lambda: next((b for b in self._reply_buttons() if label in b["text"]), None),
            f"a reply keyboard button {label!r}",
            timeout,
        )
        if button.get("request_contact"):
            return await self.share_contact()
        if button.get("request_location"):
            return await self.share_location(*self.position)
        return await self.send(button["text"])

    async def share_contact(
        self,
        *,
        own: bool = True,
        phone_number: str = "+79990000000",
        first_name: str = "Кто-то",
        forwarded: bool = False,
    ) -> Json:
        if own:
            return dict(await self._do("contact", own=True))
        names: Json = {"phone_number": phone_number, "first_name": first_name}
        return dict(await self._do("contact", own=False, forwarded=forwarded, **names))

    async def share_location(self, latitude: float, longitude: float) -> Json:
        return dict(await self._do("location", latitude=latitude, longitude=longitude))

    async def send_photo(self, *pictures: bytes, caption: str = "") -> list[Json]:
        """One picture, or several as an album."""
        named = [(f"{number}.jpg", picture) for number, picture in enumerate(pictures)]
        return await self._upload("photo", named, caption)

    async def send_document(self, name: str, content: bytes, caption: str = "") -> Json:
        return (await self._upload("document", [(name, content)], caption))[0]

    async def send_voice(self, content: bytes = b"OggS voice") -> Json:
        return (await self._upload("voice", [("voice.oga", content)], ""))[0]

    async def send_sticker(self, content: bytes = b"RIFF sticker") -> Json:
        return (await self._upload("sticker", [("sticker.webp", content)], ""))[0]

    async def _upload(self, kind: str, files: list[tuple[str, bytes]], caption: str) -> list[Json]:
        form = aiohttp.FormData()
        form.add_field("kind", kind)
        form.add_field("caption", caption)
        for number, (name, content) in enumerate(files):
            form.add_field(f"file{number}", io.BytesIO(content), filename=name)
        return list(await self._page("POST", f"/sandbox/people/{self.id}/upload", data=form))

    async def inline(self, query: str, offset: str = "", location: Json | None = None) -> Json:
        """Type `@bot query`; returns `{"results": […], "next_offset": …}`."""
        found = await self._do("inline", query=query, offset=offset, location=location)
        self._last_inline = dict(found)
        return self._last_inline

    async def choose(self, result: Json, chat_id: int | None = None) -> Json:
        """Send one of the results of the last inline query."""
        query_id = self._last_inline["inline_query_id"]
        sent = await self._do(
            "choose", inline_query_id=query_id, result_id=result["id"], chat_id=chat_id
        )
        return dict(sent)

    async def block(self) -> None:
        await self._do("block")

    async def unblock(self) -> None:
        await self._do("unblock")

    async def clear(self) -> None:
        await self._do("clear")

    # What the person waits for

    async def until(self, wanted: Choice, *, timeout: float = PATIENCE) -> Json:  # noqa: ASYNC109
        """Wait until the newest message of the bot contains the words (or suits the predicate)."""

        def seen() -> Json | None:
            screen = self.screen
            fits = wanted in words_of(screen) if isinstance(wanted, str) else wanted(screen)
            return screen if screen and fits else None

        return await self._wait(seen, f"a screen with {wanted!r}", timeout)

    async def answered(self, query_id: str, *, timeout: float = PATIENCE) -> Json:  # noqa: ASYNC109
        """Wait for the bot's answer to a tap; returns `{text?, show_alert, url?}`."""
        return await self._wait(
            lambda: next((a for a in self.alerts if a["callback_query_id"] == query_id), None),
            f"an answer to tap {query_id}",
            timeout,
        )

    async def _wait(self, look: Callable[[], T | None], what: str, seconds: float) -> T:
        until = asyncio.get_running_loop().time() + seconds
        while True:
            self._drain()
            found = look()
            if found is not None:
                return found
            left = until - asyncio.get_running_loop().time()
            try:
                self._note(await asyncio.wait_for(self._queue.get(), max(left, 0)))
            except TimeoutError:
                chat = self.story()
                raise AssertionError(f"{seconds} s without {what}. The chat:\n{chat}") from None

    def _drain(self) -> None:
        while not self._queue.empty():
            self._note(self._queue.get_nowait())

    def _note(self, event: Json | None) -> None:
        if event is None:
            raise AssertionError("the sandbox has stopped")
        self._heard.append(event)

    def story(self) -> str:
        """The last of the chat, for a failure message."""
        lines = []
        for message in self.messages[-12:]:
            side = ">" if message["mine"] else "<"
            labels = "".join(f" [{button['text']}]" for button in _buttons(message))
            lines.append(f"  {side} {message['message_id']} {words_of(message)!r}{labels}")
        return "\n".join(lines) or "  (empty)"


def words_of(message: Json) -> str:
    """The text or the caption; for other content its kind in brackets."""
    written = message.get("text") or message.get("caption")
    if written:
        return str(written)
    kinds = ("photo", "document", "location", "contact", "voice", "sticker", "venue")
    return next((f"[{kind}]" for kind in kinds if kind in message), "")


def _buttons(message: Json) -> list[Json]:
    markup = message.get("reply_markup") or {}
    return [button for row in markup.get("inline_keyboard", []) for button in row]
