"""What RetailCRM's errors mean for whoever asked: none of them quotes what was sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from backend.partners.retailcrm.wire.errors import (
    Away,
    KeyRefused,
    NotFound,
    Refused,
    RetailCrmError,
)
from backend.platform.failures import GiveUp, NeedsSettings, TryLater

# Fields that are configured rather than a person's: what is wrong with them somebody mends.
_CONFIGURED = ("site", "loyalty", "customFields", "subscription", "channel", "apiKey")


@contextmanager
def translated(what: str) -> Iterator[None]:
    """`what` was asked, for the operator. Raises TryLater, NeedsSettings, GiveUp."""
    try:
        yield
    except Away as away:
        after = timedelta(seconds=away.after) if away.after else None
        raise TryLater(f"{what}: {_said(away)}", after) from away
    except KeyRefused as refused:
        raise NeedsSettings(f"{what}: the key may not do this ({refused.status})") from refused
    except Refused as refused:
        fields = ", ".join(sorted(name[:40] for name in refused.errors))
        reason = f"{what}: refused" + (f", wrong are {fields}" if fields else "")
        if any(name in fields for name in _CONFIGURED):
            raise NeedsSettings(reason) from refused
        raise GiveUp(reason) from refused
    except NotFound as gone:
        raise GiveUp(f"{what}: not there") from gone


def _said(error: RetailCrmError) -> str:
    return f"answered {error.status}" if error.status else "no answer"
