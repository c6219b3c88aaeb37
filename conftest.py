"""What every test may ask for: a private database, a live site, a browser."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test.testcases import LiveServerThread
from django.utils import translation

from tests.support.browser import Visitor, chromium, started_browser
from tests.support.databases import COMPOSITE_KEYS, PostgresTemplate, SqliteTemplate, pointed_at, settings_of_database
from tests.support.towns import Towns

# With `./do test --all` nothing may be missing: a skipped test is a failed one.
TEST_ALL = os.environ.get("ALONGSIDE_TEST_ALL") == "1"
ROOMS = Path(__file__).parent / "src" / "alongside"
LEDGER, KERNEL = ROOMS / "timebank", ROOMS / "kernel"
DATABASE_FIXTURES = {"db", "django_db_setup", "template_database", "committed_db"}
MARKERS = {
    "database": "needs a database (set by itself)",
    "all_variants": "slow or repeated variants, run by `./do test --all` alone",
    "first_look": "a part of what a test marked all_variants does; `./do test --all` runs that one instead",
    "sqlite_only": "about SQLite's own ways; left out on PostgreSQL",
    "one_database": "asks for no rows in a way that a database could answer otherwise; left out on PostgreSQL",
    "postgresql_only": "about PostgreSQL's own ways; left out on SQLite",
    "both_databases": "leans on the database's own triggers or locks; `./do test` runs it on PostgreSQL as well",
    "browser": "drives a real browser (set by itself on tests that open pages)",
}


def pytest_configure(config: pytest.Config) -> None:
    for name, meaning in MARKERS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")
    # On a busy machine a quick example takes long: what is slow is found by `bench/`, never by a test.
    hypothesis.settings.register_profile("house", deadline=None)
    hypothesis.settings.load_profile("house")
    # What is read in by now stays to the end; to look through it for garbage again and again takes a tenth of the time
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:  # nobody will miss these databases after a power cut
        settings.DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not about this run: not skipped, since nothing is missing."""
    on_sqlite = "sqlite" in settings.DATABASES["default"]["ENGINE"]
    unwanted = {"postgresql_only"} if on_sqlite else {"sqlite_only", "one_database"}
    # With community in every key the long forms are left out as well, so the short ones must run.
    unwanted.add("first_look" if TEST_ALL and not COMPOSITE_KEYS else "all_variants")
    if unasked := [item for item in items if unwanted & {mark.name for mark in item.iter_markers()}]:
        config.hook.pytest_deselected(items=unasked)
        items[:] = [item for item in items if item not in set(unasked)]
    # The long ones first: otherwise one process is still at the last of them while the other has nothing left to do.
    items.sort(key=lambda item: not {"all_variants", "first_look"} & {mark.name for mark in item.iter_markers()})
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
        if item.path.is_relative_to(LEDGER) or item.path.is_relative_to(KERNEL):
            item.add_marker("both_databases")
        mark = item.get_closest_marker("django_db")
        if mark and mark.kwargs.get("transaction"):
            raise pytest.UsageError(
                f"{item.nodeid}: the ledger cannot be flushed; use the committed_db fixture instead."
            )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Any:
    report = yield
    if TEST_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which this run does not allow: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def template_database(
    django_test_environment: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory, request: Any
) -> SqliteTemplate | PostgresTemplate:
    """The migrated template, built once however many workers there are."""
    name = str(settings_of_database()["NAME"])
    template: SqliteTemplate | PostgresTemplate
    if "sqlite" in settings_of_database()["ENGINE"]:
        template = SqliteTemplate(request.config.cache.mkdir("alongside"), tmp_path_factory.mktemp("databases"))
    else:
        template = PostgresTemplate(f"test_{name}", request.config.cache.mkdir("alongside"))
    with django_db_blocker.unblock():
        template.build()
    return template


@pytest.fixture(scope="session")
def django_db_setup(template_database: SqliteTemplate | PostgresTemplate, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the template for all tests of this worker that roll back."""
    with template_database.copy() as name:
        settings_of_database()["NAME"] = name
        yield
        with django_db_blocker.unblock():
            connections.close_all()


@pytest.fixture
def committed_db(
    template_database: SqliteTemplate | PostgresTemplate, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """A fresh database for this test alone: commits are real, and threads may open connections.

    A thread closes its own connection when it ends (`connections.close_all()`).
    """
    with template_database.copy() as name, django_db_blocker.unblock(), pointed_at(name):
        yield


@pytest.fixture(scope="session")
def towns(
    template_database: SqliteTemplate | PostgresTemplate,
    django_db_setup: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Towns:
    """`with towns.copy() as cast:` gives both towns and everybody in them, in a database of their own."""
    ours = tmp_path_factory.getbasetemp()
    return Towns(template_database, ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours)


@pytest.fixture(autouse=True)
def own_language() -> None:
    """No test speaks the language of the last page that another one has opened."""
    translation.deactivate()


@pytest.fixture
def needs_tool() -> Callable[[str], str]:
    """`needs_tool("hledger")` returns where the program is, or skips saying that it is missing."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"{name} is not installed on this machine")
        return path

    return find


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with started_browser(path) as browser:
        yield browser


class BareHandler(WSGIHandler):
    """The application as it is: it serves its own static files."""

    def __init__(self, application: WSGIHandler) -> None:
        super().__init__()


class QuickToStop(ThreadedWSGIServer):
    """Looks every hundredth of a second whether it is to stop, not twice a second: each test waits for that."""

    def serve_forever(self, poll_interval: float = 0.01) -> None:
        super().serve_forever(poll_interval)


class Site(LiveServerThread):
    server_class = QuickToStop


@pytest.fixture
def live_site(browser: Any, committed_db: None) -> Iterator[str]:
    """The address of a running site on a database of its own, to be filled by the test."""
    server = Site("localhost", BareHandler, port=0)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://localhost:{server.port}"
    server.terminate()


@pytest.fixture
def open_page(browser: Any, live_site: str) -> Iterator[Visitor]:
    """`open_page(size=PHONE, dark=True, javascript=False, person=amina)` opens a browser page.

    At the end the test fails if a page broke the content policy, asked another host or had a script error.
    """
    visitor = Visitor(browser, live_site)
    yield visitor
    visitor.leave()
    assert visitor.faults == []


@pytest.fixture
def page(open_page: Visitor) -> Any:
    """A desktop page of a stranger."""
    return open_page()
