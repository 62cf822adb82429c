"""Actions as addresses: what the button of a letter opens. A letter may be opened after years, so
that what stands here never changes (backend/web/pages/do.py)."""

from backend.messaging.action import ActionKind
from backend.messaging.handover import Handover


def link_of(handover: Handover, base_url: str) -> str:
    """Of the path that this hand-over alone may know, else of the action; "" without either, and
    for «no more advertising»: that is the link at the foot of every promotional letter."""
    path = handover.secrets.get("path", "")
    action = handover.action
    if not path and action is not None and action.kind is not ActionKind.STOP_ADS:
        path = f"/do/{action.slug}"
    return f"{base_url}{path}" if path else ""
