"""Files of ballots: good ones are read, bad ones refused with the line and what was expected."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.decisions.files.blt import read_blt
from alongside.decisions.files.ours import YesNo, read_ours
from alongside.decisions.files.pabulib import read_pabulib
from alongside.decisions.files.preflib import read_preflib
from alongside.decisions.files.reading import BadFile, decoded

PB = """META
key;value
num_projects;3
num_votes;3
budget;100
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;votes;name;selected
A;60;2;A park;1
B;30;2;"Books; and more";1
C;50;1;A café;0
VOTES
voter_id;vote;side
1;A,B;staff
2;B,A;staff
3;C;participants
"""
BLT = '4 2\n-4\n3 1 2 0\n2 2 1 0\n3 1 2 0\n1 3 4 0\n0\n"Ana"\n"Ben"\n"Cyd"\n"Dee"\n"A title"\n'
SOI = """# FILE NAME: x.soi
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 6
# NUMBER UNIQUE ORDERS: 2
# ALTERNATIVE NAME 1: Ana
# ALTERNATIVE NAME 2: Ben
# ALTERNATIVE NAME 3: Cyd
4: 1,2
2: {2,3},1
"""
YES_NO = {
    "rule": "double-majority",
    "quorum": {"kind": "turnout", "share": "1/2"},
    "threshold": "1/2",
    "rolls": {"staff": 10, "participants": 20},
    "votes": {"staff": {"yes": 6, "no": 4, "abstain": 0}, "participants": {"yes": 11, "no": 9, "abstain": 0}},
}


def test_a_budget_is_read_and_equal_ballots_are_put_together():
    found = read_pabulib(PB)

    assert found.election.scores == [2, 2, 1]
    assert [(group.projects, group.count, group.side) for group in found.election.ballots] == [
        ((0, 1), 2, "staff"),
        ((2,), 1, "participants"),
    ]
    assert found.selected == ("A", "B")
    assert found.election.projects[1].name == "Books; and more"


def points(kind: str, *votes: str, meta: str = "") -> str:
    return (
        f"META\nkey;value\nnum_projects;2\nnum_votes;{len(votes)}\nbudget;9,50\nvote_type;{kind}\n{meta}"
        "PROJECTS\nproject_id;cost\nA;1\nB;2.5\nVOTES\nvoter_id;vote;points\n" + "\n".join(votes) + "\n"
    )


def test_points_are_added_and_places_scored_as_borda_does():
    assert read_pabulib(points("cumulative", "1;A,B;7,3", "2;B;10")).election.scores == [7, 13]
    assert read_pabulib(points("scoring", "1;A,B;1.5,0")).election.scores == [1.5, 0]
    ordinal = read_pabulib(points("ordinal", "1;A,B", "2;B", meta="max_length;3\n"))
    assert ordinal.election.scores == [3, 5]
    assert ordinal.election.budget * 2 == 19
    assert read_pabulib(points("choose-1", "1;A", "2;")).election.scores == [1, 0]


def test_ranked_ballots_are_read_without_those_who_withdrew():
    found = read_blt(BLT)

    assert found.candidates == ["1", "2", "3"]
    assert (found.seats, found.names["2"]) == (2, "Ben")
    assert dict(found.strict()) == {("1", "2"): 6, ("2", "1"): 2, ("3",): 1}


def test_orders_with_ties_are_read():
    found = read_preflib(SOI)

    assert list(found.ballots) == [((("1",), ("2",)), 4), ((("2", "3"), ("1",)), 2)]
    with pytest.raises(BadFile, match="without ties"):
        found.strict()


def test_yes_and_no_are_read_with_exact_shares():
    found = read_ours(json.dumps({**YES_NO, "threshold": 0.1}))

    assert isinstance(found, YesNo)
    assert found.threshold * 10 == 1
    assert read_ours(json.dumps({**YES_NO, "threshold": "10 %"})) == found


@pytest.mark.parametrize("mark", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_marks_and_line_ends_of_every_kind_are_read(mark, ends):
    assert read_pabulib(decoded(PB.replace("\n", ends).encode(mark))) == read_pabulib(PB)


def assert_refused(read, text, line, expected):
    """`line` None: the fault sits on no one line."""
    with pytest.raises(BadFile) as refusal:
        read(text)

    assert expected in refusal.value.expected
    assert line is None or refusal.value.line == line


BAD_PB = [
    pytest.param("num_votes;3", "num_votes;4", None, "expected 4 votes", id="a count that does not fit"),
    pytest.param("num_projects;3", "num_projects;9", None, "expected 9 projects", id="projects missing"),
    pytest.param("num_votes;3", "num_votes;many", None, "whole number", id="a count that is none"),
    pytest.param("num_votes;3", f"num_votes;{'9' * 5000}", None, "whole number", id="a huge count"),
    pytest.param("budget;100", "budget;1e999999999", None, "the budget as a number", id="a huge budget"),
    pytest.param("budget;100", "budget;nan", None, "the budget as a number", id="no budget at all"),
    pytest.param("budget;100\n", "", None, "expected budget", id="budget missing"),
    pytest.param("A;60;", "A;-60;", 10, "the cost", id="a negative cost"),
    pytest.param("A;60;2", "A;60;3", 10, "the ballots give 2", id="votes that are not there"),
    pytest.param("B;30", "A;30", 11, "project_id of its own", id="two projects of one id"),
    pytest.param("3;C;", "3;Z;", 17, "ids of projects", id="an unknown project"),
    pytest.param("3;C;", "2;C;", 17, "each voter once", id="somebody votes twice"),
    pytest.param("1;A,B;", "1;A,A;", 15, "each project once", id="a project twice on a ballot"),
    pytest.param("3;C;participants", "3", 17, "at least 2 columns", id="a line cut off"),
    pytest.param("vote_type;approval", "vote_type;loud", None, "expected vote_type", id="an unknown kind of ballot"),
    pytest.param("budget;100", "budget;100\nbudget;200", 6, "once in META", id="two budgets"),
    pytest.param("META\n", "", 1, "expected META", id="no head"),
    pytest.param("PROJECTS\n", "", 12, "in this order", id="a section missing"),
    pytest.param('"Books; and more"', '"Books; and more', None, "", id="a quotation mark never closed"),
    pytest.param("voter_id;vote", "voter_id;choice", 14, "a column vote", id="a column missing"),
    pytest.param("budget;100", "budget;100\nmax_length;1", 16, "at most 1 projects", id="a ballot too long"),
]


@pytest.mark.parametrize(("good", "bad", "line", "expected"), BAD_PB)
def test_a_bad_budget_file_is_refused_by_line(good, bad, line, expected):
    assert_refused(read_pabulib, PB.replace(good, bad, 1), line, expected)


BAD_BLT = [
    pytest.param("4 2", "4", 1, "number of candidates and of seats", id="no seats"),
    pytest.param("4 2", "4 9", 1, "number of seats", id="more seats than candidates"),
    pytest.param("4 2", "9999999999 2", 1, "number of candidates", id="a huge number of candidates"),
    pytest.param("3 1 2 0", "3 1 7 0", 3, "candidates from 1 to 4", id="an unknown candidate"),
    pytest.param("3 1 2 0", "3 1 1 0", 3, "each candidate once", id="a candidate twice"),
    pytest.param("3 1 2 0", "3 1 2", 3, "ends with 0", id="a ballot cut off"),
    pytest.param("3 1 2 0", "x 1 2 0", 3, "how many such ballots", id="a weight that is none"),
    pytest.param("3 1 2 0", "0.5 1 2 0", 3, "how many such ballots", id="half a ballot"),
    pytest.param("3 1 2 0", "3 1=2 0", 3, "candidates from 1 to 4", id="a tie"),
    pytest.param("\n0\n", "\n", None, 'a line "0"', id="cut off before the end"),
    pytest.param('"Dee"\n"A title"\n', "", None, "4 names", id="names cut off"),
    pytest.param("-4", "-9", 2, "withdrawn", id="somebody unknown withdrew"),
]


@pytest.mark.parametrize(("good", "bad", "line", "expected"), BAD_BLT)
def test_a_bad_ranked_file_is_refused_by_line(good, bad, line, expected):
    assert_refused(read_blt, BLT.replace(good, bad, 1), line, expected)


BAD_SOI = [
    pytest.param("VOTERS: 6", "VOTERS: 7", 3, "expected 7 ballots", id="ballots missing"),
    pytest.param("ORDERS: 2", "ORDERS: 3", 4, "expected 3 lines", id="lines missing"),
    pytest.param("4: 1,2", "4: 1,9", 8, "alternatives from 1 to 3", id="an unknown alternative"),
    pytest.param("4: 1,2", "4: 1,1", 8, "each alternative once", id="an alternative twice"),
    pytest.param("4: 1,2", "4 1,2", 8, "expected an order", id="no colon"),
    pytest.param("{2,3}", "{2,3", 9, "expected an order", id="a bracket never closed"),
    pytest.param("# NUMBER ALTERNATIVES: 3\n", "", None, "NUMBER ALTERNATIVES", id="no number of alternatives"),
    pytest.param("ALTERNATIVES: 3", "ALTERNATIVES: 99999999999", 2, "whole number", id="a huge number"),
    pytest.param("4: 1,2\n2: {2,3},1\n", "", 3, "expected 6 ballots", id="no orders at all"),
]


@pytest.mark.parametrize(("good", "bad", "line", "expected"), BAD_SOI)
def test_a_bad_file_of_orders_is_refused_by_line(good, bad, line, expected):
    assert_refused(read_preflib, SOI.replace(good, bad, 1), line, expected)


BAD_YES_NO = [
    pytest.param({"rolls": {"staff": 10}}, "two or more sides", id="a side missing"),
    pytest.param({"rolls": {"staff": 5, "participants": 20}}, "as many votes as people", id="more votes than people"),
    pytest.param({"rolls": {"staff": 10**12, "participants": 20}}, "whole number", id="a huge roll"),
    pytest.param({"rolls": {"staff": 10.5, "participants": 20}}, "whole number", id="half a person"),
    pytest.param({"rolls": {"staff": True, "participants": 20}}, "whole number", id="true is no number"),
    pytest.param({"rolls": {"staff": ["ana"], "participants": ["ana"]}}, "on one roll", id="on two rolls"),
    pytest.param({"votes": []}, '"votes"', id="votes as a list"),
    pytest.param({"quorum": {"kind": "most"}}, '"quorum"', id="an unknown quorum"),
    pytest.param({"quorum": {"kind": "turnout", "share": 2}}, "share from 0 to 1", id="two rolls' worth"),
    pytest.param({"threshold": "1/0"}, "share from 0 to 1", id="a share of nothing"),
    pytest.param({"threshold": [1]}, "share from 0 to 1", id="a list for a share"),
    pytest.param({"rule": 7}, '"rule"', id="a number for a rule"),
]


@pytest.mark.parametrize(("change", "expected"), BAD_YES_NO)
def test_a_bad_yes_or_no_file_is_refused(change, expected):
    with pytest.raises(BadFile) as refusal:
        read_ours(json.dumps({**YES_NO, **change}))

    assert expected in refusal.value.expected


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        pytest.param('{"rule": 1,\n "rolls": }', 2, "expected JSON", id="broken"),
        pytest.param('{"rule": "x", "rule": "y"}', None, "once", id="a key twice"),
        pytest.param('{"threshold": NaN}', None, "expected a number", id="not a number"),
        pytest.param('{"threshold": 1e999999999}', None, "without an exponent", id="a huge number"),
        pytest.param('{"threshold": ' + "9" * 5000 + "}", None, "15 digits", id="a long number"),
        pytest.param("[" * 100_000, None, "nested", id="nested without end"),
        pytest.param("[]", 1, "an object", id="a list"),
    ],
)
def test_bad_json_is_refused(text, line, expected):
    with pytest.raises(BadFile) as refusal:
        read_ours(text)

    assert expected in refusal.value.expected
    assert refusal.value.line == line


@pytest.mark.parametrize(
    ("data", "line", "expected"),
    [
        pytest.param(b"", None, "empty", id="empty"),
        pytest.param(b" \n ", None, "empty", id="blank"),
        pytest.param("META\nkey;value\nunit;Częstochowa".encode("cp1250"), 3, "UTF-8", id="another encoding"),
        pytest.param(b"META\nkey;\0value", 2, "zero byte", id="a zero byte"),
        pytest.param(b"\xff\xfeM", None, "UTF-8", id="half a letter"),
    ],
)
def test_what_is_not_text_is_refused(data, line, expected):
    with pytest.raises(BadFile) as refusal:
        decoded(data)

    assert expected in refusal.value.expected
    assert refusal.value.line == line


@pytest.mark.parametrize(
    ("read", "text"),
    [
        pytest.param(read_pabulib, PB, id="pb"),
        pytest.param(read_blt, BLT, id="blt"),
        pytest.param(read_preflib, SOI, id="soi"),
        pytest.param(read_ours, json.dumps(YES_NO), id="json"),
    ],
)
@given(st.data())
@settings(max_examples=120, deadline=None)
def test_whatever_is_cut_off_or_mangled_is_read_or_refused_and_nothing_else(read, text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    put = data.draw(st.text('0123456789-{}[]:;,"\n AZ½٣\u202e', max_size=4))
    try:
        read(text[:start] + put + text[end:])
    except BadFile as refusal:
        told = refusal.expected
    else:
        told = "expected"
    assert told.startswith("expected")
