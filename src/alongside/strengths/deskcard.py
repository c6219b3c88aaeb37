"""A person, or a body with an account, as the broker desk shows them: everything to know on the telephone."""

from dataclasses import dataclass

from alongside.kernel.clock import today
from alongside.people.models import Community, Membership
from alongside.strengths.models import Exchange, Listing, Strength
from alongside.strengths.rules.pictures import SHARED
from alongside.timebank.models import Account

LATEST_EXCHANGES = 5
MOST_LISTINGS = 10


@dataclass(frozen=True)
class Card:
    # None: a household, an organisation or a group.
    member: Membership | None
    # None: the person has no account yet; it is opened with their first exchange.
    account: Account | None
    strengths: list[Strength]
    offers: list[Listing]
    requests: list[Listing]
    exchanges: list[Exchange]

    @property
    def name(self) -> str:
        return str(self.member.person if self.member else self.account)


def card_of_body(account: Account) -> Card:
    """What there is to know of a household, an organisation or a group: its hours, and what came of them."""
    mine = Account.objects.of(account.community).filter(pk=account.pk)
    exchanges = Exchange.objects.of(account.community).with_sides().newest_first().of_accounts(mine)
    return Card(None, account, [], [], [], list(exchanges[:LATEST_EXCHANGES]))


def card_of(membership: Membership, community: Community) -> Card:
    """Five queries, however much there is to show."""
    strengths = Strength.objects.of(community).filter(profile__membership=membership, section__in=list(SHARED))
    listings = Listing.objects.of(community).filter(membership=membership).open_on(today())
    found = list(listings.select_related("category").newest_first()[: 2 * MOST_LISTINGS])
    account: Account | None = Account.objects.of(community).of_person(membership.person).first()
    exchanges = Exchange.objects.of(community).with_sides().newest_first()
    theirs = exchanges.of_accounts(Account.objects.of(community).of_person(membership.person))
    return Card(
        member=membership,
        account=account,
        strengths=list(strengths.order_by("section", "place")),
        offers=[listing for listing in found if listing.kind == Listing.Kind.OFFER][:MOST_LISTINGS],
        requests=[listing for listing in found if listing.kind == Listing.Kind.REQUEST][:MOST_LISTINGS],
        exchanges=list(theirs[:LATEST_EXCHANGES]),
    )
