"""Every tap: what a button carries, at most 64 bytes, with nothing kept on our side.

The prefixes and the order of the fields NEVER change: buttons in messages sent months ago
carry them. A new field goes to the end of a new prefix.
"""

from typing import ClassVar, Self

from aiogram.filters import callback_data
from pydantic import model_validator


class CallbackData(callback_data.CallbackData, prefix="-"):
    """Numbers are ids, pages and bits. Somebody may make up others: those are no tap of ours."""

    smallest: ClassVar[int] = 0

    @model_validator(mode="after")
    def _numbers_are_ours(self) -> Self:
        numbers = [value for value in dict(self).values() if isinstance(value, int)]
        if not all(self.smallest <= number < 1 << 53 for number in numbers):
            raise ValueError("expected numbers that the bot gives out")
        return self


class Home(CallbackData, prefix="home"):
    """The first screen."""


class Noop(CallbackData, prefix="noop"):
    """A label that looks like a button: «2/5»."""


class Close(CallbackData, prefix="x"):
    """Take this message away."""


# Where the person is, and what there is to have.


class Cities(CallbackData, prefix="cts"):
    page: int = 0


class PickCity(CallbackData, prefix="cty"):
    """`id` 0 is «everywhere»."""

    id: int


class NearestCity(CallbackData, prefix="ctn"):
    """Ask for a location and pick the nearest city."""


class Categories(CallbackData, prefix="cgs"):
    """The list of categories."""


class Catalog(CallbackData, prefix="cat"):
    """`category` 0 is every category."""

    category: int = 0
    page: int = 0


class Search(CallbackData, prefix="srch"):
    """Ask what to look for."""


class OpenOffer(CallbackData, prefix="offer"):
    id: int


class Terms(CallbackData, prefix="terms"):
    offer: int


class Stores(CallbackData, prefix="strs"):
    offer: int
    page: int = 0


class StoresNear(CallbackData, prefix="strn"):
    """Ask for a location and list the nearest stores."""

    offer: int


class OfferRules(CallbackData, prefix="orul"):
    """The program's terms in force, as a document to read."""

    offer: int
    document: int
    page: int = 0


# From an offer to a card.


class Issue(CallbackData, prefix="issue"):
    offer: int


class WaitNumbers(CallbackData, prefix="numw"):
    """Tell me when there are numbers again; `on` False: no longer."""

    offer: int
    on: bool = True


class Have(CallbackData, prefix="have"):
    """«I already have this card»."""

    offer: int


class Basket(CallbackData, prefix="bskt"):
    """The list where several brands are picked at once."""

    category: int = 0
    page: int = 0


class BasketToggle(CallbackData, prefix="btgl"):
    offer: int
    category: int = 0
    page: int = 0


class BasketPick(CallbackData, prefix="bpick"):
    """The card of this offer's program; `on` is what the tick shall be."""

    offer: int
    on: bool
    category: int = 0
    page: int = 0


class BasketIssue(CallbackData, prefix="biss"):
    """Issue everything that is picked."""


class BasketClear(CallbackData, prefix="bclr"):
    """Pick nothing."""


# The questionnaire.


class Choice(CallbackData, prefix="ans"):
    """An answer that is a button: `step` is the question's place in the application, so that
    a button of an earlier question answers nothing else. `option` is a place in the list of
    options, or a city's id, or -1 for «done» where several may be picked."""

    smallest: ClassVar[int] = -1

    application: int
    step: int
    option: int


class Back(CallbackData, prefix="qback"):
    """The question before."""


class Skip(CallbackData, prefix="qskip"):
    """No answer to an optional question."""

    application: int
    step: int


class Resume(CallbackData, prefix="qres"):
    """Go on where the questionnaire was left."""


class Drop(CallbackData, prefix="qdrop"):
    """Give the application up."""

    sure: bool = False


class PickOption(CallbackData, prefix="qpick"):
    """One option where several may be picked; `on` is what its tick shall be."""

    application: int
    step: int
    option: int
    on: bool


