"""A backup brings everything back, and nothing is overwritten by mistake."""

from pathlib import Path

import pytest

from alongside.config import backups
from alongside.kernel.clock import now
from alongside.people.models import Community, Person

pytestmark = pytest.mark.both_databases


@pytest.fixture
def data_folder(tmp_path: Path, settings, committed_db: None, needs_tool) -> Path:
    if "sqlite" not in settings.DATABASES["default"]["ENGINE"]:
        needs_tool("pg_dump")
    settings.DATA_FOLDER = tmp_path
    return tmp_path


def open_house(name: str) -> None:
    Community.objects.create(name=name, slug=name.lower(), made_at=now())
    Person.objects.create_person(name="Amina")


def test_everything_comes_back(data_folder: Path):
    open_house("Before")
    path = backups.back_up(None, at=now())
    Community.objects.update(name="After")

    former = backups.restore(path, replace=True, at=now())

    assert [community.name for community in Community.objects.all()] == ["Before"]
    assert former is not None
    assert former.exists()
    assert path.stat().st_mode & 0o077 == 0


def test_a_house_with_people_in_it_is_left_alone(data_folder: Path):
    open_house("Before")
    path = backups.back_up(None, at=now())
    Community.objects.update(name="After")

    with pytest.raises(backups.NotEmpty):
        backups.restore(path, replace=False, at=now())

    assert Community.objects.get().name == "After"


def test_a_damaged_file_changes_nothing(data_folder: Path):
    open_house("Before")
    path = backups.back_up(data_folder / "copy", at=now())
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3])

    with pytest.raises(backups.NotABackup):
        backups.restore(path, replace=True, at=now())

    assert Community.objects.get().name == "Before"


def test_a_missing_file_is_named(data_folder: Path):
    with pytest.raises(backups.NotABackup) as refusal:
        backups.restore(data_folder / "nowhere", replace=False, at=now())

    assert refusal.value.reason == "there is no such file"


def test_an_unfinished_backup_leaves_no_file(data_folder: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(path: Path) -> None:
        raise backups.NotABackup(path=path, reason="a row points nowhere")

    monkeypatch.setattr(backups, "verify_file", refuse)

    with pytest.raises(backups.NotABackup):
        backups.back_up(data_folder / "copy", at=now())

    assert list(data_folder.iterdir()) == []
