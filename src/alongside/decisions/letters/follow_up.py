"""What this room tells people after a vote: who sees to it, that it is done, and when it is time to look again."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.decisions.models import Decision, ProgressNote, Reminder, RollEntry, Scrutineer
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Membership, Person
from alongside.ui.words import day_text

OWNER = kinds.register("decisions.owner", label=gettext_lazy("When I see to a decision, or look over a count"))
CAME_OF_IT = kinds.register("decisions.came_of_it", label=gettext_lazy("What came of decisions I could vote on"))
LAST_DAYS = kinds.register("decisions.last_days", label=gettext_lazy("When a vote is about to close without my word"))


def owner_named(decision: Decision, *, at: datetime, by: Person) -> None:
    """Tell the owner what they see to, until when, and when people look at it again."""
    owner = decision.owner
    if owner is None or owner.person == by:
        return

    def body() -> str:
        lines = [_("You see to “%(title)s”, if it is adopted. You write now and then how far it is.")]
        if decision.due_on:
            lines.append(_("It is to be done by %(due)s."))
        if decision.review_on:
            lines.append(_("On %(review)s people look at it again."))
        facts = {
            "title": decision.proposal.title,
            "due": day_text(decision.due_on) if decision.due_on else "",
            "review": day_text(decision.review_on) if decision.review_on else "",
        }
        return "\n".join(line % facts for line in lines)

    _tell(decision, owner.person, _title(gettext_lazy("You see to a decision")), body,
          kind=OWNER.name, key=f"owner:{decision.pk}:{owner.pk}", at=at, by=by)  # fmt: skip


def done(note: ProgressNote, *, at: datetime, by: Person) -> None:
    """Tell everybody on the rolls that what they decided is done."""
    decision = note.decision

    def body() -> str:
        facts = {"title": decision.proposal.title, "words": note.text}
        lines = [_("What was decided is done: “%(title)s”.") % facts, note.text]
        if decision.review_on:
            lines.append(_("From %(day)s on you can say what it does for you.") % {"day": day_text(decision.review_on)})
        return "\n".join(lines)

    for person in _on_the_rolls(decision):
        _tell(decision, person, _title(gettext_lazy("Something you decided on is done")), body,
              kind=CAME_OF_IT.name, key=f"done:{decision.pk}", at=at, by=by)  # fmt: skip


def time_to_rate(decision: Decision, at: datetime) -> None:
    """Ask everybody on the rolls what it does for them, now that there was time to see."""

    def body() -> str:
        facts = {"title": decision.proposal.title}
        first = _("Some time ago this was adopted: “%(title)s”.") % facts
        return f"{first}\n{_('Does it help you, does it worry you, or are you not sure? Say so on its page.')}"

    for person in _on_the_rolls(decision):
        _tell(decision, person, _title(gettext_lazy("What came of a decision?")), body,
              kind=CAME_OF_IT.name, key=f"review:{decision.pk}", at=at)  # fmt: skip


# Who is reminded otherwise before the last day, by rule; `consent` puts itself in here.
LAST_DAYS_OF: dict[str, Callable[[Decision, datetime], None]] = {}


def last_days(decision: Decision, at: datetime) -> None:
    """Remind who has not voted that the vote closes soon; nobody else hears of it."""
    if decision.rule in LAST_DAYS_OF:
        LAST_DAYS_OF[decision.rule](decision, at)
        return

    def body() -> str:
        facts = {"title": decision.proposal.title, "day": day_text(decision.closes_at)}
        lines = [
            _("“%(title)s” is still open to your vote. You can vote until %(day)s.") % facts,
            decision.version.summary,
            _("On this site, on paper, or through somebody you let vote for you: it counts the same."),
        ]
        return "\n".join(line for line in lines if line)

    for person in _on_the_rolls(decision, took_part=False):
        _tell(decision, person, _title(gettext_lazy("A vote closes soon")), body,
              kind=LAST_DAYS.name, key=f"last-days:{decision.pk}", at=at, page="decisions:vote")  # fmt: skip


def scrutineer_replaced(named: Scrutineer, *, before: Membership, at: datetime, by: Person) -> None:
    """Tell who came, who went, and who looks over the other sides."""
    decision = named.decision

    def body() -> str:
        facts = {"title": decision.proposal.title, "side": named.get_side_display(), "name": named.membership.person}
        if not decision.has_ballots:
            told = _("%(name)s now facilitates “%(title)s” for: %(side)s.") % facts
            rest = _("Facilitators ask what an objection means, and write down what they understood.")
            return f"{told}\n{rest}"
        told = _("%(name)s now looks over the count of “%(title)s” for: %(side)s.") % facts
        rest = _("Scrutineers key in paper ballots, each by themselves, and may open what is sealed.")
        return f"{told}\n{rest}"

    others = Scrutineer.objects.of(decision.community).filter(decision=decision).select_related("membership__person")
    people = {one.membership.person: one.membership for one in others} | {before.person: before}
    for person, membership in people.items():
        if membership.left_at is None:
            changed = gettext_lazy("Who looks over a count has changed")
            title = changed if decision.has_ballots else gettext_lazy("Who facilitates has changed")
            _tell(decision, person, _title(title), body,
                  kind=OWNER.name, key=f"scrutineer:{decision.pk}:{named.side}:{at.isoformat()}", at=at,
                  by=by)  # fmt: skip


REMINDERS: dict[str, Callable[[Decision, datetime], None]] = {
    Reminder.About.REVIEW: time_to_rate,
    Reminder.About.VOTE: last_days,
}


def _title(words: object) -> Callable[[], str]:
    return lambda: str(words)


def _on_the_rolls(decision: Decision, **only: object) -> Iterable[Person]:
    here = Membership.objects.of(decision.community).current()
    entries = RollEntry.objects.on(decision).filter(membership__in=here, **only).select_related("membership__person")
    return [entry.membership.person for entry in entries.order_by("pk")]


def _tell(
    decision: Decision,
    person: Person,
    title: Callable[[], str],
    body: Callable[[], str],
    *,
    kind: str,
    key: str,
    at: datetime,
    by: Person | None = None,
    page: str = "decisions:decision",
) -> None:
    notices.tell(
        person=person,
        community=decision.community,
        kind=kind,
        title=title,
        body=body,
        link=reverse(page, args=[decision.community.slug, decision.pk]),
        at=at,
        by_id=by.pk if by else None,
        key=key,
    )
