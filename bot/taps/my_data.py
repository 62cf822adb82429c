"""What is held about the person."""

from bot.tap_codec import Tap


class MyData(Tap, prefix="mydata"):
    """What is held about the person: as a file, or deleted."""


class ExportMyData(Tap, prefix="myexp"):
    """Everything that is held, as files."""


class DeleteMyData(Tap, prefix="mydel"):
    """`step` 0 explains, 1 asks once more, 2 deletes. `customer`: of whom. Somebody who
    was deleted and came back is another customer, whom the old button does not delete."""

    step: int = 0
    customer: int = 0


class ReadPolicy(Tap, prefix="policy"):
    """The operator's policy in full."""

    page: int = 0
