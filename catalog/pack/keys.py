"""Keys are folder and file names; here is what they may look like."""

from catalog.pack.fields import KEY, KEY_LENGTH
from catalog.pack.problems import Problems

EXPECTED = f"lower-case Latin letters, digits and hyphens, at most {KEY_LENGTH} characters"


def check_key(key: str, file: str, problems: Problems) -> None:
    """Reports a folder or file whose name is no key."""
    if not KEY.fullmatch(key) or len(key) > KEY_LENGTH:
        problems.add(file, None, f"the name {key!r} is no key", EXPECTED)
