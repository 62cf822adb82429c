"""The operator's privacy policy: who runs this installation, and the text, if there is one."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backend.platform.settings import Settings


class PolicyUnreadable(ValueError):
    """KARMAN_POLICY_FILE cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`operator` may be empty; `text` is Markdown, empty when Karman's own words are enough."""

    operator: str = ""
    text: str = ""


NO_POLICY = Policy()


def read_policy(settings: Settings) -> Policy:
    """Raises PolicyUnreadable."""
    text = _read(settings.policy_file) if settings.policy_file else ""
    return Policy(settings.operator_name.strip(), text)


@cache
def _read(path: Path) -> str:
    """Once per process: a change takes a restart."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as wrong:
        raise PolicyUnreadable(f"{path}: expected a readable Markdown file in UTF-8") from wrong
