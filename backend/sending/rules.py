"""What an account lets its brands send, as the sender asks it."""

from datetime import time

from backend.platform.quiet_hours import QuietHours
from backend.sending.voice import Caps
from models.messaging_rules import MessagingRules


def hours_of(rules: MessagingRules) -> QuietHours | None:
    """None where advertising may come at any hour."""
    if not rules.quiet_from or not rules.quiet_until:
        return None
    starts, ends = time.fromisoformat(rules.quiet_from), time.fromisoformat(rules.quiet_until)
    return None if starts == ends else QuietHours(starts, ends)


def caps_of(rules: MessagingRules, of_all: int) -> Caps:
    return Caps(rules.per_day, rules.per_week, of_all)
