import re
from pathlib import Path

import pytest

from alongside.ui.loop import STAGES
from alongside.ui.templatetags.ui import STATUS_ICONS

ROOMS = Path(__file__).parent.parent.parent
UI = ROOMS / "ui"
NAMED = re.compile(r"""\{%\s*(?:ring_)?icon\s+"([\w-]+)"|<c-[\w-]+[^>]*?\sicon="([\w-]+)"|<c-icon\s+name="([\w-]+)\"""")


NAMED_IN_CODE = re.compile(r"""\bicon"?\s*[:=]\s*"([\w-]+)\"""")


def drawn() -> set[str]:
    """The icons in the sprite."""
    return set(re.findall(r'<symbol id="([\w-]+)"', (UI / "static" / "ui" / "vendor" / "icons.svg").read_text()))


def named_in_templates() -> dict[str, set[str]]:
    """Each icon named in a template of any room, and where."""
    found: dict[str, set[str]] = {}
    for path in ROOMS.rglob("templates/**/*.html"):
        for match in NAMED.finditer(path.read_text()):
            found.setdefault(match[1] or match[2] or match[3], set()).add(str(path.relative_to(ROOMS)))
    return found


def test_every_icon_a_template_names_is_in_the_sprite():
    missing = {name: places for name, places in named_in_templates().items() if name not in drawn()}

    assert missing == {}


def test_every_icon_named_in_code_is_in_the_sprite():
    code = [path for path in ROOMS.rglob("*.py") if "tests" not in path.parts]
    named = {(name, str(path.relative_to(ROOMS))) for path in code for name in NAMED_IN_CODE.findall(path.read_text())}

    assert {(name, place) for name, place in named if name not in drawn()} == set()


def test_every_icon_a_tag_chooses_is_in_the_sprite():
    chosen = set(STATUS_ICONS.values()) | {icon for _, _, _, icon in STAGES}

    assert chosen <= drawn()


def test_the_sprite_holds_what_its_list_names():
    assert drawn() == set((UI / "vendor" / "icons.txt").read_text().split())


@pytest.mark.parametrize("name", ["pico.LICENSE.md", "atkinson-hyperlegible-next.LICENSE", "lucide.LICENSE"])
def test_what_others_made_lies_beside_its_licence(name: str):
    assert (UI / "static" / "ui" / "vendor" / name).stat().st_size > 500
