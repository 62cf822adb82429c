"""The consent screen of one controller, and what a refusal means."""

from backend.cards.issue.consent_screen import ConsentView
from backend.consents.documents import ShownDocument
from backend.platform.words import Translator, spoken
from bot.screens.issue.answers import cards_in_words
from bot.screens.parts import cut, home_button, tick
from bot.screens.screen import Button, Rows, Screen, Style
from bot.taps.issue import (
    ConsentAgree,
    ConsentBack,
    ConsentChannel,
    ConsentMark,
    ConsentRead,
    ConsentRefuse,
    ConsentShow,
    DropThis,
    LeaveOut,
)
from models.account import Account
from models.consent_document import ConsentPurpose


def account_name(words: Translator, account: Account) -> str:
    return spoken(account, "legal_name", words.language)


def consent(words: Translator, view: ConsentView) -> Screen:
    account = view.documents.account
    many = view.total > 1
    title = (
        words.html("consent-progress", number=view.number, total=view.total)
        if many
        else words.html("consent-title")
    )
    controller = words.html(
        "consent-controller", name=account_name(words, account), inn=account.inn
    )
    named = cut(cards_in_words(words, view.cards), 400)
    cards = words.html("consent-cards", count=len(view.cards), brands=named)
    parts = [
        f"{title}\n{controller}\n{cards}",
        words.html("consent-required-part"),
        words.html("consent-ads-part"),
    ]
    return Screen("\n\n".join(parts), _rows(words, view))


def _rows(words: Translator, view: ConsentView) -> Rows:
    """What the card needs, advertising by each channel, the answer."""
    channels = [_channel(words, view, name) for name in view.documents.advertising.channels]
    return (
        *(_required(words, view, document) for document in view.documents.required()),
        *(tuple(channels[n : n + 2]) for n in range(0, len(channels), 2)),
        (_read(words("consent-read-ads"), view.documents.advertising),),
        (_agree(words, view),),
        _ways_back(words, view.documents.account.id),
    )


def _required(words: Translator, view: ConsentView, document: ShownDocument) -> tuple[Button, ...]:
    ticked = document.id in view.ticked
    account = view.documents.account.id
    toggle = ConsentMark(account=account, document=document.id, on=not ticked).pack()
    label = tick(ticked, document_label(words, view, document))
    return (Button(label, tap=toggle), _read(words("consent-read"), document))


def _channel(words: Translator, view: ConsentView, channel: str) -> Button:
    ticked = channel in view.channels
    account = view.documents.account.id
    toggle = ConsentChannel(account=account, channel=channel, on=not ticked).pack()
    return Button(tick(ticked, words(f"consent-channel-{channel}")), tap=toggle)


def _agree(words: Translator, view: ConsentView) -> Button:
    last = view.number == view.total
    label = words("consent-agree", count=view.all_cards) if last else words("consent-agree-next")
    agree = ConsentAgree(account=view.documents.account.id).pack()
    return Button(label, tap=agree, style=Style.SUCCESS)


def _ways_back(words: Translator, account: int) -> tuple[Button, ...]:
    back = Button(words("question-back"), tap=ConsentBack(account=account).pack())
    refuse = Button(words("consent-refuse"), tap=ConsentRefuse(account=account).pack())
    return (back, refuse)


def _read(label: str, document: ShownDocument) -> Button:
    return Button(label, tap=ConsentRead(document=document.id).pack())


def document_label(words: Translator, view: ConsentView, document: ShownDocument) -> str:
    if document.purpose is ConsentPurpose.PERSONAL_DATA:
        return words("consent-personal-data")
    if len(view.documents.terms) == 1:
        return words("consent-program-terms")
    return words("consent-program-terms-of", program=view.program_names[document.program_id or 0])


def refused(words: Translator, view: ConsentView, application: int) -> Screen:
    """Why there is no card without it, plainly, and every way on."""
    account = view.documents.account
    text = words.html("consent-refused", name=account_name(words, account))
    rows: list[tuple[Button, ...]] = [
        (Button(words("consent-refused-back"), tap=ConsentShow().pack()),)
    ]
    if view.total > 1:
        brands = cards_in_words(words, view.cards)
        text += "\n\n" + words.html("consent-refused-others", brands=cut(brands, 300))
        label = cut(words("consent-leave-out", brands=brands), 60)
        rows.append((Button(label, tap=LeaveOut(account=account.id).pack()),))
    text += "\n\n" + words.html("consent-refused-ways")
    drop = DropThis(application=application, sure=True).pack()
    rows.append((Button(words("consent-refused-drop"), tap=drop, style=Style.DANGER),))
    rows.append((home_button(words),))
    return Screen(text, tuple(rows))
