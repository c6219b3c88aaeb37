"""The handbook: found, rendered safely, searched."""

from pathlib import Path

import pytest

from alongside.web import handbook


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for kind in handbook.KINDS:
        (tmp_path / kind).mkdir()
    write(tmp_path, "how-to/cards.md", "# Print a card\n\n## At the desk\n\nTake the *blue* paper.\n")
    write(tmp_path, "how-to/cards.es.md", "# Imprimir una tarjeta\n\nCoja el papel azul.\n")
    write(tmp_path, "explanation/hours.md", "# Hours\n\nSee [cards](../how-to/cards.md#at-the-desk).\n")
    return tmp_path


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).write_text(text, encoding="utf-8")


def test_a_page_is_shown_in_the_language_asked_for(shelf: Path) -> None:
    page = handbook.find(shelf, "how-to/cards", language="es")

    assert page is not None
    assert (page.title, page.language, page.translated) == ("Imprimir una tarjeta", "es", True)


def test_english_stands_in_for_a_missing_translation(shelf: Path) -> None:
    page = handbook.find(shelf, "explanation/hours", language="es")

    assert page is not None
    assert (page.title, page.language, page.translated) == ("Hours", "en", False)


def test_a_folder_inside_a_kind_holds_pages_too(shelf: Path) -> None:
    (shelf / "explanation/rules").mkdir()
    write(shelf, "explanation/rules/lots.md", "# Lots\n\nSee [cards](../../how-to/cards.md) and [straws](straws.md).\n")

    page = handbook.find(shelf, "explanation/rules/lots", language="en")

    assert page
    assert (page.kind, page.folder) == ("explanation", "explanation/rules")
    html = handbook.as_html(page, address="/help/")
    assert 'href="/help/how-to/cards/"' in html
    assert 'href="/help/explanation/rules/straws/"' in html
    assert [one.path for one in handbook.pages(shelf, language="en")][-1] == "explanation/rules/lots"


@pytest.mark.parametrize("path", ["../secrets", "how-to/../../secrets", "how-to/cards.es", "how-to/", "", "plan"])
def test_only_listed_pages_can_be_reached(shelf: Path, path: str) -> None:
    write(shelf.parent, "secrets.md", "# Secret\n")
    write(shelf, "plan.md", "# Plan\n")

    assert handbook.find(shelf, path, language="en") is None


def test_links_between_pages_lead_to_help_pages(shelf: Path) -> None:
    page = handbook.find(shelf, "explanation/hours", language="en")

    assert page is not None
    assert '<a href="/help/how-to/cards/#at-the-desk"' in handbook.as_html(page, address="/help/")


def test_headings_can_be_linked_to(shelf: Path) -> None:
    page = handbook.find(shelf, "how-to/cards", language="en")

    assert page is not None
    assert '<h2 id="at-the-desk">At the desk</h2>' in handbook.as_html(page, address="/help/")


def test_two_headings_of_the_same_words_have_their_own_ids(shelf: Path) -> None:
    write(shelf, "how-to/twice.md", "# Twice\n\n## At home\n\n## At home\n")
    page = handbook.find(shelf, "how-to/twice", language="en")

    assert page is not None
    html = handbook.as_html(page, address="/help/")
    assert '<h2 id="at-home">' in html
    assert '<h2 id="at-home-2">' in html


def test_an_empty_corner_of_a_table_is_no_heading(shelf: Path) -> None:
    write(shelf, "how-to/table.md", "# Table\n\n| | ours |\n| --- | --- |\n| pay | 3 |\n")
    page = handbook.find(shelf, "how-to/table", language="en")

    assert page is not None
    html = handbook.as_html(page, address="/help/")
    assert html.count("<th>") == 1
    assert html.count("<td>") == 3


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", '<p onclick="x()">x</p>', "![x](//elsewhere/x.png)"],
    ids=["script", "link", "handler", "picture"],
)
def test_nothing_alive_survives_rendering(shelf: Path, text: str) -> None:
    write(shelf, "how-to/cards.md", f"# Print a card\n\n{text}\n")
    page = handbook.find(shelf, "how-to/cards", language="en")

    assert page is not None
    html = handbook.as_html(page, address="/help/")
    assert not any(danger in html for danger in ("<script", "onclick=", 'href="javascript', "<img"))


def test_search_finds_all_words_in_any_case_or_accent(shelf: Path) -> None:
    hits = handbook.search(shelf, "PÁPER card", language="en")

    assert [hit.page.path for hit in hits] == ["how-to/cards"]
    assert "blue paper" in hits[0].excerpt


def test_a_title_weighs_more_than_the_text(shelf: Path) -> None:
    write(shelf, "how-to/other.md", "# Something else\n\n" + "A card. " * 5)

    hits = handbook.search(shelf, "card", language="en")

    assert next(hit.page.path for hit in hits) == "how-to/cards"


@pytest.mark.parametrize("words", ["", "   ", "nowhere"])
def test_search_may_find_nothing(shelf: Path, words: str) -> None:
    assert handbook.search(shelf, words, language="en") == []


def test_an_example_for_a_machine_is_folded_away_and_other_code_is_not(shelf: Path) -> None:
    text = "# Counting\n\nSix of ten.\n\n```python\n>>> 6 > 3\nTrue\n```\n\n```sh\n./do run\n```\n"
    write(shelf, "explanation/counting.md", text)
    page = handbook.find(shelf, "explanation/counting", language="en")
    assert page is not None

    html = handbook.as_html(page, address="/help/")

    assert html.count("<details>") == 1
    assert "<summary>Check it yourself, in Python</summary>" in html
    assert html.index("</details>") < html.index("./do run")
