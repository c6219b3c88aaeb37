"""The books at a glance: the running totals and what the fold has not reached yet, read in one statement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Sum

from alongside.kernel.db import is_postgresql
from alongside.people.models import Community
from alongside.timebank import rules
from alongside.timebank.models import Account, AccountMonth, TimeBank
from alongside.timebank.models.accounts import Kind

MONTHS = """
SELECT month, category_id, kind, payer_kind, payee_kind, sum(minutes), sum(transfers) FROM (
  SELECT month, category_id, kind, payer_kind, payee_kind, minutes, transfers FROM timebank_monthtotal
  WHERE community_id = %(community)s AND month >= %(since)s AND month <= %(until)s
  UNION ALL
  SELECT {month}, coalesce(r.category_id, t.category_id), coalesce(r.kind, t.kind), p.kind, q.kind,
    CASE WHEN r.id IS NULL THEN t.minutes ELSE -t.minutes END,
    CASE WHEN r.id IS NULL THEN 1 WHEN r.minutes = t.minutes THEN -1 ELSE 0 END
  FROM timebank_unfolded u
  JOIN timebank_transfer t ON t.id = u.transfer_id AND t.community_id = u.community_id
  LEFT JOIN timebank_transfer r ON r.id = t.reverses_id AND r.community_id = t.community_id
  JOIN timebank_account p ON p.id = coalesce(r.payer_id, t.payer_id)
  JOIN timebank_account q ON q.id = coalesce(r.payee_id, t.payee_id)
  WHERE u.community_id = %(community)s AND {month} >= %(since)s AND {month} <= %(until)s
) counted GROUP BY month, category_id, kind, payer_kind, payee_kind
ORDER BY month, kind, payer_kind, payee_kind, category_id"""

REACHED = """
SELECT count(DISTINCT account_id) FROM (
  SELECT m.account_id FROM timebank_accountmonth m
  WHERE m.community_id = %(community)s AND m.month >= %(since)s AND m.month <= %(until)s
    AND (m.given_minutes > 0 OR m.received_minutes > 0)
  UNION ALL
  SELECT e.account_id FROM timebank_unfolded u
  JOIN timebank_transfer t ON t.id = u.transfer_id AND t.community_id = u.community_id
  JOIN timebank_entry e ON e.community_id = t.community_id AND e.transfer_id = t.id
  WHERE u.community_id = %(community)s AND t.kind IN ('exchange', 'import')
    AND {month} >= %(since)s AND {month} <= %(until)s
) seen JOIN timebank_account a ON a.id = seen.account_id WHERE a.kind = 'person'"""


@dataclass(frozen=True)
class MonthLine:
    """Minutes and transfers of one month of help, category, kind and direction (from kind to kind of account)."""

    month: date
    category_id: UUID | None
    kind: str
    payer_kind: str
    payee_kind: str
    minutes: int
    transfers: int


def by_month(community: Community, *, since: date, until: date) -> list[MonthLine]:
    """Hours by month of help, category, kind and direction, from the month of `since` to that of `until`."""
    lines = []
    for month, category, kind, payer_kind, payee_kind, minutes, transfers in _rows(MONTHS, community, since, until):
        lines.append(
            MonthLine(_date(month), _id(category), kind, payer_kind, payee_kind, int(minutes), int(transfers))
        )  # fmt: skip
    return lines


def people_reached(community: Community, *, since: date, until: date) -> int:
    """How many people gave or received by an exchange in these months."""
    [[reached]] = _rows(REACHED, community, since, until)
    return int(reached)


def pots(community: Community) -> list[Account]:
    """The community's pots with their exact balances, `exact_minutes`."""
    return list(Account.objects.of(community).pots().with_holders().with_balance().order_by("kind", "opened_at"))


@dataclass(frozen=True)
class AccountSignals:
    """An account a coordinator may want to look at, and why."""

    account: Account
    activity: rules.Activity
    signals: frozenset[rules.Signal]


def signals(community: Community, *, on: date) -> list[AccountSignals]:
    """Every person's open account with a signal. For the coordinator and the person, never a ranking."""
    bank = TimeBank.objects.of(community).get()
    found = []
    for account, activity in _activities(community):
        noticed = rules.signals(activity, on=on, inactive_days=bank.inactive_days)
        if noticed:
            found.append(AccountSignals(account=account, activity=activity, signals=noticed))
    return found


@dataclass(frozen=True)
class Concentration:
    """How evenly people give: see `rules.gini` and `rules.top_share`. `people`: those who took part at all."""

    people: int
    gini: float
    top_tenth_share: float


def concentration(community: Community, *, since: date, until: date) -> Concentration:
    """How far the giving of these months rests on a few."""
    months = AccountMonth.objects.of(community).filter(
        month__range=(since.replace(day=1), until), account__kind=Kind.PERSON
    )
    totals = months.values("account").annotate(given=Sum("given_minutes"))
    given = [max(0, row["given"]) for row in totals]
    return Concentration(people=len(given), gini=rules.gini(given), top_tenth_share=rules.top_share(given))


def _activities(community: Community) -> Iterator[tuple[Account, rules.Activity]]:
    months = AccountMonth.objects.of(community)
    totals = {
        row["account"]: row
        for row in months.values("account").annotate(
            given=Sum("given_minutes"), received=Sum("received_minutes"), last=Max("last_helped_on")
        )
    }
    got = months.filter(received_minutes__gt=0).values("account").annotate(last=Max("last_helped_on"))
    last_received = {row["account"]: row["last"] for row in got}
    people = Account.objects.of(community).filter(kind=Kind.PERSON).open().with_holders().order_by("id")
    for account in people:
        total = totals.get(account.id, {"given": 0, "received": 0, "last": None})
        yield (
            account,
            rules.Activity(
                given_minutes=total["given"],
                received_minutes=total["received"],
                balance_minutes=account.balance_minutes,
                opened_on=account.opened_at.date(),
                last_helped_on=total["last"],
                last_received_on=last_received.get(account.id),
            ),
        )


def _rows(sql: str, community: Community, since: date, until: date) -> list[Any]:
    if is_postgresql():
        month = "date_trunc('month', coalesce(r.helped_on, t.helped_on))::date"
    else:
        month = "date(coalesce(r.helped_on, t.helped_on), 'start of month')"
    if "timebank_transfer r" not in sql:
        month = month.replace("coalesce(r.helped_on, t.helped_on)", "t.helped_on")
    id = community.id if is_postgresql() else community.id.hex
    months: dict[str, Any] = {"community": id, "since": since.replace(day=1), "until": until.replace(day=1)}
    with connection.cursor() as cursor:
        cursor.execute(sql.format(month=month), months)
        return list(cursor.fetchall())


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _id(value: Any) -> UUID | None:
    return UUID(value) if isinstance(value, str) else value
