"""Everything we build on is named with its licence."""

import re

from tests.support.notices import NOTICES, pinned
from tests.support.source import PACKAGE


def test_every_package_we_ship_with_is_in_the_notices():
    named = set(re.findall(r"^\| ([\w.-]+) \|", NOTICES.read_text(), re.M))

    assert {name for name, _ in pinned()} - named == set()


def test_every_vendored_work_is_in_the_notices():
    licences = PACKAGE.glob("*/static/**/vendor/*.LICENSE*")

    assert {path.name for path in licences if f"`{path.name}`" not in NOTICES.read_text()} == set()
