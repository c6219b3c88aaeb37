"""What can be listed from code is generated, and the pages in the repository are fresh."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).parents[2]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", REPOSITORY / "docs/generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", generator().PAGES)
def test_a_generated_page_is_what_the_code_says_today(name: str) -> None:
    written = (REPOSITORY / "docs/reference" / name).read_text(encoding="utf-8")

    assert written == generator().PAGES[name](), "run: python docs/generate.py"


def test_every_setting_says_what_it_is_for() -> None:
    rows = [line for line in generator().settings_page().splitlines() if line.startswith("| `")]

    assert len(rows) > 10
    assert [row for row in rows if row.endswith("|  |")] == []
