"""Bot and worker in one process. Imported when they start: what it imports is heavy."""

from backend.cli.lean_memory import give_back
from backend.cli.process_age import process_age
from backend.cli.stopping import until_stopped
from backend.messaging.registry import open_channels
from backend.messaging.telegram.pacer import make_pacer
from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.reactions import reactions
from backend.wallets.put_news import PuttingNews
from backend.worker.run import run_worker
from bot.run import run_bot


async def run_together(settings: Settings, ctx: Context, address: str) -> None:
    """Until a signal asks to stop. `address`: where people find it, told once all is ready."""
    pacer = make_pacer(settings)
    async with open_channels(
        settings, pacer, vault=ctx.vault, put_news=PuttingNews(ctx)
    ) as channels:
        book = reactions(channels)
        give_back()
        await until_stopped(
            {
                "bot": run_bot(settings, ctx, pacer),
                "worker": run_worker(settings, ctx, book),
            },
            lambda: print(f"Karman is up in {process_age():.1f} s: {address}", flush=True),
        )
    await pacer.aclose()
