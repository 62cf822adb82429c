"""What the documents for developers name is there."""

import re
import tomllib

import pytest

from tests.support.source import ROOT

# A vendor folder is described before there is a vendor.
NOT_YET = {"backend/partners/"}
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w.-]+\.(?:md|toml|lock|yml))`")


@pytest.mark.parametrize("document", ["CONTRIBUTING.md"])
def test_every_path_that_is_named_exists(document: str) -> None:
    named = set(PATH.findall((ROOT / document).read_text()))
    assert len(named) > 15
    missing = {path for path in named - NOT_YET if not (ROOT / path).exists()}
    assert not missing, f"{document} names what is not there: {missing}"


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for document in ("CONTRIBUTING.md",):
        named = set(
            re.findall(r"(?:`|^)make ([a-z-]+)\b", (ROOT / document).read_text(), re.MULTILINE)
        )
        assert named <= targets, named - targets


def test_locks_have_hashes_and_no_addresses() -> None:
    for name in (f"requirements{of}.lock" for of in ("", "-dev", "-bench", "-mutants")):
        text = (ROOT / name).read_text()
        pins = re.findall(r"^\S+==\S+", text, re.MULTILINE)
        assert len(pins) > 50
        assert all("--hash=sha256:" in block for block in re.split(r"\n(?=\S)", text)), name
        assert "://" not in text
        assert not re.search(r"^-", text, re.MULTILINE), "no options: indexes are the machine's"


def direct(requirements: list[str]) -> set[str]:
    return {
        re.split(r"[^\w.-]", line)[0].lower().replace("_", "-").replace(".", "-")
        for line in requirements
    }


def locked(name: str) -> set[str]:
    pins = re.findall(r"^([\w.-]+)==", (ROOT / name).read_text(), re.MULTILINE)
    return {pin.lower().replace(".", "-") for pin in pins}


def test_whatever_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    running, extras = project["dependencies"], project["optional-dependencies"]
    assert not direct(running) - locked("requirements.lock"), "make lock"
    assert not direct(running + extras["dev"]) - locked("requirements-dev.lock"), "make lock"
    for extra in ("bench", "mutants"):
        missing = direct(running + extras[extra]) - locked(f"requirements-{extra}.lock")
        assert not missing, "make lock"
