"""In a consent round: the facilitators of both sides call a new version a small edit, and words on it stand."""

from datetime import datetime

from django.db import transaction

from alongside.decisions.actions.circles import StepNotOpen, Table, seated
from alongside.decisions.actions.consenting import NotAFacilitator
from alongside.decisions.actions.deeds import Deed
from alongside.decisions.letters import consent as letters
from alongside.decisions.models import Decision, SmallEdit, Stance, Version
from alongside.decisions.rules import consent
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.people.models import Membership, Person


@transaction.atomic
def call_small_edit(*, decision: Decision, membership: Membership, number: int, by: Person, at: datetime) -> bool:
    """A facilitator calls the version of this `number` a small edit. True once one of each side has.

    Then what people said about the version before stands, if they agreed to small edits and have not spoken since.
    Other values than before are never a small edit. Raises RoundIsOver, NotAFacilitator, StepNotOpen before there is a
    new version or where it sets something else, and SomeoneElseWasFaster.
    """
    table = seated(decision, moment=at)
    version = table.decision.version
    side = next((side for side, who in table.circle.facilitators.items() if who == str(membership.pk)), None)
    if side is None:
        raise NotAFacilitator
    if version.number != number:
        raise SomeoneElseWasFaster
    if version.made_at <= table.decision.opens_at:
        raise StepNotOpen(why="no_new_version_yet")
    before = Version.objects.of(decision.community).filter(proposal=version.proposal_id, number=version.number - 1)
    if any(one.change != version.change for one in before):
        raise StepNotOpen(why="sets_something_else")
    called, is_new = SmallEdit.objects.get_or_create(
        community=decision.community,
        decision=table.decision,
        version=version,
        side=side,
        defaults={"membership": membership, "at": at},
    )
    marks = SmallEdit.objects.on(table.decision).filter(version=version)
    is_one = set(marks.values_list("side", flat=True)) >= set(table.circle.rolls)
    if is_new:
        Deed(by, at).log("decisions.small_edit_called", called)
        if is_one:
            _keep(table, version, by=by, at=at)
    return is_one


def _keep(table: Table, version: Version, *, by: Person, at: datetime) -> None:
    said = Stance.objects.on(table.decision).filter(version__number=version.number - 1)
    before = {str(one.membership_id): consent.Stance(one.kind) for one in said}
    spoken = set(table.circle.stances)
    table.step(consent.keep_after_minor, before=before)
    kept = said.filter(membership__in=[who for who in table.circle.stances if who not in spoken])
    rows = list(kept.select_related("membership__person"))
    # The row stays as it was said, by whom and when; only what it is about moves on.
    Stance.objects.on(table.decision).filter(pk__in=[one.pk for one in rows]).update(version=version)
    letters.stances_kept(table.decision, [one.membership for one in rows], at=at, by=by)
