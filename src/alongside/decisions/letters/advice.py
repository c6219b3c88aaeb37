"""What this room tells people about advice processes: that they are asked, what is planned, and what came of it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.decisions.letters.votes import OPENED, RESULT
from alongside.decisions.models import Advice, AdviceAsked, AdvicePlan, Decider, Decision, RollEntry
from alongside.decisions.rules.sides import Outcome
from alongside.kernel import undo
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Community, Membership, Person
from alongside.ui.words import day_text

Words = Callable[[], str]

ASKED = kinds.register("decisions.advice_asked", label=gettext_lazy("When somebody asks for my advice"))
ADVISED = kinds.register("decisions.advised", label=gettext_lazy("When I decide after asking, and something waits"))

_USED: dict[str, Words] = {
    Advice.Used.YES: lambda: _("Your advice was used."),
    Advice.Used.PARTLY: lambda: _("Your advice was used in part."),
    Advice.Used.NO: lambda: _("Your advice was not used."),
}


def opened(decision: Decision, *, at: datetime, by: Person) -> None:
    """Tell everybody on a roll who decides, and that they can advise and later object; and who decides that they do."""
    seats = _seated(decision)
    deciders = {seat.membership_id for seat in seats}
    body = partial(_opened_text, decision, [str(seat.membership.person) for seat in seats])
    others = [member.person for member in _on_the_rolls(decision) if member.pk not in deciders]
    _tell_many(
        decision,
        [notices.Letter(person, body) for person in others],
        title=lambda: _("Somebody will decide after asking"),
        kind=OPENED.name,
        key=f"advice-opened:{decision.pk}",
        at=at,
        by=by,
    )
    for seat in seats:
        decider_named(seat, at=at, by=by)


def _opened_text(decision: Decision, names: Sequence[str]) -> str:
    facts = {"title": decision.proposal.title, "who": _joined(names), "days": decision.settings["wait_days"]}
    lines = [
        _("%(who)s will decide on “%(title)s”, after asking for advice.") % facts,
        decision.version.summary,
        _("Does it affect you, or do you know about it? Then give your advice."),
        _("What is planned is published. For %(days)s days after that you can object.") % facts,
    ]
    return "\n".join(line for line in lines if line)


def _joined(names: Sequence[str]) -> str:
    """Those who decide, as a letter names them."""
    return _("%(one)s and %(other)s") % {"one": names[0], "other": names[1]} if len(names) == 2 else "".join(names)


def decider_named(seat: Decider, *, at: datetime, by: Person) -> None:
    """Tell somebody that they decide, and that they may give it up."""
    decision = seat.decision

    def body() -> str:
        facts = {"title": decision.proposal.title, "day": day_text(decision.closes_at)}
        lines = [
            _("You decide on “%(title)s”, after asking for advice. The last day is %(day)s.") % facts,
            _("Ask people by name, from each side. Say how you used what each of them advised."),
            _("You can give it up on its page."),
        ]
        return "\n".join(lines)

    if seat.membership.person != by:
        _tell(decision, seat.membership.person, lambda: _("You are to decide something"), body,
              kind=ADVISED.name, key=f"decider:{seat.pk}", at=at, by=by)  # fmt: skip


def asked(made: AdviceAsked, *, at: datetime, by: Person) -> None:
    """Ask somebody by name for their advice."""
    decision = made.decision

    def body() -> str:
        facts = {"name": made.asked_by.person, "title": decision.proposal.title}
        lines = [
            _("%(name)s asks for your advice on “%(title)s”.") % facts,
            decision.version.summary,
            _("On this site, by phone, on paper, or through somebody who speaks for you: it counts the same."),
        ]
        return "\n".join(line for line in lines if line)

    _tell(decision, made.membership.person, lambda: _("Your advice is asked for"), body,
          kind=ASKED.name, key=asked_key(made), at=at, by=by, page="decisions:advise", wait=True)  # fmt: skip


def advised(given: Advice, *, at: datetime, by: Person) -> None:
    """Tell who decides that there is advice."""
    decision = given.decision

    def body() -> str:
        facts = {"name": given.membership.person, "title": decision.proposal.title, "words": given.text}
        told = _("%(name)s advises on “%(title)s”: %(words)s") % facts
        return f"{told}\n{_('Say how you use it, and why. Everybody can read that.')}"

    for seat in _seated(decision):
        if seat.membership.person != by:
            _tell(decision, seat.membership.person, lambda: _("There is advice for you"), body,
                  kind=ADVISED.name, key=advised_key(given), at=at, by=by, wait=True)  # fmt: skip


def published(plan: AdvicePlan, *, at: datetime, by: Person) -> None:
    """Tell everybody on a roll, and everybody who advised, what is planned and until when they can object."""
    decision = plan.decision
    names = [str(seat.membership.person) for seat in _seated(decision)]
    # Who decides by now may have advised before: nobody tells themself how that was used.
    answered = Advice.objects.on(decision).exclude(used="").with_people().in_order()
    advice: dict[UUID, list[Advice]] = {}
    for one in answered:
        advice.setdefault(one.membership_id, []).append(one)
    members = {member.pk: member for member in _on_the_rolls(decision)}
    members |= {pk: given[0].membership for pk, given in advice.items() if given[0].membership.left_at is None}
    _tell_many(
        decision,
        [
            notices.Letter(member.person, partial(_published_text, plan, names, advice.get(pk, [])))
            for pk, member in members.items()
        ],
        title=lambda: _("What is planned can be read"),
        kind=OPENED.name,
        key=published_key(plan),
        at=at,
        by=by,
        wait=True,
    )


def _published_text(plan: AdvicePlan, names: Sequence[str], mine: Sequence[Advice]) -> str:
    """The plan; and to whoever advised how each piece of theirs was used."""
    facts = {"title": plan.decision.proposal.title, "who": _joined(names)}
    one = _("%(who)s has published what they mean to decide on “%(title)s”.")
    both = _("%(who)s have published what they mean to decide on “%(title)s”.")
    lines = [(both if len(names) == 2 else one) % facts, plan.text]
    lines += [f"{_USED[one.used]()} {one.why}".strip() for one in mine]
    if plan.earliest:
        lines.append(_("It is decided on %(day)s at the earliest.") % {"day": day_text(plan.earliest)})
    lines.append(_("Would it harm something we share? Until then you can object, and say why."))
    return "\n".join(lines)


def result(decision: Decision, *, at: datetime, by: Person | None) -> None:
    """Tell everybody on a roll what was decided."""
    adopted = decision.outcome == Outcome.PASSED
    codes = {one["code"] for one in decision.result["steps"]}

    def body() -> str:
        if adopted:
            text = _("After asking for advice it was decided to do it.")
        elif "advice.decided_leave" in codes:
            text = _("After asking for advice it was decided to leave things as they are.")
        else:
            text = _("Nothing was decided by the last day. Things stay as they are.")
        return f"“{decision.proposal.title}”\n{text}"

    _tell_many(
        decision,
        [notices.Letter(member.person, body) for member in _on_the_rolls(decision)],
        title=lambda: _("Something is decided"),
        kind=RESULT.name,
        key=f"advice-result:{decision.pk}",
        at=at,
        by=by,
    )


def may_decide_now(plan: AdvicePlan, *, at: datetime) -> None:
    """Tell who decides that everybody had time to object."""
    decision = plan.decision

    def body() -> str:
        facts = {"title": decision.proposal.title, "day": day_text(decision.closes_at)}
        return _("Nobody has objected to “%(title)s”. You can decide now, until %(day)s.") % facts

    for seat in _seated(decision):
        _tell(decision, seat.membership.person, lambda: _("You can decide now"), body,
              kind=ADVISED.name, key=f"advice-ready:{plan.pk}:{plan.published_at:%Y%m%d%H%M%S}", at=at)  # fmt: skip


def last_days(plan: AdvicePlan, *, at: datetime) -> None:
    """Two days before the last: who decides is reminded; before the plan also who was asked and has not advised."""
    decision = plan.decision

    def body() -> str:
        facts = {"title": decision.proposal.title, "day": day_text(decision.closes_at)}
        return _("The last day for “%(title)s” is %(day)s. What is not decided then stays as it is.") % facts

    for seat in _seated(decision):
        _tell(decision, seat.membership.person, lambda: _("A decision of yours waits"), body,
              kind=ADVISED.name, key=f"advice-last-days:{plan.pk}", at=at)  # fmt: skip
    if plan.published_at is None:
        for made in _silent(decision):
            _tell(decision, made.membership.person, lambda: _("Your advice is still asked for"), body,
                  kind=ASKED.name, key=f"advice-still-asked:{made.pk}", at=at, page="decisions:advise")  # fmt: skip


def _silent(decision: Decision) -> Iterable[AdviceAsked]:
    spoke = Advice.objects.on(decision).values("membership")
    here = Membership.objects.of(decision.community).current()
    rows = AdviceAsked.objects.on(decision).filter(membership__in=here).exclude(membership__in=spoke)
    return rows.select_related("membership__person", "asked_by__person").order_by("at", "id")


def take_back(community: Community, *, key: str, by: UUID, at: datetime) -> None:
    """Withdraw what was told of something that has been undone."""
    notices.take_back(community=community, key=key, at=at, by_id=by)


def asked_key(made: AdviceAsked) -> str:
    return f"advice-asked:{made.pk}"


def advised_key(given: Advice) -> str:
    return f"advice:{given.pk}"


def published_key(plan: AdvicePlan) -> str:
    return f"advice-plan:{plan.pk}:{plan.published_at:%Y%m%d%H%M%S%f}"


def _seated(decision: Decision) -> list[Decider]:
    seats = list(Decider.objects.on(decision).seated().with_people().order_by("pk"))
    for seat in seats:
        seat.decision = decision
    return seats


def _on_the_rolls(decision: Decision) -> Iterable[Membership]:
    """The people on the rolls who still belong."""
    here = Membership.objects.of(decision.community).current()
    entries = RollEntry.objects.on(decision).filter(membership__in=here).select_related("membership__person")
    return [entry.membership for entry in entries.order_by("pk")]


def _tell_many(
    decision: Decision,
    letters: Sequence[notices.Letter],
    *,
    title: Words,
    kind: str,
    key: str,
    at: datetime,
    by: Person | None,
    wait: bool = False,
) -> None:
    notices.tell_many(
        letters=letters,
        community=decision.community,
        kind=kind,
        title=title,
        link=reverse("decisions:advice", args=[decision.community.slug, decision.pk]),
        at=at,
        by_id=by.pk if by else None,
        after_seconds=undo.SECONDS if wait else 0,
        key=key,
    )


def _tell(
    decision: Decision,
    person: Person,
    title: Words,
    body: Words,
    *,
    kind: str,
    key: str,
    at: datetime,
    by: Person | None = None,
    page: str = "decisions:advice",
    wait: bool = False,
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
        after_seconds=undo.SECONDS if wait else 0,
        key=key,
    )
