"""House rules as functions: a source in, offences out, each with its remedy."""

import ast
import re
from collections.abc import Collection, Iterator

from tests.support.source import Source


def offence(source: Source, node: ast.AST, remedy: str) -> str:
    return f"{source.path}:{getattr(node, 'lineno', 1)}: {remedy}"


def more_than_a_docstring(source: Source) -> list[str]:
    body = source.tree.body
    if len(body) == 1 and ast.get_docstring(source.tree):
        return []
    remedy = (
        "an __init__.py is one docstring that says what the package is for; "
        "import names from the module that defines them"
    )
    return [offence(source, body[-1] if body else source.tree, remedy)]


LONGEST_FUNCTION = 30


def long_functions(source: Source) -> list[str]:
    """Counted from `def` to the last line, without decorators. The offence names the function
    behind its path, so that a reason is for one function."""
    remedy = (
        "{lines} lines, and {most} are the most: part it by what it does, each step with a name "
        "(a table belongs in a constant); a function that is one literal table may be named "
        "with its reason in test_rules.py"
    )
    return [
        f"{source.path}:{node.name}:{node.lineno}: "
        + remedy.format(lines=lines, most=LONGEST_FUNCTION)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]


def opened_transactions(source: Source) -> list[str]:
    remedy = (
        "only use cases (backend/cards, customers, campaigns, brands) open a transaction; move "
        "the write into one, or name this file with its reason in test_rules.py"
    )
    return [
        offence(source, node, remedy)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and _last_name(node.func) in {"transaction", "in_transaction", "atomic"}
    ]


def aiogram_imports(source: Source) -> list[str]:
    if source.path.startswith(("bot/sandbox/", "bot/screens/")):
        allowed = False
    else:
        allowed = source.path.startswith(("bot/", "backend/messaging/telegram/"))
    remedy = (
        "aiogram is imported in bot/ (not sandbox, not screens) and backend/messaging/telegram/ "
        "only; pass plain values, or put the code there"
    )
    return [
        offence(source, node, remedy)
        for node, name in _imports(source.tree)
        if not allowed and name.split(".")[0] == "aiogram"
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
    names = _variables_of(tree, APPEND_ONLY) | APPEND_ONLY
    found = [
        offence(source, node, remedy) for node, text in _texts(tree) if _REWRITING_SQL.search(text)
    ]
    for node in ast.walk(tree):
        if any(_root(changed) in names for changed in _changed(node)):
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


_DECODERS = {
    "read_export", "read_catima_link", "read_catima_csv", "read_plain_csv", "read_archive",
    "read_pkpass", "read_file", "open_file", "picture_page", "pdf_pages", "kept_picture",
}  # fmt: skip


def files_opened_in_the_open(source: Source) -> list[str]:
    """What a stranger sent may only be decoded where it can be killed."""
    remedy = (
        "files that people send are decoded in a worker process alone: ask the Reader "
        "(backend/reading/reader.py), or name this file with its reason in test_rules.py"
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
        and _root(node.func.value) == "Image"
    ]


_MACHINE = re.compile(r"(?<![\w.$}~-])/(root|home|Users)/[\w.]+")
_REGISTRY = re.compile(
    r"\b(pypi\.org|pythonhosted\.org|npmjs\.(org|com)|proxy\.golang\.org)\b"
    r"|--(extra-)?index-url\b|--trusted-host\b|--find-links\b"
)


def traces_of_a_machine(path: str, text: str, own_folder: str) -> list[str]:
    remedy = "a path of one machine or the address of a registry: write what holds everywhere"
    return [
        f"{path}:{number}: {remedy}"
        for number, line in enumerate(text.splitlines(), 1)
        if own_folder in line or _MACHINE.search(line) or _REGISTRY.search(line)
    ]


def days_without_a_zone(source: Source) -> list[str]:
    """Screens, handlers and pages: a day or an hour of a moment is somebody's."""
    remedy = (
        "whose day is it? ask catalog/days.py (day_in, day_here, offer_last_day, full_moment) "
        "and write it with long_date"
    )
    return [
        offence(source, node, remedy)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            node.func.attr == "strftime"
            or (node.func.attr == "date" and not node.args and not _is_now(node.func.value))
        )
    ]


