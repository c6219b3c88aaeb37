"""What this room tells people about consent rounds, in their language. Where others stand is read on the page."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.decisions.letters.follow_up import LAST_DAYS, LAST_DAYS_OF
from alongside.decisions.letters.votes import OPENED, RESULT
from alongside.decisions.models import Decision, Objection, RollEntry, RoundSeen, Scrutineer, Stance
from alongside.decisions.rules.sides import Outcome
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Membership, Person
from alongside.ui.words import day_text

Words = Callable[[], str]

OBJECTION = kinds.register(
    "decisions.objection", label=gettext_lazy("When an objection waits for me, as facilitator or because it is mine")
)


def round_opened(decision: Decision, *, at: datetime, by: Person) -> None:
    """Tell everybody on a roll that they are asked, how, and until when."""
    _tell_of_round(
        decision,
        [
            notices.Letter(entry.membership.person, partial(_opened_text, decision, entry))
            for entry in _entries(decision)
        ],
        title=lambda: _("A consent round is open, and you have a say"),
        key=f"round-opened:{decision.pk}",
        at=at,
        by=by,
    )


def _opened_text(decision: Decision, entry: RollEntry) -> str:
    facts = {"title": decision.proposal.title, "side": entry.get_side_display(), "day": day_text(decision.closes_at)}
    lines = [
        _("Can “%(title)s” go on as it is? You speak as one of: %(side)s.") % facts,
        decision.version.summary,
        _("Say where you stand until %(day)s. Everybody sees it.") % facts,
        _("If it would harm something we share, object and say why. Then people look for better words."),
    ]
    if decision.settings.get("lazy_days"):
        lines.append(_("In this round silence counts as consent, once you have said that you have read it."))
    return "\n".join(line for line in lines if line)


def look_again(decision: Decision, *, at: datetime, by: Person) -> None:
    """Tell everybody on a roll that there is a new version, and that they are asked again."""
    number = decision.version.number
    answered = Objection.objects.on(decision).filter(answered_in=decision.version, settled_at=None)
    objecting = set(answered.values_list("membership_id", flat=True))
    agreed = set(Stance.objects.on(decision).filter(edits_agreed=True).values_list("membership_id", flat=True))

    def letter(entry: RollEntry) -> notices.Letter:
        member, is_theirs = entry.membership_id, entry.membership_id in objecting
        words = partial(_again_text, decision, is_theirs=is_theirs, agreed=member in agreed)
        return notices.Letter(entry.membership.person, words)

    _tell_of_round(
        decision,
        [letter(entry) for entry in _entries(decision)],
        title=lambda: _("There is a new version: please look again"),
        key=f"round-version:{decision.pk}:{number}",
        at=at,
        by=by,
    )


def _again_text(decision: Decision, *, is_theirs: bool, agreed: bool) -> str:
    facts = {"title": decision.proposal.title, "number": decision.version.number}
    lines = [
        _("“%(title)s” has a version %(number)s. What you said was about the older one.") % facts,
        decision.version.summary,
        _("It is meant to take up your objection. Only you can say whether it does.")
        if is_theirs
        else _("Please say once more where you stand."),
    ]
    if agreed:
        lines.append(_("You agreed to small edits: if both facilitators call it one, your word stands."))
    return "\n".join(line for line in lines if line)


def objection_raised(objection: Objection, *, at: datetime, by: Person, again: bool = False) -> None:
    """Tell the facilitators of both sides that an objection waits for them, new or after an appeal."""
    decision = objection.decision
    here = Membership.objects.of(decision.community).current()
    named = Scrutineer.objects.of(decision.community).filter(decision=decision, membership__in=here)
    for one in named.select_related("membership__person").order_by("pk"):
        _tell_of_objection(
            objection,
            one.membership.person,
            title=lambda: _("An objection was brought back") if again else _("Somebody objects"),
            text=lambda: _("You facilitate for your side. Ask what is meant, and write down what you understood."),
            key=f"objection-{'appealed' if again else 'raised'}:{objection.pk}",
            at=at,
            by=by,
        )


def last_days(decision: Decision, at: datetime) -> None:
    """Remind who has not said where they stand on the present words, and who an objection waits for."""
    _tell_of_round(
        decision,
        [
            notices.Letter(entry.membership.person, partial(_last_days_text, decision, names))
            for entry, names in _waits_for(decision).items()
            if names
        ],
        title=lambda: _("A consent round ends soon"),
        kind=LAST_DAYS.name,
        key=f"last-days:{decision.pk}",
        at=at,
    )


LAST_DAYS_OF["consent"] = last_days


def _waits_for(decision: Decision) -> dict[RollEntry, list[str]]:
    """What waits for everybody on a roll: stand, confirm (their objection), understand (as facilitator)."""
    open_ones = list(Objection.objects.on(decision).filter(settled_at=None))
    to_confirm = {one.membership_id for one in open_ones if one.answered_in_id == decision.version_id}
    is_raised = any(one.state == Objection.State.RAISED for one in open_ones)
    named = Scrutineer.objects.of(decision.community).filter(decision=decision)
    facilitates = set(named.values_list("membership_id", flat=True)) if is_raised else set()
    said = Stance.objects.on(decision).filter(version=decision.version).exclude(kind=Stance.Kind.PENDING)
    spoke = {one.membership_id for one in open_ones} | set(said.values_list("membership_id", flat=True))
    if decision.settings.get("lazy_days"):
        seen = RoundSeen.objects.on(decision).filter(version=decision.version)
        spoke |= set(seen.values_list("membership_id", flat=True))

    def waits(member: UUID) -> list[str]:
        does = {"stand": member not in spoke, "confirm": member in to_confirm, "understand": member in facilitates}
        return [name for name, is_so in does.items() if is_so]

    return {entry: waits(entry.membership_id) for entry in _entries(decision)}


def _last_days_text(decision: Decision, waits: Sequence[str]) -> str:
    facts = {"title": decision.proposal.title, "day": day_text(decision.closes_at)}
    words = {
        "stand": lambda: _("You have not said yet where you stand on its present words."),
        "confirm": lambda: _("A new version is meant to take up your objection. Say whether it does."),
        "understand": lambda: _("You facilitate for your side, and nobody has asked yet what an objection means."),
    }
    first = _("The round on “%(title)s” ends on %(day)s.") % facts
    return "\n".join([first, *(words[one]() for one in waits)])


def stances_kept(decision: Decision, members: Iterable[Membership], *, at: datetime, by: Person) -> None:
    """Tell those who agreed to small edits that the new version is one, and that their word stands."""

    def text() -> str:
        stands = _("You agreed to small edits of “%(title)s” beforehand, so what you said stands.")
        return " ".join([stands % {"title": decision.proposal.title}, _("You can change it until the round ends.")])

    _tell_of_round(
        decision,
        [notices.Letter(member.person, text) for member in members if member.left_at is None],
        title=lambda: _("The new version is a small edit"),
        key=f"round-small-edit:{decision.pk}:{decision.version.number}",
        at=at,
        by=by,
    )


def not_qualified(objection: Objection, *, at: datetime, by: Person) -> None:
    """Tell whoever objected what was found, and that they may bring it back once."""
    if objection.membership.left_at is not None:
        return
    _tell_of_objection(
        objection,
        objection.membership.person,
        title=lambda: _("Your objection no longer stands in the way"),
        text=lambda: (
            _("Both facilitators found that it harms no shared aim. Their reasons are on the page.")
            + ("" if objection.appealed_at else " " + _("You can bring it back once."))
        ),
        key=f"objection-not-qualified:{objection.pk}:{at.isoformat()}",
        at=at,
        by=by,
    )


def result(decision: Decision, *, at: datetime, by: Person | None) -> None:
    """Tell everybody on a roll what came of the round."""
    texts = {
        Outcome.PASSED: lambda: _("Nobody objects, and enough of each side consent: it is adopted."),
        Outcome.NOT_QUORATE: lambda: _("Too few of a side consented. Things stay as they are."),
        Outcome.NOT_PASSED: lambda: _("An objection was not resolved. Things stay as they are."),
    }
    _tell_everybody(
        decision, lambda: _("A consent round has ended"), lambda: texts[Outcome(decision.outcome)](), "ended", at, by
    )


def _tell_everybody(decision: Decision, title: Words, text: Words, key: str, at: datetime, by: Person | None) -> None:
    def words() -> str:
        return f"“{decision.proposal.title}”\n{text()}"

    letters = [notices.Letter(entry.membership.person, words) for entry in _entries(decision)]
    _tell_of_round(decision, letters, title=title, kind=RESULT.name, key=f"round-{key}:{decision.pk}", at=at, by=by)


def _tell_of_round(
    decision: Decision,
    letters: Iterable[notices.Letter],
    *,
    title: Words,
    key: str,
    at: datetime,
    by: Person | None = None,
    kind: str = OPENED.name,
) -> None:
    notices.tell_many(
        letters=letters,
        community=decision.community,
        kind=kind,
        title=title,
        link=reverse("decisions:round", args=[decision.community.slug, decision.pk]),
        at=at,
        by_id=by.pk if by else None,
        key=key,
    )


def _tell_of_objection(
    objection: Objection, person: Person, *, title: Words, text: Words, key: str, at: datetime, by: Person
) -> None:
    decision = objection.decision
    notices.tell(
        person=person,
        community=decision.community,
        kind=OBJECTION.name,
        title=title,
        body=lambda: f"“{decision.proposal.title}”\n{text()}",
        link=reverse("decisions:objection", args=[decision.community.slug, objection.pk]),
        at=at,
        by_id=by.pk,
        key=key,
    )


def _entries(decision: Decision) -> Iterable[RollEntry]:
    """The people on the rolls who still belong."""
    here = Membership.objects.of(decision.community).current()
    entries = RollEntry.objects.on(decision).filter(membership__in=here).select_related("membership__person")
    return entries.order_by("pk")
