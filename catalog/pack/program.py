"""A program's folder: program.yaml, terms in two languages, the numbers."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from catalog.bilingual import Bilingual
from catalog.pack.document import Wanted, read_document
from catalog.pack.fields import Fields
from catalog.pack.folder import Folder
from catalog.pack.numbers import LARGEST, CheckNumber, NumbersCheck
from catalog.pack.problems import Problems
from catalog.pack.questionnaire import read_questionnaire
from catalog.pack.recognition import read_recognition
from catalog.pack.shapes import NumbersFile, ProcessorKind, Program
from catalog.pack.yaml_file import read_fields
from models.barcode_format import BarcodeFormat
from models.consent_document import ConsentPurpose
from models.program import ProgramStatus, UnknownNumbers

_KEYS = (
    "name",
    "status",
    "barcode_format",
    "processor",
    "numbers",
    "design",
    "questionnaire",
    "plastic",
    "recognition",
    "unknown_numbers",
    "sharing",
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the files of an account are checked against."""

    folder: Folder
    problems: Problems
    check_number: CheckNumber
    operator: Bilingual
    where: ZoneInfo


def read_program(home: str, key: str, around: Surroundings) -> Program:
    """`home` is the program's folder relative to the pack."""
    fields = read_fields(f"{home}/program.yaml", _KEYS, around.folder, around.problems)
    barcode_format = fields.word("barcode_format", BarcodeFormat)
    processor = fields.word("processor", ProcessorKind, ProcessorKind.POOL)
    plastic = fields.flag("plastic", default=True)
    wanted = Wanted(f"{home}/terms", ConsentPurpose.PROGRAM_TERMS, around.operator, around.where)
    return Program(
        key=key,
        name=fields.both("name", longest=100),
        status=fields.word("status", ProgramStatus, ProgramStatus.ACTIVE),
        barcode_format=barcode_format,
        processor=processor,
        numbers=_numbers(home, fields, processor, barcode_format, around),
        design=fields.colours("design"),
        questionnaire=read_questionnaire(fields),
        terms=read_document(wanted, around.folder, around.problems),
        plastic=plastic,
        recognition=read_recognition(fields, plastic, around.check_number),
        unknown_numbers=fields.word("unknown_numbers", UnknownNumbers, UnknownNumbers.AUTO),
        sharing=fields.flag("sharing", default=True),
    )


def _numbers(
    home: str,
    fields: Fields,
    processor: ProcessorKind,
    barcode_format: BarcodeFormat,
    around: Surroundings,
) -> NumbersFile | None:
    if not fields.has("numbers"):
        if processor is ProcessorKind.POOL:
            fields.missing("numbers", "the name of a CSV beside program.yaml, as processor is pool")
        return None
    file = f"{home}/{fields.text('numbers')}"
    path = around.folder.find(file, largest=LARGEST, expected="the CSV that program.yaml names")
    if path is None:
        return None
    check = NumbersCheck(file, barcode_format, around.check_number)
    return NumbersFile(file, path, check.count(path, around.problems))
