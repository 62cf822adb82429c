"""karman passes dev-certs: a chain of one's own, and the variables that use it."""

import subprocess
from argparse import Namespace
from pathlib import Path

import pytest

from backend.cli.explain import CannotRun
from backend.cli.verbs.people.passes import run


def test_a_folder_that_openssl_and_a_shell_understand(tmp_path: Path) -> None:
    folder = tmp_path / "with space"
    assert run(Namespace(action="dev-certs", folder=folder)) == 0
    assert folder.stat().st_mode & 0o077 == 0
    said = subprocess.run(
        ["sh", "-c", 'set -a; . "$0/env"; openssl verify -CAfile "$0/root.pem"'
         ' -untrusted "$KARMAN_APPLE_WWDR" "$KARMAN_APPLE_PASSES"', str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.stdout.strip().endswith(": OK"), said.stderr


def test_keys_are_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "pass.pem").write_text("mine")
    with pytest.raises(CannotRun, match="an empty folder"):
        run(Namespace(action="dev-certs", folder=tmp_path))
    assert (tmp_path / "pass.pem").read_text() == "mine"
