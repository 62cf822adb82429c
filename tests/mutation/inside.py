"""Runs in the copy of a room, as a process of its own: `python -m tests.mutation.inside SAMPLE`.

Makes the mutants, tries those of the sample that nobody has tried, and writes what became of each
of the sample into verdict.json. SIGINT stops it; what was tried stays tried.
"""

import json
import random
import sys
from pathlib import Path

from mutmut.__main__ import _run, create_mutants
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, walk_mutatable_files
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

SEED = 20261127
PROCESSES = 2
STAND = Path("survivors-stand")


def main(most: int) -> None:
    set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    create_mutants(PROCESSES)
    everything = sorted(_known())
    chosen = everything
    if len(everything) > most:
        chosen = sorted(random.Random(SEED).sample(everything, most))
    _forget_survivors(set(chosen))
    left = [name for name, end in _known().items() if name in set(chosen) and end is None]
    if left:
        _run(left, PROCESSES)
    _write(chosen, len(everything))


def _files() -> list[SourceFileMutationData]:
    found = []
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        found.append(data)
    return found


def _known() -> dict[str, int | None]:
    return {name: end for data in _files() for name, end in data.exit_code_by_key.items()}


def _forget_survivors(chosen: set[str]) -> None:
    """After the tests have changed they are tried once more; what was killed stays killed."""
    if STAND.exists():
        return
    for data in _files():
        for name, end in data.exit_code_by_key.items():
            if name in chosen and status_by_exit_code[end] not in {"killed", "timeout"}:
                data.exit_code_by_key[name] = None
        data.save()
    STAND.touch()


def _write(chosen: list[str], everything: int) -> None:
    ends = _known()
    told = []
    for data in _files():
        for name in sorted(data.exit_code_by_key.keys() & set(chosen)):
            status = status_by_exit_code[ends[name]]
            lives = status not in {"killed", "timeout"}
            diff = get_diff_for_mutant(name, path=data.path) if lives else ""
            told.append({"name": name, "function": _function(name), "status": status, "diff": diff})
    Path("verdict.json").write_text(json.dumps({"everything": everything, "tried": told}))


def _function(name: str) -> str:
    function, in_class = orig_function_and_class_names_from_key(name)
    module = name.rpartition(".")[0]
    return ".".join(filter(None, (module, in_class, function)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
