"""After a vote: who sees to what was adopted, how far it is, and what people say came of it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from alongside.decisions.actions.casting import NotOnTheRoll
from alongside.decisions.actions.deeds import Deed
from alongside.decisions.letters import follow_up as letters
from alongside.decisions.models import Contribution, Decision, ProgressNote, Proposal, Rating, Reminder, RollEntry
from alongside.decisions.models.talk import ContributionQuerySet
from alongside.decisions.rules.sides import Outcome
from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people.models import Membership, Person


class NothingToSeeTo(Refusal):
    """Only what was adopted is seen to, and only until it is done."""


class NotTheOwner(Refusal):
    """Only whoever sees to it writes how far it is."""


class WordsWait(Refusal):
    """It is not done while something that people said has no answer; `count` of them wait."""

    def __init__(self, *, count: int) -> None:
        super().__init__(f"{count} wait")
        self.count = count


class NotYetTime(Refusal):
    """It is looked at again, and rated, from its day on; `day` is that day, None where there is none."""

    def __init__(self, *, day: date | None) -> None:
        super().__init__(str(day))
        self.day = day


class DaysDoNotFit(Refusal):
    """What is to be done by a day is looked at again on that day or after, and both are still to come."""


def check_days(*, due_on: date | None, review_on: date | None, today: date) -> None:
    """Raises DaysDoNotFit unless both days are still to come and the review is not before the due day."""
    days = [day for day in (due_on, review_on) if day is not None]
    if any(day <= today for day in days) or days != sorted(days):
        raise DaysDoNotFit


def check_seen_to(
    owner: Membership | None,
    rolls: Mapping[str, Collection[Membership]],
    *,
    due_on: date | None,
    review_on: date | None,
    today: date,
) -> None:
    """As `check_days`, and raises NotOnTheRoll for an owner who cannot vote on it."""
    if owner is not None and not any(owner in members for members in rolls.values()):
        raise NotOnTheRoll
    check_days(due_on=due_on, review_on=review_on, today=today)


def unanswered(proposal: Proposal) -> ContributionQuerySet:
    """What people said about a proposal, and what has no answer yet; replies among people need none."""
    rows = Contribution.objects.of(proposal.community).shown().filter(proposal=proposal)
    found: ContributionQuerySet = rows.filter(status=Contribution.Status.OPEN, reply_to=None, words_erased_at=None)
    return found


@transaction.atomic
def name_owner(
    *,
    decision: Decision,
    owner: Membership | None,
    due_on: date | None,
    review_on: date | None,
    by: Person,
    at: datetime,
) -> Decision:
    """Say who sees to a decision, until when, and when people look at it again.

    Raises NotOnTheRoll for somebody on no roll of it, DaysDoNotFit for new days in the past or in the wrong order, and
    NothingToSeeTo for what was not adopted.
    """
    stands = _held(decision)
    if not (stands.is_open or stands.outcome == Outcome.PASSED):
        raise NothingToSeeTo
    if owner is not None and not RollEntry.objects.on(stands).filter(membership=owner).exists():
        raise NotOnTheRoll
    if (due_on, review_on) != (stands.due_on, stands.review_on):
        check_days(due_on=due_on, review_on=review_on, today=stands.community.day_of(at))
    is_new = owner is not None and owner.pk != stands.owner_id
    stands.owner, stands.due_on, stands.review_on = owner, due_on, review_on
    stands.save(update_fields=["owner", "due_on", "review_on"])
    activity.log(did="decisions.owner_named", about_what=stands, by_id=by.pk, at=at)
    if is_new:
        letters.owner_named(stands, at=at, by=by)
    return stands


@transaction.atomic
def note_progress(
    *,
    decision: Decision,
    membership: Membership,
    step: str,
    text: str,
    by: Person,
    at: datetime,
    key: UUID,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> ProgressNote:
    """Write down how far it is. When it is done everybody on the rolls is told; the same `key` again is the first.

    Raises NothingToSeeTo, NotTheOwner, WordsWait, NotYetTime.
    """
    stands = _held(decision)
    notes = ProgressNote.objects.on(stands)
    if made := ProgressNote.objects.of(stands.community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    is_review = step == ProgressNote.Step.LOOKED_AT
    if stands.outcome != Outcome.PASSED or (notes.done().exists() and not is_review):
        raise NothingToSeeTo
    if stands.owner_id != membership.pk:
        raise NotTheOwner
    if is_review:
        _refuse_before_review(stands, at)
    if step == ProgressNote.Step.DONE and (count := unanswered(stands.proposal).count()):
        raise WordsWait(count=count)
    deed = Deed(by, at, on_behalf_of, channel)
    note: ProgressNote = ProgressNote.objects.create(
        community=stands.community,
        decision=stands,
        step=step,
        text=text,
        membership=membership,
        at=at,
        key=key,
        **deed.keyed(),
    )
    deed.log("decisions.progress_noted", note)
    if step == ProgressNote.Step.DONE:
        letters.done(note, at=at, by=by)
    return note


@transaction.atomic
def rate(
    *,
    decision: Decision,
    membership: Membership,
    kind: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Rating:
    """Say what came of it: helps, worries or unsure; a later word takes the place of an earlier.

    Raises NothingToSeeTo for what was not adopted, NotOnTheRoll, and NotYetTime before the day of its review.
    """
    if decision.outcome != Outcome.PASSED:
        raise NothingToSeeTo
    _refuse_before_review(decision, at)
    entry = RollEntry.objects.on(decision).filter(membership=membership).first()
    if entry is None:
        raise NotOnTheRoll
    deed = Deed(by, at, on_behalf_of, channel)
    rating: Rating
    rating, _is_new = Rating.objects.update_or_create(
        community=decision.community,
        decision=decision,
        membership=membership,
        defaults={"side": entry.side, "kind": kind, "at": at, **deed.keyed()},
    )
    deed.log("decisions.rated", rating)
    return rating


def ask_for_ratings(*, at: datetime) -> int:
    """Ask everybody on the rolls of what is to be looked at again from today on, each once; how many decisions."""
    asked = 0
    told = Reminder.objects.filter(
        decision=OuterRef("pk"), community=OuterRef("community"), about=Reminder.About.REVIEW
    )
    due = Decision.objects.closed().filter(outcome=Outcome.PASSED, review_on__isnull=False).exclude(Exists(told))
    for decision in due.with_words().order_by("review_on", "id"):
        assert decision.review_on is not None
        if decision.review_on <= decision.community.day_of(at):
            asked += remind_once(decision, Reminder.About.REVIEW, at=at)
    return asked


@transaction.atomic
def remind_once(decision: Decision, about: str, *, at: datetime) -> bool:
    """Tell people, unless another process has; True for the one that did."""
    told = {"community": decision.community, "decision": decision, "about": about}
    _reminder, is_new = Reminder.objects.get_or_create(**told, defaults={"at": at})
    if is_new:
        activity.log(did=f"decisions.reminded_of_{about}", about_what=decision, by_id=None, at=at)
        letters.REMINDERS[about](decision, at)
    return is_new


def _refuse_before_review(decision: Decision, at: datetime) -> None:
    if decision.review_on is None or decision.community.day_of(at) < decision.review_on:
        raise NotYetTime(day=decision.review_on)


def _held(decision: Decision) -> Decision:
    """The decision, held until the transaction ends."""
    rows = Decision.objects.of(decision.community).select_related("proposal", "version", "community")
    stands: Decision | None = rows.select_for_update(no_key=True, of=("self",)).filter(pk=decision.pk).first()
    if stands is None:
        raise SomeoneElseWasFaster
    stands.proposal.community = stands.community
    return stands
