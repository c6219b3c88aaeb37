"""Undo: within ten seconds, by the one who did it, once."""

from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from alongside.kernel import undo
from alongside.kernel.errors import Refusal
from alongside.kernel.ids import new_id
from alongside.kernel.models import UndoOffer

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
AMINA, BEN = new_id(), new_id()


@pytest.fixture
def taken_back(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the inverse of "tea.poured" has been asked to take back."""
    monkeypatch.setattr(undo, "_inverses", {})
    cups: list[str] = []

    @undo.inverse("tea.poured")
    def pour_back(args: dict[str, Any], by: UUID, at: datetime) -> None:
        if args["cup"] == "broken":
            raise Refusal
        cups.append(args["cup"])

    return cups


def offer_cup(cup: str = "blue") -> UndoOffer:
    return undo.offer(act="tea.poured", args={"cup": cup}, community_id=None, by=AMINA, at=NOON)


@pytest.mark.django_db
def test_what_was_done_can_be_undone_within_ten_seconds(taken_back: list[str]) -> None:
    offer = offer_cup()

    undo.perform(id=offer.pk, by=AMINA, at=NOON + timedelta(seconds=10))

    assert taken_back == ["blue"]


@pytest.mark.django_db
def test_after_ten_seconds_it_is_too_late(taken_back: list[str]) -> None:
    offer = offer_cup()

    with pytest.raises(undo.TooLateToUndo) as refusal:
        undo.perform(id=offer.pk, by=AMINA, at=NOON + timedelta(seconds=11))

    assert refusal.value.seconds == 10
    assert taken_back == []


@pytest.mark.django_db
def test_a_second_click_undoes_nothing_more(taken_back: list[str]) -> None:
    offer = offer_cup()
    undo.perform(id=offer.pk, by=AMINA, at=NOON)

    with pytest.raises(undo.AlreadyUndone):
        undo.perform(id=offer.pk, by=AMINA, at=NOON)

    assert taken_back == ["blue"]


@pytest.mark.django_db
def test_nobody_undoes_what_another_person_did(taken_back: list[str]) -> None:
    offer = offer_cup()

    with pytest.raises(undo.NotYoursToUndo):
        undo.perform(id=offer.pk, by=BEN, at=NOON)

    assert taken_back == []


@pytest.mark.django_db
def test_an_offer_that_never_was_is_not_yours(taken_back: list[str]) -> None:
    with pytest.raises(undo.NotYoursToUndo):
        undo.perform(id=new_id(), by=AMINA, at=NOON)


@pytest.mark.django_db
def test_an_undo_that_is_refused_stays_open(taken_back: list[str]) -> None:
    offer = offer_cup("broken")

    with pytest.raises(Refusal):
        undo.perform(id=offer.pk, by=AMINA, at=NOON)

    offer.refresh_from_db()
    assert offer.undone_at is None


def test_an_act_without_a_way_back_cannot_be_offered(taken_back: list[str]) -> None:
    with pytest.raises(ValueError, match="no registered inverse"):
        undo.offer(act="milk.spilt", args={}, community_id=None, by=AMINA, at=NOON)


def test_eight_clicks_at_once_undo_once(committed_db: None, taken_back: list[str]) -> None:
    offer = offer_cup()
    refusals: list[Refusal] = []

    def click() -> None:
        try:
            undo.perform(id=offer.pk, by=AMINA, at=NOON)
        except undo.AlreadyUndone as refusal:
            refusals.append(refusal)
        finally:
            connections.close_all()

    clicks = [Thread(target=click) for _ in range(8)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()

    assert taken_back == ["blue"]
    assert len(refusals) == 7
