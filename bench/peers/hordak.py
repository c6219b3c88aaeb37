"""django-hordak with what our `pay` also does: both accounts locked in order, the balance checked, then its transfer.

It has no key against double posting and writes no activity entry; neither is asked of it.
`python -m bench.peers.hordak ADDRESS ACCOUNTS MOVEMENTS`: so many accounts with so many movements each.
"""

import random
import sys

import django
from django.conf import settings

from alongside.config.settings import database_from
from bench.peers.far import serve

FLOOR = -1_000_000_000
CURRENCY = "EUR"

# Legs in pairs: account n is credited by transaction n, n + ACCOUNTS, …, and its neighbor debited.
HISTORY = """
INSERT INTO hordak_transaction (id, uuid, timestamp, date, description)
  SELECT n, gen_random_uuid(), now(), current_date, '' FROM generate_series(1, {transactions}) n;
INSERT INTO hordak_leg (uuid, transaction_id, account_id, credit, debit, currency, description)
  SELECT gen_random_uuid(), n, ids[1 + n % {accounts}], 30, NULL, 'EUR', '' FROM generate_series(1, {transactions}) n,
    (SELECT array_agg(id ORDER BY id) AS ids FROM hordak_account) known
  UNION ALL
  SELECT gen_random_uuid(), n, ids[1 + (n + 1) % {accounts}], NULL, 30, 'EUR', ''
  FROM generate_series(1, {transactions}) n, (SELECT array_agg(id ORDER BY id) AS ids FROM hordak_account) known;
SELECT setval(pg_get_serial_sequence('hordak_transaction', 'id'), {transactions} + 1);
"""


def main(address: str, accounts: str, movements: str) -> None:
    settings.configure(
        DATABASES={"default": database_from(address)},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "hordak"],
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SECRET_KEY="x",
        DEFAULT_CURRENCY=CURRENCY,
        CURRENCIES=(CURRENCY,),
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    opened = open_accounts(int(accounts))
    live_a_while(int(accounts), int(movements))
    play(opened)


def open_accounts(count: int) -> list[object]:
    from hordak.models import Account

    return [Account.objects.create(name=f"a{n}", type="LI", code=str(n), currencies=[CURRENCY]) for n in range(count)]


def live_a_while(accounts: int, movements: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        if movements:
            transactions = accounts * movements // 2
            cursor.execute("ALTER TABLE hordak_leg DISABLE TRIGGER USER")
            cursor.connection.execute(HISTORY.format(transactions=transactions, accounts=accounts))
            cursor.execute("ALTER TABLE hordak_leg ENABLE TRIGGER USER")
        cursor.execute("VACUUM ANALYZE")


def play(opened: list[object]) -> None:
    from django.db import connection, transaction
    from hordak.models import Account
    from moneyed import Money

    chance = random.Random(1)

    def transfer() -> int:
        payer, payee = chance.sample(opened, 2)
        with transaction.atomic():
            both = Account.objects.filter(pk__in=(payer.pk, payee.pk)).order_by("pk")  # type: ignore[attr-defined]
            list(both.select_for_update(of=("self",)).values_list("pk"))
            balance = payer.get_simple_balance()  # type: ignore[attr-defined]
            if balance.monies() and balance[CURRENCY].amount - 30 < FLOOR:
                raise ValueError
            payer.transfer_to(payee, Money(30, CURRENCY))  # type: ignore[attr-defined]
        return 1

    connection.ensure_connection()
    serve(transfer, connection.connection.info.backend_pid)


if __name__ == "__main__":
    main(*sys.argv[1:])
