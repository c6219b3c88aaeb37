import re
from itertools import product
from pathlib import Path

import pytest

STYLES = Path(__file__).parent.parent / "static" / "ui"
BLOCK = re.compile(r"(:root[^{]*)\{([^}]*)\}")
COLOR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")

TEXTS_ON_PAPER = ("ink", "ink-soft", "leaf", "leaf-strong", "clay", "sky", "sun", "berry")
PAPERS = ("paper", "surface", "sunken")
TEXTS_ON_TINTS = {
    "leaf-soft": ("ink", "ink-soft", "leaf", "leaf-strong"),
    "clay-soft": ("ink", "ink-soft", "clay"),
    "sky-soft": ("ink", "ink-soft", "sky"),
    "sun-soft": ("ink", "ink-soft", "sun", "leaf"),
    "berry-soft": ("ink", "ink-soft", "berry"),
    "moss-soft": ("ink",),
    "leaf": ("on-leaf",),
    "leaf-strong": ("on-leaf",),
    "berry": ("on-berry",),
}
READ = [
    *product(TEXTS_ON_PAPER, PAPERS),
    *((text, tint) for tint, texts in TEXTS_ON_TINTS.items() for text in texts),
]
# Lines and shapes that carry meaning need 3:1 beside what they stand on.
SEEN = [
    *product(("edge", "focus", "leaf", "berry"), PAPERS),
    ("clay", "surface"),
    ("sky", "surface"),
    ("sky", "sky-soft"),
]


def themes() -> dict[str, dict[str, str]]:
    """The color tokens of each theme."""
    css = (STYLES / "tokens.css").read_text()
    found = {selector.strip(): dict(COLOR.findall(body)) for selector, body in BLOCK.findall(css) if COLOR.search(body)}
    return {
        "light": found[":root"],
        "dark as the device says": found[':root:not([data-theme="light"])'],
        "dark as chosen": found[':root[data-theme="dark"]'],
    }


def luminance(color: str) -> float:
    """Relative luminance, 0 to 1. Source: WCAG 2.2, "relative luminance"."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21. Source: WCAG 2.2, "contrast ratio"."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_the_guideline_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", themes())
def test_text_that_is_read_stands_out_seven_to_one(theme: str):
    tokens = themes()[theme]

    weak = {f"{text} on {ground}": round(contrast(tokens[text], tokens[ground]), 2) for text, ground in READ}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < 7} == {}


@pytest.mark.parametrize("theme", themes())
def test_lines_that_mean_something_stand_out_three_to_one(theme: str):
    tokens = themes()[theme]

    weak = {f"{line} on {ground}": round(contrast(tokens[line], tokens[ground]), 2) for line, ground in SEEN}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_both_ways_to_the_dark_theme_lead_to_the_same_colors():
    assert themes()["dark as the device says"] == themes()["dark as chosen"]


def test_every_color_of_the_light_theme_has_a_dark_one():
    assert set(themes()["light"]) == set(themes()["dark as chosen"])


PHYSICAL = re.compile(
    r"[\s;{](?:margin|padding|border)-(?:left|right)|[\s;{](?:left|right|float):|text-align: (?:left|right)"
)


@pytest.mark.parametrize("path", sorted(STYLES.glob("*.css")), ids=lambda path: path.name)
def test_style_sheets_know_start_and_end_but_not_left_and_right(path: Path):
    assert PHYSICAL.findall(path.read_text()) == []
