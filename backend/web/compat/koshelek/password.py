"""PUT /public/user/reset-password: the one call that the first password is good for.

What its body looks like is not public. Taken are the new password under `newPassword` or
`password`, and an old one that has to be right where it is named; without a body a password is made
and answered.
"""

from typing import Any

from backend.access.change_password import change_password
from backend.access.facade_secret import LONGEST_PASSWORD, Passwords
from backend.platform.ids import new_base62
from backend.web.compat.call import Call, Work
from backend.web.compat.fields import text
from backend.web.compat.wrong import Wrong

SHORTEST = 12
_MADE = 32


def reset(passwords: Passwords) -> Work:
    async def work(call: Call) -> dict[str, Any]:
        old = text(call.body, "oldPassword", LONGEST_PASSWORD)
        if old and not await passwords.is_right(call.login.secret, old):
            raise Wrong(400, "oldPassword", "oldPassword is wrong")
        chosen = text(call.body, "newPassword", LONGEST_PASSWORD)
        chosen = chosen or text(call.body, "password", LONGEST_PASSWORD)
        if chosen and len(chosen) < SHORTEST:
            raise Wrong(400, "newPassword", f"newPassword: expected at least {SHORTEST} characters")
        await change_password(call.ctx, call.login, chosen or (made := new_base62(_MADE)))
        return {} if chosen else {"password": made}

    return work
