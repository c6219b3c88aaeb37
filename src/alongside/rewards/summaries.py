"""What a program's page says of its rewards: where they are, and sums that name nobody, small ones hidden."""

from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.decisions.rules.publishing import FEWEST
from alongside.programs import figures, links
from alongside.programs.models import Program
from alongside.rewards.models import Entitlement, Reward


def register() -> None:
    """Let programs show it."""
    figures.register("rewards", sentences)
    links.register("rewards", pages)


def pages(program: Program) -> list[links.Link]:
    """Where a program that has rewards shows them."""
    if not Reward.objects.on(program).exists():
        return []
    address = reverse("rewards:program", args=[program.community.slug, program.pk])
    return [links.Link(_("Rewards"), address, "gift")]


def sentences(program: Program, on: date) -> list[str]:
    """How many people had something handed over, where five or more did; in one question."""
    redeemed = Entitlement.objects.in_program(program).filter(state=Entitlement.State.REDEEMED)
    people: int = redeemed.aggregate(people=Count("membership", distinct=True))["people"]
    if people < FEWEST:
        return []
    words = ngettext("%(count)s person had a reward handed over.", "%(count)s people had a reward handed over.", people)
    return [words % {"count": people}]
