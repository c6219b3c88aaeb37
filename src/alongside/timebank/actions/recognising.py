"""Noting recognised work."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.hours import MINUTES_A_DAY
from alongside.people.models import Person
from alongside.timebank.actions.accounts import account_of
from alongside.timebank.actions.paying import AHEAD, pay
from alongside.timebank.ledger.refusals import HelpedInTheFuture, KeyUsedDifferently, MoreThanThere, NoMinutes
from alongside.timebank.models import Account, RecognisedKind, RecognisedWork, TimeBank, Transfer
from alongside.timebank.models.accounts import Kind


@transaction.atomic
def note_recognised_work(
    *,
    person: Person,
    kind: RecognisedKind,
    minutes: int,
    done_on: date,
    by: Person,
    at: datetime,
    key: str | UUID,
    words: str = "",
    channel: str = Channel.WEB,
) -> RecognisedWork:
    """Count `minutes` (1 or more) of unpaid work of `person`; the same `key` again returns the first note.

    No credit moves, unless the community says that recognised work earns: then the community pot
    grants as much to the person, and the pot's limits hold. A person's day has 24 hours, whatever was
    done in it. Raises NoMinutes, HelpedInTheFuture, MoreThanThere, KeyUsedDifferently (somebody else's key), OverLimit.
    """
    if minutes < 1:
        raise NoMinutes
    if done_on > (at + AHEAD).date():
        raise HelpedInTheFuture
    # One note at a time for a person, so that a form sent twice at once counts once, and a day stays a day.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    first: RecognisedWork | None = RecognisedWork.objects.filter(community=kind.community_id, key=str(key)).first()
    if first and first.person_id != person.id:
        raise KeyUsedDifferently(field="person", first_id=first.id)
    if first:
        return first
    _refuse_overfull_day(person, kind, minutes, done_on)
    noted = RecognisedWork(
        community_id=kind.community_id, person=person, kind=kind, minutes=minutes, done_on=done_on, words=words,
        noted_at=at, by=by, channel=channel, key=str(key),
    )  # fmt: skip
    noted.transfer = _grant(noted)
    noted.save(force_insert=True)
    activity.log(
        did="timebank.recognised_work_noted", about_what=noted, by_id=by.id, at=at,
        on_behalf_of_id=None if by == person else person.id, channel=channel,
    )  # fmt: skip
    return noted


def _refuse_overfull_day(person: Person, kind: RecognisedKind, minutes: int, done_on: date) -> None:
    same_day = RecognisedWork.objects.filter(community=kind.community_id, person=person, done_on=done_on)
    left = MINUTES_A_DAY - sum(same_day.values_list("minutes", flat=True))
    if minutes > left:
        raise MoreThanThere(most_minutes=max(0, left))


def _grant(noted: RecognisedWork) -> Transfer | None:
    """As many hours from the community pot, where the community has chosen that."""
    community, person, by = noted.kind.community, noted.person, noted.by
    if not TimeBank.objects.get(community=community).recognised_work_credits:
        return None
    pot = Account.objects.get(community=community, kind=Kind.COMMUNITY_POT)
    theirs = account_of(community=community, person=person, by=by, at=noted.noted_at)
    return pay(
        payer=pot, payee=theirs, minutes=noted.minutes, category=None, helped_on=noted.done_on, by=by,
        at=noted.noted_at, key=f"recognised:{noted.key}", kind=Transfer.Kind.GRANT,
        on_behalf_of=None if by == person else person, channel=noted.channel,
    )  # fmt: skip
