"""Keys as a distributed database wants them: the community inside every key of a community's table."""

from django.db.backends.base.base import BaseDatabaseWrapper


def switch_keys(connection: BaseDatabaseWrapper) -> None:
    """Give every community table the primary key (community, id)."""
    raise NotImplementedError
