"""An account's folder: account.yaml, documents, programs, brands."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from catalog.entries.account import MOSCOW, AccountEntry, zone_named
from catalog.entries.values.around import Around
from catalog.pack.brand import read_brand
from catalog.pack.document import read_document
from catalog.pack.folder import Folder
from catalog.pack.problems import Problems
from catalog.pack.program import read_program
from catalog.pack.shapes import Account, Brand, Program
from catalog.pack.source import checked, read_source
from catalog.pack.surroundings import Surroundings, check_key
from models.consent_document import ConsentPurpose


def read_account(key: str, folder: Folder, problems: Problems) -> Account | None:
    """None after mistakes were told."""
    home = f"accounts/{key}"
    check_key(home, problems)
    source = read_source(f"{home}/account.yaml", folder, problems)
    entry = checked(AccountEntry, source, problems)
    # The other files are checked against what account.yaml says, also when it has mistakes.
    zone = zone_named(source.text("timezone") or MOSCOW) or ZoneInfo("UTC")
    around = Surroundings(home, folder, problems, Around(zone, source.both("legal_name")), {})
    personal = read_document(
        f"{home}/documents/personal-data", ConsentPurpose.PERSONAL_DATA, around
    )
    advertising = read_document(f"{home}/documents/advertising", ConsentPurpose.ADVERTISING, around)
    programs, around = _programs(around)
    brands = _brands(around)
    if entry is None or personal is None or advertising is None:
        return None
    return Account(key, entry, personal, advertising, programs, brands)


def _programs(around: Surroundings) -> tuple[tuple[Program, ...], Surroundings]:
    """The programs, and the surroundings in which brands find them."""
    homes = _homes(f"{around.home}/programs", "program.yaml", around)
    read = [read_program(home, around) for home in homes]
    known = replace(around, programs={key: entry for key, entry, _ in read})
    return tuple(program for _, _, program in read if program is not None), known


def _brands(around: Surroundings) -> tuple[Brand, ...]:
    homes = _homes(f"{around.home}/brands", "brand.yaml", around)
    read = [read_brand(home, around) for home in homes]
    return tuple(brand for brand in read if brand is not None)


def _homes(parent: str, file: str, around: Surroundings) -> list[str]:
    keys = around.folder.folders_in(parent)
    if not keys:
        around.problems.add(parent, None, "is missing", f"a folder <key>/ with {file} in it")
    return [f"{parent}/{key}" for key in keys]
