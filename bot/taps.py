"""Every tap: what a button carries, at most 64 bytes, with nothing kept on our side.

The prefixes and the order of the fields NEVER change: buttons in messages sent months ago
carry them. A new field goes to the end of a new prefix.
"""

from bot.tap_codec import FromMinusOne, Tap


class Home(Tap, prefix="home"):
    """The first screen."""


class Noop(Tap, prefix="noop"):
    """A label that looks like a button: «2/5»."""


# Where the person is, and what there is to have.


class Cities(Tap, prefix="cts"):
    page: int = 0


class PickCity(Tap, prefix="cty"):
    """`id` 0 is «everywhere»."""

    id: int


class NearestCity(Tap, prefix="ctn"):
    """Ask for a location and pick the nearest city."""


class Categories(Tap, prefix="cgs"):
    """The list of categories."""


class Catalog(Tap, prefix="cat"):
    """`category` 0 is every category."""

    category: int = 0
    page: int = 0


class Search(Tap, prefix="srch"):
    """Ask what to look for."""


class OpenOffer(Tap, prefix="offer"):
    id: int


class Terms(Tap, prefix="terms"):
    offer: int


class Stores(Tap, prefix="strs"):
    offer: int
    page: int = 0


class StoresNear(Tap, prefix="strn"):
    """Ask for a location and list the nearest stores."""

    offer: int


class OfferRules(Tap, prefix="orul"):
    """The program's terms in force, as a document to read."""

    offer: int
    document: int
    page: int = 0


# From an offer to a card.


class Issue(Tap, prefix="issue"):
    offer: int


class WaitNumbers(Tap, prefix="numw"):
    """Tell me when there are numbers again; `on` False: no longer."""

    offer: int
    on: bool = True


class Have(Tap, prefix="have"):
    """«I already have this card»."""

    offer: int


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


# The questionnaire.


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


# The consent screen.


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


# Cards.


class Cards(Tap, prefix="cards"):
    page: int = 0


class HiddenCards(Tap, prefix="hcrds"):
    page: int = 0


class OpenCard(Tap, prefix="card"):
    """Packs to `card:<id>`: messages of the worker carry it too."""

    id: int


class CardNumber(Tap, prefix="cnum"):
    id: int


class HideCard(Tap, prefix="chide"):
    """`hidden` false brings the card back to the list."""

    id: int
    hidden: bool = True


class RemoveCard(Tap, prefix="crmv"):
    """First asks, then removes (`sure`)."""

    id: int
    sure: bool = False


class History(Tap, prefix="chist"):
    card: int
    page: int = 0


class BrandOffers(Tap, prefix="coffs"):
    card: int
    page: int = 0


# Settings.


class OpenSettings(Tap, prefix="set"):
    """Language, city, privacy."""


class Languages(Tap, prefix="lngs"):
    """The list of languages."""


class Language(Tap, prefix="lng"):
    code: str


class Privacy(Tap, prefix="priv"):
    """What is kept and how to have it removed."""


class MyData(Tap, prefix="mydata"):
    """What is held about the person: as a file, or deleted."""


class ExportMyData(Tap, prefix="myexp"):
    """Everything that is held, as files."""


class DeleteMyData(Tap, prefix="mydel"):
    """`step` 0 explains, 1 asks once more, 2 deletes. `customer`: a button of a former life
    deletes nothing of the next one."""

    step: int = 0
    customer: int = 0


class Policy(Tap, prefix="policy"):
    """The operator's policy in full."""

    page: int = 0


class Help(Tap, prefix="help"):
    """What the bot does and how to ask a person."""


# Consents that stand.


class Consents(Tap, prefix="cns"):
    """Every brand with what it may send."""

    page: int = 0


class BrandConsents(Tap, prefix="cnb"):
    """One brand. `card`: the card to go back to, 0 is the list."""

    brand: int
    card: int = 0


class BrandConsentRead(Tap, prefix="cnr"):
    """A text that the person agreed to, or is asked to agree to."""

    brand: int
    document: int
    page: int = 0
    card: int = 0


class AdsSwitch(Tap, prefix="asw"):
    """Advertising by one channel; `on` is what it shall be. `document` is the text on show."""

    brand: int
    channel: str
    document: int
    on: bool
    card: int = 0


class AdsOff(Tap, prefix="adoff"):
    """Packs to `adoff:<brand>:<channel>`: under every promo message."""

    brand: int
    channel: str


class AllAdsOff(Tap, prefix="alloff"):
    """No advertising from anybody."""


class Receipt(Tap, prefix="rcpt"):
    """What was agreed with the brand's controller, as files."""

    brand: int
    card: int = 0


class WithdrawData(Tap, prefix="wdr"):
    """Personal-data consent of one controller: first explains, then withdraws (`sure`)."""

    account: int
    sure: bool = False


# Documents that changed.


class Again(Tap, prefix="agn"):
    """The ticks so far travel in the button: `ticks` and `channels` are bits in the order of
    the screen. `newest` is the largest document id on it: others are due by now, others are
    shown. `card`: the card to go on to, 0 is the first screen."""

    account: int
    newest: int
    ticks: int = 0
    channels: int = 0
    card: int = 0


