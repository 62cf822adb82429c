"""An account enters a template, changes it, or puts it away."""

from typing import Any

from backend.brands.keys import check_key
from backend.brands.put import Put, Saved, noted, put
from backend.brands.templates.freeze import kept_content
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import Change, note
from catalog.entries.messages.template import TemplateEntry
from catalog.entries.values.around import Around
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.refusal import Code, Refusal
from models.template import MessageTemplate, TemplateVersion

MOST_TEMPLATES = 1000
# What is said: a change of it is a new version.
SAID = ("name", "purpose", "content", "advertiser", "inn", "erid")


async def save_template(
    ctx: Context, scope: Scope, account_id: int, key: str, entry: TemplateEntry, around: Around
) -> Saved:
    """`around`: what it was checked against. One that was put away is there again.

    Refuses with key_invalid, too_many_templates, offer_not_found, picture_not_found and
    picture_unfit.
    """
    check_key(key)
    async with transaction():
        content = await kept_content(scope, account_id, entry.content, around.variables)
        told = {name: getattr(entry, name) for name in SAID if name != "content"}
        values = {**told, "content": content, "archived_at": None}
        fresh = {"created_at": ctx.clock(), "changed_at": ctx.clock()}
        found = await put(
            MessageTemplate, {"account_id": account_id, "key": key}, values, fresh=fresh
        )
        await _check_room(scope, account_id, found.saved)
        await _write_version(ctx, found, {**told, "content": content})
        return await noted(ctx, Verb.SAVE_TEMPLATE, "template", found, account_id)


async def archive_template(ctx: Context, scope: Scope, account_id: int, key: str) -> None:
    """It is not used any more; what has taken it over goes on. Refuses with
    template_not_found."""
    async with transaction():
        row = await template_named(scope, account_id, key)
        held = scope.templates().filter(id=row.id, archived_at__isnull=True)
        if await held.update(archived_at=ctx.clock()):
            change = Change({"archived_at": None}, {"archived_at": ctx.clock()})
            await note(
                ctx, Verb.ARCHIVE_TEMPLATE, "template", row.id, account_id=account_id,
                change=change,
            )  # fmt: skip


async def template_named(scope: Scope, account_id: int, key: str) -> MessageTemplate:
    """Refuses with template_not_found."""
    found = await scope.templates().filter(account_id=account_id, key=key).first()
    if found is None:
        raise Refusal(Code.TEMPLATE_NOT_FOUND)
    return found


async def _check_room(scope: Scope, account_id: int, saved: Saved) -> None:
    there = scope.templates().filter(account_id=account_id)
    if saved is Saved.MADE and await there.count() > MOST_TEMPLATES:
        raise Refusal(Code.TOO_MANY_TEMPLATES, most=MOST_TEMPLATES)


async def _write_version(ctx: Context, found: Put, said: dict[str, Any]) -> None:
    """Of what is said alone: what was put away and is there again says the same."""
    if found.saved is Saved.SAME or not set(found.change.after or ()) & set(SAID):
        return
    # of all: the template that was written just now
    row = await MessageTemplate.get(id=found.id)
    if found.saved is Saved.CHANGED:
        row.version += 1
        row.changed_at = ctx.clock()
        await row.save(update_fields=["version", "changed_at"])
    await TemplateVersion.create(
        template=row, version=row.version, said=said, author=str(ctx.actor), saved_at=ctx.clock()
    )
