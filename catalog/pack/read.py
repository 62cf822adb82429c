"""The one way in: a folder to a Pack, or every mistake in it."""

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from catalog.pack.account import read_account
from catalog.pack.folder import Folder, held, walked
from catalog.pack.problems import Problems
from catalog.pack.shapes import Pack

# A path relative to the pack, and the key that is found there.
_Named = tuple[str, str]


def read_pack(folder: Path) -> Pack:
    """Reads and checks a whole brand pack; touches no database and keeps no file open.

    Raises PackRefused with all mistakes.
    """
    problems = Problems()
    return _read(walked(folder, problems), problems)


def read_held(files: Mapping[str, bytes], decodes: Callable[[bytes], bool]) -> Pack:
    """The same of what came as one file; `decodes` says which pictures can be decoded."""
    problems = Problems()
    return _read(held(files, problems, decodes), problems)


def _read(files: Folder, problems: Problems) -> Pack:
    keys = files.folders_in("accounts")
    if not keys:
        problems.add("accounts", None, "is missing", "accounts/<key>/account.yaml")
    accounts = [read_account(key, files, problems) for key in keys]
    _report_shared_keys(keys, files, problems)
    files.report_unused()
    problems.refuse_if_any()
    return Pack(tuple(account for account in accounts if account is not None))


def _report_shared_keys(accounts: list[str], files: Folder, problems: Problems) -> None:
    """Keys of brands, programs and offers are unique in a pack, not only in their account."""
    programs, brands, offers = list[_Named](), list[_Named](), list[_Named]()
    for account in accounts:
        home = f"accounts/{account}"
        programs += [
            (f"{home}/programs/{key}", key) for key in files.folders_in(f"{home}/programs")
        ]
        for brand in files.folders_in(f"{home}/brands"):
            brands.append((f"{home}/brands/{brand}", brand))
            place = f"{home}/brands/{brand}/offers"
            names = (PurePosixPath(file).stem for file in files.files_in(place, ".yaml"))
            offers += [(place, f"{brand}-{name}") for name in names]
    for kind, named in (("program", programs), ("brand", brands), ("offer", offers)):
        _report_twice(kind, named, problems)


def _report_twice(kind: str, named: list[_Named], problems: Problems) -> None:
    first: dict[str, str] = {}
    for place, key in named:
        if key in first:
            what = f"{kind} {key!r} is also {first[key]}"
            problems.add(place, None, what, "another folder name")
        first.setdefault(key, place)
