"""Which programs a barcode may belong to. A program that does not say what its numbers look like
fits nothing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain

from tortoise.expressions import RawSQL

from catalog.recognition import Rule, rule_from_json
from catalog.scope import programs_by_id, programs_with_plastic
from catalog.shelves.search import FRESH
from models.barcode_format import BarcodeFormat
from models.program import Program

# Plastic often has numbers of its own beside the pool's: only the beginning is the brand's.
_DERIVED_PREFIX = 4

# of all: the pool of the current program
_END = """(SELECT barcode_value FROM pool_numbers WHERE pool_numbers.program_id = programs.id
ORDER BY barcode_value {} LIMIT 1)"""

# Every format and text by which a scanner may report one symbol; format None for a number that
# was typed.
Spellings = dict[BarcodeFormat | None, frozenset[str]]


class RuleBook:
    """What the numbers of all programs look like, read from the database again when it is older
    than FRESH. One for each process (Context.rules)."""

    def __init__(self) -> None:
        self._rules: dict[BarcodeFormat, list[tuple[int, Rule]]] = {}
        self._read_at: datetime | None = None

    async def weights(self, now: datetime, spellings: Spellings) -> dict[int, int]:
        """The programs that fit, with how much that says: the most of their rules."""
        await self._refresh(now)
        found: dict[int, int] = {}
        for barcode_format, texts in spellings.items():
            for program_id, rule in self._among(barcode_format):
                if any(rule.fits(barcode_format, text) for text in _beginning(rule, texts)):
                    found[program_id] = max(rule.weight, found.get(program_id, 0))
        return found

    def forget(self) -> None:
        """The catalog was changed in this process."""
        self._read_at = None

    def _among(self, barcode_format: BarcodeFormat | None) -> Iterable[tuple[int, Rule]]:
        if barcode_format is not None:
            return self._rules.get(barcode_format, ())
        return chain.from_iterable(self._rules.values())

    async def _refresh(self, now: datetime) -> None:
        """Also when the clock was put back."""
        if self._read_at is not None and timedelta() <= now - self._read_at <= FRESH:
            return
        by_format: dict[BarcodeFormat, list[tuple[int, Rule]]] = defaultdict(list)
        for program_id, rules in (await _all_rules()).items():
            for rule in rules:
                by_format[rule.format].append((program_id, rule))
        self._rules, self._read_at = dict(by_format), now


def _beginning(rule: Rule, texts: Iterable[str]) -> list[str]:
    """Of thousands of rules hardly one goes on from here."""
    return [text for text in texts if text.startswith(rule.prefix)]


def fits(rule: Rule, spellings: Spellings) -> bool:
    return any(
        rule.fits(barcode_format, text)
        for barcode_format, texts in spellings.items()
        for text in texts
    )


async def rules_of(program: Program) -> list[Rule]:
    """The pack's; without any, the one that the pool suggests; [] when nothing tells."""
    if not program.plastic:
        return []
    if program.recognition:
        return [rule_from_json(given) for given in program.recognition]
    return (await _derived({program.id: program.barcode_format})).get(program.id, [])


async def _all_rules() -> dict[int, list[Rule]]:
    """By program, in two statements however many programs and offers there are."""
    columns = ("id", "barcode_format", "recognition")
    found: dict[int, list[Rule]] = {}
    silent: dict[int, BarcodeFormat] = {}
    for program_id, barcode_format, given in await programs_with_plastic().values_list(*columns):
        if given:
            found[program_id] = [rule_from_json(each) for each in given]
        else:
            silent[program_id] = BarcodeFormat(barcode_format)
    return found | await _derived(silent)


async def _derived(programs: dict[int, BarcodeFormat]) -> dict[int, list[Rule]]:
    """What all numbers of a pool share is what its first and its last share."""
    if not programs:
        return {}
    ends = programs_by_id(set(programs)).annotate(
        first=RawSQL(_END.format("ASC")), last=RawSQL(_END.format("DESC"))
    )
    found: dict[int, list[Rule]] = {}
    for program_id, first, last in await ends.values_list("id", "first", "last"):
        prefix = _common_beginning(first or "", last or "")[:_DERIVED_PREFIX]
        length = len(first) if prefix and len(first) == len(last) else None
        if prefix:
            found[program_id] = [Rule(programs[program_id], prefix=prefix, length=length)]
    return found


def _common_beginning(first: str, last: str) -> str:
    same = (place for place, char in enumerate(first) if last[place : place + 1] != char)
    return first[: next(same, len(first))]
