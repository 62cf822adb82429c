"""One YAML file of a pack as fields."""

from collections.abc import Iterable

from catalog.pack.fields import Fields, Place
from catalog.pack.folder import Folder
from catalog.pack.problems import Problems
from catalog.pack.yaml_nodes import compose

_LARGEST = 256 * 1024


def read_fields(file: str, known: Iterable[str], folder: Folder, problems: Problems) -> Fields:
    """The fields of a file; of a missing or broken one, fields that report nothing further."""
    text = folder.read_text(file, largest=_LARGEST, expected="this file")
    place = Place(file, problems)
    if text is None:
        return Fields(None, Place(file, Problems()), ())
    before = problems.count(file)
    node = compose(text, file, problems)
    if problems.count(file) > before:
        return Fields(None, Place(file, Problems()), ())
    return Fields(node, place, known)
