"""The repository speaks of the product alone, and its pages ask no other host."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.source import PACKAGE, ROOT, shown

# Put together from parts, so that this file does not name them.
_HOSTS = (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))
REGISTRIES = re.compile("|".join(r"\.".join(parts) for parts in _HOSTS))
MACHINE_PATHS = re.compile(r"(?<![\w.~-])/(?:home|Users|root|work)/\w")
# What a browser would fetch by itself; a link that a person may follow is another matter.
FETCHED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*?\b(?:src|data)=["']?(?:https?:)?//
    |<link\b[^>]*?\bhref=["']?(?:https?:)?//
    |url\(\s*["']?(?:https?:)?//
    |@import\s+["'](?:https?:)?//
    |\b(?:fetch|importScripts|import)\(\s*["'](?:https?:)?//""",
    re.X | re.I,
)
SKIPPED_FOLDERS = {"node_modules", "var", "build", "dist", "__pycache__", "staticfiles"}


def our_files() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in SKIPPED_FOLDERS]
        folders[:] = [name for name in folders if not name.endswith(".egg-info")]
        yield from (Path(folder, name) for name in names)
    yield from (ROOT / ".ci").rglob("*")


def texts() -> Iterator[tuple[str, str]]:
    """Every text file of the repository, with its name."""
    for file in our_files():
        if file.is_file() and b"\0" not in (content := file.read_bytes()):
            yield shown(file), content.decode("utf-8", errors="replace")


def test_no_package_registry_is_named():
    assert [name for name, text in texts() if REGISTRIES.search(text)] == []


def test_no_path_of_anybodys_machine_is_written_down():
    assert [name for name, text in texts() if MACHINE_PATHS.search(text)] == []


def test_pages_and_their_files_fetch_nothing_from_another_host():
    kinds = {".html", ".css", ".js", ".svg"}
    files = [file for file in PACKAGE.rglob("*") if file.suffix in kinds]

    assert [shown(file) for file in files if FETCHED.search(file.read_text(errors="replace"))] == []


def test_the_licence_is_whole():
    text = (ROOT / "LICENSE").read_text()

    assert text.startswith("GNU AFFERO GENERAL PUBLIC LICENSE")
    assert "13. Remote Network Interaction" in text
    assert "END OF TERMS AND CONDITIONS" in text
