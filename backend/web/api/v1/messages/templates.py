"""Templates: what the account's brands say again and again."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.access.rights import Right
from backend.brands.templates.around import around_words
from backend.brands.templates.look import law_of, looks, prices, samples
from backend.brands.templates.save_template import (
    archive_template,
    save_template,
    template_named,
)
from backend.brands.templates.try_template import Trial, try_template
from backend.templates.content import Content
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.messages.template_shown import (
    ENTRY,
    EXAMPLE,
    LOOKED,
    PreviewAsked,
    PreviewShown,
    TemplateMade,
    TemplateShown,
    TemplatesQuery,
    TestAsked,
    TestShown,
    VersionShown,
    form_shown,
    template_shown,
    version_shown,
)
from backend.web.api.v1.shared import must_be_new
from catalog.entries.messages.template import TemplateEntry
from catalog.entries.values.around import Around
from models.refusal import Code
from models.template import MessageTemplate, TemplateVersion

DOOR = "api:v1/templates"
_FAILS = (Code.OFFER_NOT_FOUND, Code.PICTURE_NOT_FOUND, Code.PICTURE_UNFIT)
_FOUND = (Code.TEMPLATE_NOT_FOUND,)


async def around(asked: Asked) -> Around:
    return await around_words(asked.scope, await asked.account())


async def _named(asked: Asked) -> MessageTemplate:
    account = await asked.account()
    return await template_named(asked.scope, account.id, asked.path["template"])


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[MessageTemplate]) -> list[Shown]:
        return [template_shown(row) for row in rows]

    away = asked.asks(TemplatesQuery).archived
    found = asked.scope.templates().filter(archived_at__isnull=not away)
    return await page(asked, found, show)


async def enter(asked: Asked) -> Answer:
    made, account = asked.entered(TemplateMade), await asked.account()
    saved = await _saved(asked, made.key, made)
    must_be_new(saved)
    row = await template_named(asked.scope, account.id, made.key)
    return Answer(template_shown(row), f"{PREFIX}/templates/{made.key}")


async def _saved(asked: Asked, key: str, entry: TemplateEntry) -> Any:
    account = await asked.account()
    known = await around(asked)
    return await save_template(asked.ctx, asked.scope, account.id, key, entry, known)


async def one(asked: Asked) -> Answer:
    return Answer(template_shown(await _named(asked)))


async def stands(asked: Asked) -> Mapping[str, Any]:
    row = await _named(asked)
    return template_shown(await asked.scope.templates().select_for_update().get(id=row.id))


async def replace(asked: Asked) -> Answer:
    await _saved(asked, asked.path["template"], asked.entered(TemplateEntry))
    return await one(asked)


async def archive(asked: Asked) -> Answer:
    account = await asked.account()
    await archive_template(asked.ctx, asked.scope, account.id, asked.path["template"])
    return Answer(None)


async def versions(asked: Asked) -> Answer:
    async def show(rows: Sequence[TemplateVersion]) -> list[Shown]:
        return [version_shown(row) for row in rows]

    row = await _named(asked)
    found = asked.scope.template_versions().filter(template_id=row.id)
    return await page(asked, found, show, newest_first=True)


async def preview(asked: Asked) -> Answer:
    row, account = await _named(asked), await asked.account()
    content = Content.read(row.content)
    known = (await around(asked)).variables
    values = {**samples(content, known), **asked.entered(PreviewAsked).values}
    law, cost = law_of(row, account), await prices(asked.scope, account.id)
    full = looks(row, law, values, cost, asked.site.base_url)
    both = zip(full, looks(row, law, {}, cost, asked.site.base_url), strict=True)
    return Answer(
        {
            "variables": sorted(content.variables()),
            "links": list(content.urls()),
            "forms": [form_shown(look, without) for look, without in both],
        }
    )


async def test(asked: Asked) -> Answer:
    wanted, account = asked.entered(TestAsked), await asked.account()
    trial = Trial(wanted.channel.value, wanted.customer, wanted.phone, asked.site.base_url)
    made = await try_template(asked.ctx, asked.scope, account.id, asked.path["template"], trial)
    return Answer({"message": made.message_id, "channel": made.channel, "state": "queued"})


_PLACE = "/templates/{template}"
OPERATIONS = (
    Operation(
        "GET", "/templates", DOOR, Right.CAMPAIGNS, "List the templates", every, TemplateShown,
        TemplatesQuery, example=EXAMPLE, paged=True,
    ),
    Operation(
        "POST", "/templates", DOOR, Right.CAMPAIGNS, "Enter a template", enter, TemplateShown,
        Query, body=TemplateMade, body_example={"key": "spring-sale", **ENTRY}, example=EXAMPLE,
        status=201, etag=True, around=around,
        refusals=(Code.KEY_TAKEN, Code.TOO_MANY_TEMPLATES, *_FAILS),
        about="Checked against everybody who may get it: a variable that somebody may lack needs "
        "its fallback. docs/messages.md tells of variables, plurals and links.",
    ),
    Operation(
        "GET", _PLACE, DOOR, Right.CAMPAIGNS, "Read a template", one, TemplateShown, Query,
        example=EXAMPLE, etag=True, refusals=_FOUND,
    ),
    Operation(
        "PUT", _PLACE, DOOR, Right.CAMPAIGNS, "Change a template", replace, TemplateShown, Query,
        body=TemplateEntry, body_example=ENTRY, example=EXAMPLE, etag=True, around=around,
        stands=stands, refusals=(*_FOUND, *_FAILS),
        about="Campaigns and triggers that have taken it over go on saying what it said. One that "
        "was put away is there again.",
    ),
    Operation(
        "DELETE", _PLACE, DOOR, Right.CAMPAIGNS, "Put a template away", archive, None, Query,
        status=204, refusals=_FOUND,
        about="What has taken it over goes on. It is listed under `archived=true`.",
    ),
    Operation(
        "GET", f"{_PLACE}/versions", DOOR, Right.CAMPAIGNS, "List how a template was", versions,
        VersionShown, ListQuery, paged=True, refusals=_FOUND,
        example={**ENTRY, "version": 2, "author": "key:17", "saved_at": "2026-11-27T12:30:00Z"},
        about="The newest first.",
    ),
    Operation(
        "POST", f"{_PLACE}/preview", DOOR, Right.CAMPAIGNS, "See how a template will be read",
        preview, PreviewShown, Query, body=PreviewAsked, example=LOOKED, refusals=_FOUND,
        body_example={"values": {"name": "Анна", "points": "21"}},
        about="In every language and channel, with the parts and the price of an SMS. Nothing is "
        "sent and nobody's data is read.",
    ),
    Operation(
        "POST", f"{_PLACE}/test", DOOR, Right.CAMPAIGNS, "Send a template to a test recipient",
        test, TestShown, Query, body=TestAsked, status=202,
        body_example={"phone": "+79161234567", "channel": "telegram"},
        example={"message": 90411, "channel": "telegram", "state": "queued"},
        refusals=(*_FOUND, Code.READER_NOT_FOUND, Code.TOO_MANY_TRIES),
        about="With their own name and card, where they carry one of yours. Only to those who have "
        "said yes to your invitation (`POST /test-recipients`): nobody else can be reached.",
    ),
)  # fmt: skip
