"""The contracts of pyproject.toml hold, and each is seen to be reported when it is broken."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.support.source import PRODUCT, ROOT

ARROWS = "Arrows go one way"
AIOGRAM = "aiogram stays in the bot and in the Telegram channel"
ROOMS = "The rooms of the use cases: few arrows, none back"
READER = "The rooms of the reader: symbols know no files, files no jobs"
ENTRIES = "What a brand may enter is the same whatever the door: it knows no files"
AT_REST = "What a brand may enter stays out of memory until somebody enters it"
SCREENS = "Screens are pure: words and buttons, no database"
MESSENGER = "Screens and taps know no messenger's library, not even by way of others"
VIEWS = "Handlers lead to views, views to screens; no area's handlers know another's"
WIRE = "A partner's wire knows nothing of Karman: it could be lifted out as a package"
SANDBOX = "The sandbox is a Telegram, it knows nothing of Karman"

BROKEN = [
    pytest.param(ARROWS, "models/card.py", "import catalog.scope", id="models-look-up"),
    pytest.param(
        ARROWS, "catalog/scope.py", "import backend.platform.clock", id="catalog-looks-up"
    ),
    pytest.param(
        ARROWS, "backend/outbox/announce.py", "import backend.cards", id="outbox-looks-up"
    ),
    pytest.param(
        ARROWS, "backend/consents/chain.py", "import backend.partners", id="siblings-meet"
    ),
    pytest.param(
        ARROWS,
        "backend/cards/issue/issue_cards.py",
        "import backend.reactions",
        id="use-case-looks-up",
    ),
    pytest.param(ARROWS, "backend/web/__init__.py", "import bot", id="web-meets-the-bot"),
    pytest.param(ARROWS, "bot/app.py", "import backend.cli", id="bot-looks-up"),
    pytest.param(
        ROOMS, "backend/cards/pocket/wallet.py", "import backend.cards.issue", id="pocket-looks-up"
    ),
    pytest.param(
        READER,
        "backend/reading/symbols/scan.py",
        "import backend.reading.files",
        id="symbols-look-at-files",
    ),
    pytest.param(
        ENTRIES, "catalog/entries/offer.py", "import catalog.pack.folder", id="entries-know-files"
    ),
    pytest.param(
        AT_REST,
        "catalog/questions/question.py",
        "import catalog.entries.values.entry",
        id="entries-at-every-start",
    ),
    pytest.param(
        AIOGRAM, "backend/cards/issue/issue_cards.py", "import aiogram", id="aiogram-in-a-use-case"
    ),
    pytest.param(
        SCREENS, "bot/screens/screen.py", "import tortoise", id="a-screen-with-a-database"
    ),
    pytest.param(MESSENGER, "bot/words.py", "import bot.tapped", id="aiogram-by-way-of-words"),
    pytest.param(
        VIEWS, "bot/handlers/share/share.py", "import bot.handlers.pocket.card", id="areas-meet"
    ),
    pytest.param(VIEWS, "bot/views/share.py", "import bot.handlers.share.share", id="a-view-up"),
    pytest.param(
        WIRE,
        "backend/partners/retailcrm/wire/pace.py",
        "import backend.partners.way",
        id="a-wire-that-knows",
    ),
    pytest.param(
        SANDBOX, "bot/sandbox/__init__.py", "import models.card", id="a-sandbox-that-knows"
    ),
]


def contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return list(settings["tool"]["importlinter"]["contracts"])


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def copy_of_the_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in PRODUCT:
        only_python = shutil.ignore_patterns("__pycache__", "page", "*.jpg", "*.png", "*.csv")
        shutil.copytree(ROOT / package, folder / package, ignore=only_python)
    return folder


@pytest.mark.slow
def test_all_contracts_are_kept(copy_of_the_tree: Path) -> None:
    result = lint_imports(copy_of_the_tree)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("name", "file", "line"), BROKEN)
def test_a_broken_contract_is_reported_by_its_name(
    copy_of_the_tree: Path, name: str, file: str, line: str
) -> None:
    path = copy_of_the_tree / file
    whole = path.read_text()
    path.write_text(f"{whole}\n{line}\n")
    try:
        result = lint_imports(copy_of_the_tree)
    finally:
        path.write_text(whole)
    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{name} BROKEN" in result.stdout


def test_every_contract_is_broken_once() -> None:
    broken = {param.values[0] for param in BROKEN}
    assert {contract["name"] for contract in contracts()} == broken


def test_every_room_of_the_use_cases_has_chosen_its_floor() -> None:
    layers = next(contract["layers"] for contract in contracts() if contract["name"] == ROOMS)
    placed = {name.strip() for layer in layers for name in layer.split("|")}
    there = {
        f"backend.{part}.{path.name}"
        for part in ("cards", "customers")
        for path in (ROOT / "backend" / part).iterdir()
        if (path / "__init__.py").exists()
    }
    assert there <= placed, f"name it in the layers of pyproject.toml: {there - placed}"


def test_every_part_of_the_backend_has_chosen_its_floor() -> None:
    layers = next(contract["layers"] for contract in contracts() if contract["name"] == ARROWS)
    placed = {name.strip(" ()") for layer in layers for name in layer.replace("|", ":").split(":")}
    there = {
        f"backend.{path.stem}"
        for path in (ROOT / "backend").iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()
    }
    assert there <= placed, (
        f"name it in the layers of pyproject.toml, on the floor it belongs to: {there - placed}"
    )
