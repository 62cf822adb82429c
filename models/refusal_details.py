"""What each refusal tells beside its code: no ids, and nothing about other people.

A key that is not required is told when it is known.
"""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

from models.refusal import Code


class Nothing(TypedDict):
    """The code says it all."""


class Field(TypedDict):
    """`field` is a key of the questionnaire, a kind of contact, "photo", "expires" or "number"."""

    field: str


class Answer(TypedDict):
    """`why` is a word of catalog: "country", "wrong"."""

    field: str
    why: NotRequired[str]


class Number(TypedDict):
    """`reason` is what the symbology's rules say, "unlike" or "not_issued"."""

    reason: str


class Purpose(TypedDict):
    """`purpose` is a value of models.consent_document.ConsentPurpose."""

    purpose: NotRequired[str]


class Age(TypedDict):
    """Full years that the program asks for."""

    age: int


class Megabytes(TypedDict):
    """What one person's pictures may take."""

    megabytes: int


class Most(TypedDict):
    """How many there may be."""

    most: int


class Segmented(TypedDict):
    """The key of the segment that asks for it."""

    segment: str


class Seconds(TypedDict):
    """Until it may be asked again."""

    seconds: int


class Minutes(TypedDict):
    """Until it may be asked again."""

    minutes: int


class Left(TypedDict):
    """Tries that are left."""

    left: int


class Expected(TypedDict):
    """What would have been right, in English."""

    expected: str


class Unfit(TypedDict):
    """What the file is and what was expected, in English."""

    what: str
    expected: str


class Version(TypedDict):
    """The version that is there already."""

    version: int


class Example(TypedDict):
    """As it was entered."""

    example: str


class State(TypedDict):
    """In which it is: a value of models.campaign.CampaignState."""

    state: str


class Right(TypedDict):
    """A value of backend.access.rights.Right."""

    scope: str


