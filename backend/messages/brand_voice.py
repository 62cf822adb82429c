"""A partner's advertising as the sender knows it, where it leaves with the rest of a day."""

from backend.platform.context import Context
from backend.sending.voice import NO_CAPS, Voice, names_of
from models.brand import Brand


class BrandVoices:
    def __init__(self, ctx: Context, base_url: str) -> None:
        self._ctx, self._base_url = ctx, base_url

    async def find(self, brand_id: int) -> Voice | None:
        # of all: a brand whose messages are in hand
        found = Brand.filter(id=brand_id).select_related("program__account")
        brand = await found.first()
        if brand is None:
            return None
        return Voice(
            f"brand {brand.id}", brand.id, [], brand.program.account.timezone, None, NO_CAPS,
            self._base_url, self._ctx, None, names_of(brand),
        )  # fmt: skip
