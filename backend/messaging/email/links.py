"""Actions as addresses: what the button of a letter opens. A letter may be opened after years, so
that what stands here never changes (backend/web/pages/do.py)."""

from backend.messaging.action import ActionKind
from backend.messaging.handover import Handover


def link_of(handover: Handover, base_url: str) -> str:
    """Of the first button; "" without one, and for «no more advertising»: that is the link at the
    foot of every promotional letter."""
    button = next(iter(handover.said.buttons()), None)
    if button is None:
        return ""
    if button.path:
        return f"{base_url}{button.path}"
    if button.action is None:
        return button.url
    if button.action.kind is ActionKind.STOP_ADS:
        return ""
    return f"{base_url}/do/{button.action.slug}"
