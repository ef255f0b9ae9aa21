import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from deck.errors import OutputError
from deck.files.scratch import scratch
from deck.files.writing import full_temporary, replacing


def write(path: Path, text: str, *, error: type[BaseException] | None = None) -> None:
    """Write a file as a format does, and fail before the end if so wished."""
    with replacing(path) as beside:
        assert beside.suffix == path.suffix
        beside.write_text(text)
        if error is not None:
            raise error


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "deck.html"
    path.write_text("old")
    return path


def test_a_file_is_made_with_its_folders(tmp_path: Path) -> None:
    write(tmp_path / "new" / "build" / "deck.html", "text")

    assert (tmp_path / "new" / "build" / "deck.html").read_text() == "text"


def test_a_file_takes_the_place_of_the_old_one_when_it_is_whole(old: Path) -> None:
    with replacing(old) as beside:
        beside.write_text("new")
        assert old.read_text() == "old"

    assert old.read_text() == "new"
    assert listing(old.parent) == ["deck.html"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(old: Path, error: type[BaseException]) -> None:
    with pytest.raises(error):
        write(old, "half of the n", error=error)

    assert old.read_text() == "old"
    assert listing(old.parent) == ["deck.html"]


def test_a_full_disk_leaves_the_old_file(old: Path, small_files: None) -> None:
    with pytest.raises(OutputError, match=r"cannot write .*deck\.html: file too large") as caught:
        write(old, "x" * 10_000)

    assert caught.value.hint
    assert old.read_text() == "old"
    assert listing(old.parent) == ["deck.html"]


def test_a_file_in_the_place_of_a_folder_is_an_error(old: Path) -> None:
    with pytest.raises(OutputError, match="a file stands where a folder should be"):
        write(old / "deck.html", "new")

    assert old.read_text() == "old"


def test_a_folder_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "deck.html").mkdir()

    with pytest.raises(OutputError, match="it is no plain file"):
        write(tmp_path / "deck.html", "new")

    assert (tmp_path / "deck.html").is_dir()


def test_a_link_stays_and_the_file_behind_it_is_replaced(old: Path) -> None:
    link = old.with_name("link.html")
    link.symlink_to(old)

    write(link, "new")

    assert link.is_symlink()
    assert old.read_text() == "new"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755, 0o444])
def test_who_may_read_and_write_a_file_stays_as_it_was(old: Path, mode: int) -> None:
    old.chmod(mode)
    seen = []
    with replacing(old) as beside:
        beside.write_text("new")
        seen.append(stat.S_IMODE(beside.stat().st_mode))

    assert stat.S_IMODE(old.stat().st_mode) == mode
    assert seen == [0o600]  # nobody reads meanwhile who might not before
    assert old.read_text() == "new"


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_is_for_those_for_whom_new_files_are(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write(tmp_path / "deck.html", "new")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "deck.html").stat().st_mode) == 0o666 & ~mask


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_of_a_file_stays_where_that_may_be(old: Path) -> None:
    os.chown(old, 1234, 4321)

    write(old, "new")

    assert (old.stat().st_uid, old.stat().st_gid) == (1234, 4321)


def left(folder: Path) -> Path:
    """Return a file as a killed process leaves it in the middle of its writing."""
    path = folder / f".deck-{'0' * 16}.html"
    path.write_text("half of the n")
    return path


def test_what_a_killed_process_was_writing_goes_with_the_next(old: Path) -> None:
    left(old.parent)
    others = [".deck-notes.html", ".deck-0123.html", ".hidden"]
    for name in others:
        (old.parent / name).touch()

    write(old, "new")

    assert listing(old.parent) == sorted([*others, "deck.html"])


def test_what_another_process_is_writing_stays(old: Path) -> None:
    with replacing(old) as beside:
        beside.write_text("the first")
        write(old, "the second")
        assert beside.exists()

    assert old.read_text() == "the first"
    assert listing(old.parent) == ["deck.html"]


def test_a_link_called_like_an_unfinished_file_is_left_alone(old: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / f".deck-{'0' * 16}.html").symlink_to(victim)

    write(old, "new")

    assert victim.read_text() == "precious"


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a temporary folder on a disk of its own that has room for little."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be made here")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> None:
    with suppress(OSError), (folder / "ballast").open("wb") as file:
        while True:
            file.write(b"x" * 1024)
            file.flush()


def test_a_full_temporary_folder_is_told_as_such_and_not_as_a_broken_output(old: Path, tiny: Path) -> None:
    def film() -> None:
        with replacing(old) as beside:
            beside.write_text("half of the n")
            (tiny / "film.mp4").write_bytes(b"x" * 100_000)

    with pytest.raises(OutputError) as caught:
        film()

    assert str(caught.value) == f"the temporary folder {tiny} is full"
    assert "TMPDIR" in caught.value.hint
    assert old.read_text() == "old"
    assert listing(old.parent) == ["deck.html", "tiny"]


def test_a_full_disk_is_not_told_as_a_full_temporary_folder(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    fill(tiny)

    with pytest.raises(OutputError, match=r"cannot write .*deck\.html: no space left on device"):
        write(tiny / "deck.html", "new" * 1000)


def test_a_scratch_in_a_full_folder_is_told_by_the_folders_own_name(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scratch() as folder:
        fill(tiny)
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        told = full_temporary(OSError("a library that says nothing of why"))

    assert str(told) == f"the temporary folder {tiny} is full"
