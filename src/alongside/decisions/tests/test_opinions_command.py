"""`alongside opinions`: what it reads, prints and refuses, and that it needs no Django."""

import json
import subprocess
import sys
from typing import Any

import pytest

from alongside.decisions.files import polis
from alongside.decisions.files.polis import read_conversation, read_votes
from alongside.decisions.opinions_command import main
from alongside.decisions.tests.conversations import conversation, log_of, mixed

HEAD = "timestamp,datetime,comment-id,voter-id,vote\n"
STATEMENTS = "comment-id,agrees,disagrees,moderated,comment-body\n"


@pytest.fixture(name="written")
def written_fixture(tmp_path):
    def write(text: str | bytes, name: str = "votes.csv") -> str:
        (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)
        return str(tmp_path / name)

    return write


def looked(capsys, *words: str) -> dict[str, Any]:
    assert main([*words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_it_prints_the_groups_of_a_clear_conversation(written, capsys):
    file = written(log_of(conversation(40, 30, statements=40)[0]))

    found = looked(capsys, file)

    assert len(found.pop("agreement")) == 40
    assert found == {
        "people": 70,
        "statements": 40,
        "grouped": 70,
        "k": 2,
        "sizes": [40, 30],
        "stability": {"median_adjusted_rand_index": 1.0, "same_k": 1.0, "runs": 15},
        "shown": True,
        "reason": None,
    }
    assert main([file]) == 0
    told = capsys.readouterr().out
    assert "2 groups of 40, 30" in told
    assert "Shown: yes" in told


@pytest.mark.parametrize(
    ("votes", "reason", "said"),
    [
        pytest.param(conversation(14, 12)[0], "too_few", "too few people", id="few"),
        pytest.param(mixed(120), "too_mixed", "too mixed", id="mixed"),
    ],
)
def test_it_says_why_groups_are_not_shown(votes, reason, said, written, capsys):
    file = written(log_of(votes))

    found = looked(capsys, file)

    assert (found["shown"], found["reason"]) == (False, reason)
    assert main([file]) == 0
    assert f"Shown: no, because {'' if reason == 'too_few' else 'opinions are '}{said}" in capsys.readouterr().out


def test_the_last_vote_counts_in_whatever_order_the_log_is():
    rows = ["2,x,bus,ana,-1", "3,x,bus,ana,1", "1,x,bus,ana,0", "1,x,tea,ana,1", "1,x,tea,ana,1"]

    assert read_votes(HEAD + "\n".join(rows)) == {"ana": {"bus": 1, "tea": 1}}
    assert read_votes(HEAD + "\n".join(reversed(rows))) == {"ana": {"bus": 1, "tea": 1}}
    assert read_votes("comment-id,voter-id,vote\nbus,ana,1\nbus,ana,0\n") == {"ana": {"bus": 0}}


def test_votes_told_twice_change_nothing(written, capsys):
    text = log_of(conversation(40, 30)[0])

    assert looked(capsys, written(text + text.partition("\n")[2])) == looked(capsys, written(text))


def test_statements_beside_the_log_say_what_was_taken_out_and_what_agree_is(written, tmp_path, capsys):
    log = HEAD + "1,x,bus,ana,1\n2,x,bus,ben,1\n3,x,tea,ana,-1\n"
    file = written(log)
    written(STATEMENTS + 'bus,2,0,1,"A bus, daily"\ntea,0,1,-1,Tea\n', "comments.csv")
    straight = read_conversation(tmp_path / "votes.csv")
    written(STATEMENTS + "bus,0,2,1,A bus\ntea,1,0,0,Tea\n", "comments.csv")
    turned = read_conversation(tmp_path / "votes.csv")

    assert (straight.agree_is, straight.out) == (1, frozenset({"tea"}))
    assert straight.votes == {"ana": {"bus": 1, "tea": -1}, "ben": {"bus": 1}}
    assert (turned.agree_is, turned.out) == (-1, frozenset())
    assert turned.votes == {"ana": {"bus": -1, "tea": 1}, "ben": {"bus": -1}}
    assert main([file]) == 0
    assert "Agree is written as -1" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_marks_and_line_ends_make_no_difference(encoding, ends, written, capsys):
    text = log_of(conversation(10, 8)[0])

    assert looked(capsys, written(text.replace("\n", ends).encode(encoding))) == looked(capsys, written(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "votes.csv: expected votes, and the file is empty", id="empty"),
        pytest.param(" \n\n", "expected votes, and the file is empty", id="blank"),
        pytest.param(HEAD, "expected votes below the names", id="no votes"),
        pytest.param(HEAD.encode("utf-16-le"), "line 1: expected text, found a zero byte", id="UTF-16 without a mark"),
        pytest.param(HEAD.encode() + b"1,\xe9,1,1,1\n", "line 2: expected text in UTF-8", id="Windows-1252"),
        pytest.param("a,b\n1,2\n", "line 1: expected the columns comment-id, voter-id, vote", id="other columns"),
        pytest.param(HEAD.replace(",", ";"), "line 1: expected the columns", id="semicolons"),
        pytest.param("vote," + HEAD, "each once", id="a column twice"),
        pytest.param(HEAD + "1,x,1,1,2\n", 'line 2: expected the vote 1, 0 or -1, found "2"', id="a vote of 2"),
        pytest.param(HEAD + "1,x,1,1,1\n1,x,1,1,\n", 'line 3: expected the vote 1, 0 or -1, found ""', id="no vote"),
        pytest.param(HEAD + "1,x,1,1,agree\n", 'found "agree"', id="a word"),
        pytest.param(HEAD + "1,x,1,1\n", "line 2: expected 5 columns, found 4", id="a short row"),
        pytest.param(HEAD + "1,x,,1,1\n", "line 2: expected a comment-id", id="no statement"),
        pytest.param(HEAD + f"1,x,1,{'9' * 101},1\n", "line 2: expected a voter-id of 1 to 100 letters", id="long id"),
        pytest.param(
            HEAD + "soon,x,1,1,1\n", 'line 2: expected a timestamp as a whole number, found "soon"', id="when"
        ),
        pytest.param(HEAD + '1,"x,1,1,1\n', "expected values separated by commas", id="an open quotation mark"),
        pytest.param(HEAD + "1,x,1\0,1,1\n", "line 2: expected text, found a zero byte", id="a zero byte"),
    ],
)
def test_what_cannot_be_read_is_told_by_line_with_status_2(text, said, written, capsys):
    assert main([written(text)]) == 2

    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_what_is_too_much_is_refused(written, capsys, monkeypatch):
    monkeypatch.setattr(polis, "MOST_CELLS", 3)

    assert main([written(HEAD + "1,x,a,1,1\n1,x,b,1,1\n1,x,a,2,1\n")]) == 2
    assert "line 4: expected at most 3 people × statements" in capsys.readouterr().err


def test_a_fault_in_the_statements_beside_the_log_is_told_with_their_line(written, capsys):
    file = written(HEAD + "1,x,bus,ana,1\n")
    written(STATEMENTS + "bus,many,0,1,A bus\n", "comments.csv")

    assert main([file]) == 2
    assert 'votes.csv: comments.csv beside it, line 2: expected agrees as a whole number, found "many"' in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("words", [["nowhere.csv"], ["."], []])
def test_wrong_words_end_with_status_2(words, capsys):
    with pytest.raises(SystemExit) as end:
        sys.exit(main(words))

    assert end.value.code == 2
    assert capsys.readouterr().err


def test_without_numpy_it_says_what_to_type(written, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)

    assert main([written(log_of(conversation(10, 8)[0]))]) == 2
    assert "needs numpy" in capsys.readouterr().err


def test_it_starts_without_django_and_the_house_starts_without_numpy(written):
    file = written(log_of(conversation(10, 8)[0]))
    code = (
        "import sys; sys.argv[1:] = ['opinions', sys.argv[1]]\n"
        "from alongside.config.command import main\n"
        "import alongside.decisions.opinions_command, alongside.decisions.command\n"
        "assert 'numpy' not in sys.modules\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "assert not [name for name in sys.modules if name.startswith('django')]"
    )

    done = subprocess.run([sys.executable, "-c", code, file], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("People: 18")
