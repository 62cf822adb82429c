"""Code as the checks are shown it."""

USE_CASES = (
    "backend/cards/",
    "backend/customers/",
    "backend/campaigns/",
    "backend/brands/",
    "backend/restored/",
)


def inside(*lines: str) -> str:
    return "\n".join(["async def f(record: ConsentRecord):", *(f"    {line}" for line in lines)])
