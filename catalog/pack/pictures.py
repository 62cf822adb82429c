"""Pictures of a pack, by the names that its files give them."""

from catalog.entries.picture import Bounds, PictureRefused, measure
from catalog.pack.folder import Folder
from catalog.pack.problems import Problems
from catalog.pack.shapes import Picture


def read_picture(
    folder: Folder, name: str, bounds: Bounds, problems: Problems, expected: str
) -> Picture | None:
    """A picture of the pack, or None after a problem."""
    path = folder.find(name, largest=bounds.largest, expected=expected)
    if path is None:
        return None
    try:
        found = measure(path.read_bytes(), bounds, folder.decodes)
    except PictureRefused as wrong:
        problems.add(name, None, wrong.what, wrong.expected)
        return None
    return Picture(found.media_type, found.width, found.height, found.sha256, name, path)
