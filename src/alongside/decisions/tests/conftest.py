"""What holds in every test of this room."""

from typing import Any

import pytest
from django.db.models.query_utils import DeferredAttribute


@pytest.fixture(autouse=True)
def nothing_is_told_with_a_second_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for somebody is read with the fields it is told with; any other would be one more question a line."""
    read = DeferredAttribute.__get__

    def loud(self: Any, instance: Any, cls: Any = None) -> Any:
        if instance is not None and self.field.attname not in instance.__dict__:
            pytest.fail(f"{self.field} was left out", pytrace=False)
        return read(self, instance, cls)

    monkeypatch.setattr(DeferredAttribute, "__get__", loud)
