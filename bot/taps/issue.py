"""On the way to a card: several at once, the questionnaire, the consent screen."""

from bot.tap_codec import FromMinusOne, Tap


class Issue(Tap, prefix="issue"):
    offer: int


class Have(Tap, prefix="have"):
    """«I already have this card»."""

    offer: int


class AssignedOn(Tap, prefix="asgn"):
    """On with the assigned card whose link was followed, now that a contact is confirmed."""


class Basket(Tap, prefix="bskt"):
    """The list where several brands are picked at once."""

    category: int = 0
    page: int = 0


class BasketToggle(Tap, prefix="btgl"):
    offer: int
    category: int = 0
    page: int = 0


class BasketPick(Tap, prefix="bpick"):
    """The card of this offer's program; `on` is what the tick shall be."""

    offer: int
    on: bool
    category: int = 0
    page: int = 0


class BasketIssue(Tap, prefix="biss"):
    """Issue everything that is picked."""


class BasketClear(Tap, prefix="bclr"):
    """Pick nothing."""


class Choice(Tap, prefix="ans"):
    """An answer that is a button: `step` is the question's place in the application, so that
    a button of an earlier question answers nothing else. `option` is a place in the list of
    options, or a city's id, or -1 for «done» where several may be picked."""

    application: int
    step: int
    option: FromMinusOne


class Back(Tap, prefix="qback"):
    """The question before."""


class Skip(Tap, prefix="qskip"):
    """No answer to an optional question."""

    application: int
    step: int


class Resume(Tap, prefix="qres"):
    """Go on where the questionnaire was left."""


class Drop(Tap, prefix="qdrop"):
    """Give the application up."""

    sure: bool = False


class PickOption(Tap, prefix="qpick"):
    """One option where several may be picked; `on` is what its tick shall be."""

    application: int
    step: int
    option: int
    on: bool


class BackFrom(Tap, prefix="qbk"):
    """The question before that of `step`, and before the first one whatever it was that led
    here. A second tap is one of an older screen."""

    application: int
    step: int


class KeepAnswer(Tap, prefix="qkeep"):
    """Leave the answer to the question of `step` as it is."""

    application: int
    step: int


class DropThis(Tap, prefix="qdrp"):
    """Give this application up, and no other: first asks, then does (`sure`)."""

    application: int
    sure: bool = False


class AnswersRight(Tap, prefix="qok"):
    """The summary is right: on to the consents."""

    application: int


class ChangeAnswer(Tap, prefix="qchg"):
    """From the summary to one question. `place`: of the field among those of the cards."""

    application: int
    place: int


class ConsentTick(Tap, prefix="ctick"):
    """One required document, ticked or not. A document that is no longer in force is told."""

    account: int
    document: int


class ConsentToggle(Tap, prefix="ctgl"):
    """One advertising channel of one account, on or off."""

    account: int
    channel: str


class ConsentRead(Tap, prefix="cread"):
    document: int
    page: int = 0


class ConsentShow(Tap, prefix="cshow"):
    """Back from a document's text to the consent screen."""


class ConsentAgree(Tap, prefix="cyes"):
    """`account` is the controller whose screen this is."""

    account: int


class ConsentRefuse(Tap, prefix="cno"):
    account: int


class ConsentMark(Tap, prefix="cmark"):
    """One required document; `on` is what the tick shall be: a second tap changes nothing."""

    account: int
    document: int
    on: bool


class ConsentChannel(Tap, prefix="cchan"):
    """Advertising by one channel; `on` is what the tick shall be."""

    account: int
    channel: str
    on: bool


class ConsentBack(Tap, prefix="cback"):
    """The controller before this one, or the answers."""

    account: int


class LeaveOut(Tap, prefix="cout"):
    """Without the cards of this controller; the others go on."""

    account: int
