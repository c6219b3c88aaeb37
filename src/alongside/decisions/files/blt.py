"""`.blt` files: ranked ballots as most programs for transferable votes write them.

    4 2              four candidates, two seats
    -3               (if any) the third has withdrawn
    28 1 2 0         28 ballots: first, then second
    0                end of ballots
    "Ana"            names in order, then the title

Source: https://www.opavote.com/help/overview#blt-file-format
"""

from alongside.decisions.files.reading import MOST_CHOICES, BadFile, Rankings, cut, distinct, whole
from alongside.decisions.rules.schulze import Ranked


def read_blt(text: str) -> Rankings:
    """Candidates are called "1", "2", … by their place. Raises BadFile."""
    lines = [line.strip() for line in text.split("\n")]
    start = next((place for place, line in enumerate(lines) if line and not line.startswith("#")), 0)
    many, seats = _head(lines[start], start + 1)
    start += 1
    withdrawn = set[str]()
    if start < len(lines) and lines[start].startswith("-"):
        withdrawn = _withdrawn(lines[start], many, start + 1)
        start += 1
    try:
        end = lines.index("0", start)
    except ValueError:
        raise BadFile('expected a line "0" after the ballots; the file may be cut off', line=len(lines)) from None
    names = _names(lines, end + 1, many)
    ids = {str(place) for place in range(1, many + 1)}
    alone = {one: (one,) for one in ids}
    ballots: list[Ranked] = []
    for line, times, place in distinct(lines[start:end], start + 1):
        if line and not line.startswith("#"):
            ballot, weight = _ballot(line, ids, place)
            kept = tuple([alone[one] for one in ballot if one not in withdrawn])
            ballots.append((kept, weight * times))
    candidates = [str(place) for place in range(1, many + 1) if str(place) not in withdrawn]
    if seats > len(candidates):
        raise BadFile(f"expected at most {len(candidates)} seats, one for each candidate", line=1)
    return Rankings(candidates, merged(ballots), names, seats)


def merged(ballots: list[Ranked]) -> list[Ranked]:
    """Equal ballots together."""
    counts: dict[tuple[tuple[str, ...], ...], int] = {}
    for ranks, many in ballots:
        counts[ranks] = counts.get(ranks, 0) + many
    return list(counts.items())


def _head(line: str, place: int) -> tuple[int, int]:
    words = line.split()
    if len(words) != 2:
        raise BadFile(f"expected the number of candidates and of seats, found {cut(line)}", line=place)
    many = whole(words[0], "the number of candidates", line=place, least=1, most=MOST_CHOICES)
    return many, whole(words[1], "the number of seats", line=place, least=1, most=many)


def _withdrawn(line: str, many: int, place: int) -> set[str]:
    out = set()
    for word in line.split():
        if not word.startswith("-"):
            raise BadFile(f"expected withdrawn candidates such as -2, found {cut(word)}", line=place)
        out.add(str(whole(word[1:], "a withdrawn candidate", line=place, least=1, most=many)))
    return out


def _ballot(line: str, ids: set[str], place: int) -> tuple[list[str], int]:
    words = line.split()
    ballot = words[1:-1]
    known = set(ballot)
    if words[-1] != "0" or len(words) < 2:
        raise BadFile(f"expected a ballot that ends with 0, found {cut(line)}", line=place)
    if not known <= ids:
        strange = next(one for one in ballot if one not in ids)
        raise BadFile(f"expected candidates from 1 to {len(ids)}, found {cut(strange)}", line=place)
    if len(known) < len(ballot):
        raise BadFile(f"expected each candidate once on a ballot, found {cut(line)}", line=place)
    return ballot, whole(words[0], "how many such ballots there are", line=place, least=1)


def _names(lines: list[str], start: int, many: int) -> dict[str, str]:
    said = [line for line in lines[start:] if line]
    if said and len(said) < many:
        raise BadFile(f"expected {many} names after the ballots, found {len(said)}", line=len(lines))
    return {str(place): name.strip('"') for place, name in enumerate(said[:many], 1)}
