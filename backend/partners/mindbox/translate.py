"""Errors of the wire in the three names of failure: without anybody's data."""

from datetime import timedelta

from backend.partners.mindbox.wire.errors import (
    Forbidden,
    MindboxError,
    NotAuthorised,
    ProtocolFault,
    RateLimited,
    Unavailable,
    ValidationFailed,
    WrongAddress,
)
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater
from backend.platform.world.http import PrivateAddress
from models.refusal import Code, Refusal

# Where Mindbox found fault → the question of the questionnaire.
QUESTIONS = {
    "/customer/mobilePhone": "phone",
    "/customer/email": "email",
    "/customer/birthDate": "birth_date",
    "/customer/sex": "gender",
    "/customer/lastName": "surname",
    "/customer/firstName": "given_name",
    "/customer/middleName": "patronymic",
    "/customer/area": "city",
}


def translated(error: MindboxError, operation: str, endpoint: str) -> Failure | Refusal:
    """A complaint about an answer is for the person, who may answer again; whatever the project
    lacks is for whoever set it up."""
    match error:
        case RateLimited():
            limit = "of the day" if error.daily else "of a minute"
            after = timedelta(seconds=error.after)
            return TryLater(f"{operation}: the limit {limit} is used up", after)
        case Unavailable() if _is_inside(error):
            return NeedsSettings("url: leads into the house, expected the address of Mindbox")
        case ValidationFailed():
            return _complaint(error, operation)
        case ProtocolFault():
            return NeedsSettings(mended(error, operation, endpoint))
    return TryLater(f"{operation}: {error}")


def _complaint(error: ValidationFailed, operation: str) -> Failure | Refusal:
    field = next((QUESTIONS[at] for at in error.locations if at in QUESTIONS), "")
    if field:
        return Refusal(Code.INVALID_ANSWER, field=field, why="wrong")
    return GiveUp(f"{operation}: {error}")


def mended(error: ProtocolFault, operation: str, endpoint: str) -> str:
    """What has to be mended, in plain words."""
    match error:
        case NotAuthorised():
            return f"Mindbox wants a key of the endpoint {endpoint}: none arrived"
        case Forbidden():
            return f"secret_key: it is not the key of the endpoint {endpoint}"
        case WrongAddress():
            return "url: there is no Mindbox API at this address"
        case _:
            known = f" (their error {error.error_id})" if error.error_id else ""
            return (
                f"Mindbox refuses {operation} at the endpoint {endpoint}: whoever set the project "
                f"up compares the operation with docs/partners-mindbox.md{known}"
            )


def _is_inside(error: BaseException) -> bool:
    """Whether the address is one that this house does not call."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, PrivateAddress):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
