"""A sentence may only claim what something does: whoever writes a promise names what keeps it."""

import importlib
import re
from pathlib import Path

import pytest
from fluent.syntax import FluentSerializer, ast, parse

from backend.events.cards import CardExpiryNeared
from backend.events.event import Event
from backend.events.numbers import NumbersReturned
from backend.events.people import ContactLost, LinkAsked
from backend.reactions import reactions
from backend.worker.cards import BATCHES, FIRST

ROOT = Path(__file__).parents[2]
CATALOGS = sorted([*(ROOT / "backend").rglob("ru.ftl"), *(ROOT / "bot").rglob("ru.ftl")])

# What somebody will do, has done or does not keep, in the words of the Russian catalogs.
PROMISE = re.compile(
    r"сообщим|сообщил|передали|передадим|попросим|попросили|обновим|напомн[юи]м?\b|предупредим"
    r"|(?:придёт|получит) сообщение|пришл[её]м\b|удал[юи]м?\b|записано|не хран|не сохран"
    r"|больше (?:мы )?вам не пишем|больше не пришл",
    re.IGNORECASE,
)

# Sentence → a reaction to an event, or the function that does it in the same tap or by the clock.
KEPT: dict[str, tuple[type[Event], str] | str] = {
    "ads-off-now": "backend.consents.gate:may_send",
    "add-prompt": "backend.cards.plastic.seen_card:keep_finding",
    "broken": "bot.respond:apologise",
    "cards-near-prompt": "bot.intake.places:Places",
    "city-location-prompt": "bot.intake.places:Places",
    "confirm-expired-text": (LinkAsked, "send_link"),
    "confirm-taken-text": (ContactLost, "tell"),
    "consent-refused-ways": "backend.cards.issue.answer_questions:drop_application",
    "contact-email-ask": (LinkAsked, "send_link"),
    "contact-moved-phone": (ContactLost, "tell"),
    "contact-phone-ask": "bot.handlers.contacts.contact_phone:send",
    "contact-taken-phone": (ContactLost, "tell"),
    "expiry-prompt": (CardExpiryNeared, "remind"),
    "export-password": "bot.handlers.exchange.exchange:export_password_typed",
    "import-password": "bot.handlers.exchange.exchange:import_password_typed",
    "import-password-wrong": "bot.handlers.exchange.exchange:import_password_typed",
    "leave-done-all-text": "backend.consents.gate:may_send",
    "mydata-deleted": "backend.messaging.deliver:deliver_row",
    "mydata-nothing-held": "backend.customers.my_data.delete_data:delete_data",
    "offer-wait-told": (NumbersReturned, "tell_numbers"),
    "offer-waits": (NumbersReturned, "tell_numbers"),
    "place-again": "bot.intake.places:Places",
    "privacy-text": "bot.intake.store:Inbox",
    "stores-location-prompt": "bot.intake.store:Inbox",
}
# They take a promise back.
NO_PROMISES = {"offer-wait-off-told"}
# What the clock makes true, and who announces it.
BY_THE_CLOCK = ("announce_expiry", "announce_numbers", "announce_joined")


def promises() -> dict[str, str]:
    """Message id → its text, where one of the words of a promise stands."""
    found = {}
    for catalog in CATALOGS:
        for entry in parse(catalog.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Message):
                text = FluentSerializer().serialize_entry(entry)
                if PROMISE.search(text):
                    found[entry.id.name] = text
    return found


def test_every_promise_names_what_keeps_it() -> None:
    found = promises().keys() - NO_PROMISES
    assert found - KEPT.keys() == set(), (
        "These sentences claim that something is done. Name in KEPT what does it, or say only what"
        " is true"
    )


def test_every_reason_is_needed() -> None:
    assert (KEPT.keys() | NO_PROMISES) - promises().keys() == set()


@pytest.mark.parametrize("sentence", KEPT)
def test_what_keeps_a_promise_is_there(sentence: str) -> None:
    keeper = KEPT[sentence]
    if isinstance(keeper, tuple):
        event, name = keeper
        assert name in reactions({}).pages[event], f"{event.__name__} has no reaction {name}"
        return
    module, _, name = keeper.partition(":")
    assert callable(getattr(importlib.import_module(module), name))


def test_what_the_clock_makes_true_is_announced() -> None:
    called = {each.__name__ for each in (*FIRST, *BATCHES)}
    for name in BY_THE_CLOCK:
        assert name in called, f"nobody calls {name}"


def test_a_promise_is_seen() -> None:
    assert PROMISE.search("Мы уже попросили магазин добавить ещё")
    assert PROMISE.search("Мы передали им, какие карты удалены")
    assert PROMISE.search("Обновим у бренда: имя")
    assert not PROMISE.search("Удалить мои данные")