def _is_now(node: ast.expr) -> bool:
    """The clock's own day, or what is called `here`: the person's now."""
    match node:
        case ast.Name(id="here"):
            return True
        case ast.Call(func=ast.Attribute(attr="clock" | "astimezone")):
            return True
    return False


def unexplained(offences: Collection[str], reasons: Collection[str]) -> list[str]:
    """Reasons for files that offend no more: they have to go."""
    return [
        f"{path}: no longer needs its reason, take it out"
        for path in reasons
        if not any(line.startswith(path) for line in offences)
    ]


def _imports(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module


def _texts(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every string but docstrings; f-strings with their holes left out."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (part.value for part in node.values if isinstance(part, ast.Constant))
            yield node, "".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield node, str(node.value)


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _root(node: ast.expr) -> str:
    """`ConsentRecord` for `(await ConsentRecord.filter(…).first()).save`."""
    while True:
        match node:
            case ast.Attribute(value=inner) | ast.Await(value=inner) | ast.Subscript(value=inner):
                node = inner
            case ast.Call(func=inner):
                node = inner
            case ast.Name(id=name):
                return name
            case _:
                return ""


def _variables_of(tree: ast.Module, classes: set[str]) -> set[str]:
    """Names bound to something that begins at one of the classes, or annotated with one."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=targets, value=value) if _root(value) in classes:
                found |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.For(target=ast.Name(id=name), iter=value) if _root(value) in classes:
                found.add(name)
            case ast.AsyncFor(target=ast.Name(id=name), iter=value) if _root(value) in classes:
                found.add(name)
            case ast.arg(arg=name, annotation=ast.Name(id=kind)) if kind in classes:
                found.add(name)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Name(id=kind)) if (
                kind in classes
            ):
                found.add(name)
    return found


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
    if not isinstance(node, ast.Call) or _last_name(node.func) != "AddField":
        return False
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    field = given.get("field", node.args[2] if len(node.args) > 2 else None)
    if not isinstance(field, ast.Call):
        return True
    told = {keyword.arg: ast.unparse(keyword.value) for keyword in field.keywords}
    if "ManyToMany" in _last_name(field.func):
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
        and _last_name(node.func) in {"write_bytes", "write_text"}
        and source.path != "backend/platform/secrets/private_file.py"
    ]


_DOOR = re.compile(r"(api|bot|cli|page|portal|till|web|worker):[a-z0-9_/]+")


def named_doors(source: Source) -> list[str]:
    """Use cases and what is below them: one that names a door is wrong at every other."""
    remedy = (
        "evidence, audit and log take the door from ctx.door; the door itself makes the context "
        "with ctx.acting(actor, door), and backend/platform/door.py lists all doors"
    )
    return [
        offence(source, node, remedy) for node, text in _texts(source.tree) if _DOOR.fullmatch(text)
    ] + [
        offence(source, node, remedy)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        and node.module == "backend.platform.door"
        and {alias.name for alias in node.names} - {"AGREED_BEFORE"}
    ]


def languages_chosen_by_hand(source: Source) -> list[str]:
    remedy = "spoken(thing, 'name', language) of catalog/spoken.py chooses between _ru and _en"
    return [
        offence(source, node, remedy)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.IfExp)
        and isinstance(node.body, ast.Attribute)
        and isinstance(node.orelse, ast.Attribute)
        and {node.body.attr[-3:], node.orelse.attr[-3:]} == {"_ru", "_en"}
    ]


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
        and _last_name(node.value) == "vault"
    ]


def logs_without_an_actor(source: Source) -> list[str]:
    """Use cases."""
    remedy = (
        "a use case logs with log_of(ctx, __name__) of backend/platform/watch/use_case_log.py: "
        "every line says who acted and by which door"
    )
    return [
        offence(source, node, remedy)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and any(a.name == "get_log" for a in node.names)
    ]
