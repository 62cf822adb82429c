"""Cards that others may show: who may, the invitation, what the other side sees."""

from datetime import date, datetime
from urllib.parse import quote, urlencode

from backend.cards.pocket.wallet_card import WalletCard
from backend.cards.share.share_card import GivenShare, SharedCard
from backend.platform.words import Translator
from bot.screens.parts import ago, back_button, cards_button, cut, home_button, long_date
from bot.screens.pocket.card import bare_picture, name_of
from bot.screens.screen import Button, Rows, Screen, Style
from bot.taps.pocket import CardMore
from bot.taps.share import CardShares, GroupShow, LeaveShared, OpenShared, ShareNew, ShareRevoke
from catalog.days import day_here
from models.card_share import ShareMode, ShareWith


def shares(words: Translator, shown: WalletCard, given: list[GivenShare], here: datetime) -> Screen:
    lines = [words.html("share-title", name=name_of(words, shown)), ""]
    lines += [_line(words, each, number, here) for number, each in enumerate(given, 1)]
    if not given:
        lines.append(words.html("share-nobody"))
    lines += ["", words.html("share-about")]
    return Screen("\n".join(lines), (*_revoking(words, shown, given), *_inviting(words, shown)))


def _line(words: Translator, each: GivenShare, number: int, here: datetime) -> str:
    share = each.share
    whom = words(f"share-whom-{share.with_whom.value}")
    name = f"{whom} «{each.label}»" if each.label else whom
    if share.accepted_at is None:
        date = long_date(words, day_here(here, share.expires_at))
        return f"{number}. " + words.html("share-waits", name=name, date=date)
    mode = words(f"share-mode-{share.mode.value}")
    line = f"{number}. " + words.html("share-line", name=name, mode=mode)
    if share.last_used_at is not None:
        when = ago(words, share.last_used_at, here)
        line += " · " + words.html("share-last-use", when=when)
    return line


def _revoking(words: Translator, shown: WalletCard, given: list[GivenShare]) -> Rows:
    return tuple(
        (
            Button(
                cut(words("share-revoke", number=number, name=each.label), 60),
                tap=ShareRevoke(id=each.share.id, card=shown.id).pack(),
                style=Style.DANGER,
            ),
        )
        for number, each in enumerate(given, 1)
    )


def _inviting(words: Translator, shown: WalletCard) -> Rows:
    def invite(whom: ShareWith, mode: ShareMode) -> Button:
        tap = ShareNew(id=shown.id, whom=whom.value, mode=mode.value).pack()
        return Button(words(f"share-new-{whom.value}-{mode.value}"), tap=tap)

    return (
        *((invite(whom, mode),) for whom in ShareWith for mode in ShareMode),
        (back_button(words, CardMore(id=shown.id).pack()), home_button(words)),
    )


def invitation(
    words: Translator, shown: WalletCard, whom: ShareWith, link: str, until: date
) -> Screen:
    """The link is shown here and nowhere again."""
    text = words.html(
        f"share-invite-{whom.value}", name=name_of(words, shown), date=long_date(words, until)
    )
    back = (back_button(words, CardShares(id=shown.id).pack()), home_button(words))
    if whom is ShareWith.GROUP:
        opens = Button(words("share-pick-group"), url=link)
        return Screen(text, ((opens,), back))
    said = words("share-message", name=name_of(words, shown))
    rows = (
        (Button(words("share-send"), url=share_url(link, said), style=Style.PRIMARY),),
        (Button(words("share-copy-link"), copy=link),),
        back,
    )
    return Screen(f"{text}\n\n<code>{link}</code>", rows)


def share_url(link: str, said: str) -> str:
    """Telegram's own «send to…»: the person picks a chat and sends the link with these words."""
    return f"https://t.me/share/url?{urlencode({'url': link, 'text': said}, quote_via=quote)}"


def shared_cards(words: Translator, found: list[SharedCard]) -> Screen:
    rows = tuple(
        (
            Button(
                cut(f"👪 {name_of(words, each.kept)} · …{each.kept.card.printed_number[-4:]}", 60),
                tap=OpenShared(id=each.share.id).pack(),
            ),
        )
        for each in found
    )
    title = words.html("shared-title") if found else words.html("shared-none")
    return Screen(title, (*rows, (cards_button(words), home_button(words))))


def shared_card(words: Translator, shown: SharedCard) -> Screen:
    """Brand, number, barcode: nothing of the owner."""
    text = words.html(
        "shared-card", name=name_of(words, shown.kept), number=shown.kept.card.printed_number
    )
    picture = bare_picture(words, shown.kept) if shown.kept.drawn else None
    return Screen(text, (), picture)


def shared_below(words: Translator, shown: SharedCard) -> Screen:
    """What stands below the picture in the guest's chat."""
    share = shown.share
    rows: Rows = (
        (Button(words("shared-again"), tap=OpenShared(id=share.id).pack()),),
        (Button(words("shared-leave"), tap=LeaveShared(id=share.id).pack()),),
        (cards_button(words), home_button(words)),
    )
    return Screen(words.html(f"shared-below-{share.mode.value}"), rows, fresh=True)


def group_card(words: Translator, shown: SharedCard) -> Screen:
    """Posted once in the group: whoever taps sees the card."""
    button = Button(words("group-card-show"), tap=GroupShow(id=shown.share.id).pack())
    text = words.html("group-card", name=name_of(words, shown.kept))
    return Screen(text, ((button,),))