DETAILS: Mapping[Code, type[Mapping[str, object]]] = {
    Code.OFFER_NOT_FOUND: Nothing,
    Code.OFFER_ENDED: Nothing,
    Code.PROGRAM_PAUSED: Nothing,
    Code.POOL_EMPTY: Nothing,
    Code.ISSUING_PAUSED: Nothing,
    Code.CARD_EXISTS: Nothing,
    Code.CARD_NOT_FOUND: Nothing,
    Code.CONSENT_REQUIRED: Purpose,
    Code.DOCUMENT_CHANGED: Nothing,
    Code.ANSWERS_MISSING: Field,
    Code.APPLICATION_CLOSED: Nothing,
    Code.INVALID_ANSWER: Answer,
    Code.NO_ROOM_FOR_PICTURES: Megabytes,
    Code.NO_ROOM_FOR_CARDS: Most,
    Code.TRY_LATER: Seconds,
    Code.READER_BUSY: Nothing,
    Code.INVALID_NUMBER: Number,
    Code.NUMBER_TAKEN: Nothing,
    Code.NUMBER_BOUND: Nothing,
    Code.NUMBER_UNKNOWN: Nothing,
    Code.FINDING_GONE: Nothing,
    Code.CONTACT_TAKEN: Field,
    Code.IDENTITY_TAKEN: Nothing,
    Code.TOO_YOUNG: Age,
    Code.TOO_MANY_TRIES: Nothing,
    Code.CODE_TOO_SOON: Seconds,
    Code.TOO_MANY_CODES: Minutes,
    Code.WRONG_CODE: Left,
    Code.CODE_SPENT: Nothing,
    Code.CODE_EXPIRED: Nothing,
    Code.PROOF_EXPIRED: Nothing,
    Code.SHARING_FORBIDDEN: Nothing,
    Code.TOO_MANY_SHARES: Most,
    Code.SHARE_NOT_FOUND: Nothing,
    Code.SHARE_OWN: Nothing,
    Code.SHARE_NOT_OWN: Nothing,
    Code.SHARE_FOR_GROUP: Nothing,
    Code.SHARE_FOR_PERSON: Nothing,
    Code.SHARE_SPENT: Nothing,
    Code.SHARE_EXPIRED: Nothing,
    Code.SHARE_ENDED: Nothing,
    Code.ACCOUNT_NOT_FOUND: Nothing,
    Code.PROGRAM_NOT_FOUND: Nothing,
    Code.BRAND_NOT_FOUND: Nothing,
    Code.PICTURE_NOT_FOUND: Nothing,
    Code.PICTURE_UNFIT: Unfit,
    Code.DESIGN_NOT_FOUND: Nothing,
    Code.DESIGN_UNFIT: Unfit,
    Code.KEY_INVALID: Expected,
    Code.KEY_TAKEN: Nothing,
    Code.DOCUMENT_FIXED: Version,
    Code.EXAMPLE_IS_REAL: Example,
    Code.STORE_NOT_FOUND: Nothing,
    Code.CUSTOMER_NOT_FOUND: Nothing,
    Code.DOCUMENT_NOT_FOUND: Nothing,
    Code.APPROVAL_REQUIRED: Nothing,
    Code.OFFER_UNPUBLISHED: Nothing,
    Code.NOTHING_WAITS: Nothing,
    Code.OFFER_CHANGED: Nothing,
    Code.API_KEY_NOT_FOUND: Nothing,
    Code.API_KEY_ENDED: Nothing,
    Code.WEBHOOK_NOT_FOUND: Nothing,
    Code.WEBHOOK_ENDED: Nothing,
    Code.WEBHOOK_URL_REFUSED: Number,
    Code.READER_NOT_FOUND: Nothing,
    Code.INVITATION_ENDED: Nothing,
    Code.TEMPLATE_NOT_FOUND: Nothing,
    Code.TOO_MANY_TEMPLATES: Most,
    Code.TOO_MANY_CONNECTIONS: Most,
    Code.CONNECTION_NOT_FOUND: Nothing,
    Code.SEGMENT_NOT_FOUND: Nothing,
    Code.TOO_MANY_SEGMENTS: Most,
    Code.LIST_NOT_FOUND: Nothing,
    Code.LIST_IN_USE: Segmented,
    Code.TOO_MANY_LISTS: Most,
    Code.TOO_MANY_ATTRIBUTES: Most,
    Code.TOO_MANY_WEBHOOKS: Most,
    Code.DELIVERY_NOT_FOUND: Nothing,
    Code.PACK_UNFIT: Unfit,
    Code.PACK_TOO_LARGE: Megabytes,
    Code.CURSOR_EXPIRED: Nothing,
    Code.SCOPE_MISSING: Right,
    Code.RESERVATION_NOT_FOUND: Nothing,
    Code.RESERVATION_ENDED: Nothing,
    Code.JOB_NOT_FOUND: Nothing,
    Code.JOB_ENDED: Nothing,
    Code.JOB_FILE_UNFIT: Unfit,
    Code.TOO_MANY_JOBS: Most,
    Code.ASSIGNMENT_NOT_FOUND: Nothing,
    Code.ASSIGNMENT_NOT_YOURS: Nothing,
    Code.ASSIGNMENT_OTHER_CARD: Nothing,
    Code.ASSIGNMENT_CLAIMED: Nothing,
    Code.ASSIGNMENT_DIFFERS: Field,
    Code.CAMPAIGN_NOT_FOUND: Nothing,
    Code.CAMPAIGN_STATE: State,
    Code.CAMPAIGN_OWN: Nothing,
    Code.CAMPAIGN_OVER: Nothing,
    Code.CAMPAIGN_UNAPPROVED: Nothing,
    Code.NOT_ENOUGH_POINTS: Nothing,
    Code.CARD_BLOCKED: Nothing,
    Code.CARD_AWAITED: Nothing,
    Code.PROMO_REFUSED: Nothing,
    Code.BALANCE_KEPT: Nothing,
    Code.POSTING_NOT_FOUND: Nothing,
    Code.POSTING_CLOSED: Nothing,
    Code.TRIGGER_NOT_FOUND: Nothing,
    Code.TOO_MANY_TRIGGERS: Most,
    Code.TOO_MANY_PRODUCTS: Most,
    Code.PRODUCT_NOT_FOUND: Nothing,
    Code.WATCH_NOT_FOUND: Nothing,
    Code.TOO_MANY_WATCHES: Most,
    Code.TOO_MANY_WORDINGS: Most,
    Code.POSTING_DIFFERS: Nothing,
}
