"""Consent rounds: opened, people say where they stand, objections live their lives, and the round ends.

Every step takes the decision's lock, reads the rows into a `Circle`, asks the rule, and writes down what it says.
The rule stands in `rules.consent`; nothing of it is said again here.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from django.db import transaction

from alongside.decisions import signals
from alongside.decisions.actions import closing
from alongside.decisions.actions.circles import StepNotOpen, Table, seated
from alongside.decisions.actions.deeds import Deed
from alongside.decisions.actions.opening import ClosesTooSoon, check_left_out, check_may_open, check_rolls, freeze
from alongside.decisions.actions.proposing import put_forward
from alongside.decisions.actions.rolls import Rolls, rolls_for
from alongside.decisions.letters import consent as letters
from alongside.decisions.models import Decision, Objection, Proposal, RollEntry, Scrutineer, Stance, Version
from alongside.decisions.rules import consent
from alongside.decisions.rules.exact import written
from alongside.decisions.rules.sides import HALF, Decided, Outcome
from alongside.decisions.terms import rolls_of
from alongside.kernel import activity
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal
from alongside.people.models import Membership, Person

RULE = "consent"
# Where silence counts, a version is before everybody so many days at least.
LEAST_NOTICE = 7
# What an objection says stands in its own row, from which it can be erased; a result never changes.
_WORDS = {"reason", "harms"}


class NotAFacilitator(Refusal):
    """What was understood is written down by a facilitator, or by whoever objects."""


class RoundGoesOn(Refusal):
    """Before its time a round ends only when everybody has said where they stand, and no objection is open."""


@transaction.atomic
def open_round(
    *,
    proposal: Proposal,
    version: Version,
    sides: Sequence[str],
    facilitators: Mapping[str, Membership],
    closes_at: datetime,
    review_on: date,
    by: Person,
    at: datetime,
    key: UUID,
    share: Fraction = HALF,
    leave_out_unsaid: bool = False,
    rolls: Rolls | None = None,
    lazy_days: int = 0,
) -> Decision:
    """Open a consent round on the present version of a proposal, with rolls frozen as those of a vote.

    `facilitators`: for each side one person on its roll. `share`: how many of each side must consent. `rolls`: those
    frozen before, where something goes on as a round. `lazy_days`: silence counts as consent of who has said that
    they have read a version which was before everybody so long, a week at least; 0: it does not. The rest, and what
    is raised, is as with `open_vote`.
    """
    community = proposal.community
    stands = Proposal.objects.of(community).select_for_update(no_key=True).get(pk=proposal.pk)
    stands.community = community
    if made := Decision.objects.of(community).filter(key=key).first():
        return made  # type: ignore[no-any-return]
    check_may_open(stands, version, sides, rule=RULE, share=share, opens_at=at, closes_at=closes_at)
    if lazy_days and (lazy_days < LEAST_NOTICE or closes_at - at < timedelta(days=lazy_days)):
        raise ClosesTooSoon
    rolls = rolls or rolls_for(stands, sides, on=community.day_of(at))
    check_rolls(rolls, facilitators, leave_out_unsaid=leave_out_unsaid)
    check_left_out(stands, rolls, at=at)
    decision = Decision.objects.create(
        community=community,
        proposal=stands,
        version=version,
        rule=RULE,
        settings={
            "quorum": {"kind": RULE, "share": str(written(share))},
            **({"lazy_days": lazy_days} if lazy_days else {}),
        },
        is_secret=False,
        sides=list(sides),
        opens_at=at,
        closes_at=closes_at,
        review_on=review_on,
        lot_seed=secrets.token_hex(16),
        made_by=by,
        key=key,
    )
    freeze(decision, rolls, facilitators, ())
    Proposal.objects.of(community).filter(pk=stands.pk).update(state=Proposal.State.VOTING, changed_at=at)
    activity.log(did="decisions.round_opened", about_what=decision, by_id=by.pk, at=at)
    letters.round_opened(decision, at=at, by=by)
    return decision


@transaction.atomic
def give_stance(
    *,
    decision: Decision,
    membership: Membership,
    stance: str,
    by: Person,
    at: datetime,
    words: str = "",
    edits_agreed: bool = False,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Consent, consent with a concern (in `words`), or be absent; the last word on a version counts.

    `edits_agreed`: it stands for a next version too which the facilitators of both sides call a small edit.

    Raises RoundIsOver, NotOnTheRoll, StepNotOpen.
    """
    deed = Deed(by, at, on_behalf_of, channel)
    table = seated(decision, moment=at, speaker=membership)
    table.step(consent.say, by=str(membership.pk), stance=consent.Stance(stance))
    table.write(deed)
    concern = words.strip() if stance == Stance.Kind.CONCERN else ""
    table.write_stance(membership.pk, stance, deed, words=concern, edits_agreed=edits_agreed)
    _took_part(table, membership, deed)
    deed.log("decisions.stance_given", table.decision)


