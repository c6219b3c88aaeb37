"""Balances at any moment, and the stretch of a statement, found by halving along an account's line.

Places are given in time order, so the last place before a moment is found in some twenty looks-up
of the unique index on (account, place), all in one statement; no index on time is paid for by every post.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Sum

from alongside.kernel.db import is_postgresql
from alongside.timebank.ledger.sqlite import moment
from alongside.timebank.models import Account, Entry

LAST_PLACE = """
WITH RECURSIVE halving(low, high) AS (
  SELECT CAST(0 AS bigint), seq FROM timebank_account WHERE community_id = %s AND id = %s
  UNION ALL
  SELECT CASE WHEN e.placed_at {before} %s THEN e.seq ELSE low END,
    CASE WHEN e.placed_at {before} %s THEN high ELSE e.seq - 1 END
  FROM halving JOIN timebank_entry e
    ON e.community_id = %s AND e.account_id = %s AND e.seq = (low + high + 1) / 2
  WHERE low < high
)
SELECT h.low, e.balance_after FROM halving h
LEFT JOIN timebank_entry e ON e.community_id = %s AND e.account_id = %s AND e.seq = h.low
WHERE h.low = h.high"""


@dataclass(frozen=True)
class Place:
    """A place in an account's line: how many entries up to here, and the balance after them."""

    seq: int
    balance_minutes: int


def place_at(account: Account, moment_: datetime, *, inclusive: bool = True) -> Place:
    """The account's line as it stood at a moment, entries of that very moment included or not."""
    community, id = account.community_id, account.id
    ids: list[Any] = [community, id] if is_postgresql() else [community.hex, id.hex]
    at = moment_ if is_postgresql() else moment(moment_)
    with connection.cursor() as cursor:
        sql = LAST_PLACE.format(before="<=" if inclusive else "<")
        cursor.execute(sql, [*ids, at, at, *ids, *ids])
        row = cursor.fetchone()
    return Place(seq=row[0], balance_minutes=row[1] or 0) if row else Place(seq=0, balance_minutes=0)


def balance_at(account: Account, moment_: datetime) -> int:
    """The balance in minutes at a moment, credits then on their way into a pot included."""
    waiting = Entry.objects.waiting(account).filter(transfer__posted_at__lte=moment_).aggregate(total=Sum("minutes"))
    return place_at(account, moment_).balance_minutes + (waiting["total"] or 0)
