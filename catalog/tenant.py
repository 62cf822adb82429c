"""What a tenant may see: every query that a key or a staff member makes begins at their Scope.

API, compatibility routes and portal reach rows of brands and accounts through this module alone
(a check holds it). What a person keeps for themselves (notes, photos, shares, a half-answered
application) is no tenant's business and has no query here.

Each query narrows by subqueries and not by joins, so that it can be updated, locked and counted
as it is; an id of another account finds nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from tortoise.expressions import Q, Subquery
from tortoise.models import Model
from tortoise.queryset import QuerySet

from models.account import Account
from models.account_change import AccountChange, AccountFeed
from models.api_key import ApiKey
from models.assignment import Assignment
from models.audit_entry import AuditEntry
from models.brand import Brand
from models.campaign import Campaign
from models.campaign_count import CampaignCount
from models.card import LONGEST_PRINTED, Card
from models.card_design import CardDesign
from models.connection import Connection
from models.consent_document import ConsentDocument, ConsentPurpose
from models.consent_record import ConsentLink, ConsentRecord
from models.consent_state import ConsentState
from models.customer import Customer
from models.exchange import ExchangeFile, ExchangeOut
from models.facade import FacadeLogin, FacadePass
from models.fact import Fact
from models.hook import Hook
from models.issued_plastic import IssuedPlastic
from models.job import Job, JobPiece, JobResult
from models.ledger import CardPoints, PointHold, PointLot, Posting, PostingEntry
from models.message import Delivery, Message
from models.messaging_rules import MessagingRules
from models.number_reservation import NumberReservation
from models.number_wait import NumberWait
from models.offer import Offer, OfferCity, OfferDraft, OfferStatus
from models.partner_message import PartnerBulk, PartnerMessage
from models.pool_number import PoolNumber
from models.program import Program
from models.sale import Sale
from models.segment import CardList, ListedCard, Segment
from models.short_link import LinkClick, ShortLink
from models.store import Store
from models.template import MessageTemplate, SampleReader, TemplateVersion
from models.trait import Attribute, Trait
from models.trigger import Product, Trigger, TriggerMark, TriggerWait, Watch
from models.wallet_pass import WalletPass
from models.webhook import Webhook, WebhookAttempt, WebhookDelivery

M = TypeVar("M", bound=Model)


def _ids(found: QuerySet[M], name: str = "id") -> Subquery:
    return Subquery(found.values(name))


@dataclass(frozen=True, slots=True)
class Scope:
    """`accounts` are the ids whose rows may be seen; `rights` are words of the door that made
    the scope. Made once per request."""

    accounts: frozenset[int]
    rights: frozenset[str] = frozenset()

    @classmethod
    def of(cls, accounts: Iterable[int], *rights: str) -> "Scope":
        """For a key or a staff member."""
        return cls(frozenset(accounts), frozenset(rights))

    @classmethod
    async def of_operator(cls, *rights: str) -> "Scope":
        """Every account that there is now."""
        found = await Account.all().values_list("id", flat=True)
        return cls(frozenset(int(str(one)) for one in found), frozenset(rights))

    def allows(self, right: str) -> bool:
        return right in self.rights

    def own_accounts(self) -> QuerySet[Account]:
        return Account.filter(id__in=sorted(self.accounts))

    def api_keys(self) -> QuerySet[ApiKey]:
        """The accounts' own, ended ones too; the operator's are no account's."""
        return ApiKey.filter(account_id__in=sorted(self.accounts))

    def programs(self) -> QuerySet[Program]:
        return Program.filter(account_id__in=sorted(self.accounts))

    def designs(self) -> QuerySet[CardDesign]:
        """Versions of how the programs' cards look."""
        return CardDesign.filter(program_id__in=_ids(self.programs()))

    def brands(self) -> QuerySet[Brand]:
        return Brand.filter(program_id__in=_ids(self.programs()))

    def connections(self) -> QuerySet[Connection]:
        """The accounts' own systems, and how they are reached."""
        return Connection.filter(account_id__in=sorted(self.accounts))

    def offers(self) -> QuerySet[Offer]:
        return Offer.filter(brand_id__in=_ids(self.brands()))

    def offer_cities(self) -> QuerySet[OfferCity]:
        return OfferCity.filter(offer_id__in=_ids(self.offers()))

    def offer_drafts(self) -> QuerySet[OfferDraft]:
        """Changes that wait beside what people see."""
        return OfferDraft.filter(offer_id__in=_ids(self.offers()))

    def stores(self) -> QuerySet[Store]:
        return Store.filter(brand_id__in=_ids(self.brands()))

    def documents(self) -> QuerySet[ConsentDocument]:
        return ConsentDocument.filter(account_id__in=sorted(self.accounts))

    def pools(self) -> QuerySet[PoolNumber]:
        """Numbers of the programs, free and taken."""
        return PoolNumber.filter(program_id__in=_ids(self.programs()))

    def reservations(self) -> QuerySet[NumberReservation]:
        """Numbers that were asked for and are not given yet, ended ones too."""
        return NumberReservation.filter(program_id__in=_ids(self.programs()))

    def plastics(self) -> QuerySet[IssuedPlastic]:
        return IssuedPlastic.filter(program_id__in=_ids(self.programs()))

    def waits(self) -> QuerySet[NumberWait]:
        return NumberWait.filter(program_id__in=_ids(self.programs()))

    def cards(self) -> QuerySet[Card]:
        """Cards of the programs, removed ones too; external cards are nobody's but the owner's."""
        return Card.filter(program_id__in=_ids(self.programs()))

    def wallet_passes(self) -> QuerySet[WalletPass]:
        """Those cards in the wallets of phones, voided ones too."""
        return WalletPass.filter(card_id__in=_ids(self.cards()))

    def assignments(self) -> QuerySet[Assignment]:
        """Cards that the account has assigned to its own customers, whatever became of them."""
        return Assignment.filter(program_id__in=_ids(self.programs()))

    def points(self) -> QuerySet[CardPoints]:
        """What stands of the cards that the built-in ledger keeps."""
        return CardPoints.filter(card_id__in=_ids(self.cards()))

    def postings(self) -> QuerySet[Posting]:
        return Posting.filter(card_id__in=_ids(self.cards()))

    def posting_entries(self) -> QuerySet[PostingEntry]:
        return PostingEntry.filter(posting_id__in=_ids(self.postings()))

    def lots(self) -> QuerySet[PointLot]:
        return PointLot.filter(card_id__in=_ids(self.cards()))

    def holds(self) -> QuerySet[PointHold]:
        return PointHold.filter(card_id__in=_ids(self.cards()))

    def sales(self) -> QuerySet[Sale]:
        """What was bought with cards, as the accounts' systems told it."""
        return Sale.filter(account_id__in=sorted(self.accounts))

    def hooks(self) -> QuerySet[Hook]:
        """Addresses by which the accounts' own systems say that something has happened."""
        return Hook.filter(connection_id__in=_ids(self.connections()))

    def exchange_files(self) -> QuerySet[ExchangeFile]:
        """Files of the programs' exchange that have come."""
        return ExchangeFile.filter(program_id__in=_ids(self.programs()))

    def exchange_outs(self) -> QuerySet[ExchangeOut]:
        """How far the programs' cards were written out."""
        return ExchangeOut.filter(program_id__in=_ids(self.programs()))

    def messaging_rules(self) -> QuerySet[MessagingRules]:
        return MessagingRules.filter(account_id__in=sorted(self.accounts))

    def segments(self) -> QuerySet[Segment]:
        """Who is meant, archived too."""
        return Segment.filter(account_id__in=sorted(self.accounts))

    def card_lists(self) -> QuerySet[CardList]:
        return CardList.filter(account_id__in=sorted(self.accounts))

    def listed_cards(self) -> QuerySet[ListedCard]:
        return ListedCard.filter(list_id__in=_ids(self.card_lists()))

    def attributes(self) -> QuerySet[Attribute]:
        """What the accounts' own systems have told of people."""
        return Attribute.filter(account_id__in=sorted(self.accounts))

    def traits(self) -> QuerySet[Trait]:
        """Of people who gave the accounts these answers."""
        return Trait.filter(account_id__in=sorted(self.accounts))

    def campaigns(self) -> QuerySet[Campaign]:
        return Campaign.filter(brand_id__in=_ids(self.brands()))

    def triggers(self) -> QuerySet[Trigger]:
        """Those that were taken away, too."""
        return Trigger.filter(brand_id__in=_ids(self.brands()))

    def trigger_waits(self) -> QuerySet[TriggerWait]:
        return TriggerWait.filter(trigger_id__in=_ids(self.triggers()))

    def trigger_marks(self) -> QuerySet[TriggerMark]:
        return TriggerMark.filter(brand_id__in=_ids(self.brands()))

    def products(self) -> QuerySet[Product]:
        """What may be gone and come back."""
        return Product.filter(brand_id__in=_ids(self.brands()))

    def watches(self) -> QuerySet[Watch]:
        """Who waits for that."""
        return Watch.filter(product_id__in=_ids(self.products()))

    def campaign_counts(self) -> QuerySet[CampaignCount]:
        return CampaignCount.filter(campaign_id__in=_ids(self.campaigns()))

    def messages(self, **named: object) -> QuerySet[Message]:
        """What was told in a brand's name or about its cards; codes and links are not. `named`: of
        which alone; then no other's cards are looked at."""
        those = Message.filter(**named)
        of_a_brand = Q(brand_id__in=_ids(self.brands()))
        cards = self.cards()
        if named:
            cards = cards.filter(id__in=_ids(those.filter(card_id__isnull=False), "card_id"))
        of_a_card = Q(brand_id__isnull=True, card_id__in=_ids(cards))
        return those.filter(of_a_brand | of_a_card)

    def deliveries(self, **named: object) -> QuerySet[Delivery]:
        """`named`: of which messages alone."""
        return Delivery.filter(message_id__in=_ids(self.messages(**named)))

    def short_links(self) -> QuerySet[ShortLink]:
        """Where the brands' messages lead."""
        return ShortLink.filter(brand_id__in=_ids(self.brands()))

    def link_clicks(self) -> QuerySet[LinkClick]:
        """To be counted: who has followed a link is not told."""
        return LinkClick.filter(link_id__in=_ids(self.short_links()))

    def templates(self) -> QuerySet[MessageTemplate]:
        """What the accounts' brands say again and again, put away ones too."""
        return MessageTemplate.filter(account_id__in=sorted(self.accounts))

    def template_versions(self) -> QuerySet[TemplateVersion]:
        return TemplateVersion.filter(template_id__in=_ids(self.templates()))

    def sample_readers(self) -> QuerySet[SampleReader]:
        """Who wants to see the accounts' messages before others do."""
        return SampleReader.filter(account_id__in=sorted(self.accounts))

    def consents(self) -> QuerySet[ConsentRecord]:
        return ConsentRecord.filter(account_id__in=sorted(self.accounts))

    def chain(self) -> QuerySet[ConsentLink]:
        return ConsentLink.filter(account_id__in=sorted(self.accounts))

    def consent_states(self) -> QuerySet[ConsentState]:
        """`subject_id` says a brand, an account or a program, by purpose."""
        return ConsentState.filter(
            Q(purpose=ConsentPurpose.ADVERTISING, subject_id__in=_ids(self.brands()))
            | Q(purpose=ConsentPurpose.PERSONAL_DATA, subject_id__in=sorted(self.accounts))
            | Q(purpose=ConsentPurpose.PROGRAM_TERMS, subject_id__in=_ids(self.programs()))
        )

    def audit(self) -> QuerySet[AuditEntry]:
        """Who did what to the accounts' own things; what belongs to no account is not told."""
        return AuditEntry.filter(account_id__in=sorted(self.accounts))

    def changes(self) -> QuerySet[AccountChange]:
        """What happened to the accounts' customers, cards and pools."""
        return AccountChange.filter(account_id__in=sorted(self.accounts))

    def feeds(self) -> QuerySet[AccountFeed]:
        """How far that has been told."""
        return AccountFeed.filter(account_id__in=sorted(self.accounts))

    def webhooks(self) -> QuerySet[Webhook]:
        """Where the accounts want to be told of it, ended ones too."""
        return Webhook.filter(account_id__in=sorted(self.accounts))

    def webhook_deliveries(self) -> QuerySet[WebhookDelivery]:
        return WebhookDelivery.filter(webhook_id__in=_ids(self.webhooks()))

    def webhook_attempts(self) -> QuerySet[WebhookAttempt]:
        return WebhookAttempt.filter(delivery_id__in=_ids(self.webhook_deliveries()))

    def facades(self) -> QuerySet[FacadeLogin]:
        """By what the accounts' programs for other wallets ask, revoked ones too."""
        return FacadeLogin.filter(account_id__in=sorted(self.accounts))

    def facade_passes(self) -> QuerySet[FacadePass]:
        """What such a program has made, ended ones too."""
        return FacadePass.filter(account_id__in=sorted(self.accounts))

    def partner_messages(self) -> QuerySet[PartnerMessage]:
        """What such a program has asked to be told."""
        return PartnerMessage.filter(login_id__in=_ids(self.facades()))

    def partner_bulks(self) -> QuerySet[PartnerBulk]:
        return PartnerBulk.filter(login_id__in=_ids(self.facades()))

    def jobs(self) -> QuerySet[Job]:
        """Work on many, ended too."""
        return Job.filter(account_id__in=sorted(self.accounts))

    def job_pieces(self) -> QuerySet[JobPiece]:
        return JobPiece.filter(job_id__in=_ids(self.jobs()))

    def job_results(self) -> QuerySet[JobResult]:
        return JobResult.filter(job_id__in=_ids(self.jobs()))

    def facts(self) -> QuerySet[Fact]:
        """What happened, by day; what is nobody's is not told."""
        return Fact.filter(account_id__in=sorted(self.accounts))

    def customers(self, among: Collection[int] | None = None) -> QuerySet[Customer]:
        """People with a card in the pocket or a consent that stands; deleted ones are nobody.
        `among`: these ids alone, and then nobody else's cards and consents are looked at."""
        carrying = self.cards().filter(removed_at__isnull=True)
        agreed = self.consent_states().filter(granted=True)
        found = Customer.filter(deleted_at__isnull=True)
        if among is not None:
            named = sorted(among) or [0]
            carrying = carrying.filter(customer_id__in=named)
            agreed = agreed.filter(customer_id__in=named)
            found = found.filter(id__in=named)
        return found.filter(
            Q(id__in=_ids(carrying, "customer_id")) | Q(id__in=_ids(agreed, "customer_id"))
        )


def offers_in_review(scope: Scope) -> QuerySet[Offer]:
    """The scope's offers of which something waits for the operator."""
    changed = scope.offer_drafts().filter(status=OfferStatus.IN_REVIEW)
    return scope.offers().filter(
        Q(status=OfferStatus.IN_REVIEW) | Q(id__in=_ids(changed, "offer_id"))
    )


async def cards_numbered(scope: Scope, number: str) -> QuerySet[Card]:
    """The scope's cards with this number, as it is read or as it is scanned. Each is asked for by
    an index of its own: of either at once PostgreSQL reads every card."""
    same = [Q(barcode_value__in=[number, number.replace(" ", "")])]
    # The ORM raises for a value that is longer than its column.
    if len(number) <= LONGEST_PRINTED:
        same.append(Q(printed_number=number))
    ids = {int(str(id_)) for each in same for id_ in await _ids_of(scope.cards().filter(each))}
    return scope.cards().filter(id__in=sorted(ids) or [0])


async def _ids_of(found: QuerySet[Card]) -> list[object]:
    return list(await found.values_list("id", flat=True))
