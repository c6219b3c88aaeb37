"""The certificate, and `alongside recount`: in another process, without database and without Django."""

import json
import subprocess
import sys
import zipfile
from hashlib import sha256
from io import BytesIO

import pytest

from alongside.decisions.certificate import public_zip, sealed_zip
from alongside.decisions.files.certificate import FORMAT, pack, plain
from alongside.decisions.recount_command import main
from alongside.decisions.tests.voting import scene, voted

pytestmark = pytest.mark.django_db


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def kept(tmp_path, name, data) -> str:
    (tmp_path / name).write_bytes(data)
    return str(tmp_path / name)


def repacked(data: bytes, **changes: bytes) -> bytes:
    """The certificate of a forger who also writes a new manifest."""
    files = files_of(data)
    del files["manifest.json"]
    names = {name.replace(".", "_"): name for name in files}
    return pack(FORMAT, files | {names[name]: value for name, value in changes.items()})


@pytest.mark.parametrize("votes", [("yyyyyn", "yyynny"), ("nnnnny", "yyyynn"), ("y", "yyyyyn"), ("nnnnny", "nynnnn")])
def test_anybody_counts_again_in_a_process_without_database_and_django(votes, tmp_path):
    decision = voted(scene(), *votes)
    file = kept(tmp_path, "count.zip", public_zip(decision))
    code = (
        "import sys; sys.argv[1:] = ['recount', sys.argv[1]]\n"
        "from alongside.config.command import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "assert not [name for name in sys.modules if name.startswith('django')]"
    )

    done = subprocess.run([sys.executable, "-c", code, file], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert f"Outcome: {decision.outcome}" in done.stdout
    assert "The recount agrees." in done.stdout


def test_the_same_decision_gives_the_same_bytes():
    decision = voted(scene(), "yyyyyn", "yyynny")

    assert public_zip(decision) == public_zip(decision)


def test_no_name_and_no_id_of_a_person_is_in_the_certificate():
    place = scene()
    data = b"".join(files_of(public_zip(voted(place, "yyyyyn", "yyynny"))).values())

    for member in place.everybody:
        assert str(member.pk).encode() not in data
        assert str(member.person_id).encode() not in data
        assert str(member.person).encode() not in data


def test_a_sealed_side_is_counted_only_with_the_sealed_file(tmp_path, capsys):
    decision = voted(scene(provides=3), "yyyyyn", "yyn")
    public, sealed = public_zip(decision), sealed_zip(decision)
    file, key = kept(tmp_path, "count.zip", public), kept(tmp_path, "sealed.zip", sealed)
    ballots = json.loads(files_of(public)["ballots.json"])

    assert {one["side"] for one in ballots} == {"uses"}
    assert main([file]) == 0
    assert "provides: sealed." in capsys.readouterr().out
    assert main([file, key]) == 0
    assert "provides: 2 yes, 1 no" in capsys.readouterr().out


def test_sealed_votes_that_were_changed_are_found_out(tmp_path, capsys):
    decision = voted(scene(provides=3), "yyyyyn", "yyn")
    data = json.loads(files_of(sealed_zip(decision))["sealed.json"])
    data["sides"]["provides"][0]["choice"] = "no"
    data["sides"]["provides"][1]["choice"] = "no"
    forged = pack("alongside-sealed/1", {"sealed.json": plain(data)})

    status = main([kept(tmp_path, "count.zip", public_zip(decision)), kept(tmp_path, "sealed.zip", forged)])

    assert status == 1
    assert "not those that the certificate vouches for" in capsys.readouterr().out


def test_a_result_that_its_ballots_do_not_bear_out_ends_with_status_1(tmp_path, capsys):
    decision = voted(scene(), "yyyyyn", "yyynnn")
    about = json.loads(files_of(public_zip(decision))["decision.json"])
    forged = repacked(public_zip(decision), decision_json=plain({**about, "outcome": "passed"}))

    assert main([kept(tmp_path, "count.zip", forged)]) == 1
    assert "does NOT agree" in capsys.readouterr().out


def test_votes_added_without_receipts_are_found_out(tmp_path, capsys):
    decision = voted(scene(), "yyyyn", "yyyyn")
    ballots = json.loads(files_of(public_zip(decision))["ballots.json"])
    forged = repacked(public_zip(decision), ballots_json=plain([*ballots, {"side": "uses", "choice": "yes"}]))

    assert main([kept(tmp_path, "count.zip", forged)]) == 1
    assert "10 receipts for 11 ballots" in capsys.readouterr().out


def _swapped(data: bytes, name: str, value: bytes) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for each, content in files_of(data).items():
            archive.writestr(each, value if each == name else content)
    return packed.getvalue()


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: b"hello", id="no zip"),
        pytest.param(lambda data: data[:-40], id="cut off"),
        pytest.param(lambda data: data[:200] + b"X" * 50 + data[250:], id="damaged"),
        pytest.param(lambda data: _swapped(data, "ballots.json", b"[]"), id="a file changed"),
        pytest.param(lambda data: _swapped(data, "manifest.json", b"{}"), id="no manifest"),
        pytest.param(lambda data: repacked(data, ballots_json=b"{"), id="no JSON"),
        pytest.param(lambda data: repacked(data, ballots_json=b"[1]"), id="no ballots"),
        pytest.param(lambda data: repacked(data, ballots_json=b"[" * 100_000), id="nested without end"),
        pytest.param(
            lambda data: repacked(data, ballots_json=plain([{"side": "uses", "choice": "maybe"}])), id="another word"
        ),
        pytest.param(
            lambda data: repacked(data, ballots_json=plain([{"side": "uses", "choice": "yes"}] * 99)), id="too many"
        ),
        pytest.param(lambda data: repacked(data, decision_json=b"[]"), id="no decision"),
        pytest.param(lambda data: repacked(data, decision_json=b'{"rule": "dice"}'), id="another rule"),
        pytest.param(lambda data: repacked(data, receipts_txt=b"\xff\xfe"), id="no text"),
        pytest.param(lambda data: pack("something-else/1", {"a": b"b"}), id="another format"),
    ],
)
def test_what_is_no_whole_certificate_is_told_in_one_sentence_with_status_2(spoil, tmp_path, capsys):
    decision = voted(scene(), "yyyyyn", "yyynny")

    assert main([kept(tmp_path, "count.zip", spoil(public_zip(decision)))]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1


def test_a_zip_that_would_unpack_to_gigabytes_is_not_unpacked(tmp_path, capsys):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ballots.json", b"0" * (65 * 1024 * 1024))

    assert main([kept(tmp_path, "bomb.zip", packed.getvalue())]) == 2
    assert "64 MB" in capsys.readouterr().err


def test_the_file_for_count_is_in_it_where_no_side_is_sealed(tmp_path):
    from alongside.decisions.command import main as count

    decision = voted(scene(), "yyyyyn", "yyynny")
    files = files_of(public_zip(decision))

    assert count(["auto", kept(tmp_path, "count.json", files["count.json"])]) == 0
    manifest = json.loads(files["manifest.json"])["files"]
    assert manifest["count.json"] == sha256(files["count.json"]).hexdigest()
