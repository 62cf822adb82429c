"""karman design: how a program's cards look, in versions; and what they will look like."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from backend.cli.refusing import run_action
from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.context import Context
    from catalog.tenant import Scope
    from models.card_design import CardDesign
    from models.program import Program

_REFUSED = {
    "program_not_found": "no program has this key",
    "design_not_found": "there is no such version; karman design versions lists them",
    "design_unfit": "{what}; expected {expected}",
}


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "design", "see and change how a program's cards look", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    shown = actions.add_parser("show", help="the design as it was entered, as YAML")
    saved = actions.add_parser("save", help="take a design in: what stands under design: of a pack")
    listed = actions.add_parser("versions", help="how the cards looked, the newest first")
    restored = actions.add_parser("restore", help="bring a version back, as the next one")
    looked = actions.add_parser("preview", help="pictures of the chat, Apple's and Google's wallet")
    for named in (shown, saved, listed, restored, looked):
        named.add_argument("program", metavar="PROGRAM", help="the program's key")
    saved.add_argument("file", type=Path, metavar="FILE.yaml", help="pictures are beside it")
    restored.add_argument("version", type=int, metavar="N", help="its number")
    looked.add_argument("-o", "--into", type=Path, required=True, metavar="DIR", help="a folder")
    looked.add_argument("--language", choices=("ru", "en"), default="ru")
    for named in (shown, looked):
        named.add_argument("--version", type=int, metavar="N", help="another one than the newest")


def run(arguments: argparse.Namespace) -> int:
    actions = {
        "show": show, "save": save, "versions": versions, "restore": restore, "preview": preview,
    }  # fmt: skip
    return run_async(run_action(actions[arguments.action], arguments, _REFUSED))


async def _program(key: str) -> "tuple[Scope, Program]":
    """With its account."""
    from backend.brands.keys import program_of
    from catalog.tenant import Scope

    scope = await Scope.of_operator()
    program = await program_of(scope, key)
    return scope, await scope.programs().select_related("account").get(id=program.id)


async def _version(scope: "Scope", program: "Program", number: int | None) -> "CardDesign | None":
    """The newest one without a number."""
    from backend.brands.designs.newest import newest_designs
    from backend.brands.designs.save_design import version_of

    if number is not None:
        return await version_of(scope, program, number)
    return (await newest_designs(scope, [program.id])).get(program.id)


async def show(arguments: argparse.Namespace, _ctx: "Context") -> None:
    from backend.brands.pack.export_design import spelled
    from backend.brands.pack.spelled import yaml_of
    from catalog.looks.card_design import said_of

    scope, program = await _program(arguments.program)
    row = await _version(scope, program, arguments.version)
    print(yaml_of(spelled(said_of(program, row))).decode(), end="")


async def save(arguments: argparse.Namespace, ctx: "Context") -> None:
    """Raises PackRefused with every mistake."""
    from backend.brands.designs.around import design_around
    from backend.brands.designs.save_design import save_design
    from backend.brands.keep_picture import keep_picture
    from backend.cli.explain import CannotRun
    from catalog.pack.design import read_design

    if not arguments.file.is_file():
        raise CannotRun(f"{arguments.file}: no such file")
    scope, program = await _program(arguments.program)
    known = await design_around(program.account_id, program, None)
    design, pictures = read_design(arguments.file, known)
    for picture in pictures:
        await keep_picture(ctx, picture, picture.read(), program.account_id)
    saved = await save_design(ctx, scope, program.key, design)
    row = await _version(scope, program, None)
    print(f"{program.key}: {saved.value}, version {row.number if row else 0}")


async def versions(arguments: argparse.Namespace, _ctx: "Context") -> None:
    scope, program = await _program(arguments.program)
    for row in await scope.designs().filter(program_id=program.id).order_by("-id"):
        back = f"  version {row.restored} again" if row.restored is not None else ""
        print(f"{row.number:<5} {row.made_at:%Y-%m-%d %H:%M} UTC  {row.made_by or '-'}{back}")


async def restore(arguments: argparse.Namespace, ctx: "Context") -> None:
    """Raises CannotRun with everything that is gone since."""
    from backend.brands.designs.around import unfit
    from backend.brands.designs.save_design import save_design, version_of
    from backend.cli.explain import CannotRun
    from catalog.entries.design.design import DesignEntry

    scope, program = await _program(arguments.program)
    row = await version_of(scope, program, arguments.version)
    if found := await unfit(program, row.design):
        told = [f"version {row.number}: {each.what}; expected {each.expected}" for each in found]
        raise CannotRun("\n".join(told))
    entry = DesignEntry.model_validate(row.design)
    await save_design(ctx, scope, program.key, entry, restored=row.number)
    newest = await _version(scope, program, None)
    print(f"{program.key}: version {newest.number if newest else 0} is version {row.number} again")


async def preview(arguments: argparse.Namespace, ctx: "Context") -> None:
    """The whole, and each variant."""
    from backend.brands.designs.preview import Drawn, preview
    from backend.brands.designs.sample import each_of
    from backend.platform.secrets.private_file import private_folder, write_private
    from catalog.looks.card_design import design_read, said_of

    scope, program = await _program(arguments.program)
    row = await _version(scope, program, arguments.version)
    design = design_read(row.number if row else 0, said_of(program, row))
    private_folder(arguments.into)
    for name, sampled in each_of(design):
        for of in Drawn:
            drawn = await preview(ctx, program, design, sampled, of, arguments.language)
            write_private(arguments.into / f"{name}{of.value}.png", drawn)
    print(f"{program.key}: version {design.number} is in {arguments.into}")
