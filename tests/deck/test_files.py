from pathlib import Path

import pytest

from deck.errors import OutputError
from deck.files import replacing


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
