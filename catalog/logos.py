"""Logos of brands, as the files that were loaded."""

from collections.abc import Iterable

from models.brand import Brand
from models.media import Media


async def logo_of(brand: Brand | None) -> bytes | None:
    """PNG, JPEG or WebP; None without a brand and for one without a logo."""
    return (await logos_of([brand])).get(brand.id) if brand is not None else None


async def logos_of(brands: Iterable[Brand]) -> dict[int, bytes]:
    """Brand id → file, of those that have a logo; one query."""
    named = {brand.id: brand.logo_id for brand in brands if brand.logo_id}
    stored = {
        media.sha256: bytes(media.content)
        for media in await Media.filter(sha256__in=list(named.values()))
    } if named else {}  # fmt: skip
    return {id_: stored[logo] for id_, logo in named.items() if logo in stored}
