"""What a brand pack holds: entries that fit, by their keys, and the files that they name.

Keys are folder or file names; catalog.entries.values.key says which may be.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.entries.account import AccountEntry
from catalog.entries.brand import BrandEntry
from catalog.entries.document import DocumentEntry
from catalog.entries.offer import OfferEntry
from catalog.entries.picture import Measured
from catalog.entries.program import ProgramEntry
from catalog.entries.store import StoreEntry
from catalog.pack.folder import Content
from catalog.pack.numbers import NumberRow, number_rows


@dataclass(frozen=True, slots=True)
class Picture(Measured):
    """A checked PNG or JPEG. `file` is relative to the pack."""

    file: str
    path: Content

    def read(self) -> bytes:
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True)
class NumbersFile:
    """A checked CSV of free numbers; read again row by row, never held whole."""

    file: str
    path: Content
    count: int

    def rows(self) -> Iterator[NumberRow]:
        return number_rows(self.path)


@dataclass(frozen=True, slots=True)
class Program:
    """The design of `entry` has the SHA-256 of `pictures`."""

    key: str
    entry: ProgramEntry
    terms: DocumentEntry
    numbers: NumbersFile | None
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """`key` is `<brand>-<file name>`, unique in the pack. `entry.pictures` are the SHA-256 of
    `pictures`, in their order."""

    key: str
    entry: OfferEntry
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Brand:
    """`entry` has the colours of its program when the pack names none, and the SHA-256 of `logo`,
    which is None for a brand without one."""

    key: str
    entry: BrandEntry
    logo: Picture | None
    offers: tuple[Offer, ...]
    stores: tuple[StoreEntry, ...]


@dataclass(frozen=True, slots=True)
class Account:
    key: str
    entry: AccountEntry
    personal_data: DocumentEntry
    advertising: DocumentEntry
    programs: tuple[Program, ...]
    brands: tuple[Brand, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    accounts: tuple[Account, ...]
