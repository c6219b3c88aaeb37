"""What this room hears: somebody left a program, or a check of somebody does not hold any more."""

from datetime import datetime
from typing import Any

from alongside.kernel.clock import now
from alongside.people.models import Person
from alongside.programs.models import Enrolment
from alongside.programs.signals import left
from alongside.rota import actions
from alongside.rota.together import both_are_on
from alongside.safeguarding import apart
from alongside.safeguarding.models import CheckKind
from alongside.safeguarding.signals import out_of_pool


def listen() -> None:
    """Hear of it from now on, and let leads see where a pair is together."""
    left.connect(free_duties, dispatch_uid="rota")
    out_of_pool.connect(free_unchecked, dispatch_uid="rota")
    apart.look_in("rota", find=both_are_on)


def free_duties(sender: object, enrolment: Enrolment, by: Person, at: datetime, **kwargs: Any) -> None:
    """Somebody left a program: their duties ahead in it are open to others, and those of their family where it goes."""
    enrolment.membership.community = enrolment.community
    actions.free_families(enrolment=enrolment, by=by, at=at)


def free_unchecked(sender: object, person: Person, kind: CheckKind, **kwargs: Any) -> None:
    """A check ran out or was withdrawn: duties ahead for which it is needed are open to others."""
    actions.free_unchecked(community=kind.community, person_id=person.pk, kind=kind.name, by=None, at=now())
