"""A template as it is read: by language and channel, with what an SMS costs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backend.links.links import ExampleLinks
from backend.messaging.markup import plain
from backend.platform.words import LANGUAGES
from backend.templates.content import Content
from backend.templates.template_said import Law, TemplateSaid
from catalog.tenant import Scope
from catalog.wordings.sms_parts import SmsLength, sms_length
from catalog.wordings.variables import STANDARD, Declared
from models.account import Account
from models.channel import ChannelName
from models.message_purpose import MessagePurpose
from models.template import MessageTemplate

CHANNELS = tuple(ChannelName)
# The words alone, on one line, without buttons and pictures.
BARE = frozenset({ChannelName.SMS.value, ChannelName.WALLET.value})
# Instead of a brand and a card there may be several of.
SOME = 1


@dataclass(frozen=True, slots=True)
class Look:
    """`kopecks`: what it costs to send it to one person, None where nobody has said. `buttons`
    are their labels; an SMS and a card have none."""

    language: str
    channel: str
    said: TemplateSaid
    buttons: tuple[str, ...] = ()
    sms: SmsLength | None = None
    kopecks: int | None = None

    @property
    def told(self) -> str:
        """An SMS is one line, and so is what stands on a card."""
        if self.channel in BARE:
            return self.said.text()
        return plain(self.said.html())


def law_of(template: MessageTemplate, account: Account) -> Law | None:
    """What the law on advertising wants to be told; None of what is no advertising."""
    if template.purpose is not MessagePurpose.PROMO:
        return None
    inn = template.inn if template.advertiser else account.inn
    return Law(template.advertiser or account.legal_name_ru, inn, template.erid)


def samples(content: Content, declared: Mapping[str, Declared]) -> dict[str, str]:
    """What somebody may have for each of its variables."""
    known = {**declared, **STANDARD}
    return {name: known[name].sample for name in content.variables() if name in known}


def looks(
    template: MessageTemplate,
    law: Law | None,
    values: Mapping[str, str],
    price: Mapping[str, int],
    base_url: str,
) -> Iterator[Look]:
    """`price`: kopecks by channel, of an SMS for each part. Links are as long as they will be."""
    content = Content.read(template.content)
    stops, links = SOME if law else 0, ExampleLinks(base_url)
    for language in LANGUAGES:
        for channel in CHANNELS:
            said = TemplateSaid(content, language, channel, values, law, stops, links, SOME)
            yield _look(said, price.get(channel.value))


def _look(said: TemplateSaid, price: int | None) -> Look:
    if said.channel == ChannelName.WALLET:
        return Look(said.language, said.channel, said)
    if said.channel != ChannelName.SMS:
        labels = tuple(each.label for each in said.buttons())
        return Look(said.language, said.channel, said, labels, kopecks=price)
    length = sms_length(said.text())
    cost = None if price is None else price * length.parts
    return Look(said.language, said.channel, said, sms=length, kopecks=cost)


async def prices(scope: Scope, account_id: int) -> dict[str, int]:
    """What the account has said that a letter and a part of an SMS cost."""
    rules = await scope.messaging_rules().filter(account_id=account_id).first()
    if rules is None:
        return {}
    told = {ChannelName.SMS.value: rules.sms_kopecks, ChannelName.EMAIL.value: rules.email_kopecks}
    return {channel: kopecks for channel, kopecks in told.items() if kopecks}
