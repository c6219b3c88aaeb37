"""Printed sign-in cards: for people who have no e-mail and no device of their own."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.clock import today
from alongside.kernel.errors import Refusal
from alongside.people import no_cards
from alongside.people.models import Membership, Person, Role, RoleHeld, SignInCard
from alongside.people.models.signing_in import MOST_WRONG_PINS, SignInCardQuerySet
from alongside.people.rules import card_codes

# Whoever prints a card has seen its PIN, so a card must not open what its printer may not see.
ROLES_WITHOUT_CARD = (Role.PROFESSIONAL, Role.COORDINATOR, Role.STEWARD, Role.COMMISSIONER)


class CardNotForThem(Refusal):
    """A card would open too much: the person decides for others here."""


class PinTooEasy(Refusal):
    """The PIN is too short, too long, not of digits alone, or the first that anybody would try."""


class NotAMember(Refusal):
    """The person has left the community, or their record is used no more."""


@dataclass(frozen=True)
class PrintedCard:
    """A card just issued, with what is told only once."""

    card: SignInCard
    code: str
    pin: str


@transaction.atomic
def issue(
    *,
    membership: Membership,
    by: Person,
    at: datetime,
    pin: str = "",
    expires_at: datetime | None = None,
    channel: Channel = Channel.WEB,
) -> PrintedCard:
    """Make a card for the member; an earlier card of theirs stops working.

    Without `pin` one of six digits is drawn. Code and PIN are in the answer and nowhere else.
    Raises CardNotForThem, NotAMember or PinTooEasy.
    """
    membership = Membership.objects.of(membership.community).select_for_update().get(pk=membership.pk)
    if not _belongs(membership):
        raise NotAMember
    if decides_for_others(membership):
        raise CardNotForThem
    pin = pin or card_codes.new_pin()
    if not card_codes.is_a_pin(pin):
        raise PinTooEasy
    _live_cards_of(membership).update(ended_at=at)
    code = card_codes.new_code()
    card = SignInCard.objects.create(
        community=membership.community,
        membership=membership,
        code_key=_code_keys(code)[0],
        code_end=code[-2:],
        pin=make_password(pin),
        issued_at=at,
        issued_by=by,
        expires_at=expires_at,
    )
    activity.log(
        did="people.card_issued",
        about_what=card,
        by_id=by.pk,
        at=at,
        on_behalf_of_id=membership.person_id,
        channel=channel,
    )
    return PrintedCard(card=card, code=code, pin=pin)


def _belongs(membership: Membership) -> bool:
    return membership.left_at is None and membership.person.is_active


def _live_cards_of(membership: Membership) -> SignInCardQuerySet:
    return SignInCard.objects.of(membership.community).filter(membership=membership, ended_at=None)


def decides_for_others(membership: Membership) -> bool:
    """No card is made for them: whoever prints it knows its PIN."""
    held = RoleHeld.objects.of(membership.community).filter(membership=membership, role__in=ROLES_WITHOUT_CARD)
    return held.on(today()).exists() or no_cards.sees_more(membership)


def _opens_too_much(membership: Membership) -> bool:
    """No card opens what its printer may not see: another community, or what a role opens.

    Who belongs elsewhere too is asked only when the card is used, so that no page tells a coordinator.
    """
    mine = Membership.objects.current().filter(person=membership.person_id)
    return mine.exclude(pk=membership.pk).exists() or decides_for_others(membership)


@transaction.atomic
def end(*, card: SignInCard, by: Person, at: datetime, channel: Channel = Channel.WEB) -> None:
    """The card opens nothing any more. Ending it twice does nothing."""
    if not SignInCard.objects.of(card.community).filter(pk=card.pk, ended_at=None).update(ended_at=at):
        return
    activity.log(
        did="people.card_ended",
        about_what=card,
        by_id=by.pk,
        at=at,
        on_behalf_of_id=card.membership.person_id,
        channel=channel,
    )


def person_for(*, code: str, pin: str, at: datetime) -> Person | None:
    """The person whose card this is, when code and PIN are right and the card still opens.

    Each try is counted before the PIN is looked at, so trying many at once gains nothing; the
    count starts anew when the PIN was right. A wrong code takes as long as a wrong PIN.
    """
    card = _card_of(code, at)
    return card.membership.person if _opens(card, pin=pin, at=at) and card else None


def opens_for(person: Person, *, pin: str, at: datetime) -> bool:
    """True when `pin` is the PIN of a card of `person` that still opens; tries count as above."""
    card = SignInCard.objects.live(at).filter(membership__person=person).select_related("membership__person").first()
    return _opens(card, pin=pin, at=at)


def keeps_open(person: Person, *, since: datetime, at: datetime) -> bool:
    """True while a session that a card of `person` began at `since` may go on: as long as that card opens."""
    cards = SignInCard.objects.live(at).filter(membership__person=person, issued_at__lte=since)
    card = cards.select_related("membership__community").first()
    return card is not None and not _opens_too_much(card.membership)


def _opens(card: SignInCard | None, *, pin: str, at: datetime) -> bool:
    if card is None or not _try_counted(card):
        make_password(pin)
        return False
    if not check_password(pin, card.pin) or _opens_too_much(card.membership):
        return False
    SignInCard.objects.of(card.community).filter(pk=card.pk).update(wrong_pins=0, last_used_at=at)
    return True


def _card_of(code: str, at: datetime) -> SignInCard | None:
    read = card_codes.read_code(code)
    if read is None:
        return None
    keys = _code_keys(read)
    return (
        SignInCard.objects.live(at).filter(code_key__in=keys).select_related("membership__person", "community").first()
    )


def _try_counted(card: SignInCard) -> bool:
    open_card = SignInCard.objects.of(card.community).filter(pk=card.pk, wrong_pins__lt=MOST_WRONG_PINS)
    return bool(open_card.update(wrong_pins=F("wrong_pins") + 1))


def code_mark(code: str) -> str:
    """A short name for a card's code in records of failed tries, which must not tell the code."""
    return _code_keys(card_codes.read_code(code) or code.strip().upper())[0][:24]


def _code_keys(code: str) -> list[str]:
    """What to look a code up by: a hash under the present secret, then under retired ones."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac("people.sign_in_card", code, secret=key, algorithm="sha256").hexdigest() for key in secrets]
