"""An own card being changed: how it would look with another barcode, number or name."""

from dataclasses import asdict, dataclass, replace

from backend.cards.pocket.change_external import NONE, Draft
from backend.cards.pocket.wallet_card import WalletCard
from backend.platform.words import Translator
from bot.screens.parts import back_button, home_button
from bot.screens.plastic.number import number_example, number_hint
from bot.screens.pocket.card import bare_face, name_of
from bot.screens.screen import Button, Picture, Rows, Screen, Style
from bot.taps.pocket import AskName, AskNumber, EncodeNumber, OpenCard, SaveOwn, ShowKind
from models.barcode_format import BarcodeFormat

IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class EditedCard:
    """`at` is the tap that this screen answers, `draft` the card as it would be. `refused`: the
    barcode that cannot carry its number. `photo` is the owner's own of the front."""

    at: ShowKind
    draft: Draft
    changed: bool
    refused: BarcodeFormat | None = None
    photo: bytes | None = None


def own_card(words: Translator, shown: WalletCard, bench: EditedCard) -> Screen:
    draft = bench.draft
    lines = [
        f"<b>{words.html('card-name', name=draft.name)}</b>",
        words.html("card-number", number=draft.number),
        words.html("own-kind", kind=_kind_name(words, draft.format)),
    ]
    if draft.format is not None and draft.value != draft.number:
        lines.append(words.html("add-encoded", value=draft.value))
    text = "\n".join([*lines, "", _said(words, bench)])
    rows = (*_save(words, bench), *_kinds(words, bench), *_more(words, bench))
    return Screen(text, rows, _picture(words, shown, bench))


def _said(words: Translator, bench: EditedCard) -> str:
    if bench.refused is not None:
        return words.html(
            "own-refused",
            kind=words(f"format-{bench.refused.value}"),
            hint=number_hint(words, bench.refused),
            example=number_example(bench.refused),
        )
    if not bench.changed:
        return words.html("own-ask")
    return words.html("own-compare" if bench.draft.format is not None else "own-undrawn")


def _save(words: Translator, bench: EditedCard) -> Rows:
    """What has no barcode is kept by a button that says so."""
    if not bench.changed or bench.refused is not None:
        return ()
    drawn = bench.draft.format is not None
    label = words("own-save" if drawn else "own-save-undrawn")
    tap = SaveOwn(**asdict(bench.at)).pack()
    return ((Button(label, tap=tap, style=Style.SUCCESS if drawn else Style.DANGER),),)


def _kinds(words: Translator, bench: EditedCard) -> Rows:
    now = bench.refused or bench.draft.format
    buttons = [
        _kind_button(words, bench, str(kind.value), on=kind is now) for kind in BarcodeFormat
    ]
    buttons.append(_kind_button(words, bench, NONE, on=now is None))
    return tuple(
        tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW)
    )


def _kind_button(words: Translator, bench: EditedCard, kind: str, *, on: bool) -> Button:
    name = words("own-kind-none" if kind == NONE else f"format-{kind}")
    tap = replace(bench.at, kind=kind).pack()
    return Button(f"● {name}" if on else name, tap=tap)


def _more(words: Translator, bench: EditedCard) -> Rows:
    at = asdict(bench.at)
    encode: Rows = ()
    if bench.draft.format is not None and bench.draft.value != bench.draft.number:
        encode = ((Button(words("own-encode"), tap=EncodeNumber(**at).pack()),),)
    return (
        *encode,
        (
            Button(words("own-number"), tap=AskNumber(**at).pack()),
            Button(words("own-name"), tap=AskName(**at).pack()),
        ),
        (back_button(words, OpenCard(id=bench.at.id).pack()), home_button(words)),
    )


def _kind_name(words: Translator, barcode: BarcodeFormat | None) -> str:
    return words("own-kind-nothing" if barcode is None else f"format-{barcode.value}")


def _picture(words: Translator, shown: WalletCard, bench: EditedCard) -> Picture | None:
    draft = bench.draft
    if bench.refused is not None or draft.format is None:
        return Picture(photo=bench.photo) if bench.photo is not None else None
    face = replace(
        bare_face(words, shown),
        brand=draft.name,
        printed_number=draft.number,
        barcode_value=draft.value,
        barcode_format=draft.format,
    )
    return Picture(card=face)


def ask_number(words: Translator, shown: WalletCard, at: ShowKind, kind: BarcodeFormat) -> Screen:
    """With an example of what its barcode takes."""
    text = words.html("own-number-prompt", name=name_of(words, shown), example=number_example(kind))
    return Screen(text, (_back(words, at),))


def ask_name(words: Translator, shown: WalletCard, at: ShowKind) -> Screen:
    return Screen(words.html("own-name-prompt", name=name_of(words, shown)), (_back(words, at),))


def wrong(words: Translator, key: str, at: ShowKind) -> Screen:
    return Screen(words.html(key), (_back(words, at),), fresh=True)


def _back(words: Translator, at: ShowKind) -> tuple[Button, ...]:
    return (back_button(words, at.pack()), home_button(words))
