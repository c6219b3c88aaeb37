"""What this room hands over, wipes or joins when a person exports, leaves, is erased or merged."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from alongside.people import departures
from alongside.people.models import Membership, Person
from alongside.strengths import letters
from alongside.strengths.actions.deeds import Deed
from alongside.strengths.actions.handing_over import call_off, hand_over
from alongside.strengths.actions.steps import take_step
from alongside.strengths.models import Exchange, ExchangeWords, Listing, QueueClaim, Strength, StrengthsProfile
from alongside.strengths.models.parties import is_asked_by_phone
from alongside.strengths.rules.steps import Side, State, Step
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account


def register() -> None:
    """Tell `people` how this room says goodbye."""
    departures.register(
        room="strengths",
        export=export,
        erase=erase,
        leave=leave,
        merge=merge,
        covers=[
            "strengths.StrengthsProfile.membership",
            "strengths.Listing.membership",
            "strengths.Listing.keyed_by",
            "strengths.Exchange.keyed_by",
            "strengths.Exchange.mediator",
            "strengths.ExchangeWords.author",
            "strengths.QueueClaim.taken_by",
        ],
    )


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Everything this room holds about a person, in every community, in plain rows."""
    accounts = Account.objects.filter(person=person)
    exchanges = Exchange.objects.of_accounts(accounts).with_sides().order_by("made_at", "id")
    return {
        "strengths": [
            {"section": strength.section, "picture": strength.picture, "words": strength.words}
            for strength in Strength.objects.filter(profile__membership__person=person).order_by("section", "place")
        ],
        "offers_and_requests": [
            _listing_row(listing)
            for listing in Listing.objects.filter(membership__person=person).select_related("category")
        ],
        "exchanges": [_exchange_row(exchange) for exchange in exchanges],
        "words_on_exchanges": [
            {"exchange": str(words.exchange_id), "kind": words.kind, "words": words.words, "at": words.at.isoformat()}
            for words in ExchangeWords.objects.filter(author=person)
        ],
    }


@transaction.atomic
def erase(person: Person, *, by: Person | None, at: datetime) -> None:
    """Wipe strengths, listings and words; minutes, days and categories of exchanges stay."""
    ExchangeWords.objects.filter(author=person).delete()
    StrengthsProfile.objects.filter(membership__person=person).delete()
    Listing.objects.filter(membership__person=person).delete()
    QueueClaim.objects.filter(taken_by=person).delete()


@transaction.atomic
def leave(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Close what is open: listings come down, work goes back, exchanges nobody has answered for are let go."""
    community = membership.community
    Listing.objects.of(community).filter(membership=membership, closed_at=None).update(closed_at=at, changed_at=at)
    QueueClaim.objects.of(community).filter(taken_by=membership.person_id).delete()
    accounts = Account.objects.of(community).of_person(membership.person)
    open_ones = Exchange.objects.of(community).of_accounts(accounts)
    for exchange in open_ones.filter(state__in=[State.PROPOSED, State.ARRANGED]).with_sides():
        exchange.community = community
        take_step(exchange=exchange, step=Step.LAPSE, by=None, at=at, seen=exchange.steps_taken)
    for exchange in open_ones.filter(state=State.DONE).with_sides():
        exchange.community = community
        _end_what_was_done(exchange, accounts, Deed(by=by, at=at))


def _end_what_was_done(exchange: Exchange, of_leaver: QuerySet[Account], deed: Deed) -> None:
    """It counts as right, as nobody said otherwise; but no hours of somebody who could not be asked are taken."""
    stays = exchange.receiver not in of_leaver
    if stays and exchange.waits_for == Side.RECEIVER and is_asked_by_phone(exchange.receiver):
        call_off(exchange, deed=deed)
        letters.step_taken(exchange, Step.CANCEL, None, at=deed.at, reason="", undoable=False)
    else:
        take_step(exchange=exchange, step=Step.AUTO_CONFIRM, by=None, at=deed.at, seen=exchange.steps_taken)


@transaction.atomic
def merge(*, kept: Membership, dropped: Membership, by: Person, at: datetime) -> None:
    """Move listings, strengths and words to the record that stays."""
    community = kept.community
    _move_exchanges(kept, dropped, Deed(by=by, at=at))
    Listing.objects.of(community).filter(membership=dropped).update(membership=kept)
    ExchangeWords.objects.of(community).filter(author=dropped.person_id).update(author=kept.person_id)
    Exchange.objects.of(community).filter(mediator=dropped.person_id).update(mediator=kept.person_id)
    QueueClaim.objects.of(community).filter(taken_by=dropped.person_id).update(taken_by=kept.person_id)
    profiles = StrengthsProfile.objects.of(community)
    theirs = profiles.filter(membership=dropped).first()
    if theirs is None:
        return
    if profiles.filter(membership=kept).exists():
        theirs.delete()
    else:
        profiles.filter(pk=theirs.pk).update(membership=kept)


def _move_exchanges(kept: Membership, dropped: Membership, deed: Deed) -> None:
    """Let exchanges of the dropped record go on as exchanges of the kept one, hours set aside included.

    What was open between the two records themselves is called off: nobody exchanges with themselves.
    """
    community = kept.community
    old = Account.objects.of(community).of_person(dropped.person).first()
    if old is None:
        return
    new = timebank.account_of(community=community, person=kept.person, by=deed.by, at=deed.at)
    exchanges = Exchange.objects.of(community)
    between = exchanges.of_accounts(Account.objects.of(community).filter(pk=old.pk)).of_accounts(
        Account.objects.of(community).filter(pk=new.pk)
    )
    for exchange in between.open().with_sides().select_related("hold"):
        call_off(exchange, deed=deed)
    theirs = exchanges.exclude(pk__in=list(between.values_list("pk", flat=True)))
    for side in ("giver", "receiver"):
        for exchange in theirs.open().filter(**{side: old}).with_sides().select_related("hold"):
            hand_over(exchange, side=side, to=new, deed=deed)
        theirs.filter(**{side: old}).update(**{side: new})


def _listing_row(listing: Listing) -> dict[str, Any]:
    return {
        "kind": listing.kind,
        "title": listing.title,
        "description": listing.description,
        "category": listing.category.name,
        "area": listing.area,
        "open_until": listing.open_until.isoformat(),
        "made_at": listing.made_at.isoformat(),
    }


def _exchange_row(exchange: Exchange) -> dict[str, Any]:
    return {
        "giver": str(exchange.giver),
        "receiver": str(exchange.receiver),
        "minutes": exchange.minutes,
        "category": exchange.category.name,
        "helped_on": exchange.helped_on.isoformat(),
        "state": exchange.state,
        "id": str(exchange.pk),
    }