class BackFrom(CallbackData, prefix="qbk"):
    """The question before that of `step`, and before the first one whatever it was that led
    here. A second tap is one of an older screen."""

    application: int
    step: int


class KeepAnswer(CallbackData, prefix="qkeep"):
    """Leave the answer to the question of `step` as it is."""

    application: int
    step: int


class DropThis(CallbackData, prefix="qdrp"):
    """Give this application up, and no other: first asks, then does (`sure`)."""

    application: int
    sure: bool = False


class AnswersRight(CallbackData, prefix="qok"):
    """The summary is right: on to the consents."""

    application: int


class ChangeAnswer(CallbackData, prefix="qchg"):
    """From the summary to one question. `place`: of the field among those of the cards."""

    application: int
    place: int


# The consent screen.


class ConsentTick(CallbackData, prefix="ctick"):
    """One required document, ticked or not. A document that is no longer in force is told."""

    account: int
    document: int


class ConsentToggle(CallbackData, prefix="ctgl"):
    """One advertising channel of one account, on or off."""

    account: int
    channel: str


class ConsentRead(CallbackData, prefix="cread"):
    document: int
    page: int = 0


class ConsentShow(CallbackData, prefix="cshow"):
    """Back from a document's text to the consent screen."""


class ConsentAgree(CallbackData, prefix="cyes"):
    """`account` is the controller whose screen this is."""

    account: int


class ConsentRefuse(CallbackData, prefix="cno"):
    account: int


class ConsentMark(CallbackData, prefix="cmark"):
    """One required document; `on` is what the tick shall be: a second tap changes nothing."""

    account: int
    document: int
    on: bool


class ConsentChannel(CallbackData, prefix="cchan"):
    """Advertising by one channel; `on` is what the tick shall be."""

    account: int
    channel: str
    on: bool


class ConsentBack(CallbackData, prefix="cback"):
    """The controller before this one, or the answers."""

    account: int


class LeaveOut(CallbackData, prefix="cout"):
    """Without the cards of this controller; the others go on."""

    account: int


# Cards.


class Cards(CallbackData, prefix="cards"):
    page: int = 0


class HiddenCards(CallbackData, prefix="hcrds"):
    page: int = 0


class OpenCard(CallbackData, prefix="card"):
    """Packs to `card:<id>`: messages of the worker carry it too."""

    id: int


class CardNumber(CallbackData, prefix="cnum"):
    id: int


class HideCard(CallbackData, prefix="chide"):
    """`hidden` false brings the card back to the list."""

    id: int
    hidden: bool = True


class RemoveCard(CallbackData, prefix="crmv"):
    """First asks, then removes (`sure`)."""

    id: int
    sure: bool = False


class History(CallbackData, prefix="chist"):
    card: int
    page: int = 0


class BrandOffers(CallbackData, prefix="coffs"):
    card: int
    page: int = 0


# Settings.


class OpenSettings(CallbackData, prefix="set"):
    """Language, city, privacy."""


class Languages(CallbackData, prefix="lngs"):
    """The list of languages."""


class Language(CallbackData, prefix="lng"):
    code: str


class Privacy(CallbackData, prefix="priv"):
    """What is kept and how to have it removed."""


class MyData(CallbackData, prefix="mydata"):
    """What is held about the person: as a file, or deleted."""


class ExportMyData(CallbackData, prefix="myexp"):
    """Everything that is held, as files."""


class DeleteMyData(CallbackData, prefix="mydel"):
    """`step` 0 explains, 1 asks once more, 2 deletes. `customer`: a button of a former life
    deletes nothing of the next one."""

    step: int = 0
    customer: int = 0


class Policy(CallbackData, prefix="policy"):
    """The operator's policy in full."""

    page: int = 0


class Help(CallbackData, prefix="help"):
    """What the bot does and how to ask a person."""


# Consents that stand.


class Consents(CallbackData, prefix="cns"):
    """Every brand with what it may send."""

    page: int = 0


class BrandConsents(CallbackData, prefix="cnb"):
    """One brand. `card`: the card to go back to, 0 is the list."""

    brand: int
    card: int = 0


