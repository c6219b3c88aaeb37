"""The certificate of a count: a zip with terms, rolls, ballots without voters, receipts, result and a manifest.

    manifest.json   {"format": …, "files": {name: SHA-256 in hex}}
    decision.json   what was voted on, rule, settings, sizes of the rolls, lot seed, what each side says, the outcome
    ballots.json    [{"side": …, "choice": "yes" | "no" | "abstain"}], in an order by chance
    receipts.txt    the codes people got, one a line, in an order of their own
    README.txt      how to count again

Where the numbers of a side would tell how single people voted, its ballots are not in here. `decision.json` then has
their SHA-256 under "sealed", and they lie in a second zip (`sealed.json`) that the scrutineers may fetch.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import error as zlib_error

from alongside.decisions.files.ours import parsed
from alongside.decisions.files.reading import BadFile, cut

FORMAT, SEALED_FORMAT = "alongside-certificate/1", "alongside-sealed/1"
MOST_BYTES = 64 * 1024 * 1024
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Certificate:
    """What a certificate holds, read and found to agree with its manifest. `ballots`: (side, word)."""

    about: Mapping[str, Any]
    ballots: Sequence[tuple[str, str]]
    receipts: Sequence[str]
    digest: str


def plain(value: object) -> bytes:
    """JSON that is the same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def pack(kind: str, files: Mapping[str, bytes]) -> bytes:
    """A zip of these files and a manifest with their SHA-256; the same bytes for the same files."""
    manifest = {"format": kind, "files": {name: sha256(data).hexdigest() for name, data in files.items()}}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"manifest.json": plain(manifest), **files}.items():
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def read_certificate(path: Path) -> Certificate:
    """Raises BadFile for what is no certificate, or does not agree with its own manifest."""
    files, digest = _unpacked(path, FORMAT, ("decision.json", "ballots.json", "receipts.txt"))
    about, found = _json(files, "decision.json"), _json(files, "ballots.json")
    if not isinstance(about, dict):
        raise BadFile("expected decision.json as an object")
    if not isinstance(found, list):
        raise BadFile("expected ballots.json as a list")
    return Certificate(about, [_ballot(one) for one in found], _text(files["receipts.txt"]).split(), digest)


def read_sealed(path: Path) -> tuple[str, Mapping[str, list[dict[str, str]]]]:
    """The id of the decision and the sealed ballots of each side. Raises BadFile."""
    files, _digest = _unpacked(path, SEALED_FORMAT, ("sealed.json",))
    data = _json(files, "sealed.json")
    if not isinstance(data, dict) or not isinstance(data.get("sides"), dict):
        raise BadFile("expected sealed.json with an entry for each sealed side")
    for ballots in data["sides"].values():
        if not isinstance(ballots, list) or not all(_is_sealed_ballot(one) for one in ballots):
            raise BadFile('expected sealed ballots as {"id": …, "choice": …}')
    return str(data.get("decision", "")), data["sides"]


def digest_of(ballots: Sequence[Mapping[str, str]]) -> str:
    """The SHA-256 that stands in the certificate for sealed ballots; their random ids keep it from being guessed."""
    return sha256(plain([{"id": one["id"], "choice": one["choice"]} for one in ballots])).hexdigest()


def _is_sealed_ballot(one: object) -> bool:
    return (
        isinstance(one, dict) and {"id", "choice"} == set(one) and all(isinstance(each, str) for each in one.values())
    )


def _ballot(one: object) -> tuple[str, str]:
    if not isinstance(one, dict) or not isinstance(one.get("side"), str) or not isinstance(one.get("choice"), str):
        raise BadFile('expected ballots as {"side": …, "choice": …}')
    return one["side"], one["choice"]


def _unpacked(path: Path, kind: str, needed: Sequence[str]) -> tuple[dict[str, bytes], str]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadFile(f"expected a file of at most {MOST_BYTES // 1024 // 1024} MB")
        packed = path.read_bytes()
    except OSError as error:
        raise BadFile(f"expected a file that can be read ({error.strerror})") from None
    files = _opened(packed)
    manifest = _json(files, "manifest.json")
    if not isinstance(manifest, dict) or manifest.get("format") != kind or not isinstance(manifest.get("files"), dict):
        raise BadFile(f"expected a file of the kind {kind}")
    if set(manifest["files"]) != set(files) - {"manifest.json"}:
        raise BadFile("expected exactly the files that the manifest names: something was added or taken out")
    for name, told in manifest["files"].items():
        if sha256(files[name]).hexdigest() != told:
            raise BadFile(f"expected {name} as the manifest has it: it was changed")
    if missing := [name for name in needed if name not in files]:
        raise BadFile(f"expected {missing[0]} in it")
    return files, sha256(packed).hexdigest()


def _opened(packed: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if len(entries) > 20 or len(set(names)) < len(names):
                raise BadFile("expected each file once, and at most 20")
            if sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise BadFile(f"expected at most {MOST_BYTES // 1024 // 1024} MB when unpacked")
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib_error):
        raise BadFile("expected a zip that is whole") from None


def _json(files: Mapping[str, bytes], name: str) -> Any:
    if name not in files:
        raise BadFile(f"expected {name} in it")
    try:
        return parsed(_text(files[name]))
    except BadFile as fault:
        raise BadFile(f"{fault.expected} (in {cut(name)})") from None


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise BadFile("expected text in UTF-8") from None
