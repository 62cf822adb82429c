"""Борис looks at his cards before anybody has one."""

import argparse
import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from backend.brands.designs.preview import Drawn, preview
from backend.brands.designs.sample import Sampled, each_of
from backend.cli.explain import CannotRun
from backend.cli.verbs.brands import design as verb
from backend.platform.context import Context
from catalog.looks.card_design import design_read
from catalog.pack.problems import PackRefused
from models.card_design import CardDesign
from models.media import Media
from models.program import Program
from models.segment import Segment
from tests.support.factory.brands import shop

COLOURS = {"primary": "#1F6F50", "secondary": "#F4C95D"}
DESIGN = {
    **COLOURS,
    "front": [
        {"place": "header", "shows": "tier"},
        {"place": "primary", "shows": "balance"},
        {"place": "secondary", "shows": "own", "own": "visits"},
    ],
    "back": [{"shows": "expires"}],
    "variants": [
        {"name": "Gold", "tiers": ["Silver", "Gold"], "primary": "#7A5C00"},
        {"name": "Asleep", "segment": "asleep", "primary": "#101010"},
    ],
}


@pytest.fixture
async def program(database: str) -> Program:
    await shop("lavka")
    label = {"ru": "Визиты", "en": "Visits"}
    own = [{"key": "visits", "label": label, "type": "number"}]
    await Program.all().update(card_fields=own)
    return await Program.get().select_related("account")


async def test_every_picture_of_every_variant(ctx: Context, program: Program) -> None:
    design = design_read(1, DESIGN)
    named = each_of(design)
    assert named == [
        ("", Sampled()),
        ("variant-1-", Sampled("Gold")),
        ("variant-2-", Sampled("", "asleep")),
    ]
    for of in Drawn:
        drawn = {await preview(ctx, program, design, sampled, of, "ru") for _, sampled in named}
        drawn.add(await preview(ctx, program, design, Sampled(), of, "en"))
        sizes = set()
        for each in drawn:
            with Image.open(BytesIO(each)) as picture:
                assert picture.format == "PNG"
                sizes.add(picture.width)
        assert len(sizes) == 1
        # The back is white whatever the card's ground is.
        assert len(drawn) == (2 if of is Drawn.APPLE_BACK else 4), of


def strip() -> bytes:
    file = BytesIO()
    Image.new("RGB", (1125, 432), "#123456").save(file, "PNG")
    return file.getvalue()


async def test_the_operator_s_verb(
    ctx: Context, program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = argparse.Namespace(
        program=program.key, version=None, into=tmp_path / "out", language="ru",
        file=tmp_path / "design.yaml",
    )  # fmt: skip
    await verb.show(asked, ctx)
    first = capsys.readouterr().out
    assert first.startswith("primary: '#1F6F50'\n")
    asked.file.write_text(first + "ink: '#1F6F51'\nstrip: strip.png\n", encoding="utf-8")
    with pytest.raises(PackRefused) as refused:
        await verb.save(asked, ctx)
    assert [each.what for each in refused.value.problems] == [
        "ink has a contrast of 1.0 on #1F6F50", "is missing",
    ]  # fmt: skip
    asked.file.write_text(first + "ink: '#FFFFFF'\nstrip: strip.png\n", encoding="utf-8")
    asked.file.with_name("strip.png").write_bytes(strip())
    await verb.save(asked, ctx)
    assert capsys.readouterr().out == "lavka-club: made, version 2\n"
    assert (await Media.get()).sha256 == hashlib.sha256(strip()).hexdigest()
    await verb.save(asked, ctx)
    assert capsys.readouterr().out == "lavka-club: same, version 2\n"
    await verb.preview(asked, ctx)
    assert sorted(each.name for each in asked.into.iterdir()) == [
        "apple.png", "apple_back.png", "bot.png", "google.png",
    ]  # fmt: skip
    asked.version = 1
    await verb.restore(asked, ctx)
    await verb.versions(asked, ctx)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "lavka-club: version 3 is version 1 again"
    assert [line.split()[0] for line in lines[2:]] == ["3", "2", "1"]
    assert lines[2].endswith("version 1 again")


async def test_what_is_gone_is_told_line_by_line(ctx: Context, program: Program) -> None:
    await Segment.create(
        account_id=program.account_id, key="awake", name="n", created_at=ctx.clock()
    )
    gone = {**COLOURS, "strip": "f" * 64, "variants": [{"name": "A", "segment": "asleep"}]}
    await CardDesign.create(program=program, number=1, design=gone, made_at=ctx.clock())
    asked = argparse.Namespace(program=program.key, version=1)
    with pytest.raises(CannotRun) as refused:
        await verb.restore(asked, ctx)
    first, second = str(refused.value).splitlines()
    assert first.startswith("version 1: strip is 'fff")
    assert second.startswith("version 1: variants.segment is 'asleep', which is unknown; expected")
