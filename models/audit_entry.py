"""Who with power over others did what, when, by which door: added and never changed.

Nothing here is about a person but their number, which leads to nobody once their data is deleted:
`before` and `after` are of what brands enter. What people do themselves is not written here: their
consents and their own rows say it. Entries are kept as long as the database: an operator's year
is a few hundred, the clock's a few thousand.
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model


class Verb(StrEnum):
    """Use cases, by what they do. A name that was used once keeps its meaning (`FORMERLY`)."""

    LOAD_PACK = "load_pack"
    LOAD_NUMBERS = "load_numbers"
    LOAD_ISSUED = "load_issued"
    SAVE_ACCOUNT = "save_account"
    SAVE_PROGRAM = "save_program"
    SAVE_DESIGN = "save_design"
    RESTORE_DESIGN = "restore_design"
    SAVE_BRAND = "save_brand"
    SAVE_OFFER = "save_offer"
    DRAFT_OFFER = "draft_offer"
    DISCARD_DRAFT = "discard_draft"
    SUBMIT_OFFER = "submit_offer"
    APPROVE_OFFER = "approve_offer"
    REFUSE_OFFER = "refuse_offer"
    PAUSE_OFFER = "pause_offer"
    RESUME_OFFER = "resume_offer"
    ARCHIVE_OFFER = "archive_offer"
    SAVE_STORE = "save_store"
    CLOSE_STORE = "close_store"
    KEEP_PICTURE = "keep_picture"
    PUBLISH_DOCUMENT = "publish_document"
    ISSUE_KEY = "issue_key"
    ROTATE_KEY = "rotate_key"
    REVOKE_KEY = "revoke_key"
    ISSUE_FACADE = "issue_facade"
    REVOKE_FACADE = "revoke_facade"
    CHANGE_FACADE = "change_facade"
    SAVE_CONNECTION = "save_connection"
    PAUSE_CONNECTION = "pause_connection"
    RETRY_CONNECTION = "retry_connection"
    RESUME_CONNECTION = "resume_connection"
    SAVE_WEBHOOK = "save_webhook"
    PAUSE_WEBHOOK = "pause_webhook"
    RESUME_WEBHOOK = "resume_webhook"
    END_WEBHOOK = "end_webhook"
    ROTATE_WEBHOOK = "rotate_webhook"
    TEST_WEBHOOK = "test_webhook"
    REPLAY_WEBHOOK = "replay_webhook"
    SAVE_TEMPLATE = "save_template"
    TRY_TEMPLATE = "try_template"
    STOP_SAMPLES = "stop_samples"
    ARCHIVE_TEMPLATE = "archive_template"
    SAVE_MESSAGING = "save_messaging"
    WRITE_CAMPAIGN = "write_campaign"
    CHANGE_CAMPAIGN = "change_campaign"
    SUBMIT_CAMPAIGN = "submit_campaign"
    APPROVE_CAMPAIGN = "approve_campaign"
    REFUSE_CAMPAIGN = "refuse_campaign"
    SCHEDULE_CAMPAIGN = "schedule_campaign"
    REDRAFT_CAMPAIGN = "redraft_campaign"
    PAUSE_CAMPAIGN = "pause_campaign"
    RESUME_CAMPAIGN = "resume_campaign"
    CANCEL_CAMPAIGN = "cancel_campaign"
    SAVE_SEGMENT = "save_segment"
    ARCHIVE_SEGMENT = "archive_segment"
    SAVE_LIST = "save_list"
    DROP_LIST = "drop_list"
    TELL_ATTRIBUTES = "tell_attributes"
    START_CAMPAIGN = "start_campaign"
    FINISH_CAMPAIGN = "finish_campaign"
    SAVE_TRIGGER = "save_trigger"
    SWITCH_TRIGGER_ON = "switch_trigger_on"
    SWITCH_TRIGGER_OFF = "switch_trigger_off"
    REMOVE_TRIGGER = "remove_trigger"
    TELL_EVENTS = "tell_events"
    TELL_STOCK = "tell_stock"
    WATCH_PRODUCT = "watch_product"
    END_WATCH = "end_watch"
    DELETE_CUSTOMER = "delete_customer"
    EXPORT_CUSTOMER = "export_customer"
    JOIN_CUSTOMER = "join_customer"
    MEND_CONSENTS = "mend_consents"
    WITHDRAW_CONSENT = "withdraw_consent"
    ROTATE_KEYS = "rotate_keys"
    SETTLE_LOSS = "settle_loss"
    DROP_APPLICATIONS = "drop_applications"
    FORGET_CONTACTS = "forget_contacts"
    FORGET_EVIDENCE = "forget_evidence"
    RESERVE_NUMBER = "reserve_number"
    COMMIT_NUMBER = "commit_number"
    RELEASE_NUMBER = "release_number"
    LEAVE_QUARANTINE = "leave_quarantine"
    START_JOB = "start_job"
    CANCEL_JOB = "cancel_job"
    FINISH_JOB = "finish_job"
    CHANGE_CARD = "change_card"
    BLOCK_CARD = "block_card"
    UNBLOCK_CARD = "unblock_card"
    REPLACE_CARD = "replace_card"
    RECORD_SALES = "record_sales"
    OPEN_HOOK = "open_hook"
    CLOSE_HOOK = "close_hook"
    ASSIGN_CARD = "assign_card"
    WITHDRAW_ASSIGNMENT = "withdraw_assignment"
    END_ASSIGNMENTS = "end_assignments"
    ACCRUE_POINTS = "accrue_points"
    CORRECT_POINTS = "correct_points"
    SPEND_POINTS = "spend_points"
    HOLD_POINTS = "hold_points"
    CAPTURE_POINTS = "capture_points"
    RELEASE_POINTS = "release_points"
    REVERSE_POINTS = "reverse_points"


# How an older version called verbs and nouns: its entries never change, and whoever asks for the
# name of today finds them too.
FORMERLY = {"start_campaign": "start_push", "finish_campaign": "finish_push", "campaign": "push"}


class AuditEntry(Model):
    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField()
    # ActorKind and id of backend/platform/context.py.
    actor_kind = fields.CharField(max_length=16)
    actor_id = fields.BigIntField(null=True)
    door = fields.CharField(max_length=64)
    # A Verb.
    verb = fields.CharField(max_length=32)
    # The noun whose row it was done to, such as "customer" and "program"; "" for many rows.
    subject_kind = fields.CharField(max_length=32)
    subject_id = fields.BigIntField(null=True)
    # How many rows it was: numbers that were new, contacts that went.
    amount = fields.BigIntField(null=True)
    # Whose trail it belongs to, beside the operator's; null: the operator's alone.
    account_id = fields.BigIntField(null=True)
    # Of the request by which it was done; "" for what came by no request.
    request_id = fields.CharField(max_length=64, default="", db_default="")
    # Columns that were written, with what stood in them; of what was made, no `before`.
    before: fields.Field[dict[str, Any] | None] = fields.JSONField(null=True)
    after: fields.Field[dict[str, Any] | None] = fields.JSONField(null=True)

    class Meta:
        table = "audit_entries"
        indexes = (("subject_kind", "subject_id"), ("account_id", "id"))
