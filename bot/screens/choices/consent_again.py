"""Documents that changed since the person agreed: the screen of one controller."""

from dataclasses import dataclass, replace

from backend.consents.due import DueView
from backend.platform.words import Translator
from bot.screens.issue.consent import account_name
from bot.screens.parts import tick
from bot.screens.screen import Button, Rows, Screen, Style
from bot.taps.choices import Again, AgainAgree, AgainLater, AgainRead, WithdrawData
from models.consent_document import ConsentDocument, ConsentPurpose


@dataclass(frozen=True, slots=True)
class Ticks:
    """What is ticked so far, as bits in the order of the screen; nothing beforehand."""

    documents: int = 0
    channels: int = 0
    card: int = 0


def consent_again(words: Translator, view: DueView, ticks: Ticks, left: int) -> Screen:
    """`left`: how many controllers ask, this one included."""
    account = view.account
    parts = [
        words.html("again-title" if left == 1 else "again-title-several", left=left)
        + "\n"
        + words.html("consent-controller", name=account_name(words, account), inn=account.inn),
        words.html("again-why"),
    ]
    if view.required:
        parts.append(words.html("again-required-part"))
    if view.advertising is not None:
        parts.append(words.html("again-ads-part"))
    return Screen("\n\n".join(parts), _rows(words, view, ticks))


def _rows(words: Translator, view: DueView, ticks: Ticks) -> Rows:
    def to(now: Ticks) -> str:
        return Again(**tap_values(view, now)).pack()

    rows: list[tuple[Button, ...]] = []
    for place, document in enumerate(view.required):
        toggled = replace(ticks, documents=ticks.documents ^ (1 << place))
        label = tick(bool(ticks.documents >> place & 1), due_label(words, view, document))
        read = _read(words("consent-read"), view, ticks, document)
        rows.append((Button(label, tap=to(toggled)), read))
    if view.advertising is not None:
        channels = []
        for place, channel in enumerate(view.advertising.channels):
            toggled = replace(ticks, channels=ticks.channels ^ (1 << place))
            label = tick(bool(ticks.channels >> place & 1), words(f"consent-channel-{channel}"))
            channels.append(Button(label, tap=to(toggled)))
        rows += [tuple(channels[n : n + 2]) for n in range(0, len(channels), 2)]
        rows.append((_read(words("consent-read-ads"), view, ticks, view.advertising),))
    agree = AgainAgree(**tap_values(view, ticks)).pack()
    rows.append((Button(words("again-agree"), tap=agree, style=Style.SUCCESS),))
    later = Button(words("again-later"), tap=AgainLater(card=ticks.card).pack())
    refuse = WithdrawData(account=view.account.id).pack()
    rows.append((later, Button(words("again-refuse"), tap=refuse)))
    return tuple(rows)


def tap_values(view: DueView, ticks: Ticks) -> dict[str, int]:
    return {
        "account": view.account.id,
        "newest": view.newest,
        "ticks": ticks.documents,
        "channels": ticks.channels,
        "card": ticks.card,
    }


def _read(label: str, view: DueView, ticks: Ticks, document: ConsentDocument) -> Button:
    tap = AgainRead(document=document.id, **tap_values(view, ticks))
    return Button(label, tap=tap.pack())


def due_label(words: Translator, view: DueView, document: ConsentDocument) -> str:
    if document.purpose is ConsentPurpose.PERSONAL_DATA:
        return words("consent-personal-data")
    name = view.program_names.get(document.program_id or 0, "")
    return words("consent-program-terms-of", program=name)
