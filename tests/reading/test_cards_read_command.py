"""`karman cards read`, as an operator runs it."""

import json
from pathlib import Path

import pytest
from PIL import Image

from backend.cli.main import main
from tests.reading import hostile_files as hostile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "card.png").write_bytes(hostile.saved(hostile.card(), "PNG"))
    (tmp_path / "wrong.txt").write_bytes(hostile.saved(hostile.card(), "JPEG"))
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "locked.pdf").write_bytes(hostile.locked_pdf())
    return tmp_path


def test_json_has_one_object_per_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [folder / name for name in ("card.png", "empty.jpg", "locked.pdf", "gone.png")]
    assert main(["cards", "read", *map(str, files), "--json"]) == 1
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["file"] for answer in answers] == [str(file) for file in files]
    assert [answer["refused"] for answer in answers] == [None, "empty", "encrypted", "missing"]
    (found,) = answers[0]["barcodes"]
    assert found["format"] == "ean13"
    assert found["text"] == hostile.NUMBER
    assert found["confident"] is True
    assert isinstance(found["ms"], int)


def test_all_read_is_success(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cards", "read", str(folder / "card.png"), str(folder / "wrong.txt")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert all("ean13" in line and hostile.NUMBER in line for line in lines)


def test_a_picture_without_a_barcode_does_not_hide_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = folder / "blank.png"
    blank.write_bytes(hostile.saved(Image.new("L", (300, 200), "white"), "PNG"))
    files = [blank, folder / "card.png"]
    assert main(["cards", "read", *map(str, files), "--json"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [len(answer["barcodes"]) for answer in answers] == [0, 1]
    assert main(["cards", "read", str(folder / "gone.png"), str(folder / "card.png")]) == 1
    told = capsys.readouterr()
    assert hostile.NUMBER in told.out
    assert "gone.png" in told.err


def test_a_refusal_is_a_clear_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cards", "read", str(folder / "gone.png"), str(folder)]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0].endswith("gone.png: no such file")
    assert told[1].endswith("the file cannot be opened")
