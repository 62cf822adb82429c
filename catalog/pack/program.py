"""A program's folder: program.yaml, terms in two languages, the numbers."""

from typing import Annotated, Any

from pydantic import Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator

from catalog.entries.colour import WANTED
from catalog.entries.program import ProgramEntry
from catalog.entries.values.texts import Text
from catalog.entries.values.wrong import missing
from catalog.pack.design import DesignFile, read_pictures, with_pictures
from catalog.pack.document import read_document
from catalog.pack.numbers import LARGEST, NumbersCheck
from catalog.pack.shapes import NumbersFile, Program
from catalog.pack.source import Source, checked, read_source
from catalog.pack.surroundings import Surroundings, check_key
from models.barcode_format import BarcodeFormat
from models.consent_document import ConsentPurpose
from models.program import FROM_POOL


class ProgramFile(ProgramEntry):
    """A program whose numbers and pictures are files."""

    design: Annotated[DesignFile, WANTED] = Field(
        description="How the card looks; its pictures are files beside this one."
    )
    numbers: Annotated[str | None, Text()] = Field(
        default=None, validate_default=True, description="A CSV beside this file."
    )

    @field_validator("numbers", mode="wrap")
    @classmethod
    def _of_a_pool(
        cls, given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> str | None:
        if given is not None:
            return str(handler(given))
        if info.data.get("processor") in FROM_POOL:
            raise missing("the name of a CSV beside program.yaml, as its numbers come from a pool")
        return None


def read_program(
    home: str, around: Surroundings
) -> tuple[str, ProgramEntry | None, Program | None]:
    """`home` is the program's folder relative to the pack. Its key; its entry, and the program
    with all its files, None after mistakes were told."""
    key = check_key(home, around.problems)
    source = read_source(f"{home}/program.yaml", around.folder, around.problems)
    entry = checked(ProgramFile, source, around.problems)
    numbers = _numbers(home, source, around)
    pictures = read_pictures(home, source, around)
    terms = read_document(f"{home}/terms", ConsentPurpose.PROGRAM_TERMS, around)
    if entry is None:
        return key, None, None
    design = with_pictures(entry.design, pictures)
    if design is None or terms is None:
        return key, entry, None
    kept = entry.model_copy(update={"design": design})
    return key, kept, Program(key, kept, terms, numbers, tuple(pictures.values()))


def _numbers(home: str, source: Source, around: Surroundings) -> NumbersFile | None:
    name = source.text("numbers")
    if not name:
        return None
    file = f"{home}/{name}"
    expected = "the CSV that program.yaml names"
    path = around.folder.find(file, largest=LARGEST, expected=expected)
    if path is None:
        return None
    word = source.text("barcode_format")
    known = BarcodeFormat(word) if word in set(BarcodeFormat) else None
    return NumbersFile(file, path, NumbersCheck(file, known).count(path, around.problems))
