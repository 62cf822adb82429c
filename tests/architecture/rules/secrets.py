"""People's data: sealed, in files of their owner alone, decoded in bounds."""

import ast

from tests.architecture.rules.syntax import last_name, offence, root
from tests.support.source import Source

_KEYED = {"seal_json", "open_json", "seal_bytes", "open_bytes"}


def sealed_by_hand(source: Source) -> list[str]:
    remedy = (
        "Sealed(place) of backend/platform/secrets/vault.py seals and opens a person's values, "
        "and knows what becomes of them when the person's data is deleted"
    )
    return [
        offence(source, node, remedy)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute)
        and node.attr in _KEYED
        and last_name(node.value) == "vault"
    ]


def readable_files(source: Source) -> list[str]:
    """Files that the product writes hold people's data, and the umask is nobody's choice."""
    if source.path.startswith("bot/sandbox/"):
        return []
    remedy = (
        "write_private (backend/platform/secrets/private_file.py) writes whole files that their "
        "owner alone can read"
    )
    return [
        offence(source, node, remedy)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and last_name(node.func) in {"write_bytes", "write_text"}
        and source.path != "backend/platform/secrets/private_file.py"
    ]


_DECODERS = {
    "read_export", "read_catima_link", "read_catima_csv", "read_plain_csv", "read_archive",
    "read_pkpass", "read_file", "open_file", "picture_page", "pdf_pages", "kept_picture",
}  # fmt: skip


def files_opened_in_the_open(source: Source) -> list[str]:
    """What a stranger sent may only be decoded where it can be killed."""
    remedy = (
        "files that people send are decoded in a worker process alone: ask the Reader "
        "(backend/reading/reader.py), or name this file with its reason in test_secrets.py"
    )
    if source.path.startswith(("backend/reading/", "backend/exchange/")):
        return []
    found = [
        offence(source, node, remedy)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and any(alias.name in _DECODERS for alias in node.names)
    ]
    return found + [
        offence(source, node, remedy)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "open"
        and root(node.func.value) == "Image"
    ]
