"""What a start leaves out: the other verbs, the migrations that were made, sources of models."""

from backend.cli.main import ROOM_OF, build_parser
from tests.support.machine.processes import finish, start_python


async def test_nobody_reads_the_sources_of_models() -> None:
    assert await finish(await start_python("tests.cli.process_lean_start")) == "none\n"


def test_a_verb_that_was_typed_is_found_alone() -> None:
    for name in ROOM_OF:
        typed = name.replace("_", "-")
        assert f"\n  {typed} " in build_parser(typed).format_help()
    whole = build_parser().format_help()
    assert build_parser("restore").format_help() == whole
    assert build_parser("--help").format_help() == whole
