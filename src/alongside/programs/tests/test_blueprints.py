"""A blueprint says line by line what is wrong with it; one that is right starts a program."""

import json
import tomllib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from alongside.programs.rules.blueprint import LARGEST_BYTES, fill, read
from alongside.programs.rules.faults import DoesNotFit
from alongside.programs.rules.lines import lines_of
from alongside.programs.rules.schema import json_schema
from alongside.programs.serving import sections
from alongside.programs.shipped import BLANK, FOLDER

SHIPPED = sorted(FOLDER.glob("*.toml"))
COURSE = FOLDER / "peer-course.toml"


def faults(text: str) -> list[tuple[int | None, str]]:
    """Line and place of everything that is wrong."""
    with pytest.raises(DoesNotFit) as refusal:
        read(text, sections())
    return [(fault.line, fault.where) for fault in refusal.value.faults]


def course(before: str, after: str) -> str:
    """The course with other words in one place."""
    text = COURSE.read_text()
    assert text.count(before) >= 1
    return text.replace(before, after, 1)


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


@pytest.mark.parametrize("path", [*SHIPPED, BLANK], ids=lambda path: path.stem)
def test_every_blueprint_of_the_house_is_whole_with_any_answer(path: Path):
    blueprint = read(path.read_text(), sections())

    for ask in blueprint.asks:
        for sample in ask.samples:
            assert fill(blueprint, {**{each.key: each.usual for each in blueprint.asks}, ask.key: sample}, sections())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_file_is_called_as_its_blueprint_is(path: Path):
    assert read(path.read_text(), sections()).id == path.stem


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        pytest.param("complete_after = 4", "complet_after = 4", "sessions.complet_after", id="a typo"),
        pytest.param('every = "week"', 'every = "weak"', "sessions.every", id="a word that is none of the list"),
        pytest.param('length = "2h30"', 'length = "long"', "sessions.length", id="no length of time"),
        pytest.param("places = 16", "places = 0", "enrolment.places", id="a number that cannot be"),
        pytest.param("places = 16", "places = true", "enrolment.places", id="yes where a number belongs"),
        pytest.param("at_least = 8", "at_least = 17", "enrolment.at_least", id="more needed than places"),
        pytest.param('share = "1/4"', 'share = "0"', "deciding.share", id="nobody has to agree"),
        pytest.param('providers = "Those', 'provider = "Those', "sides.provider", id="a side nobody knows"),
        pytest.param('role = "leader", count', 'role = "leaders", count', "sessions.leaders.role", id="no such role"),
        pytest.param('from = ["trainer", "leader"]', 'from = ["trainr"]', "pathway.steward.from[1]", id="no such step"),
        pytest.param(
            'mode = "in person"',
            'hands = [{ name = "Cook", count = 1 }, { name = "cook", count = 2 }]',
            "sessions.hands[2].name",
            id="two things of one name",
        ),
        pytest.param("[measures]", "[telepathy]", "telepathy", id="a section nobody serves"),
        pytest.param('place = "{place}"', 'place = "{plaice}"', "sessions.place", id="an answer nobody asked for"),
        pytest.param("usual = 6", "usual = 60", "ask[2].usual", id="a usual answer that does not fit"),
        pytest.param('title = "Living well', "title = 7 #", "blueprint.title", id="a number where words belong"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(before, after, place):
    text = course(before, after)

    assert (line_of(text, after), place) in faults(text)


def test_an_edge_answer_that_makes_an_impossible_design_is_found():
    text = course("from = 4\nto = 10", "from = 2\nto = 10")

    with pytest.raises(DoesNotFit) as refusal:
        read(text, sections())

    assert 'with the answer 2 to "How many weekly meetings?"' in str(refusal.value)


def test_a_circle_in_the_pathway_is_named():
    text = course('from = ["contributor", "participant"]', 'from = ["trainer"]').replace(
        'from = ["trainer", "leader"]', 'from = ["trainer"]'
    )

    with pytest.raises(DoesNotFit) as refusal:
        read(text, sections())

    assert "leader ← trainer ← leader" in str(refusal.value)


def test_a_typo_is_met_with_the_nearest_word():
    with pytest.raises(DoesNotFit) as refusal:
        read(course("complete_after = 4", "complet_after = 4"), sections())

    assert 'did you mean "complete_after"?' in str(refusal.value)


def test_a_question_whose_answer_nobody_uses_is_told():
    text = course('place = "{place}"', 'place = "Here"')

    assert ("ask[5].key") in [where for _line, where in faults(text)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("blueprint = 3", id="no table"),
        pytest.param("[blueprint\nid=", id="broken"),
        pytest.param("ask = 5\n[blueprint]\nid = 'x'", id="a question that is a number"),
        pytest.param("[[ask]]\nkey = 'a'\nquestion = 'b'\nkind = 'choice'\nusual = 'x'", id="a choice of nothing"),
        pytest.param("a = " + "[" * 5000 + "]" * 5000, id="nested for ever"),
        pytest.param("# " + "x" * LARGEST_BYTES, id="too large"),
        pytest.param("[sides]\npeople = 'a'\npeople = 'b'", id="a name twice"),
        pytest.param("\0", id="nul"),
    ],
)
def test_what_is_no_blueprint_is_refused_in_words(text):
    assert faults(text)


