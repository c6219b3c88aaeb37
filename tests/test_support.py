"""The test machinery keeps its own promises."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from alongside.people.models import Community
from tests.support.browser import PHONE
from tests.support.databases import COMPOSITE_KEYS
from tests.support.writes import WroteWhileReading, forbid_writes


def make_community(slug: str) -> Community:
    return Community.objects.create(name=slug, slug=slug, made_at=timezone.now())


def test_a_committed_database_is_seen_by_other_threads(committed_db: None) -> None:
    make_community("commons")
    seen: list[int] = []

    def look() -> None:
        seen.append(Community.objects.count())
        connections.close_all()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

    assert seen == [1]


def test_each_committed_database_starts_empty(committed_db: None) -> None:
    assert not Community.objects.exists()
    make_community("commons")


@pytest.mark.django_db
def test_a_committed_database_stands_beside_an_open_transaction(request: pytest.FixtureRequest) -> None:
    make_community("outside")

    request.getfixturevalue("committed_db")

    assert not Community.objects.exists()
    assert not connection.in_atomic_block


def test_the_live_site_answers_a_phone_without_javascript(live_site: str, open_page: Any) -> None:
    page = open_page(size=PHONE, javascript=False, dark=True)

    answer = page.goto("/")

    assert answer.status == 200


def test_the_template_stays_closed(template_database: Any) -> None:
    path = getattr(template_database, "path", None)

    assert path is None or not Path(f"{path}-wal").exists()


@pytest.mark.postgresql_only
@pytest.mark.django_db
def test_keys_hold_the_community_when_that_is_asked() -> None:
    with connection.cursor() as cursor:
        primary = connection.introspection.get_primary_key_columns(cursor, "people_membership")

    assert primary == (["community_id", "id"] if COMPOSITE_KEYS else ["id"])


@pytest.mark.django_db
def test_writing_is_noticed_where_only_reading_is_allowed() -> None:
    community = make_community("commons")

    with forbid_writes():
        assert Community.objects.filter(pk=community.pk).exists()
        with pytest.raises(WroteWhileReading):
            community.delete()
