"""Refusals: expected answers with a stable code.

A refusal carries no HTTP status and no human text: each door translates the code in one
file (bot/screens/refusals.py, backend/web/problems.py). What each code tells beside itself is in
models/refusal_details.py.
"""

from enum import StrEnum


class Code(StrEnum):
    """Stable: partners and translations refer to these values."""

    OFFER_NOT_FOUND = "offer_not_found"
    OFFER_ENDED = "offer_ended"
    PROGRAM_PAUSED = "program_paused"
    POOL_EMPTY = "pool_empty"
    # The database went back in time: no number is given before `karman restored` was run.
    ISSUING_PAUSED = "issuing_paused"
    CARD_EXISTS = "card_exists"
    # It was asked for, and comes by itself once the brand's system answers.
    CARD_AWAITED = "card_awaited"
    # A promo code or a receipt that the brand's system does not take.
    PROMO_REFUSED = "promo_refused"
    CARD_NOT_FOUND = "card_not_found"
    CONSENT_REQUIRED = "consent_required"
    DOCUMENT_CHANGED = "document_changed"
    ANSWERS_MISSING = "answers_missing"
    APPLICATION_CLOSED = "application_closed"
    INVALID_ANSWER = "invalid_answer"
    # What one person may keep is bounded.
    NO_ROOM_FOR_PICTURES = "no_room_for_pictures"
    NO_ROOM_FOR_CARDS = "no_room_for_cards"
    # The system of a brand does not answer: nothing was changed, the same may be asked again.
    TRY_LATER = "try_later"
    # Too many files are being read.
    READER_BUSY = "reader_busy"
    INVALID_NUMBER = "invalid_number"
    NUMBER_TAKEN = "number_taken"
    # A plastic card that the brand knows under somebody else's phone or e-mail; that it does
    # not know at all.
    NUMBER_BOUND = "number_bound"
    NUMBER_UNKNOWN = "number_unknown"
    # A button under a picture that was read too long ago.
    FINDING_GONE = "finding_gone"
    CONTACT_TAKEN = "contact_taken"
    # Two customers would be one person at a door, or one customer two.
    IDENTITY_TAKEN = "identity_taken"
    TOO_YOUNG = "too_young"
    TOO_MANY_TRIES = "too_many_tries"
    # Proving a phone or an e-mail.
    CODE_TOO_SOON = "code_too_soon"
    TOO_MANY_CODES = "too_many_codes"
    WRONG_CODE = "wrong_code"
    CODE_SPENT = "code_spent"
    CODE_EXPIRED = "code_expired"
    PROOF_EXPIRED = "proof_expired"
    # A card that somebody else may show.
    SHARING_FORBIDDEN = "sharing_forbidden"
    TOO_MANY_SHARES = "too_many_shares"
    SHARE_NOT_FOUND = "share_not_found"
    SHARE_OWN = "share_own"
    SHARE_NOT_OWN = "share_not_own"
    SHARE_FOR_GROUP = "share_for_group"
    SHARE_FOR_PERSON = "share_for_person"
    SHARE_SPENT = "share_spent"
    SHARE_EXPIRED = "share_expired"
    SHARE_ENDED = "share_ended"
    # What a brand enters. What another account has is not found either.
    ACCOUNT_NOT_FOUND = "account_not_found"
    PROGRAM_NOT_FOUND = "program_not_found"
    BRAND_NOT_FOUND = "brand_not_found"
    PICTURE_NOT_FOUND = "picture_not_found"
    PICTURE_UNFIT = "picture_unfit"
    KEY_INVALID = "key_invalid"
    KEY_TAKEN = "key_taken"
    # People may have agreed to that version: its text stays as it is.
    DOCUMENT_FIXED = "document_fixed"
    # Shown to everybody, it would be the number that a person gets.
    EXAMPLE_IS_REAL = "example_is_real"
    STORE_NOT_FOUND = "store_not_found"
    CUSTOMER_NOT_FOUND = "customer_not_found"
    DOCUMENT_NOT_FOUND = "document_not_found"
    # The operator approves what people see.
    APPROVAL_REQUIRED = "approval_required"
    # How cards look: no such version; it names what is not there, or not any more.
    DESIGN_NOT_FOUND = "design_not_found"
    DESIGN_UNFIT = "design_unfit"
    # Of the life of an offer: people have never seen it; nothing waits; another one waits than
    # was looked at.
    OFFER_UNPUBLISHED = "offer_unpublished"
    NOTHING_WAITS = "nothing_waits"
    OFFER_CHANGED = "offer_changed"
    # Keys of partners' programs: who asks for more than they may, or for a key that is no more.
    API_KEY_NOT_FOUND = "api_key_not_found"
    API_KEY_ENDED = "api_key_ended"
    SCOPE_MISSING = "scope_missing"
    CONNECTION_NOT_FOUND = "connection_not_found"
    # Nobody who has said that they want to see tests.
    READER_NOT_FOUND = "reader_not_found"
    # A link by which an account invites to see its tests.
    INVITATION_ENDED = "invitation_ended"
    TEMPLATE_NOT_FOUND = "template_not_found"
    TOO_MANY_TEMPLATES = "too_many_templates"
    TOO_MANY_CONNECTIONS = "too_many_connections"
    WEBHOOK_NOT_FOUND = "webhook_not_found"
    WEBHOOK_ENDED = "webhook_ended"
    WEBHOOK_URL_REFUSED = "webhook_url_refused"
    TOO_MANY_WEBHOOKS = "too_many_webhooks"
    DELIVERY_NOT_FOUND = "delivery_not_found"
    # Of a brand pack as one file.
    PACK_UNFIT = "pack_unfit"
    PACK_TOO_LARGE = "pack_too_large"
    # Where somebody wants to read on has gone.
    CURSOR_EXPIRED = "cursor_expired"
    # A number that was reserved, and is so no longer.
    RESERVATION_NOT_FOUND = "reservation_not_found"
    RESERVATION_ENDED = "reservation_ended"
    # Who is meant.
    SEGMENT_NOT_FOUND = "segment_not_found"
    TOO_MANY_SEGMENTS = "too_many_segments"
    LIST_NOT_FOUND = "list_not_found"
    LIST_IN_USE = "list_in_use"
    TOO_MANY_LISTS = "too_many_lists"
    TOO_MANY_ATTRIBUTES = "too_many_attributes"
    # Work on many.
    JOB_NOT_FOUND = "job_not_found"
    JOB_ENDED = "job_ended"
    JOB_FILE_UNFIT = "job_file_unfit"
    TOO_MANY_JOBS = "too_many_jobs"
    # A card that a brand has assigned to one of its customers. Whoever holds the link and is not
    # the one meant is not told more; the brand's own id, or the contact, stands for something else.
    ASSIGNMENT_NOT_FOUND = "assignment_not_found"
    ASSIGNMENT_NOT_YOURS = "assignment_not_yours"
    ASSIGNMENT_OTHER_CARD = "assignment_other_card"
    ASSIGNMENT_CLAIMED = "assignment_claimed"
    ASSIGNMENT_DIFFERS = "assignment_differs"
    # Campaigns: not in a state for it; another one has to approve it; it would never come again;
    # it has to be approved first.
    CAMPAIGN_NOT_FOUND = "campaign_not_found"
    CAMPAIGN_STATE = "campaign_state"
    CAMPAIGN_OWN = "campaign_own"
    CAMPAIGN_OVER = "campaign_over"
    CAMPAIGN_UNAPPROVED = "campaign_unapproved"
    # Points of the built-in ledger.
    NOT_ENOUGH_POINTS = "not_enough_points"
    CARD_BLOCKED = "card_blocked"
    BALANCE_KEPT = "balance_kept"
    POSTING_NOT_FOUND = "posting_not_found"
    # Triggers of a brand, what they are told of, and what people wait for.
    TRIGGER_NOT_FOUND = "trigger_not_found"
    TOO_MANY_TRIGGERS = "too_many_triggers"
    TOO_MANY_PRODUCTS = "too_many_products"
    PRODUCT_NOT_FOUND = "product_not_found"
    WATCH_NOT_FOUND = "watch_not_found"
    TOO_MANY_WATCHES = "too_many_watches"
    TOO_MANY_WORDINGS = "too_many_wordings"
    # A hold that was captured or released, a posting of which nothing is left to reverse.
    POSTING_CLOSED = "posting_closed"
    # The key of a posting stands for another one.
    POSTING_DIFFERS = "posting_differs"


class Refusal(Exception):
    """`details` are plain values for the wording, `{"field": "birth_date"}`, as
    models/refusal_details.py has them for the code. `about` is the id of the row that a button
    may lead to (the card that exists, the offer without numbers): no answer shows it."""

    def __init__(self, code: Code, *, about: int | None = None, **details: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.about = about
        self.details = details
