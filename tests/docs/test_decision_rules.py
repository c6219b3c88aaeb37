"""The examples on the page about decision rules are true, and the Spanish page has the same ones."""

import doctest
import re

from tests.support.source import ROOT

PAGE = ROOT / "docs/explanation/decision-rules.md"
EXAMPLE = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)


def examples(text: str) -> list[str]:
    return EXAMPLE.findall(text)


def test_every_example_gives_what_the_page_says() -> None:
    found = doctest.DocTestParser().get_doctest("\n".join(examples(PAGE.read_text())), {}, PAGE.name, str(PAGE), 0)
    told: list[str] = []

    result = doctest.DocTestRunner(verbose=False).run(found, out=told.append)

    assert "".join(told) == ""
    assert result.attempted > 30


def test_every_rule_has_an_example() -> None:
    heads = PAGE.read_text().split("\n## ")[1:]

    assert len(heads) >= 16
    assert [head.partition("\n")[0] for head in heads if not examples(head)] == []


def test_the_spanish_page_has_the_same_examples() -> None:
    assert examples(PAGE.with_suffix(".es.md").read_text()) == examples(PAGE.read_text())
