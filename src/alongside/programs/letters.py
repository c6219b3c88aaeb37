"""What this room tells people about barriers: that they look after one, that it is time to look again, an answer."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel import undo
from alongside.notices import actions as notices
from alongside.notices import kinds
from alongside.people.models import Person
from alongside.programs.models import Barrier, BarrierAnswer

OWNS = kinds.register("programs.barrier_owned", label=gettext_lazy("When I look after a barrier"))
ANSWERED = kinds.register("programs.barrier_answered", label=gettext_lazy("When a barrier I raised is answered"))


def _owned_key(barrier: Barrier, owner_id: object) -> str:
    return f"barrier-owned:{barrier.pk}:{owner_id}"


def owned(barrier: Barrier, *, by: Person, at: datetime) -> None:
    """Tell somebody that another has given a barrier into their care."""
    assert barrier.owner is not None
    if barrier.owner.person_id != by.pk:
        _tell(
            barrier,
            barrier.owner.person,
            kind=OWNS.name,
            title=gettext_lazy("You were asked to look after a barrier"),
            key=_owned_key(barrier, barrier.owner_id),
            at=at,
            by=by,
        )


def take_back(barrier: Barrier, *, owner_id: str, at: datetime) -> None:
    """They were never asked."""
    notices.take_back(community=barrier.community, key=_owned_key(barrier, owner_id), at=at)


def time_to_look(barrier: Barrier, *, at: datetime) -> None:
    """Tell who looks after it that its day has come; once for each day."""
    assert barrier.owner is not None
    _tell(
        barrier,
        barrier.owner.person,
        kind=OWNS.name,
        title=gettext_lazy("It is time to look at a barrier again"),
        key=f"barrier-review:{barrier.pk}:{barrier.review_on}",
        at=at,
    )


def answered(answer: BarrierAnswer, *, by: Person, at: datetime) -> None:
    """Tell who raised it, named or not, unless they wrote the answer."""
    barrier = answer.barrier
    if barrier.raised_by is not None and barrier.raised_by.person_id != by.pk:
        _tell(
            barrier,
            barrier.raised_by.person,
            kind=ANSWERED.name,
            title=gettext_lazy("A barrier you raised has an answer"),
            key=f"barrier-answer:{answer.pk}",
            at=at,
            by=by,
        )


def _tell(
    barrier: Barrier, person: Person, *, kind: str, title: object, key: str, at: datetime, by: Person | None = None
) -> None:
    program = barrier.program

    def body() -> str:
        return _("It is about “%(program)s”. Read it on its page.") % {"program": program.title}

    notices.tell(
        person=person,
        community=barrier.community,
        kind=kind,
        title=lambda: str(title),
        body=body,
        link=reverse("programs:barrier", args=[barrier.community.slug, program.pk, barrier.pk]),
        key=key,
        after_seconds=undo.SECONDS if by else 0,
        by_id=by.pk if by else None,
        at=at,
    )
