"""What Bitrix's errors mean for whoever asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from backend.partners.bitrix.wire.errors import AccessRefused, Away, Refused
from backend.platform.failures import GiveUp, NeedsSettings, TryLater


@contextmanager
def translated(what: str) -> Iterator[None]:
    """`what` was asked, for the operator. Raises TryLater, NeedsSettings, GiveUp; NotFound is for
    whoever asks."""
    try:
        yield
    except Away as away:
        said = f"answered {away.status}" if away.status else "no answer"
        raise TryLater(f"{what}: {said}") from away
    except AccessRefused as refused:
        raise NeedsSettings(f"{what}: the webhook may not do this ({refused.status})") from refused
    except Refused as refused:
        raise GiveUp(f"{what}: refused ({refused.status})") from refused
