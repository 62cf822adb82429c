"""A consent document: one Markdown file a language, with version and date above the text."""

import re
from dataclasses import dataclass

from catalog.entries.document import AdvertisingHead, DocumentEntry, DocumentHead
from catalog.entries.document_text import LARGEST, DocumentText, document_text, text_mistakes
from catalog.pack.source import checked, source_of
from catalog.pack.surroundings import Surroundings
from models.consent_document import ConsentPurpose

_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Side:
    """One language; `head` is None after its mistakes were told."""

    head: DocumentHead | None
    text: DocumentText


def read_document(stem: str, purpose: ConsentPurpose, around: Surroundings) -> DocumentEntry | None:
    """`stem` is the path without `.ru.md`. None after mistakes were told."""
    operator = around.around.operator
    ru = _side(f"{stem}.ru.md", purpose, f"the {purpose.value} document in ru", operator.ru, around)
    en = _side(f"{stem}.en.md", purpose, f"the {purpose.value} document in en", operator.en, around)
    if not (ru and en and ru.head and en.head):
        return None
    if ru.head != en.head:
        expected = f"the version, dates and channels of {stem}.ru.md"
        what = "differs from the Russian document"
        around.problems.add(f"{stem}.en.md", 1, what, expected)
    # Each part was checked where it stands: there is nothing left to validate.
    return DocumentEntry.model_construct(purpose=purpose, ru=ru.text, en=en.text, **dict(ru.head))


def _side(
    file: str, purpose: ConsentPurpose, expected: str, operator: str, around: Surroundings
) -> _Side | None:
    problems = around.problems
    whole = around.folder.read_text(file, largest=LARGEST, expected=expected)
    if whole is None:
        return None
    front = _FRONT.match(whole)
    if front is None:
        wanted = "version and effective_from between two lines of ---"
        problems.add(file, 1, "has no lines above the text", wanted)
        return None
    source = source_of(front[1], file, problems, first_line=2)
    model = AdvertisingHead if purpose is ConsentPurpose.ADVERTISING else DocumentHead
    head = checked(model, source, problems, around.around)
    text = document_text(whole[front.end() :])
    for what, wanted in text_mistakes(text, operator):
        problems.add(file, front[0].count("\n") + 1, what, wanted)
    return _Side(head, text)