@transaction.atomic
def object_to(
    *,
    decision: Decision,
    membership: Membership,
    reason: str,
    harms: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Objection:
    """Raise an objection: why, and which shared aim it would harm. Both facilitators are told.

    Raises RoundIsOver, NotOnTheRoll, StepNotOpen.
    """
    deed = Deed(by, at, on_behalf_of, channel)
    table = seated(decision, moment=at, speaker=membership)
    table.step(consent.object_to, by=str(membership.pk), reason=reason.strip(), harms=harms.strip())
    table.write(deed)
    _took_part(table, membership, deed)
    made: Objection = table.objections[-1]
    deed.log("decisions.objected", made)
    letters.objection_raised(made, at=at, by=deed.speaker)
    return made


@transaction.atomic
def clarify(*, objection: Objection, membership: Membership, text: str, by: Person, at: datetime) -> None:
    """Write down what was understood of an objection, after asking: a facilitator does, or whoever objects.

    Raises RoundIsOver, NotAFacilitator, StepNotOpen.
    """
    table, place = _at(objection, at)
    if membership.pk != objection.membership_id and str(membership.pk) not in table.circle.facilitators.values():
        raise NotAFacilitator
    if not text.strip():
        raise StepNotOpen(why="no_reason")
    table.step(consent.clarify, place, text=text.strip())
    table.objections[place].clarified_by = membership
    _done(table, place, Deed(by, at), "decisions.objection_clarified")


@transaction.atomic
def put_into_round(
    *,
    decision: Decision,
    membership: Membership,
    seen: datetime,
    answers: Collection[Objection],
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Version:
    """Put the draft before everybody as the next version, meant to take up the objections `answers`.

    Everybody is asked again; who objects still does. Raises RoundIsOver, StepNotOpen, and what `put_forward` raises.
    """
    deed = Deed(by, at, on_behalf_of, channel)
    table = seated(decision, moment=at)
    table.step(consent.new_version, answers=sorted(table.place_of(one) for one in answers))
    version = put_forward(
        proposal=decision.proposal,
        membership=membership,
        seen=seen,
        by=by,
        at=at,
        on_behalf_of=on_behalf_of,
        channel=channel,
        consent_round=table.decision,
    )
    Decision.objects.of(decision.community).filter(pk=decision.pk).update(version=version)
    table.move_to(version)
    table.write(deed)
    letters.look_again(table.decision, at=at, by=deed.speaker)
    return version


@transaction.atomic
def confirm_integrated(
    *,
    objection: Objection,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Whoever objected, and nobody else, says that the new version takes it up. Raises RoundIsOver, StepNotOpen."""
    table, place = _at(objection, at, membership)
    table.step(consent.confirm_integrated, place, by=str(membership.pk))
    _done(table, place, Deed(by, at, on_behalf_of, channel), "decisions.objection_integrated")


@transaction.atomic
def take_back(
    *,
    objection: Objection,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Whoever objected takes it back. Raises RoundIsOver, StepNotOpen."""
    table, place = _at(objection, at, membership)
    table.step(consent.withdraw, place, by=str(membership.pk))
    _done(table, place, Deed(by, at, on_behalf_of, channel), "decisions.objection_withdrawn")


@transaction.atomic
def find_not_qualified(*, objection: Objection, membership: Membership, reason: str, by: Person, at: datetime) -> None:
    """A facilitator finds that the objection harms no shared aim; it is so once one of each side has found it.

    Everybody reads the reason. Raises RoundIsOver, StepNotOpen.
    """
    table, place = _at(objection, at)
    table.step(consent.find_not_qualified, place, by=str(membership.pk), reason=reason.strip())
    _done(table, place, Deed(by, at), "decisions.objection_found_not_qualified")
    if not table.objections[place].is_open:
        letters.not_qualified(table.objections[place], at=at, by=by)


@transaction.atomic
def appeal_finding(
    *,
    objection: Objection,
    membership: Membership,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Once, whoever objected brings it back: it is open again, and what was found is void.

    Raises RoundIsOver, StepNotOpen.
    """
    deed = Deed(by, at, on_behalf_of, channel)
    table, place = _at(objection, at, membership)
    table.step(consent.appeal, place, by=str(membership.pk))
    _done(table, place, deed, "decisions.objection_appealed")
    letters.objection_raised(table.objections[place], at=at, by=deed.speaker, again=True)


@transaction.atomic
def end_round(*, decision: Decision, by: Person | None, at: datetime) -> Decision:
    """End the round, once however many try. Objections that are open stay unresolved, and things stay as they are.

    `by` None: the clock. Raises SomeoneElseWasFaster when it is closed already, and RoundGoesOn before `closes_at`
    while somebody has not said where they stand, or an objection is open.
    """
    stands = closing.held(decision)
    table = Table(stands)
    if at < stands.closes_at and not table.is_settled:
        raise RoundGoesOn
    table.step(consent.end)
    table.write(Deed(by or stands.made_by, at))
    decided = consent.outcome(table.circle)
    _write_down(stands, decided, at=at)
    closing.write_say(stands, adopted=decided.passed, at=at)
    activity.log(did="decisions.round_ended", about_what=stands, by_id=by.pk if by else None, at=at)
    letters.result(stands, at=at, by=by)
    transaction.on_commit(lambda: signals.outcome.send_robust(Decision, decision=stands))
    return stands


closing.CLOSES[RULE] = end_round


def _write_down(decision: Decision, decided: Decided, *, at: datetime) -> None:
    steps = [{name: fact for name, fact in one.as_data().items() if name not in _WORDS} for one in decided.steps]
    closing.forget_ties(decision)
    ended = {"state": Decision.State.CLOSED, "closed_at": at, "outcome": str(decided.outcome)}
    closing.end(decision, {**ended, "result": {"steps": steps, "rolls": rolls_of(decision)}})
    adopted = decided.outcome == Outcome.PASSED
    closing.move_proposal(decision, Proposal.State.DECIDED if adopted else Proposal.State.TALKED_OVER, at=at)


def _at(objection: Objection, moment: datetime, speaker: Membership | None = None) -> tuple[Table, int]:
    """The round under its lock, and the place of the objection in it."""
    table = seated(objection.decision, moment=moment, speaker=speaker)
    return table, table.place_of(objection)


def _done(table: Table, place: int, deed: Deed, did: str) -> None:
    table.write(deed)
    deed.log(did, table.objections[place])


def _took_part(table: Table, membership: Membership, deed: Deed) -> None:
    mine = RollEntry.objects.on(table.decision).filter(membership=membership)
    mine.update(took_part=True, channel=deed.channel)


def facilitators_of(decision: Decision) -> dict[str, Membership]:
    """Who facilitates for each side."""
    named = Scrutineer.objects.of(decision.community).filter(decision=decision).select_related("membership__person")
    return {one.side: one.membership for one in named}
