"""Write NOTICES.md: everything we build on, with its licence.

`python -m tests.support.notices` writes the part between the two marks; what stands outside of them
(vendored fonts, icons and style sheets) is kept by hand.
"""

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata

from tests.support.source import ROOT

NOTICES = ROOT / "NOTICES.md"
BEGIN, END = "<!-- packages: written by ./do notices -->", "<!-- end of packages -->"
HEAD = f"""# Notices

Alongside is free software under the GNU Affero General Public License, version 3 or later (see `LICENSE`).
It stands on the work of others, with thanks:

## Python packages

{BEGIN}
{END}
"""


FOR_MAKERS = {"dev", "bench"}


def pinned() -> list[tuple[str, str]]:
    """Every package of requirements.txt with its version, and what stands in an extra for those who run the house."""
    needed = _pins("requirements.txt")
    extras = {name: version for name, version in _pins("requirements-dev.txt") if name in optional()}
    return sorted({**extras, **dict(needed)}.items())


def optional() -> set[str]:
    """The packages of all extras but those for makers, such as numpy for the opinion map."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    wanted = [line for name, lines in extras.items() if name not in FOR_MAKERS for line in lines]
    return {re.split(r"[^A-Za-z0-9_.-]", line)[0] for line in wanted}


def _pins(name: str) -> list[tuple[str, str]]:
    return re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", (ROOT / name).read_text(), re.M)


def licence_of(package: str) -> str:
    """The licence a package states; raises PackageNotFoundError when it is not installed here."""
    about = metadata(package).json
    classifiers = list(about.get("classifier") or [])
    stated = about.get("license_expression") or next(
        (line.rsplit(" :: ", 1)[1] for line in classifiers if line.startswith("License :: ")), None
    )
    return str(stated or about.get("license") or "see the package").splitlines()[0]


def table() -> str:
    rows = ["| package | licence |", "| --- | --- |"]
    for name, _version in pinned():
        try:
            rows.append(f"| {name} | {licence_of(name)} |")
        except PackageNotFoundError:  # wanted on another system only
            rows.append(f"| {name} | not needed on this system; see the package |")
    return "\n".join(rows)


def main() -> None:
    text = NOTICES.read_text() if NOTICES.exists() else HEAD
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    NOTICES.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}")
    sys.stdout.write(f"{len(pinned())} packages in {NOTICES.name}\n")


if __name__ == "__main__":
    main()
