"""Phone and e-mail."""

from bot.tap_codec import Tap


class Contacts(Tap, prefix="conts"):
    """Phone and e-mail with where they stand; messages of the worker carry it too."""


class ChangePhone(Tap, prefix="ctph"):
    """Share another phone, or type one."""


class TypePhone(Tap, prefix="cttp"):
    """Type a number and get a code by SMS."""


class SendCode(Tap, prefix="ctsc"):
    """«Yes, send the code to this number»: its digits with the country, without the plus."""

    phone: str


class PhoneAsked(Tap, prefix="ctpq"):
    """Back to the question about the phone in the questionnaire."""


class EnterCode(Tap, prefix="ctcd"):
    """The code from the SMS that is on its way."""


class ResendCode(Tap, prefix="ctrc"):
    """Another code to the same number."""


class ChangeEmail(Tap, prefix="ctem"):
    """Another e-mail address; messages of the worker carry it too."""


class ResendLink(Tap, prefix="ctrl"):
    """The letter with the link once more."""


class MineNow(Tap, prefix="ctmn"):
    """«This is my number now», for the attempt that proved it."""

    verification: int
