"""Cards as frames: plain values whose types and bounds are checked again where they arrive."""

from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from backend.exchange.shapes import ExchangeCard, FileRefused, Imported
from backend.reading.frames import BadFrame, Frame

_SIDES = ("front", "back", "icon")
_CARD = TypeAdapter(ExchangeCard)
_IMPORTED = TypeAdapter(Imported)


def card_frame(card: ExchangeCard) -> Frame:
    pictures = {side: getattr(card, side) or b"" for side in _SIDES}
    head = _CARD.dump_python(card, mode="json", exclude=set(_SIDES))
    sizes = {side: len(picture) for side, picture in pictures.items()}
    return Frame({"card": head, "sizes": sizes}, b"".join(pictures.values()))


def imported_frame(found: Imported) -> Frame:
    """All but the cards, which came before."""
    return Frame(
        {"end": True, "imported": _IMPORTED.dump_python(replace(found, cards=[]), mode="json")}
    )


def read_card(frame: Frame) -> ExchangeCard:
    """Raises BadFrame."""
    try:
        card = _CARD.validate_python(frame.head["card"])
        place, pictures = 0, {}
        for side in _SIDES:
            size = int(frame.head["sizes"][side])
            pictures[side] = frame.blob[place : place + size] or None
            place += size
    except (ValidationError, ValueError, TypeError, KeyError) as wrong:
        raise BadFrame from wrong
    return replace(card, front=pictures["front"], back=pictures["back"], icon=pictures["icon"])


def read_imported(frame: Frame) -> Imported | FileRefused:
    """FileRefused, not raised, when nothing of the file could be read. Raises BadFrame."""
    try:
        if (refused := frame.head.get("refused")) is not None:
            return FileRefused(str(refused["code"]), str(refused["what"]))
        return _IMPORTED.validate_python(frame.head["imported"])
    except (ValidationError, ValueError, TypeError, KeyError) as wrong:
        raise BadFrame from wrong


class HeardCards:
    """Puts together what comes frame by frame: the cards, then all else about the file."""

    def __init__(self) -> None:
        self._cards: list[ExchangeCard] = []
        self._ends: list[Imported | FileRefused] = []

    def hear(self, frame: Frame) -> None:
        """Raises BadFrame."""
        if frame.last:
            self._ends.append(read_imported(frame))
        else:
            self._cards.append(read_card(frame))

    def whole(self) -> Imported:
        """After the last frame. Raises FileRefused."""
        found = self._ends[-1]
        if isinstance(found, FileRefused):
            raise found
        found.cards = self._cards
        return found
