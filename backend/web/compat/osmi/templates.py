"""A template of theirs is a program here, or a program and a tier."""

from collections.abc import Mapping
from typing import Any

from backend.brands.designs.newest import newest_designs
from backend.brands.keys import program_of
from backend.cards.passes.find_pass import Pass
from backend.web.compat.call import Call
from backend.web.compat.osmi.values import BALANCE, TIER
from backend.web.compat.wrong import Wrong
from catalog.looks.card_design import Look, design_read, said_of
from catalog.looks.card_fields import card_fields_of
from models.facade import LONGEST_TEMPLATE
from models.program import Program
from models.refusal import Code, Refusal


async def meant(call: Call, template: str) -> tuple[Program, str]:
    """Program and tier, "" for none. Raises Wrong."""
    means = call.settings.templates.get(template)
    named = means.program if means else template
    try:
        if len(template) > LONGEST_TEMPLATE:
            raise Refusal(Code.PROGRAM_NOT_FOUND)
        program = await program_of(call.scope, named)
    except Refusal:
        raise Wrong(404, "404", "no template is called like that") from None
    return program, means.tier if means else ""


def template_of(call: Call, found: Pass) -> str:
    """By which it was made or moved; else the one of its tier, or of its program."""
    tier = found.card.tier if found.card is not None else ""
    if found.row is not None:
        named = call.settings.templates.get(found.row.template)
        if named is None or not named.tier or not tier or named.tier == tier:
            return found.row.template
    for name, means in call.settings.templates.items():
        if means.program == found.program.key and means.tier in ("", tier):
            return name
    return found.program.key


async def every(call: Call) -> dict[str, Any]:
    programs = [str(key) for key in await call.scope.programs().values_list("key", flat=True)]
    return {"templates": sorted({*programs, *call.settings.templates})}


async def one(call: Call) -> dict[str, Any]:
    program, tier = await meant(call, call.path["template"])
    row = (await newest_designs(call.scope, [program.id])).get(program.id)
    look = design_read(row.number if row else 0, said_of(program, row)).look_for(tier)
    labels = {meaning: label for label, meaning in call.settings.labels.items()}
    named = {BALANCE: "Баланс", TIER: "Уровень"}
    named |= {each.key: each.label.ru for each in card_fields_of(program)}
    return {
        "template": call.path["template"],
        "program": program.key,
        "tier": tier,
        "name": program.name_ru,
        "barcode": {"format": program.barcode_format.value},
        "colors": _colours(look),
        **_pictures(call, look),
        "values": [{"key": key, "label": labels.get(key, name)} for key, name in named.items()],
    }


def _colours(look: Look) -> dict[str, str]:
    told = {"background": look.primary, "foreground": look.ink or look.secondary}
    return told | ({"label": look.label} if look.label else {})


def _pictures(call: Call, look: Look) -> dict[str, dict[str, str]]:
    named = {"logo": look.logo, "strip": look.strip}
    links = {kind: f"{call.base_url}/media/{each}" for kind, each in named.items() if each}
    return {"images": links} if links else {}


async def defaults(call: Call) -> Mapping[str, Any]:
    account = await call.scope.own_accounts().get()
    return {
        "defaults": {
            "organizationName": account.legal_name_ru,
            "timezone": account.timezone,
            **await every(call),
        }
    }


async def images(call: Call) -> Mapping[str, Any]:
    """Logos of the brands, pictures of their offers, and what the cards' designs name."""
    brands = await call.scope.brands().filter(logo_id__isnull=False).order_by("id")
    found = [(str(brand.logo_id), "logo", brand.key) for brand in brands]
    for offer in await call.scope.offers().order_by("id"):
        found += [(sha256, "strip", offer.key) for sha256 in offer.pictures]
    keys = {program.id: program.key for program in await call.scope.programs()}
    for program_id, row in sorted((await newest_designs(call.scope, list(keys))).items()):
        for look in (row.design, *row.design.get("variants", ())):
            kinds = (kind for kind in ("logo", "strip") if kind in look)
            found += [(look[kind], kind, keys[program_id]) for kind in kinds]
    return {
        "images": [
            {
                "imgId": sha256,
                "imgType": kind,
                "imgDescription": name,
                "link": f"{call.base_url}/media/{sha256}",
            }
            for sha256, kind, name in dict.fromkeys(found)
        ]
    }


async def unsupported(_call: Call) -> None:
    told = "not here: designs and pictures are entered over the partner API (docs/partners.md)"
    raise Wrong(501, "501", told)
