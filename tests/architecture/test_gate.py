"""The gate is the only way to a channel: deliver.py asks it, and nothing else reaches one."""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.support.source import Source, sources

DELIVER = "backend/messaging/deliver.py"
# Others that may take a channel out of the open ones, and why: none of them sends.
TAKERS = {"backend/messaging/take_back.py": "takes messages away that were sent"}
# Letters to those who look after accounts, who are no customers: nobody's consent is asked.
STAFF = "backend/messaging/staff_letter.py"
REMEDY = (
    "what is sent to a customer goes through backend.messaging.deliver, which asks the gate at "
    "the hand-over; write a Draft and call deliver()"
)
# Libraries that can reach a customer, and where they belong.
REACHING = {
    "aiosmtplib": ("backend/messaging/email/",),
    "smtplib": (),
}
SENDING_CALLS = {"send_message", "send_photo", "send_document", "send_media_group"}
# The bot answers a person who has just written or tapped; that is no message of ours to him.
ANSWERING = ("bot/",)


def channels_picked(source: Source) -> Iterator[int]:
    """Lines that take a channel out of the open ones: `post.channels[…]`, `.get`, `.values`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Subscript) and _is_channels(node.value):
            if not isinstance(node.slice, ast.Slice):
                yield node.lineno
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"get", "values", "items", "pop"}
            and _is_channels(node.func.value)
        ):
            yield node.lineno


def _is_channels(node: ast.expr) -> bool:
    """`post.channels`; a bare name is a list of channel names in most places."""
    return isinstance(node, ast.Attribute) and node.attr == "channels" and _named(node.value)


def _named(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name.lstrip("_") == "post"


def channel_classes_taken(source: Source) -> Iterator[int]:
    """Lines that import a channel itself: `from backend.messaging.email.send import …`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            parts = node.module.split(".")
            if parts[:2] == ["backend", "messaging"] and parts[-1] == "send":
                yield node.lineno


def reaching_libraries(source: Source) -> Iterator[int]:
    for node in ast.walk(source.tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            library = name.split(".")[0]
            if library in REACHING and not source.path.startswith(REACHING[library]):
                yield getattr(node, "lineno", 1)


def sends(source: Source) -> Iterator[int]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr == "send":
            yield node.lineno


def messages_shown(source: Source) -> Iterator[int]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in SENDING_CALLS:
            yield node.lineno


def offences(source: Source) -> list[str]:
    channel_folder = source.path.startswith("backend/messaging/") and source.path.count("/") > 2
    rules: list[Callable[[Source], Iterator[int]]] = [reaching_libraries]
    if source.path in TAKERS:
        rules.append(sends)
    elif source.path not in {DELIVER, STAFF}:
        rules.append(channels_picked)
    if not channel_folder and source.path != "backend/messaging/registry.py":
        rules.append(channel_classes_taken)
    if not channel_folder and not source.path.startswith(ANSWERING):
        rules.append(messages_shown)
    return [f"{source.path}:{line}: {REMEDY}" for rule in rules for line in rule(source)]


def test_nothing_else_reaches_a_channel() -> None:
    wrong = [line for source in sources() for line in offences(source)]
    assert not wrong, "\n" + "\n".join(wrong)


def handed_over(source: Source) -> list[str]:
    """What `_hand_over` calls from its turn to its request, in the order of the text."""
    function = next(
        node
        for node in ast.walk(source.tree)
        if isinstance(node, ast.AsyncFunctionDef) and node.name == "_hand_over"
    )
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    calls.sort(key=lambda node: (node.end_lineno or 0, node.end_col_offset or 0))
    names = [
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in calls
    ]
    return names[names.index("turn") : names.index("send") + 1]


def asked_last(calls: list[str]) -> bool:
    """The gate is the last thing before the request; what it refuses is settled there."""
    return "_begin" in calls and calls[calls.index("_refused") :] == ["_refused", "_settle", "send"]


def test_deliver_asks_between_the_turn_and_the_request() -> None:
    """In this order, with nothing in between that could take long."""
    calls = handed_over(next(each for each in sources() if each.path == DELIVER))
    assert asked_last(calls), calls


@pytest.mark.parametrize(
    "steps",
    [
        ("await c.turn(1)", "await _refused(1)", "await _settle(1)", "await c.send(1)"),
        ("await c.turn(1)", "await _begin(1)", "await _refused(1)", "await c.pace()", "c.send(1)"),
        ("await _refused(1)", "await c.turn(1)", "await _begin(1)", "await c.send(1)"),
    ],
)
def test_an_answer_that_may_be_old_is_seen(steps: tuple[str, ...]) -> None:
    body = "".join(f"    {step}\n" for step in steps)
    calls = handed_over(Source(DELIVER, f"async def _hand_over():\n{body}"))
    assert "_refused" not in calls or not asked_last(calls)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "backend/campaigns/blast.py",
            "async def f(post):\n    await post.channels['sms'].send(1)",
        ),
        ("backend/reactions.py", "for channel in self._post.channels.values(): channel.send(1)"),
        ("backend/customers/tell.py", "from backend.messaging.email.send import EmailChannel"),
        ("backend/customers/tell.py", "import aiosmtplib"),
        ("backend/messaging/take_back.py", "await post.channels['telegram'].send(1, 2)"),
        ("backend/web/pages/x.py", "await bot.send_message(1, 'Купите')"),
    ],
)
def test_a_way_around_is_seen(path: str, text: str) -> None:
    assert offences(Source(path, text))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (DELIVER, "channel = post.channels[name]"),
        ("bot/send_screen.py", "await self.bot.send_message(1, 'Привет')"),
        ("backend/consents/receipt.py", "names = view.channels[0]"),
    ],
)
def test_what_is_no_way_around_passes(path: str, text: str) -> None:
    assert not offences(Source(path, text))
