"""What each family owes, has done and saves: for a rota, and over all rotas of a program."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from alongside.people.models import Household, Membership
from alongside.rota.models import Assignment, Exemption, Family, FeeLine, Rota
from alongside.rota.planning import stretches_of
from alongside.rota.pool import Home, key_of, pool_of
from alongside.rota.rules import opening
from alongside.rota.rules.ledger import Served, Sum, reckon
from alongside.rota.rules.section import Money, money_of


@dataclass(frozen=True)
class Row:
    """One family in one rota. `exemption`: one that frees it of what is missing, if there is any."""

    rota: Rota
    home: Home
    sum: Sum
    exemption: Exemption | None
    fee_line: FeeLine | None = None

    @property
    def saved(self) -> str:
        """What the duties that were done would have cost, as money; "" where none was agreed."""
        return money_text(self.sum.saved) if self.sum.saved and self.sum.saved.minor else ""

    @property
    def fee_words(self) -> str:
        """What the family owes in money or words, or why nothing; as it was written down, once it was."""
        if self.fee_line is not None:
            return _written(self.fee_line)
        if self.rota.settled_at is not None or not self.sum.missing:
            return _("nothing")
        if self.exemption is not None:
            return _free(self.exemption)
        if self.sum.fee is not None:
            return money_text(self.sum.fee)
        return str(self.rota.section.get("fee", {}).get("words", "")) or _("nothing")

    def family(self) -> Family:
        """The row of the family, made where there is none yet. A part of actions."""
        family, _new = Family.objects.get_or_create(
            community=self.rota.community,
            program=self.rota.program,
            household=self.home.household,
            membership=self.home.alone,
        )
        family.community = self.rota.community
        return family


def _free(exemption: Exemption) -> str:
    return _("free: %(reason)s") % {"reason": exemption.reason}


def _written(line: FeeLine) -> str:
    """A fee as it was written down."""
    if line.exemption is not None:
        return _free(line.exemption)
    return line.words if line.minor is None else money_text(Money(line.minor, line.currency))


def money_text(money: Money) -> str:
    """An amount as people write it there: "12.50 GBP", "12,50 GBP"."""
    return f"{number_format(Decimal(money.minor) / 100, 2)} {money.currency}"


def fee_of(rota: Rota) -> Money | None:
    """What a duty that was not done costs, if money was agreed on."""
    text = rota.section.get("fee", {}).get("each")
    return money_of(text) if text else None


def sums_of(rota: Rota, *, at: datetime, only: str = "") -> list[Row]:
    """Every family of a rota, by name, those that have left included where they had duties; or one of them.

    Eight questions or so, however many there are.
    """
    served = _served(rota)
    homes = _homes(rota, served, at=at)
    written = FeeLine.objects.of(rota.community).filter(rota=rota).select_related("exemption")
    lines = {line.family_id: line for line in written}
    opened = rota.duties.filter(community=rota.community, called_off_at=None).values_list("day", flat=True)
    days = sorted(set(opened))
    stretches = stretches_of(rota, days)
    each = fee_of(rota)
    rows = []
    for key, home in homes.items():
        if only and key != only:
            continue
        exemption = _exemption(home, days)
        owed = _owed(rota, home if exemption is None else replace(home, exemptions=[]), days, stretches)
        total = reckon(owed, served.get(key, []), each=each, is_free=exemption is not None)
        line = lines.get(home.row.pk) if home.row else None
        rows.append(Row(rota, home, total, exemption, line))
    return rows


def _exemption(home: Home, days: Sequence[date]) -> Exemption | None:
    """One that frees a family, where it is free on every opening day since it came."""
    here = home.days_here(days)
    if not here or not all(home.is_free_on(day) for day in here):
        return None
    return home.exemptions[0]


def _owed(rota: Rota, home: Home, days: Sequence[date], stretches: list[opening.Stretch]) -> int:
    """What a family that takes part owes, for days on which it is not free; nothing one that has left."""
    pattern = home.pattern(rota.section)
    if pattern is None or not home.adults:
        return 0
    return sum(opening.owed(pattern, each, free_days=home.free_days(days, each))[0] for each in stretches)


def _served(rota: Rota) -> dict[str, list[Served]]:
    found: dict[str, list[Served]] = defaultdict(list)
    for one in Assignment.objects.on(rota).standing().select_related("duty", "family"):
        key = key_of(one.family.household_id, one.family.membership_id)
        found[key].append(Served(one.duty.minutes, one.outcome))
    return found


def _homes(rota: Rota, served: dict[str, list[Served]], *, at: datetime) -> dict[str, Home]:
    """The families of the pool, and those that are not in it any more but had duties."""
    today = rota.community.day_of(at)
    pool = pool_of(rota.program, on=max(today, rota.first_day), first=rota.first_day, last=rota.last_day)
    homes = dict(pool.homes)
    if set(served) - set(homes):
        for family in Family.objects.on(rota.program).select_related("household", "membership__person"):
            key = key_of(family.household_id, family.membership_id)
            if key in served and key not in homes:
                homes[key] = Home(key, name_of(family), family.household, family.membership, family)
    return dict(sorted(homes.items(), key=lambda item: (item[1].name.casefold(), item[0])))


def name_of(family: Family) -> str:
    """What a family is called: its household's name, or that of the person."""
    household: Household | None = family.household
    membership: Membership | None = family.membership
    return household.name if household else membership.person.name if membership else ""


def mine(rows: list[Row], membership_id: UUID) -> Row | None:
    """The row of the family in which somebody lives."""
    return next((row for row in rows if any(adult.pk == membership_id for adult in row.home.adults)), None)
