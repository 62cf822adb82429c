"""What journeys about consents need: new versions of documents of the demo brands."""

from datetime import timedelta

from backend.consents.documents import text_sha256
from backend.platform.context import Context
from models.account import Account
from models.consent_document import ConsentDocument, ConsentPurpose


async def new_version(
    ctx: Context, account: Account, purpose: ConsentPurpose, change: str = "purpose"
) -> int:
    """Both languages of the next version, in force for an hour; returns its number."""
    version = 0
    for language in ("ru", "en"):
        standing = (
            await ConsentDocument.filter(account=account, purpose=purpose, language=language)
            .order_by("-version")
            .first()
        )
        assert standing is not None
        version = standing.version + 1
        text = f"{standing.text}\n\n{version}."
        await ConsentDocument.create(
            account_id=account.id,
            program_id=standing.program_id,
            purpose=purpose,
            language=language,
            version=version,
            title=standing.title,
            text=text,
            channels=standing.channels,
            sha256=text_sha256(standing.title, text),
            change=change,
            effective_from=ctx.clock() - timedelta(hours=1),
            created_at=ctx.clock(),
        )
    return version
