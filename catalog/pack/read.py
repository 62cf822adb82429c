"""The one way in: a folder to a Pack, or every mistake in it."""

from pathlib import Path

from catalog.pack.account import AccountReader
from catalog.pack.folder import Folder
from catalog.pack.numbers import CheckNumber
from catalog.pack.problems import Problems
from catalog.pack.shapes import Account, Pack
from catalog.reference.reference import Reference, load_reference

# A path relative to the pack, and the key that is found there.
_Named = tuple[str, str]


def read_pack(folder: Path, check_number: CheckNumber, reference: Reference | None = None) -> Pack:
    """Reads and checks a whole brand pack; touches no database and keeps no file open.

    `check_number(format, value)` says what was expected when a value cannot be a barcode of that
    format, else None. Raises PackRefused with all mistakes.
    """
    problems = Problems()
    files = Folder(folder, problems)
    reader = AccountReader(files, reference or load_reference(), check_number, problems)
    keys = files.folders_in("accounts")
    if not keys:
        problems.add("accounts", None, "is missing", "accounts/<key>/account.yaml")
    accounts = tuple(reader.read(key) for key in keys)
    _report_shared_keys(accounts, problems)
    files.report_unused()
    problems.refuse_if_any()
    return Pack(files.root, accounts)


def _report_shared_keys(accounts: tuple[Account, ...], problems: Problems) -> None:
    """Keys of brands, programs and offers are unique in a pack, not only in their account."""
    programs, brands, offers = list[_Named](), list[_Named](), list[_Named]()
    for account in accounts:
        home = f"accounts/{account.key}"
        programs += [(f"{home}/programs/{each.key}", each.key) for each in account.programs]
        for brand in account.brands:
            brands.append((f"{home}/brands/{brand.key}", brand.key))
            place = f"{home}/brands/{brand.key}/offers"
            offers += [(place, offer.key) for offer in brand.offers]
    for kind, named in (("program", programs), ("brand", brands), ("offer", offers)):
        _report_twice(kind, named, problems)


def _report_twice(kind: str, named: list[_Named], problems: Problems) -> None:
    first: dict[str, str] = {}
    for place, key in named:
        if key in first:
            what = f"{kind} {key!r} is also {first[key]}"
            problems.add(place, None, what, "another folder name")
        first.setdefault(key, place)