@given(st.text(alphabet="[]{}=\"'#.,\\\n abc123", max_size=60))
def test_the_lines_of_whatever_the_standard_reader_reads_are_found(text):
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return

    found = lines_of(text)

    assert all((key,) in found for key in told)
    assert all(1 <= line <= text.count("\n") + 1 for line in found.values())


def test_lines_are_those_of_an_editor():
    text = 'a = 1 # b = 2\n[t]\nx = [\n  1,\n  { y = "]" },\n]\n[[l]]\nk = """\nz = 1\n"""\n[[l]]\n"q.r".s = 3\n'

    found = lines_of(text)

    assert found[("a",)] == 1
    assert (found[("t", "x", 0)], found[("t", "x", 1, "y")]) == (4, 5)
    assert (found[("l", 0, "k")], found[("l", 1, "q.r", "s")]) == (8, 12)
    assert ("z",) not in found


def test_the_schema_knows_every_section_and_is_plain_json():
    told = json.loads(json.dumps(json_schema(sections())))

    assert set(told["properties"]) == {"ask", *(section.name for section in sections())}
    assert told["properties"]["sessions"]["properties"]["count"]["anyOf"][0] == {
        "type": "integer", "minimum": 1, "maximum": 200,
    }  # fmt: skip


def test_the_command_says_what_is_wrong_and_fails(tmp_path, capsys):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(course("places = 16", "places = 0"))

    with pytest.raises(CommandError, match="1 faults"):
        call_command("blueprint_check", str(wrong), str(COURSE))

    told = capsys.readouterr().out
    assert f"line {line_of(wrong.read_text(), 'places = 0')}: enrolment.places" in told
    assert "Living well, together, version 1.0: a blueprint, nothing is wrong." in told


@pytest.mark.parametrize("name", ["nowhere.toml", "."])
def test_the_command_says_when_a_file_cannot_be_read(name, tmp_path):
    with pytest.raises(CommandError, match=name):
        call_command("blueprint_check", str(tmp_path / name) if name != "." else ".")


@pytest.mark.django_db
def test_the_list_names_every_blueprint(capsys):
    call_command("blueprint_list")

    assert len(capsys.readouterr().out.splitlines()) == len(SHIPPED)


def test_no_code_knows_a_blueprint():
    ids = {path.stem for path in SHIPPED}
    package = FOLDER.parents[1]
    code = [path for path in package.rglob("*.py") if "tests" not in path.parts]

    assert len(code) > 300
    assert [(path, each) for path in code for each in ids if each in path.read_text()] == []
