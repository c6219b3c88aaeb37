"""Write NOTICES.md: everything we build on, with its licence.

`python -m tests.support.notices` writes the part between the two marks; what stands outside of them
(vendored fonts, icons and style sheets) is kept by hand.
"""

import re
import sys
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


def pinned() -> list[tuple[str, str]]:
    """Every package of requirements.txt with its version."""
    return re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", (ROOT / "requirements.txt").read_text(), re.M)


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
