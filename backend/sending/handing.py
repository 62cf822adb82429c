"""One message handed over: what the channel says becomes how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.messaging.channel import Channel, Handed, OutcomeUnknown, Unpaid, Unreachable
from backend.messaging.handover import Address, CardAddress, Handover, Head, PersonAddress
from backend.messaging.leave_link import LeaveLink, leave_path
from backend.messaging.said import Said
from backend.platform.context import Context
from backend.platform.failures import Failure, NeedsSettings, TryLater
from backend.platform.secrets.vault import Sealed
from backend.platform.watch.use_case_log import log_of
from backend.sending.begin import Cleared
from backend.sending.digest_day import digest_after
from backend.sending.outcomes import Outcome
from backend.sending.voice import Addressed, Voice
from backend.sending.waiting import Waiting
from models.channel import ChannelName
from models.contact import ContactKind, contact_place
from models.message import DeliveryState
from models.message_purpose import MessagePurpose

# 2, 4, 8 … seconds, an hour at most: about three hours until somebody is given up.
FIRST_SECONDS = 2.0
LONGEST_SECONDS = 3600.0
MOST_FAILURES = 14
# How long one rests whose channel needs settings.
RESTS = timedelta(minutes=1)
# In the reason of one that is sent once more after an unknown outcome.
REPEATED = "repeated after an unknown outcome"
# In the reason of one that waits for the person's message of the day.
DIGEST = "digest"
_KINDS = {ChannelName.EMAIL.value: ContactKind.EMAIL, ChannelName.SMS.value: ContactKind.PHONE}


@dataclass(frozen=True, slots=True)
class Leaving:
    """One that is written down as leaving. `values`: what may be kept of what is said."""

    waiting: Waiting
    voice: Voice
    cleared: Cleared
    said: Said
    values: Mapping[str, str]


async def hand_over(ctx: Context, channel: Channel, name: str, leaving: Leaving) -> Outcome:
    """Never raises but when it is cancelled."""
    answer = await answer_to(ctx, channel, _handover(ctx, name, leaving))
    return outcome_of(ctx, name, leaving, answer)


async def answer_to(ctx: Context, channel: Channel, handover: Handover) -> Handed | Exception:
    try:
        return await channel.send(handover)
    except (Unreachable, OutcomeUnknown, Unpaid, Failure) as wrong:
        return wrong
    except Exception as bug:
        log = log_of(ctx, __name__)
        log.exception("a message failed", message=handover.message.id)
        return bug


def outcome_of(ctx: Context, name: str, leaving: Leaving, answer: Handed | Exception) -> Outcome:
    """What the channel's answer means for one that has left."""
    if isinstance(answer, Handed):
        return _handed(leaving, name, answer)
    if isinstance(answer, Unpaid):
        without = again(leaving.waiting, name, ctx.clock())
        without.unpaid = answer.reason
        return without
    if not isinstance(answer, Unreachable | OutcomeUnknown | Failure):
        reason = f"bug: {type(answer).__name__}"
        return Outcome(leaving.waiting, name, DeliveryState.IN_DOUBT, reason)
    return _failed(ctx, name, leaving, answer)


def addressed(waiting: Waiting, name: str, language: str, values: Mapping[str, str]) -> Addressed:
    return Addressed(
        waiting.message_id, waiting.customer_id, language, name, waiting.kind,
        waiting.variant, waiting.card_id, waiting.data, {**waiting.data, **values},
    )  # fmt: skip


def _failed(
    ctx: Context, name: str, leaving: Leaving, wrong: Unreachable | OutcomeUnknown | Failure
) -> Outcome:
    waiting, now = leaving.waiting, ctx.clock()
    match wrong:
        case Unreachable():
            return Outcome(waiting, name, DeliveryState.FAILED, wrong.reason, gone=wrong.gone)
        case OutcomeUnknown():
            return _unanswered(waiting, name, now)
        case TryLater():
            return _later(waiting, name, now, wrong)
        case NeedsSettings():
            log_of(ctx, __name__).warning(
                "a message needs settings", of=leaving.voice.name, reason=wrong.reason
            )
            return again(waiting, name, now + RESTS, wrong.reason)
        case _:
            return Outcome(waiting, name, DeliveryState.FAILED, wrong.reason)


def again(
    waiting: Waiting, name: str, due_at: datetime, reason: str = "", *, left: bool = True
) -> Outcome:
    return Outcome(
        waiting, name, DeliveryState.QUEUED, reason or waiting.reason, left=left, due_at=due_at
    )


def until_digest(
    waiting: Waiting, name: str, now: datetime, reason: str = DIGEST, *, left: bool = False
) -> Outcome:
    """It comes with the person's next message of the day."""
    at = digest_after(now, waiting.zone)
    return Outcome(waiting, name, DeliveryState.QUEUED, reason, left=left, digest_at=at)


def _handed(leaving: Leaving, name: str, handed: Handed) -> Outcome:
    return Outcome(
        leaving.waiting, name, DeliveryState.DELIVERED, provider_id=handed.provider_id,
        cost_kopecks=handed.cost_kopecks, values=dict(leaving.values),
    )  # fmt: skip


def _unanswered(waiting: Waiting, name: str, now: datetime) -> Outcome:
    """Promo is in doubt and is not repeated; what somebody waits for is, once."""
    if waiting.purpose == MessagePurpose.PROMO or waiting.reason == REPEATED:
        return Outcome(waiting, name, DeliveryState.IN_DOUBT, "no answer to the request")
    return again(waiting, name, now + timedelta(seconds=FIRST_SECONDS), REPEATED)


def _later(waiting: Waiting, name: str, now: datetime, later: TryLater) -> Outcome:
    """Asked to wait, the channel is busy for everybody: no failure of this one's."""
    if later.after is not None:
        longest = timedelta(seconds=LONGEST_SECONDS)
        return again(waiting, name, now + min(later.after, longest))
    if waiting.attempts + 1 >= MOST_FAILURES:
        return Outcome(waiting, name, DeliveryState.FAILED, f"given up: {later.reason}")
    pause = min(FIRST_SECONDS * 2.0 ** min(waiting.attempts, 20), LONGEST_SECONDS)
    return again(waiting, name, now + timedelta(seconds=pause))


def _handover(ctx: Context, name: str, leaving: Leaving) -> Handover:
    waiting, voice = leaving.waiting, leaving.voice
    purpose = MessagePurpose(waiting.purpose)
    head = Head(waiting.message_id, waiting.customer_id, purpose, voice.brand_id)
    leave = ""
    if purpose is MessagePurpose.PROMO and name != ChannelName.TELEGRAM:
        leave = leave_path(ctx.vault, LeaveLink(waiting.customer_id, voice.brand_id))
    address = _address(ctx, name, leaving)
    language = leaving.cleared.language
    return Handover(head, language, address, leave=leave, words=leaving.said)


def _address(ctx: Context, name: str, leaving: Leaving) -> Address | None:
    waiting, cleared = leaving.waiting, leaving.cleared
    if name == ChannelName.TELEGRAM:
        return None if waiting.chat is None else PersonAddress(waiting.chat)
    if name == ChannelName.WALLET:
        return None if waiting.card_id is None else CardAddress(waiting.card_id)
    if cleared.sealed is None or cleared.data_key is None:
        return None
    place = contact_place(_KINDS[name])
    opened = Sealed(place).open_with(ctx, cleared.data_key, cleared.sealed)
    return PersonAddress(str(opened))
