"""The doors: by which way somebody acts. This module lists all that there are.

A door stands in evidence (`ConsentRecord.how`), in the audit trail and in the log: a name that was
used once keeps its meaning. Small letters, a colon between the side and the place, at most
64 characters (the width of the columns).
"""

import re

LONGEST = 64
FORM = re.compile(r"[a-z]+(:[a-z0-9_]+(/[a-z0-9_]+)*)?")

# Sides: before it is known which place of theirs is asked for.
BOT = "bot"
PAGE = "page"
CLI = "cli"
WORKER = "worker"
# The exchange with 1С, and what partners' systems call when something happens there.
ONEC = "exchange:onec"
HOOKS = "hooks"
# Phones that hold a card, and those who add one.
WALLET = "wallet"

# What was agreed to before the door was written beside it came by this one: there was no other.
AGREED_BEFORE = "bot:consent_screen"

# Places of the bot that say something in evidence; all others are named after their router.
_IN_EVIDENCE = {
    "bot:consent_screen": "the screen before a card is issued",
    "bot:settings": "the consents that stand, in the settings",
    "bot:push_button": "the button under an advertising message",
    "bot:changed_documents": "a document that changed is agreed to again",
    "bot:delete_my_data": "the last tap of deleting one's data",
    "page:email": "the page that a letter's foot leads to",
    "page:one_click": "the mail program's own button (RFC 8058)",
}
_ROUTERS = (
    "add_card", "apply", "basket", "cancel", "card", "catalog", "city", "contact_email",
    "contact_phone", "contacts", "exchange", "group", "inline", "keep", "membership", "my_data",
    "news", "offer", "own_card", "photo", "question", "question_ways", "redeem", "samples",
    "search", "share", "start", "summary", "text", "told", "unknown", "wallet", "watch",
)  # fmt: skip

# Nouns of the partner API (backend/web/api/v1/).
_NOUNS = (
    "accounts", "api_keys", "assignments", "audit", "brands", "campaigns", "cards", "changes",
    "connections", "consents", "customers", "designs", "documents", "events", "jobs", "ledger",
    "lists", "messages", "messaging", "numbers", "offers", "packs", "pictures", "programs",
    "reviews", "segments", "spending", "stores", "templates", "triggers", "webhooks",
)  # fmt: skip

# Other wallets' interfaces that partners' programs go on asking (backend/web/compat/).
_COMPAT = ("compat:koshelek", "compat:osmi")

_PLACES = (
    *_IN_EVIDENCE,
    "page:confirm_email",
    *(f"bot:{name}" for name in _ROUTERS),
    *(f"api:v1/{noun}" for noun in _NOUNS),
    *_COMPAT,
)
DOORS = frozenset({BOT, PAGE, CLI, WORKER, ONEC, HOOKS, WALLET, *_PLACES})
