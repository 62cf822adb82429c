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
ON CONFLICT (source, variant, channel, digest) DO UPDATE SET position = short_links.position
RETURNING id
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
    found: dict[str, int] = {}
    head = [source.brand_id, source.name, source.variant, channel]
    for position, url in enumerate(dict.fromkeys(urls)):
        digest = hashlib.sha256(url.encode()).hexdigest()
        leads = labelled(url, channel, source.label)
        (row,) = await rows(_KEEP, [*head, digest, position, leads, ctx.clock()])
        found[url] = row["id"]
    return found
