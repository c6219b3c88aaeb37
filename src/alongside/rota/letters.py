"""What this room tells people: which duties they have, and where somebody is looked for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.kernel import undo
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.notices.actions.telling import Letter
from alongside.people.models import Community, Membership, Person
from alongside.rota.eligible import who_may_take
from alongside.rota.models import Assignment, Duty, Rota
from alongside.rota.planning import Plan
from alongside.ui.words import day_text

MINE = kinds.register("rota.duties", label=gettext_lazy("When something changes in my duties"))
LOOKED_FOR = kinds.register("rota.looked_for", label=gettext_lazy("When somebody is looked for to take a duty"))
KEEPS = kinds.register("rota.keeps", label=gettext_lazy("When a duty of a rota that I keep changes hands"))
_UNDO = undo.SECONDS


def when(duty: Duty) -> str:
    return f"{duty.name}, {day_text(duty.starts_at)}"


def about(words: Promise, one: Assignment) -> str:
    return str(words) % {"duty": when(one.duty)}


def published(rota: Rota, held: Iterable[Assignment], *, at: datetime) -> None:
    """Tell everybody which duties they have."""
    theirs: dict[Person, list[Duty]] = defaultdict(list)
    for one in held:
        theirs[one.membership.person].append(one.duty)
    notices.tell_many(
        letters=[Letter(person, _list_of(duties)) for person, duties in theirs.items()],
        community=rota.community,
        kind=MINE.name,
        title=gettext_lazy("Your duties are published"),
        link=reverse("rota:rota", args=[rota.community.slug, rota.pk]),
        key=f"rota:{rota.pk}:published",
        at=at,
    )


def _list_of(duties: Sequence[Duty]) -> Callable[[], str]:
    def body() -> str:
        words = ngettext("You have %(count)s duty:", "You have %(count)s duties:", len(duties))
        return "\n".join([words % {"count": len(duties)}, *(when(duty) for duty in duties)])

    return body


def planned_anew(rota: Rota, gone: Sequence[Assignment], made: Sequence[Assignment], *, at: datetime) -> None:
    """Tell those whose duties changed, and nobody else."""
    changes: dict[Person, list[tuple[bool, Duty]]] = defaultdict(list)
    for is_new, rows in ((False, gone), (True, made)):
        for one in rows:
            changes[one.membership.person].append((is_new, one.duty))
    notices.tell_many(
        letters=[Letter(person, _changes_of(theirs)) for person, theirs in changes.items()],
        community=rota.community,
        kind=MINE.name,
        title=gettext_lazy("Your duties have changed"),
        link=reverse("rota:rota", args=[rota.community.slug, rota.pk]),
        key=f"rota:{rota.pk}:anew:{rota.revision}",
        at=at,
    )


def _changes_of(theirs: Sequence[tuple[bool, Duty]]) -> Callable[[], str]:
    def body() -> str:
        return "\n".join(
            (_("You have this one now: %(duty)s.") if is_new else _("You need not do this one: %(duty)s."))
            % {"duty": when(duty)}
            for is_new, duty in theirs
        )

    return body


def called_off(rota: Rota, told: Sequence[Assignment], *, at: datetime) -> None:
    """Tell whoever was on a duty that it does not take place; it waits while that may be undone."""
    for one in told:
        tell_one(one, partial(about, gettext_lazy("It does not take place: %(duty)s."), one), "off", at=at, wait=_UNDO)


def given(made: Assignment, *, by: Person, at: datetime) -> None:
    """Tell somebody of a duty that was given to them; it waits while that may be undone."""
    if made.membership.person_id != by.pk:
        words = gettext_lazy("You have this one now: %(duty)s.")
        tell_one(made, partial(about, words, made), "given", at=at, wait=_UNDO)


def taken_off(gone: Assignment, *, by: Person, at: datetime) -> None:
    """Tell somebody that they need not do a duty; it waits while that may be undone."""
    if gone.membership.person_id != by.pk:
        words = gettext_lazy("You need not do this one: %(duty)s.")
        tell_one(gone, partial(about, words, gone), "freed", at=at, wait=_UNDO)


def take_back(community: Community, what: str, ids: Iterable[object], *, at: datetime) -> None:
    """What was done with these assignments is undone: nobody is told of it. `what`: "off", "given" or "freed"."""
    for pk in ids:
        notices.take_back(community=community, key=f"duty:{pk}:{what}", at=at)


def take_back_open(gone: Assignment, *, at: datetime) -> None:
    """Its place is open no more before anybody heard of it."""
    for key in (f"open:{gone.pk}", f"keeps:open:{gone.pk}"):
        notices.take_back(community=gone.community, key=key, at=at)


def places_open(plan: Plan, gone: Sequence[Assignment], *, at: datetime, wait: int = 0) -> None:
    """Tell whoever may take a duty that a place is open, and who keeps the rota."""
    words = gettext_lazy("A place is open again: %(duty)s.")
    for one in gone:
        takers = [member for member in who_may_take(plan, one.duty) if member.pk != one.membership_id]
        look_for(one, takers, f"open:{one.pk}", at=at, wait=wait)
        tell_keepers(one, partial(about, words, one), f"open:{one.pk}", at=at, wait=wait)


def nobody_with(one: Assignment, training: str, *, at: datetime) -> None:
    """Tell who keeps the rota, once, that nobody on a duty has any more what one of them must have."""

    def body() -> str:
        return _("Nobody on this duty has what one of them needs (%(what)s): %(duty)s.") % {
            "what": training, "duty": when(one.duty),
        }  # fmt: skip

    place = [name.casefold() for name in one.duty.somebody].index(training.casefold())
    tell_keepers(one, body, f"nobody:{one.pk}:{place}", at=at, title=gettext_lazy("A duty lacks something"))


def tell_keeper(made: Assignment, *, by: Person, at: datetime) -> None:
    """Tell who keeps the rota that somebody took an open place."""

    def body() -> str:
        names = {"name": made.membership.person, "duty": when(made.duty)}
        return _("%(name)s has taken an open place: %(duty)s.") % names

    if made.duty.rota.published_by_id != by.pk:
        tell_keepers(made, body, f"taken:{made.pk}", at=at)


def look_for(
    one: Assignment, takers: Sequence[Membership], key: str, *, at: datetime, wait: int = 0, link: str = ""
) -> None:
    """Ask people whether they can take a duty."""
    notices.tell_many(
        letters=[
            Letter(member.person, lambda: _("Can you take this one? %(duty)s.") % {"duty": when(one.duty)})
            for member in takers
        ],
        community=one.community,
        kind=LOOKED_FOR.name,
        title=gettext_lazy("Somebody is looked for to take a duty"),
        link=link or reverse("rota:duty", args=[one.community.slug, one.duty_id]),
        key=key,
        at=at,
        after_seconds=wait,
    )


def tell_one(
    one: Assignment, body: Callable[[], str], key: str, *, at: datetime, wait: int = 0, link: str = ""
) -> None:
    """Tell whoever has or had a duty what became of it."""
    notices.tell(
        person=one.membership.person,
        community=one.community,
        kind=MINE.name,
        title=gettext_lazy("Your duties have changed"),
        body=body,
        link=link or reverse("rota:duty", args=[one.community.slug, one.duty_id]),
        key=f"duty:{one.pk}:{key}",
        at=at,
        after_seconds=wait,
    )


def tell_keepers(
    one: Assignment,
    body: Callable[[], str],
    key: str,
    *,
    at: datetime,
    wait: int = 0,
    title: Promise = gettext_lazy("A duty has changed hands"),  # noqa: B008
) -> None:
    """Whoever published the rota keeps it."""
    keeper = one.duty.rota.published_by
    if keeper is not None:
        notices.tell(
            person=keeper,
            community=one.community,
            kind=KEEPS.name,
            title=title,
            body=body,
            link=reverse("rota:duty", args=[one.community.slug, one.duty_id]),
            key=f"keeps:{key}",
            at=at,
            after_seconds=wait,
        )
