"""The rules that hold now, read from the rows they set; and whether a community has begun to decide together."""

from uuid import UUID

from alongside.charter.models import CharterVersion
from alongside.charter.rules.values import CATEGORIES, HABITS, HOUSE_RULES, LIMITS, RECOGNISED_WORK, Values
from alongside.decisions.models import OwnHouseRules
from alongside.kernel.clock import today
from alongside.people.models import Community, Membership, RoleHeld
from alongside.people.rules.constituencies import Constituency, constituencies
from alongside.timebank.models import Category, RecognisedKind, TimeBank

# No rule of a community is decided without these two, whoever else takes part.
BOTH_SIDES = frozenset({str(Constituency.USES), str(Constituency.PROVIDES)})


def values_in_force(community: Community) -> Values:
    """What holds now, by the keys of `rules.values`. Raises TimeBank.DoesNotExist for a community without one."""
    bank = TimeBank.objects.of(community).get()
    own: OwnHouseRules | None = OwnHouseRules.objects.of(community).first()
    return {
        **{key: getattr(bank, key) for key in (*LIMITS, *HABITS)},
        CATEGORIES: _rows(Category.objects.of(community).in_use().in_order()),
        RECOGNISED_WORK: _rows(RecognisedKind.objects.of(community).in_use().order_by("name")),
        HOUSE_RULES: own.words if own else "",
    }


def _rows(found: object) -> list[list[object]]:
    return [[str(row.pk), row.name, row.division] for row in found]  # type: ignore[attr-defined]


def is_founding(community: Community) -> bool:
    """Nothing of the rules was decided together yet, and no two people could: one for each side.

    Whoever sets up a community takes part in it and looks after it. They are of both sides, and alone they are neither.
    """
    if CharterVersion.objects.of(community).decided().exists():
        return False
    here = Membership.objects.of(community).current().grown(on=today())
    held = RoleHeld.objects.of(community).on(today()).filter(group=None, membership__in=here)
    roles: dict[UUID, set[str]] = {}
    for member, role in held.values_list("membership_id", "role"):
        roles.setdefault(member, set()).add(role)
    uses, provides = (
        {member for member, of_one in roles.items() if side in constituencies(of_one)}
        for side in (Constituency.USES, Constituency.PROVIDES)
    )
    return not uses or not provides or len(uses | provides) == 1
