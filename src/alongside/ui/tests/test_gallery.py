import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django_cotton.templatetags._component import CottonComponentNode

UI = Path(__file__).parent.parent
COMPONENTS = sorted(path.stem.replace("_", "-") for path in (UI / "templates" / "components").glob("*.html"))
COMPONENTS_A_PAGE = 100


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts each component as it is drawn."""
    counted: Counter[str] = Counter()
    draw = CottonComponentNode.render

    def count(node: CottonComponentNode, context: Any) -> Any:
        counted[node.component_name] += 1
        return draw(node, context)

    monkeypatch.setattr(CottonComponentNode, "render", count)
    return counted


@pytest.mark.django_db
def test_the_gallery_draws_every_component_without_overdoing_it(client: Client, rendered: Counter[str]):
    client.get("/gallery/?again")
    client.get("/gallery/sheet/")

    assert set(COMPONENTS) - set(rendered) == set()
    assert rendered.total() <= COMPONENTS_A_PAGE


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/gallery/", "/gallery/?again&theme=dark", "/gallery/?language=ar", "/gallery/sheet/?large"]
)
def test_the_gallery_asks_no_questions_of_the_database(client: Client, django_assert_num_queries: Any, address: str):
    with django_assert_num_queries(0):
        response = client.get(address)

    assert response.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["%00", "../../etc", "xx", "e" * 5000])
def test_an_odd_language_is_answered_in_the_usual_one(client: Client, language: str):
    assert 'lang="en"' in client.get(f"/gallery/?language={language}").content.decode()


@pytest.mark.django_db
def test_another_theme_and_direction_can_be_asked_for(client: Client):
    page = client.get("/gallery/?theme=dark&language=ar").content.decode()

    assert 'lang="ar" dir="rtl" data-theme="dark"' in page


@pytest.mark.django_db
def test_a_form_with_errors_leads_to_each_of_its_fields(client: Client):
    page = client.get("/gallery/?again").content.decode()

    summary = re.search(r'<div class="error-summary".*?</div>', page, re.DOTALL)
    assert summary
    targets = re.findall(r'href="#([\w-]+)"', summary[0])
    assert len(targets) == 6
    assert [target for target in targets if f'id="{target}"' not in page] == []
    assert "<title>Error: Gallery" in page


@pytest.mark.django_db
def test_a_form_that_a_rule_refuses_is_not_called_wrong(client: Client):
    page = client.get("/gallery/?refused").content.decode()

    summary = re.search(r'<div class="error-summary refusal".*?</div>', page, re.DOTALL)
    assert summary
    assert "<span>That is not possible</span>" in summary[0]
    assert "Something is missing" not in page
    assert "<title>Not possible: Gallery" in page


@pytest.mark.django_db
def test_a_table_that_is_moved_sideways_is_reached_by_the_keyboard(client: Client):
    page = client.get("/gallery/").content.decode()

    assert 'class="table-frame table-wide" role="region" tabindex="0" aria-label="Your hours in March"' in page


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_is_in_the_inventory(name: str):
    assert f"<c-{name}" in (UI / "README.md").read_text()


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_opens_by_naming_its_inputs(name: str):
    text = (UI / "templates" / "components" / f"{name.replace('-', '_')}.html").read_text()

    assert text.startswith("<c-vars ") or "{{ slot }}" in text.splitlines()[0]