class BrandConsentRead(CallbackData, prefix="cnr"):
    """A text that the person agreed to, or is asked to agree to."""

    brand: int
    document: int
    page: int = 0
    card: int = 0


class AdsSwitch(CallbackData, prefix="asw"):
    """Advertising by one channel; `on` is what it shall be. `document` is the text on show."""

    brand: int
    channel: str
    document: int
    on: bool
    card: int = 0


class AdsOff(CallbackData, prefix="adoff"):
    """Packs to `adoff:<brand>:<channel>`: under every promo message."""

    brand: int
    channel: str


class AllAdsOff(CallbackData, prefix="alloff"):
    """No advertising from anybody."""


class Receipt(CallbackData, prefix="rcpt"):
    """What was agreed with the brand's controller, as files."""

    brand: int
    card: int = 0


class WithdrawData(CallbackData, prefix="wdr"):
    """Personal-data consent of one controller: first explains, then withdraws (`sure`)."""

    account: int
    sure: bool = False


# Documents that changed.


class Again(CallbackData, prefix="agn"):
    """The ticks so far travel in the button: `ticks` and `channels` are bits in the order of
    the screen. `newest` is the largest document id on it: others are due by now, others are
    shown. `card`: the card to go on to, 0 is the first screen."""

    account: int
    newest: int
    ticks: int = 0
    channels: int = 0
    card: int = 0


class AgainRead(CallbackData, prefix="agr"):
    account: int
    newest: int
    ticks: int = 0
    channels: int = 0
    card: int = 0
    document: int
    page: int = 0


class AgainAgree(CallbackData, prefix="agy"):
    account: int
    newest: int
    ticks: int = 0
    channels: int = 0
    card: int = 0


class AgainLater(CallbackData, prefix="agl"):
    """Not now: the question comes back at the next visit."""

    card: int = 0


# Contacts.


class Contacts(CallbackData, prefix="conts"):
    """Phone and e-mail with where they stand; messages of the worker carry it too."""


class ChangePhone(CallbackData, prefix="ctph"):
    """Share another phone, or type one."""


class TypePhone(CallbackData, prefix="cttp"):
    """Type a number and get a code by SMS."""


class SendCode(CallbackData, prefix="ctsc"):
    """«Yes, send the code to this number»: its digits with the country, without the plus."""

    phone: str


class PhoneAsked(CallbackData, prefix="ctpq"):
    """Back to the question about the phone in the questionnaire."""


class EnterCode(CallbackData, prefix="ctcd"):
    """The code from the SMS that is on its way."""


class ResendCode(CallbackData, prefix="ctrc"):
    """Another code to the same number."""


class ChangeEmail(CallbackData, prefix="ctem"):
    """Another e-mail address; messages of the worker carry it too."""


class ResendLink(CallbackData, prefix="ctrl"):
    """The letter with the link once more."""


class MineNow(CallbackData, prefix="ctmn"):
    """«This is my number now», for the attempt that proved it."""

    verification: int


# Living with many cards.


class CardsBy(CallbackData, prefix="cby"):
    """My cards in an order (used, new, own; empty is the usual one) and from one shelf:
    `shelf` 0 is all of them, `others` the cards of brands that are no partners."""

    sort: str = ""
    shelf: int = 0
    others: bool = False
    page: int = 0


class CardsSorts(CallbackData, prefix="csort"):
    """The orders to choose from."""


class CardsShelves(CallbackData, prefix="cshv"):
    """The categories of my cards."""


class CardsSearch(CallbackData, prefix="csrch"):
    """Ask for a name or last digits."""


class CardsNear(CallbackData, prefix="cnear"):
    """Ask for a location and list stores of my cards."""


class StarCard(CallbackData, prefix="cstar"):
    id: int
    on: bool = True


class CardMore(CallbackData, prefix="cmore"):
    """What the owner keeps with a card."""

    id: int


class MoveCard(CallbackData, prefix="cmove"):
    id: int
    up: bool


