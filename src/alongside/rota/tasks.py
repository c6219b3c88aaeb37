"""Long work of this room: the search for who does what, watched on a page that may be left."""

import time
from collections.abc import Callable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel.clock import now
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.progress import Reporter, Result, WorkStopped, long_work
from alongside.people.models import Person
from alongside.rota import actions
from alongside.rota.actions.searching import planned
from alongside.rota.models import Rota
from alongside.rota.planning import pairs_of
from alongside.rota.rules.discreet import find
from alongside.rota.rules.engines import NoSolver
from alongside.rota.rules.hunting import OnProgress, Progress
from alongside.rota.saying import result_of

WORK = "rota.search"
SECONDS = 60


def register() -> None:
    """The work is registered when this file is read."""


@long_work(WORK)
def search(report: Reporter, *, rota_id: str, person_id: str, seconds: int = SECONDS) -> Result:
    """Look for the best rota; take it over where nothing has changed meanwhile."""
    rota = Rota.objects.select_related("community", "program").get(pk=UUID(rota_id))
    rota.program.community = rota.community
    by = Person.objects.get(pk=UUID(person_id))
    report(0, seconds, _("Reading the rules"))
    try:
        plan = planned(rota, at=now())
        assert plan.problem is not None
        found = find(plan.problem, pairs_of(plan), seconds=seconds, on_progress=_telling(report, seconds))
        version = actions.take_over(plan=plan, found=found, by=by, at=now())
    except NoSolver:
        raise WorkStopped(words=_no_solver()) from None
    except actions.NothingToShare:
        raise WorkStopped(words=_("Nobody shares these duties yet. Bring families in first.")) from None
    except (SomeoneElseWasFaster, actions.OtherDutiesMeanwhile):
        words = _("Somebody changed the rota while this went on, so nothing was taken over. Please search again.")
        raise WorkStopped(words=words) from None
    return Result(words=result_of(version), link=reverse("rota:rota", args=[rota.community.slug, rota.pk]))


def _no_solver() -> str:
    return _(
        "This server cannot search for rotas yet. Whoever runs it types: pip install 'alongside[rota]'."
        " Until then, put people on duties by hand."
    )


def _telling(report: Callable[[int, int, str], None], seconds: int) -> OnProgress:
    """Tells one search, however many steps it has: what was found once is never looked for again."""
    began = time.monotonic()
    has_one = False

    def tell(progress: Progress) -> None:
        nonlocal has_one
        has_one = has_one or progress.cost is not None
        passed = max(1, min(int(time.monotonic() - began), seconds - 1))
        if has_one:
            words = _("Found one, looking for a better one: %(passed)s of at most %(seconds)s seconds")
        else:
            words = _("Looking for a rota: %(passed)s of at most %(seconds)s seconds")
        report(passed, seconds, words % {"passed": passed, "seconds": seconds})

    return tell