class AgainRead(Tap, prefix="agr"):
    account: int
    newest: int
    ticks: int = 0
    channels: int = 0
    card: int = 0
    document: int
    page: int = 0


class AgainAgree(Tap, prefix="agy"):
    account: int
    newest: int
    ticks: int = 0
    channels: int = 0
    card: int = 0


class AgainLater(Tap, prefix="agl"):
    """Not now: the question comes back at the next visit."""

    card: int = 0


# Contacts.


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


# Living with many cards.


class CardsBy(Tap, prefix="cby"):
    """My cards in an order (used, new, own; empty is the usual one) and from one shelf:
    `shelf` 0 is all of them, `others` the cards of brands that are no partners."""

    sort: str = ""
    shelf: int = 0
    others: bool = False
    page: int = 0


class CardsSorts(Tap, prefix="csort"):
    """The orders to choose from."""


class CardsShelves(Tap, prefix="cshv"):
    """The categories of my cards."""


class CardsSearch(Tap, prefix="csrch"):
    """Ask for a name or last digits."""


class CardsNear(Tap, prefix="cnear"):
    """Ask for a location and list stores of my cards."""


class StarCard(Tap, prefix="cstar"):
    id: int
    on: bool = True


class CardMore(Tap, prefix="cmore"):
    """What the owner keeps with a card."""

    id: int


class MoveCard(Tap, prefix="cmove"):
    id: int
    up: bool


class CardNote(Tap, prefix="cnote"):
    """Ask for a note; `clear` takes it away."""

    id: int
    clear: bool = False


class CardExpiry(Tap, prefix="cexp"):
    """Ask for the last day; `clear` takes it away."""

    id: int
    clear: bool = False


class CardPhotoAsk(Tap, prefix="cpha"):
    """Ask for a photo of a side: front or back."""

    id: int
    side: str


class CardPhotoShow(Tap, prefix="cphs"):
    id: int
    side: str


class CardPhotoDrop(Tap, prefix="cphd"):
    id: int
    side: str


class BecomeReal(Tap, prefix="cjoin"):
    """An external card whose brand is a partner by now: start the way to the real one."""

    id: int


# Family.


class CardShares(Tap, prefix="cshl"):
    """Who may show this card; the card's id."""

    id: int


class ShareNew(Tap, prefix="cshn"):
    """Make an invitation: `whom` person or group, `mode` view or use."""

    id: int
    whom: str
    mode: str


class ShareRevoke(Tap, prefix="cshr"):
    id: int
    card: int


class SharedCards(Tap, prefix="shin"):
    """The cards of others that I may show."""


class OpenShared(Tap, prefix="shop"):
    id: int


class LeaveShared(Tap, prefix="shlv"):
    id: int


class GroupShow(Tap, prefix="shgr"):
    """Below a message in a group: whoever is in it may open the card."""

    id: int


# A card from a picture, a number or another wallet. `finding` is what was seen.


class AddCard(Tap, prefix="addc"):
    """Ask for a picture, a number or a file."""


class TypeCard(Tap, prefix="addt"):
    """Type the number by hand."""


class TakeFound(Tap, prefix="addf"):
    """One of several barcodes on a picture."""

    finding: int


class SureFound(Tap, prefix="adds"):
    """«Yes, this is the number on the card»."""

    finding: int


class FixFound(Tap, prefix="addn"):
    """The card bears another number: type it."""

    finding: int


class AddTo(Tap, prefix="addo"):
    """The card of this offer's brand."""

    finding: int
    offer: int


class AddOther(Tap, prefix="addx"):
    """None of the brands: ask for a name."""

    finding: int


class AddNamed(Tap, prefix="addb"):
    """Keep it under the name of a brand, or as typed (`brand` 0)."""

    finding: int
    brand: int = 0


class PaintCard(Tap, prefix="addk"):
    """A colour for a card of no partner, by its place in the list."""

    card: int
    finding: int
    color: int


class KeepPhoto(Tap, prefix="addp"):
    """The picture that was sent becomes the card's photo."""

    card: int
    finding: int


class ImportCards(Tap, prefix="impt"):
    """How to bring the cards of another wallet."""


class ExportCards(Tap, prefix="expt"):
    """In which format."""


class ExportAs(Tap, prefix="expa"):
    """`locked`: ask for a password first."""

    format: str
    locked: bool = False


# The barcode alone; an own card that is mended.


class FullBarcode(Tap, prefix="cfull"):
    """The barcode as large as the screen."""

    id: int


class ShowKind(Tap, prefix="ckind"):
    """How an own card would look: `kind` is a barcode format, "none", or "same" for what it has;
    `finding` what was typed for it, 0 nothing."""

    id: int
    kind: str = "same"
    finding: int = 0


class AskNumber(Tap, prefix="cnumb"):
    """Ask for the number of an own card; the rest as in ShowKind."""

    id: int
    kind: str = "same"
    finding: int = 0


class AskName(Tap, prefix="cname"):
    id: int
    kind: str = "same"
    finding: int = 0


class EncodeNumber(Tap, prefix="cenco"):
    """The barcode is to carry the printed number."""

    id: int
    kind: str = "same"
    finding: int = 0


class SaveOwn(Tap, prefix="csave"):
    """Keep the card as it was shown."""

    id: int
    kind: str = "same"
    finding: int = 0
