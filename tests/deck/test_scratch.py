import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from deck.errors import OutputError
from deck.files.scratch import scratch, temporary_place

HOLDS = """
import sys
from deck.files.scratch import scratch
from deck.process.stopping import stop_on_signals
stop_on_signals()
with scratch() as folder:
    (folder / "file").touch()
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's temporary folder, here and in other processes."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def another() -> tuple[subprocess.Popen[str], Path]:
    """Start a process that holds a folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def test_a_folder_is_there_for_a_block_and_nobody_else_looks_into_it(temporary: Path) -> None:
    with scratch() as folder:
        assert folder.parent == temporary
        assert folder.stat().st_mode & 0o077 == 0
        (folder / "deep").mkdir()
        (folder / "deep" / "file").touch()

    assert list(temporary.iterdir()) == []


def test_two_blocks_have_two_folders() -> None:
    with scratch() as one, scratch() as other:
        assert one != other
        assert one.is_dir()
        assert other.is_dir()


def test_what_a_killed_process_left_goes_with_the_next(temporary: Path) -> None:
    process, folder = another()
    with scratch():
        assert (folder / "file").exists()
    process.kill()
    process.communicate()
    assert (folder / "file").exists()

    with scratch() as own:
        assert list(temporary.iterdir()) == [own]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_process_that_is_stopped_takes_its_folder_along(temporary: Path, number: signal.Signals) -> None:
    process, _ = another()

    process.send_signal(number)
    _, told = process.communicate()

    assert (process.returncode, told) == (128 + number, "stopped\n")
    assert list(temporary.iterdir()) == []


def test_folders_of_other_makes_stay(temporary: Path) -> None:
    (temporary / "deck-talk").mkdir()
    (temporary / "elsewhere").mkdir()
    (temporary / "deck-scratch-link").symlink_to(temporary / "elsewhere")
    (temporary / "deck-scratch-file").touch()

    with scratch() as own:
        assert {path.name for path in temporary.iterdir()} == {
            *("deck-talk", "elsewhere", "deck-scratch-link", "deck-scratch-file", own.name)
        }


def test_where_there_is_no_room_it_says_so(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / "nowhere"))

    with pytest.raises(OutputError, match="cannot make a temporary folder") as caught, scratch():
        pass

    assert "TMPDIR" in caught.value.hint


def test_a_block_that_fails_leaves_nothing(temporary: Path) -> None:
    def fail() -> None:
        with scratch() as folder:
            (folder / "file").touch()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert list(temporary.iterdir()) == []


def test_the_place_is_found_without_a_file_that_could_stay(
    temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    before = temporary.stat().st_mtime_ns

    assert temporary_place() == temporary == Path(tempfile.gettempdir())
    assert temporary.stat().st_mtime_ns == before

    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("TMP", str(temporary))
    assert temporary_place() == temporary
