"""Each rule has a page of its own: what it is for, how it counts, and an example that is true."""

import doctest
import re
from pathlib import Path

import pytest

from alongside.decisions import counting
from alongside.decisions.views.ways import WAYS
from alongside.web import handbook
from tests.architecture.test_words import long_sentences
from tests.support.source import ROOT

DOCS = ROOT / "docs"
FOLDER = DOCS / "explanation/rules"
PAGES = sorted(page for page in FOLDER.glob("*.md") if "." not in page.stem)
EXAMPLE = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)
HEADS = {
    "": (
        "What it is for", "How it counts", "When the two sides differ", "A worked example", "Its weak points",
        "Where it comes from",
    ),
    ".es": (
        "Para qué sirve", "Cómo se cuenta", "Cuando las dos partes no coinciden", "Un ejemplo contado",
        "Sus puntos débiles", "De dónde viene",
    ),
}  # fmt: skip
# Rules that share a page with another, and those that no command counts by.
TOGETHER = {"greedy-skip": "greedy", "greedy-stop": "greedy", "mes-add1-exhaustive": "mes-add1"}
BESIDES = {"consent", "consensus", "advice", "bridging", "member-classes", "surplus"}


def text(page: Path, language: str = "") -> str:
    return page.with_name(f"{page.stem}{language}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_example_gives_what_the_page_says(page: Path) -> None:
    code = "\n".join(EXAMPLE.findall(text(page)))
    told: list[str] = []

    result = doctest.DocTestRunner(verbose=False).run(
        doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), 0), out=told.append
    )

    assert "".join(told) == ""
    assert result.attempted >= 3


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_both_languages_tell_the_same_in_the_same_order(page: Path) -> None:
    for language, heads in HEADS.items():
        assert tuple(re.findall(r"^## (.+)$", text(page, language), re.M)) == heads
    assert EXAMPLE.findall(text(page, ".es")) == EXAMPLE.findall(text(page))
    assert targets(text(page, ".es")) == targets(text(page))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_of_rules_are_plain(page: Path) -> None:
    """Sources are titles of papers; all before them is told in short sentences."""
    for language, heads in HEADS.items():
        told = EXAMPLE.sub("", text(page, language)).partition(f"## {heads[-1]}")[0]
        plain = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", told)
        parts = re.split(r"\n\n|\n(?=\d\. |\* )", plain)
        assert [long for part in parts for long in long_sentences(" ".join(part.split()))] == []


def test_every_rule_has_a_page_and_every_page_is_a_rule() -> None:
    rules = {TOGETHER.get(rule, rule) for rule in (*counting.RULES, *WAYS)} | BESIDES

    assert {page.stem for page in PAGES} == rules


@pytest.mark.parametrize("language", HEADS)
def test_the_overview_leads_to_every_rule(language: str) -> None:
    overview = (DOCS / f"explanation/decision-rules{language}.md").read_text(encoding="utf-8")

    assert {page.stem for page in PAGES} <= set(re.findall(r"\(rules/([\w-]+)\.md\)", overview))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_to_pages_of_the_handbook(page: Path) -> None:
    found = handbook.find(DOCS, f"explanation/rules/{page.stem}", language="en")
    assert found

    for address in re.findall(r'href="/help/([^"#]+)/', handbook.as_html(found, address="/help/")):
        assert handbook.find(DOCS, address, language="en"), address


def targets(page: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", page)
