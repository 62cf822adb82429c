"""An account's folder: account.yaml, documents, programs, brands."""

import re
from zoneinfo import ZoneInfo

from catalog.bilingual import Bilingual
from catalog.pack.brand import BrandSurroundings, read_brand
from catalog.pack.document import Wanted, read_document
from catalog.pack.fields import Fields
from catalog.pack.folder import Folder
from catalog.pack.inn import is_inn, is_ogrn
from catalog.pack.keys import check_key
from catalog.pack.moments import zone
from catalog.pack.numbers import CheckNumber
from catalog.pack.problems import Problems
from catalog.pack.program import Surroundings, read_program
from catalog.pack.shapes import Account, Brand, Document, Program
from catalog.pack.yaml_file import read_fields
from catalog.reference.reference import Reference
from models.consent_document import ConsentPurpose

_KEYS = ("legal_name", "address", "inn", "ogrn", "privacy_email", "timezone")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class AccountReader:
    """Reads the accounts of one pack."""

    def __init__(
        self, folder: Folder, reference: Reference, check: CheckNumber, problems: Problems
    ) -> None:
        self._folder = folder
        self._reference = reference
        self._check_number = check
        self._problems = problems

    def read(self, key: str) -> Account:
        home = f"accounts/{key}"
        fields = read_fields(f"{home}/account.yaml", _KEYS, self._folder, self._problems)
        legal_name = fields.both("legal_name", longest=300)
        where = zone(fields, "timezone")
        programs = self._programs(home, legal_name, where)
        return Account(
            key=key,
            legal_name=legal_name,
            address=fields.both("address", longest=500),
            inn=_inn(fields),
            ogrn=_ogrn(fields),
            privacy_email=_email(fields),
            timezone=where.key,
            personal_data=self._document(home, "personal-data", legal_name, where),
            advertising=self._document(home, "advertising", legal_name, where),
            programs=programs,
            brands=self._brands(home, programs, where),
        )

    def _document(self, home: str, name: str, operator: Bilingual, where: ZoneInfo) -> Document:
        purpose = ConsentPurpose(name.replace("-", "_"))
        wanted = Wanted(f"{home}/documents/{name}", purpose, operator, where)
        return read_document(wanted, self._folder, self._problems)

    def _keys(self, parent: str, file: str) -> list[str]:
        keys = self._folder.folders_in(parent)
        if not keys:
            self._problems.add(parent, None, "is missing", f"a folder <key>/ with {file} in it")
        for key in keys:
            check_key(key, f"{parent}/{key}", self._problems)
        return keys

    def _programs(self, home: str, operator: Bilingual, where: ZoneInfo) -> tuple[Program, ...]:
        around = Surroundings(self._folder, self._problems, self._check_number, operator, where)
        parent = f"{home}/programs"
        keys = self._keys(parent, "program.yaml")
        return tuple(read_program(f"{parent}/{key}", key, around) for key in keys)

    def _brands(
        self, home: str, programs: tuple[Program, ...], where: ZoneInfo
    ) -> tuple[Brand, ...]:
        by_key = {program.key: program for program in programs}
        around = BrandSurroundings(self._folder, self._problems, self._reference, by_key, where)
        parent = f"{home}/brands"
        keys = self._keys(parent, "brand.yaml")
        return tuple(read_brand(f"{parent}/{key}", key, around) for key in keys)


def _inn(fields: Fields) -> str:
    got = fields.text("inn", expected="the INN, 10 or 12 digits")
    if got and not is_inn(got):
        fields.wrong("inn", f"is {got!r}", "10 or 12 digits with right check digits")
    return got


def _ogrn(fields: Fields) -> str:
    got = fields.optional_text("ogrn")
    if got and not is_ogrn(got):
        fields.wrong("ogrn", f"is {got!r}", "13 or 15 digits with the right check digit")
    return got


def _email(fields: Fields) -> str:
    got = fields.text("privacy_email", expected="where people write about their data")
    if got and (len(got) > 254 or not _EMAIL.fullmatch(got)):
        fields.wrong("privacy_email", f"is {got!r}", "an address like privacy@brand.example")
    return got