class CardNote(CallbackData, prefix="cnote"):
    """Ask for a note; `clear` takes it away."""

    id: int
    clear: bool = False


class CardExpiry(CallbackData, prefix="cexp"):
    """Ask for the last day; `clear` takes it away."""

    id: int
    clear: bool = False


class CardPhotoAsk(CallbackData, prefix="cpha"):
    """Ask for a photo of a side: front or back."""

    id: int
    side: str


class CardPhotoShow(CallbackData, prefix="cphs"):
    id: int
    side: str


class CardPhotoDrop(CallbackData, prefix="cphd"):
    id: int
    side: str


class BecomeReal(CallbackData, prefix="cjoin"):
    """An external card whose brand is a partner by now: start the way to the real one."""

    id: int


# Family.


class CardShares(CallbackData, prefix="cshl"):
    """Who may show this card; the card's id."""

    id: int


class ShareNew(CallbackData, prefix="cshn"):
    """Make an invitation: `whom` person or group, `mode` view or use."""

    id: int
    whom: str
    mode: str


class ShareRevoke(CallbackData, prefix="cshr"):
    id: int
    card: int


class SharedCards(CallbackData, prefix="shin"):
    """The cards of others that I may show."""


class OpenShared(CallbackData, prefix="shop"):
    id: int


class LeaveShared(CallbackData, prefix="shlv"):
    id: int


class GroupShow(CallbackData, prefix="shgr"):
    """Below a message in a group: whoever is in it may open the card."""

    id: int


# A card from a picture, a number or another wallet. `finding` is what was seen.


class AddCard(CallbackData, prefix="addc"):
    """Ask for a picture, a number or a file."""


class TypeCard(CallbackData, prefix="addt"):
    """Type the number by hand."""


class TakeFound(CallbackData, prefix="addf"):
    """One of several barcodes on a picture."""

    finding: int


class SureFound(CallbackData, prefix="adds"):
    """«Yes, this is the number on the card»."""

    finding: int


class FixFound(CallbackData, prefix="addn"):
    """The card bears another number: type it."""

    finding: int


class AddTo(CallbackData, prefix="addo"):
    """The card of this offer's brand."""

    finding: int
    offer: int


class AddOther(CallbackData, prefix="addx"):
    """None of the brands: ask for a name."""

    finding: int


class AddNamed(CallbackData, prefix="addb"):
    """Keep it under the name of a brand, or as typed (`brand` 0)."""

    finding: int
    brand: int = 0


class PaintCard(CallbackData, prefix="addk"):
    """A colour for a card of no partner, by its place in the list."""

    card: int
    finding: int
    color: int


class KeepPhoto(CallbackData, prefix="addp"):
    """The picture that was sent becomes the card's photo."""

    card: int
    finding: int


class ImportCards(CallbackData, prefix="impt"):
    """How to bring the cards of another wallet."""


class ExportCards(CallbackData, prefix="expt"):
    """In which format."""


class ExportAs(CallbackData, prefix="expa"):
    """`locked`: ask for a password first."""

    format: str
    locked: bool = False


# The barcode alone; an own card that is mended.


class FullBarcode(CallbackData, prefix="cfull"):
    """The barcode as large as the screen."""

    id: int


class ShowKind(CallbackData, prefix="ckind"):
    """How an own card would look: `kind` is a barcode format, "none", or "same" for what it has;
    `finding` what was typed for it, 0 nothing."""

    id: int
    kind: str = "same"
    finding: int = 0


class AskNumber(CallbackData, prefix="cnumb"):
    """Ask for the number of an own card; the rest as in ShowKind."""

    id: int
    kind: str = "same"
    finding: int = 0


class AskName(CallbackData, prefix="cname"):
    id: int
    kind: str = "same"
    finding: int = 0


class EncodeNumber(CallbackData, prefix="cenco"):
    """The barcode is to carry the printed number."""

    id: int
    kind: str = "same"
    finding: int = 0


class SaveOwn(CallbackData, prefix="csave"):
    """Keep the card as it was shown."""

    id: int
    kind: str = "same"
    finding: int = 0
