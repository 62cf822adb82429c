"""Who writes rows, and which are never written again."""

import ast
import re

from tests.architecture.rules.syntax import last_name, offence, root, texts, variables_of
from tests.support.source import Source


def opened_transactions(source: Source) -> list[str]:
    remedy = (
        "only use cases (backend/cards, customers, campaigns, sending, brands, connections, "
        "ledger, jobs, access) open a transaction; move the write into one, or name this file "
        "with its reason in test_rows.py"
    )
    return [
        offence(source, node, remedy)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and last_name(node.func)
        in {"transaction", "joined_transaction", "in_transaction", "atomic"}
    ]


APPEND_ONLY = {"ConsentRecord", "ConsentLink"}
_REWRITING_SQL = re.compile(
    r"\b(UPDATE|DELETE\s+FROM|TRUNCATE(\s+TABLE)?|REPLACE\s+INTO)\s+\"?(consent_records|consent_links)\b",
    re.IGNORECASE,
)
_REWRITING = {
    "save", "delete", "update", "update_or_create", "bulk_update", "update_from_dict",
}  # fmt: skip


def rewritten_evidence(source: Source) -> list[str]:
    remedy = (
        "consent records and links are evidence: append with create or bulk_create, "
        "never change or delete; a withdrawal is a new record"
    )
    tree = source.tree
    names = variables_of(tree, APPEND_ONLY) | APPEND_ONLY
    found = [
        offence(source, node, remedy) for node, text in texts(tree) if _REWRITING_SQL.search(text)
    ]
    for node in ast.walk(tree):
        if any(root(changed) in names for changed in _changed(node)):
            found.append(offence(source, node, remedy))  # noqa: PERF401  reads better
    return found


def _changed(node: ast.AST) -> list[ast.expr]:
    """What the statement or call writes to, as far as it is an attribute or a method."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name, value=value)) if name in _REWRITING:
            return [value]
        case ast.Assign(targets=targets):
            return [target for target in targets if isinstance(target, ast.Attribute)]
        case ast.AugAssign(target=ast.Attribute() as target):
            return [target]
    return []


def columns_without_default(source: Source) -> list[str]:
    """AddField in a migration of what may not be NULL, and SQL that does the same."""
    remedy = (
        "rows exist in real databases: db_default=… beside default=… (in the model, too), or "
        "null=True, or RunSQL with ADD COLUMN … NOT NULL DEFAULT …"
    )
    return [
        offence(source, node, remedy)
        for node in ast.walk(source.tree)
        if _adds_needed_field(node) or _adds_needed_column(node)
    ]


def _adds_needed_field(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or last_name(node.func) != "AddField":
        return False
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    field = given.get("field", node.args[2] if len(node.args) > 2 else None)
    if not isinstance(field, ast.Call):
        return True
    told = {keyword.arg: ast.unparse(keyword.value) for keyword in field.keywords}
    if "ManyToMany" in last_name(field.func):
        return False
    return told.get("null") != "True" and "db_default" not in told


_ADD_COLUMN = re.compile(r"\bADD\s+COLUMN\b[^,;]*", re.IGNORECASE)


def _adds_needed_column(node: ast.AST) -> bool:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    return any(
        "NOT NULL" in clause.upper() and "DEFAULT" not in clause.upper()
        for clause in _ADD_COLUMN.findall(node.value)
    )
