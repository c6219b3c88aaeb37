"""A person as the broker desk shows them: everything to know while they are on the telephone."""

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
    member: Membership
    # None: the person has no account yet; it is opened with their first exchange.
    account: Account | None
    strengths: list[Strength]
    offers: list[Listing]
    requests: list[Listing]
    exchanges: list[Exchange]


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
