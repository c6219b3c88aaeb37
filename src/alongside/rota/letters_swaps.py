"""What people are told about swaps: asked, offered in return, agreed to, declined, over."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel import undo
from alongside.notices import actions as notices
from alongside.people.models import Community, Membership
from alongside.rota.letters import MINE, look_for, tell_keepers, tell_one, when
from alongside.rota.models import Assignment, Swap


def swap_asked(swap: Swap, takers: Sequence[Membership], *, at: datetime) -> None:
    """Ask those who may take it."""
    look_for(swap.assignment, takers, f"swap:{swap.pk}", at=at)


def asked_by_name(swap: Swap, *, at: datetime) -> None:
    """Ask one person, whether or not they may; the page tells them, and them alone."""
    assert swap.asked_of is not None
    look_for(swap.assignment, [swap.asked_of], f"swap:{swap.pk}", at=at, link=_page(swap))


def swap_taken(swap: Swap, gone: Assignment, made: Assignment, *, at: datetime) -> None:
    """Tell who had the duty, who has it now, and who keeps the rota."""

    def body() -> str:
        names = {"name": made.membership.person, "before": gone.membership.person, "duty": when(made.duty)}
        return _("%(name)s has this duty now instead of %(before)s: %(duty)s.") % names

    tell_one(gone, body, f"taken:{swap.pk}", at=at)
    tell_one(made, body, f"taken:{swap.pk}", at=at)
    tell_keepers(made, body, f"taken:{swap.pk}", at=at)


def swap_declined(swap: Swap, *, at: datetime) -> None:
    """Tell who asked. Why somebody said no, nobody has to say."""
    one = swap.assignment

    def body() -> str:
        return _("The person you asked cannot take it. It is still yours: %(duty)s.") % {"duty": when(one.duty)}

    tell_one(one, body, f"declined:{swap.pk}", at=at)


def exchange_offered(swap: Swap, *, at: datetime) -> None:
    """Tell who asked that somebody would take it and gives a duty for it."""
    asked, given = _both(swap)

    def body() -> str:
        names = {"name": given.membership.person, "asked": when(asked.duty), "given": when(given.duty)}
        return (
            _("%(name)s would take this one: %(asked)s. For it they give you this one: %(given)s. Say yes or no.")
            % names
        )

    _tell(
        swap, asked, gettext_lazy("You are offered a duty in exchange"), body,
        key=f"swap:{swap.pk}:offered:{_offer(swap)}", at=at,
    )  # fmt: skip


def exchanged(swap: Swap, taken: Assignment, came_back: Assignment, *, at: datetime) -> None:
    """Tell both, and who keeps the rotas, that two duties have changed hands."""

    def body() -> str:
        names = {
            "name": taken.membership.person, "other": came_back.membership.person, "taken": when(taken.duty),
            "given": when(came_back.duty),
        }  # fmt: skip
        return _("Two duties are exchanged. %(name)s does this one: %(taken)s. %(other)s does this one: %(given)s.") % (
            names
        )

    for one in (taken, came_back):
        tell_one(one, body, f"exchanged:{swap.pk}", at=at, link=_page(swap))
    tell_keepers(taken, body, f"exchanged:{swap.pk}", at=at)
    if came_back.duty.rota.published_by_id != taken.duty.rota.published_by_id:
        tell_keepers(came_back, body, f"exchanged:{swap.pk}", at=at)


def exchange_declined(swap: Swap, *, at: datetime) -> None:
    """Tell who offered. Why somebody said no, nobody has to say."""
    words = gettext_lazy("No exchange this time. This one is still yours: %(duty)s.")
    _about_given(swap, words, "no", at=at)


def offer_not_needed(swap: Swap, *, at: datetime) -> None:
    """Tell who offered that nobody is looked for any more."""
    words = gettext_lazy("Nobody is needed any more. This one is still yours: %(duty)s.")
    _about_given(swap, words, "over", at=at)


def offer_gone(swap: Swap, *, at: datetime) -> None:
    """Tell who asked that what was offered is not there any more."""
    asked = swap.assignment

    def body() -> str:
        return _("What was offered for it is not there any more. Somebody is looked for again: %(duty)s.") % {
            "duty": when(asked.duty)
        }

    _tell(swap, asked, gettext_lazy("Your duties have changed"), body, key=f"swap:{swap.pk}:gone:{_offer(swap)}", at=at)


def take_offer_letters_back(community: Community, swap_id: str, offered_at: datetime, *, at: datetime) -> None:
    """What ended an offer is undone: nobody hears that it ended."""
    for what in ("over", "gone"):
        notices.take_back(community=community, key=f"swap:{swap_id}:{what}:{_stamp(offered_at)}", at=at)


def _about_given(swap: Swap, words: Promise, what: str, *, at: datetime) -> None:
    _asked, given = _both(swap)

    def body() -> str:
        return str(words) % {"duty": when(given.duty)}

    title = gettext_lazy("About the exchange you offered")
    _tell(swap, given, title, body, key=f"swap:{swap.pk}:{what}:{_offer(swap)}", at=at)


def _both(swap: Swap) -> tuple[Assignment, Assignment]:
    assert swap.given is not None
    return swap.assignment, swap.given


def _offer(swap: Swap) -> int:
    """Which offer it is, of several for one swap."""
    assert swap.offered_at is not None
    return _stamp(swap.offered_at)


def _stamp(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000)


def _page(swap: Swap) -> str:
    return reverse("rota:swap", args=[swap.community.slug, swap.pk])


def _tell(swap: Swap, one: Assignment, title: Promise, body: Callable[[], str], *, key: str, at: datetime) -> None:
    """It waits while the act may be undone."""
    notices.tell(
        person=one.membership.person, community=swap.community, kind=MINE.name, title=title, body=body,
        link=_page(swap), key=key, at=at, after_seconds=undo.SECONDS,
    )  # fmt: skip
