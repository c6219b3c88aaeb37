"""The careful ORM version in a process and a database of its own, in which a transfer does not post itself.

`python -m bench.peers.careful_far ADDRESS`: pays in the town that is there.
"""

import os
import sys

import django

from bench.peers.far import serve


def main(address: str) -> None:
    os.environ["ALONGSIDE_DATABASE"] = address
    django.setup()
    from django.db import connection

    from bench.databases import django_backend
    from bench.large import revisit
    from bench.peers import careful_orm

    with connection.cursor() as cursor:
        for trigger in ("timebank_transfer_posts", "timebank_transfers_post"):
            cursor.execute(f"DROP TRIGGER {trigger} ON timebank_transfer")
        cursor.execute("DROP TRIGGER timebank_unfolded_by_posting ON timebank_unfolded")
    town = revisit()
    serve(lambda: careful_orm.pay(town), django_backend())


if __name__ == "__main__":
    main(*sys.argv[1:])
