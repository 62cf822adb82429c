"""Rules that keep one account's rows from another: a source in, offences out, with remedies."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from tests.architecture.owned import backward
from tests.architecture.queries import QUERIES, Query, all_queries, owned_queries
from tests.support.source import Source, sources

# A tenant stands before these doors.
TENANTS = ("backend/web/api/", "backend/web/compat/", "backend/web/portal/")
# People and the operator: they see rows through use cases and the scope's helpers.
DOORS = ("bot/", "backend/web/", "backend/cli/", "backend/worker/")
# Where queries begin: what people see and hold, and what a tenant sees.
SCOPES = ("catalog/scope.py", "catalog/tenant.py")
# A Telegram with a database of its own; a contract keeps Karman's tables out of it.
NOT_KARMAN = "bot/sandbox/"

# Whose row it is: a person's, or one of a row that the caller has in hand.
_OWNERS = {
    "customer", "guest", "account", "program", "brand", "offer", "card", "campaign", "message",
    "document", "share", "record", "subject", "event",
}  # fmt: skip
_OWNER_SQL = re.compile(
    rf"\b({'|'.join(sorted(_OWNERS))})_id\s*(=|IN\b|= ANY)\s*\(?\s*(\$|\{{|:|SELECT|ANY)",
    re.IGNORECASE,
)
_INSERT_SQL = re.compile(
    rf"INSERT\s+INTO\s+\w+\s*\([^)]*\b({'|'.join(sorted(_OWNERS))})_id\b", re.IGNORECASE
)
# In the lines of the query or right above them: why it concerns the rows of everybody.
MARK = re.compile(r"# of all: \S+")


def tenant_offences(source: Source) -> list[str]:
    """API and portal reach rows of brands, accounts and people through catalog.tenant alone."""
    if not source.path.startswith(TENANTS):
        return []
    remedy = (
        "a tenant sees rows through the Scope of catalog/tenant.py alone, and writes through use "
        "cases: begin at the request's scope"
    )
    lines = {query.first for query in all_queries(source)}
    lines |= {node.lineno for node in _ways_around(source.tree)}
    return [f"{source.path}:{line}: {remedy}" for line in sorted(lines)]


def _ways_around(tree: ast.Module) -> Iterator[ast.stmt | ast.expr]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names) if any(_forbidden(each.name) for each in names):
                yield node
            case ast.ImportFrom(module=str(module), names=names):
                whole = {module, *(f"{module}.{each.name}" for each in names)}
                if any(_forbidden(each) for each in whole):
                    yield node
            case ast.Attribute(attr=name, value=ast.Attribute(attr=led)) if (
                name in QUERIES and led in backward()
            ):
                yield node
            case ast.Attribute(attr="fetch_related" | "prefetch_related"):
                yield node


def _forbidden(module: str) -> bool:
    if module.split(".", maxsplit=1)[0] == "tortoise" or module == "backend.platform.database":
        return True
    return module in _rows_of_everybody()


@cache
def _rows_of_everybody() -> set[str]:
    """Modules of the catalog that ask without a scope; every import of a door is held to them."""
    found = set()
    for source in sources("catalog"):
        asks = any(True for _ in all_queries(source)) or "catalog.scope" in source.text
        if asks and source.path != "catalog/tenant.py":
            found.add(source.path.removesuffix(".py").replace("/", "."))
    return found


def unscoped_queries(source: Source) -> list[str]:
    """Queries on rows of brands and accounts that could find anybody's."""
    if source.path in SCOPES or source.path.startswith(NOT_KARMAN):
        return []
    at_a_door = source.path.startswith(DOORS)
    remedy = (
        "a door asks a use case or a helper of catalog/scope.py"
        if at_a_door
        else "say whose rows these are (customer_id, program_id, … or a row in hand), ask a helper "
        "of catalog/scope.py, or write «# of all: why» with a statement that concerns everybody"
    )
    lines = source.text.splitlines()
    return [
        f"{source.path}:{query.first}: {remedy}"
        for query in owned_queries(source)
        if at_a_door or not (_anchored(query) or _marked(query, lines))
    ]


def _anchored(query: Query) -> bool:
    if query.text:
        return bool(_OWNER_SQL.search(query.text) or _INSERT_SQL.search(query.text))
    return any(_says_whose(name, value) for name, value in query.told)


def _says_whose(name: str, value: ast.expr) -> bool:
    first = name.split("__", maxsplit=1)[0].removesuffix("_id")
    if first in _OWNERS:
        return True
    # A row in hand: `id=card.id`, `id__in=[card.id for card in cards]`.
    return first in {"id", "*"} and any(
        isinstance(node, ast.Attribute) and (node.attr == "id" or node.attr.endswith("_id"))
        for node in ast.walk(value)
    )


def _marked(query: Query, lines: list[str]) -> bool:
    said = "\n".join(lines[max(query.first - 3, 0) : query.last])
    return bool(MARK.search(said))
