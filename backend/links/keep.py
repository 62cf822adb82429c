"""The short links of one wording: made once, whoever sends it and however often."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from backend.links.utm import labelled
from backend.platform.context import Context
from backend.platform.database import rows

# of all: what sends the links, by its own name
_KEEP = """
INSERT INTO short_links (brand_id, source, variant, channel, digest, position, url, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (source, variant, channel, digest) DO NOTHING
"""
# of all: the same
_KEPT = """
SELECT digest, id FROM short_links WHERE source = $1 AND variant = $2 AND channel = $3
"""


@dataclass(frozen=True, slots=True)
class LinkedSource:
    """What sends the links. `name` such as `campaign:17`; `label` is its `utm_campaign`."""

    brand_id: int
    name: str
    label: str
    variant: int = 0


async def keep_links(
    ctx: Context, source: LinkedSource, channel: str, urls: Sequence[str]
) -> dict[str, int]:
    """The id of the short link by the address to which it leads. A link that is there leads where
    it has always led."""
    wanted = {url: hashlib.sha256(url.encode()).hexdigest() for url in urls}
    kept = await _kept(source, channel)
    if not set(wanted.values()) <= set(kept):
        head = [source.brand_id, source.name, source.variant, channel]
        for position, (url, digest) in enumerate(wanted.items()):
            leads = labelled(url, channel, source.label)
            await rows(_KEEP, [*head, digest, position, leads, ctx.clock()])
        kept = await _kept(source, channel)
    return {url: kept[digest] for url, digest in wanted.items()}


async def _kept(source: LinkedSource, channel: str) -> dict[str, int]:
    found = await rows(_KEPT, [source.name, source.variant, channel])
    return {row["digest"]: row["id"] for row in found}
