"""The rules that hold now, read from the rows they set; and whether a community has begun to decide together."""

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
    """Nothing of the rules was decided together yet, and one side alone is here: nobody could decide with it."""
    if CharterVersion.objects.of(community).decided().exists():
        return False
    here = Membership.objects.of(community).current().grown(on=today())
    held = RoleHeld.objects.of(community).on(today()).filter(group=None, membership__in=here)
    sides = set(map(str, constituencies(set(held.values_list("role", flat=True)))))
    return not sides >= BOTH_SIDES
