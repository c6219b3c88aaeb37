"""The clock of pages, put to another moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch


@contextmanager
def later(moment: datetime) -> Iterator[None]:
    """Pages are asked at this moment."""
    with patch("django.utils.timezone.now", lambda: moment):
        yield
