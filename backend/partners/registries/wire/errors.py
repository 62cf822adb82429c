"""What can go wrong at the place where the files are."""


class PlaceError(Exception):
    """The base of all of them; the text names no person and no secret."""


class Away(PlaceError):
    """Cannot be reached, or broke off: the same may be tried again."""


class Denied(PlaceError):
    """The key or the password is refused, a directory is missing, nothing may be written."""


class OtherHostKey(PlaceError):
    """The server shows another key than the one that was agreed on: its own has changed, or
    somebody stands in between. Nothing was sent, no password either."""

    def __init__(self, shown: str) -> None:
        super().__init__(f"the server shows the host key {shown}, which is not the one agreed on")
        self.shown = shown


class TooLarge(PlaceError):
    """A file is larger than the caller reads."""


class AlreadyThere(PlaceError):
    """Nothing is written over a file that is there."""


class Gone(PlaceError):
    """A file that was there is no more."""
