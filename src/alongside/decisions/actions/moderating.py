"""Words reported, taken from view with a reason, and put back after an appeal that somebody else decides."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.decisions.actions.deeds import Deed
from alongside.decisions.letters import moderation as letters
from alongside.decisions.models import Appeal, Contribution, ModerationEntry, OwnHouseRules, Report
from alongside.decisions.permissions.moderation import deciders_of, moderators_of
from alongside.kernel import activity, undo
from alongside.kernel.channels import Channel
from alongside.kernel.errors import Refusal, SomeoneElseWasFaster
from alongside.people import undoing
from alongside.people.models import Community, Membership, Person


class NotInView(Refusal):
    """The words were taken from view or taken back already."""


class SomebodyElseModerates(Refusal):
    """They said it themselves, or stand for the proposal while another coordinator does not."""


class NothingToAppeal(Refusal):
    """The words are in view again, or are gone."""


class AppealedAlready(Refusal):
    """One appeal is all there is."""


class SomebodyElseDecides(Refusal):
    """They hid the words or said them, or somebody of another side is there to decide."""


@transaction.atomic
def report(
    *,
    contribution: Contribution,
    membership: Membership,
    rule: str,
    by: Person,
    at: datetime,
    text: str = "",
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Report:
    """Ask the coordinators to look at words that break a house rule. Once a person; again is the first one.

    Raises NotInView.
    """
    said = _locked(contribution)
    deed = Deed(by, at, on_behalf_of, channel)
    told: Report
    told, is_new = Report.objects.get_or_create(
        community=said.community,
        contribution=said,
        membership=membership,
        defaults={"rule": rule, "text": text, "at": at, **deed.keyed()},
    )
    if is_new:
        deed.log("decisions.reported", told)
    return told


@transaction.atomic
def leave_in_view(*, contribution: Contribution, moderator: Membership, by: Person, at: datetime) -> None:
    """Find that reported words break no rule; who reported them is told. Raises NotInView or SomebodyElseModerates."""
    said = _locked(contribution)
    _refuse_unless_moderates(said, moderator, at)
    if reporters := _settle_reports(said, at):
        Deed(by, at).log("decisions.left_in_view", said)
        letters.left_in_view(said, reporters, at=at, by=by)


@transaction.atomic
def hide(
    *, contribution: Contribution, moderator: Membership, rule: str, words: str, by: Person, at: datetime
) -> ModerationEntry:
    """Take words from view by a house rule, with what is below them. Whoever said it is told `words` and may appeal;
    who reported them is told that it was done.

    `by` may take it back for ten seconds, and so long nobody is told. Raises NotInView or SomebodyElseModerates.
    """
    said = _locked(contribution)
    _refuse_unless_moderates(said, moderator, at)
    entry: ModerationEntry = ModerationEntry.objects.create(
        community=said.community,
        proposal=said.proposal,
        contribution=said,
        rule=rule,
        words=words,
        moderator=moderator,
        at=at,
    )
    said.hidden_at, said.hidden_by, said.hidden_why = at, by, rule
    said.save(update_fields=["hidden_at", "hidden_by", "hidden_why"])
    reporters = _settle_reports(said, at)
    Deed(by, at).log("decisions.hidden", entry)
    letters.hidden(entry, at=at)
    letters.report_followed(entry, reporters, at=at)
    undoing.offer("decisions.hide", entry, by=by, at=at)
    return entry


@undo.inverse("decisions.hide")
@transaction.atomic
def show_again(args: dict[str, Any], by: UUID, at: datetime) -> None:
    """They were never taken from view. Raises SomeoneElseWasFaster when an appeal was made or they are gone."""
    entry = ModerationEntry.objects.filter(pk=args["row"], appeal=None).select_related("community").first()
    if entry is None or entry.contribution_id is None:
        raise SomeoneElseWasFaster
    moment = undoing.moment_of(args)
    as_left = Contribution.objects.filter(pk=entry.contribution_id, hidden_at=moment)
    undoing.bring_back(as_left, hidden_at=None, hidden_by=None, hidden_why="")
    Report.objects.filter(contribution=entry.contribution_id, settled_at=moment).update(settled_at=None)
    letters.take_back(entry, by=by, at=at)
    undoing.log("decisions.shown_again", entry, by=by, at=at)
    entry.delete()


@transaction.atomic
def appeal(
    *,
    entry: ModerationEntry,
    text: str,
    by: Person,
    at: datetime,
    on_behalf_of: Person | None = None,
    channel: str = Channel.WEB,
) -> Appeal:
    """Say why words that were taken from view should be seen. Who may decide is told.

    Raises NothingToAppeal or AppealedAlready.
    """
    if entry.contribution is None or entry.contribution.hidden_at != entry.at:
        raise NothingToAppeal
    deed = Deed(by, at, on_behalf_of, channel)
    made: Appeal
    made, is_new = Appeal.objects.get_or_create(
        community=entry.community, entry=entry, defaults={"text": text, "at": at, **deed.keyed()}
    )
    if not is_new:
        raise AppealedAlready
    deed.log("decisions.appealed", made)
    letters.appealed(made, deciders_of(entry, on=entry.community.day_of(at)), at=at)
    return made


@transaction.atomic
def decide_appeal(*, appeal: Appeal, decider: Membership, outcome: str, why: str, by: Person, at: datetime) -> Appeal:
    """Let words back into view ("restored") or not ("stays"), and say why. Whoever said them is told.

    Raises SomeoneElseWasFaster when it was decided already, SomebodyElseDecides, or NothingToAppeal.
    """
    rows = Appeal.objects.of(appeal.community).waiting().select_for_update(no_key=True, of=("self",))
    stands: Appeal | None = rows.filter(pk=appeal.pk).select_related("entry__contribution").first()
    if stands is None:
        raise SomeoneElseWasFaster
    entry = stands.entry
    if entry.contribution is None:
        raise NothingToAppeal
    if decider not in deciders_of(entry, on=appeal.community.day_of(at)):
        raise SomebodyElseDecides
    stands.outcome, stands.why, stands.decided_by, stands.decided_at = outcome, why, decider, at
    stands.save(update_fields=["outcome", "why", "decided_by", "decided_at"])
    if outcome == Appeal.Outcome.RESTORED:
        hidden = Contribution.objects.of(appeal.community).filter(pk=entry.contribution_id, hidden_at=entry.at)
        hidden.update(hidden_at=None, hidden_by=None, hidden_why="")
    Deed(by, at).log("decisions.appeal_decided", stands)
    letters.decided(stands, at=at)
    return stands


@transaction.atomic
def set_house_rules(*, community: Community, words: str, by: Person | None, at: datetime) -> OwnHouseRules:
    """Say in the community's own `words` how people talk here; "" for those it began with."""
    own: OwnHouseRules
    own, _is_new = OwnHouseRules.objects.update_or_create(
        community=community, defaults={"words": words, "changed_at": at}
    )
    activity.log(did="decisions.house_rules_set", about_what=own, by_id=by.pk if by else None, at=at)
    return own


def _locked(contribution: Contribution) -> Contribution:
    """The words as they stand now, in view, held until the end of the transaction."""
    rows = Contribution.objects.of(contribution.community).shown().select_for_update(no_key=True, of=("self",))
    found: Contribution | None = rows.filter(pk=contribution.pk).select_related("proposal").first()
    if found is None:
        raise NotInView
    found.community = found.proposal.community = contribution.community
    return found


def _settle_reports(said: Contribution, at: datetime) -> list[Person]:
    """The reports of these words wait no longer; who made them, and still belongs."""
    waiting = Report.objects.of(said.community).waiting().filter(contribution=said)
    here = waiting.filter(membership__left_at=None).select_related("membership__person")
    reporters = [report.membership.person for report in here]
    waiting.update(settled_at=at)
    return reporters


def _refuse_unless_moderates(said: Contribution, moderator: Membership, at: datetime) -> None:
    if moderator not in moderators_of(said, on=said.community.day_of(at)):
        raise SomebodyElseModerates
