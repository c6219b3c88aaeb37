"""Every template compiles and keeps within the content policy."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template

from tests.support.source import PACKAGE, shown, templates

# What the strict content policy would silently refuse.
FORBIDDEN = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*\btype=\"application/json\")", re.I),
    "an inline handler": re.compile(r"\son[a-z]+\s*=|\shx-on\b|\shx-on:", re.I),
    "a script in an attribute": re.compile(r"""["']\s*(?:js:|javascript:)""", re.I),
    "a trigger filter": re.compile(r"""hx-trigger\s*=\s*["'][^"']*\["""),
}
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", re.S)


def name_of(path: Path) -> str:
    parts = path.parts
    return "/".join(parts[parts.index("templates") + 1 :])


def words_of(path: Path) -> str:
    """A template without its comments."""
    return COMMENT.sub("", path.read_text())


def faults_of(path: Path) -> str:
    try:
        get_template(name_of(path))
    except (TemplateSyntaxError, TemplateDoesNotExist) as fault:
        return f"{shown(path)}: {fault!r}"
    return ""


def test_every_template_compiles():
    assert templates()
    assert [fault for path in templates() if (fault := faults_of(path))] == []


def test_templates_keep_within_the_content_policy():
    texts = {shown(path): words_of(path) for path in templates()}

    assert [
        (at, what) for what, pattern in FORBIDDEN.items() for at, text in texts.items() if pattern.search(text)
    ] == []


def slots_nobody_shows(text: str) -> list[str]:
    """Named slots inside a component that has no such slot: what stands in them would vanish."""
    inside: list[str] = []
    lost = []
    for closing, name, slot in re.findall(r"<(/?)c-([\w-]+)\b(?:[^>]*?\sname=\"(\w+)\")?(?![^>]*/>)", text):
        if name == "slot":
            if not closing and inside and not re.search(rf"\b{slot}\b", component(inside[-1])):
                lost.append(f"{inside[-1]}: {slot}")
        elif closing:
            inside.pop()
        else:
            inside.append(name)
    return lost


def component(name: str) -> str:
    return (PACKAGE / f"ui/templates/components/{name.replace('-', '_')}.html").read_text()


def test_nothing_is_put_into_a_slot_that_is_not_shown():
    assert [(shown(path), lost) for path in templates() if (lost := slots_nobody_shows(words_of(path)))] == []


def test_a_slot_that_is_not_shown_would_be_noticed():
    assert slots_nobody_shows('<c-table caption=""><c-slot name="tbody">x</c-slot></c-table>') == ["table: tbody"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('<p style="color:red">', id="style"),
        pytest.param("<script>go()</script>", id="script"),
        pytest.param('<b onclick="go()">', id="handler"),
        pytest.param('<b hx-on:click="go()">', id="htmx handler"),
        pytest.param("""<b hx-vals='js:{a: 1}'>""", id="htmx script"),
        pytest.param('<b hx-trigger="click[ctrlKey]">', id="filter"),
    ],
)
def test_what_is_forbidden_is_noticed(text: str):
    assert any(pattern.search(text) for pattern in FORBIDDEN.values())


def test_a_broken_template_would_be_noticed():
    with pytest.raises(Exception, match="endif"):
        Template("{% if a %}").render(Context())
