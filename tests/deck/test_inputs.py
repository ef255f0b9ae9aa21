"""What a block of code uses is found out while it runs."""

import json
import os
import tempfile
from importlib import import_module
from pathlib import Path

import pytest

from deck.build.dependencies import are_unchanged, fingerprint, watched
from deck.build.place import Place
from deck.files.scratch import PREFIX


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("read.txt", "unread.txt"):
        path = tmp_path / name
        path.write_text(name)
        then = 5e8  # long ago
        os.utime(path, (then, then))
    return tmp_path


def test_a_file_that_is_read_is_found_and_one_that_is_not_is_not(folder: Path) -> None:
    with watched() as inputs:
        (folder / "read.txt").read_text()

    assert inputs.files[str(folder / "read.txt")] == fingerprint(str(folder / "read.txt"))
    assert str(folder / "unread.txt") not in inputs.files
    assert inputs.stable
    assert are_unchanged(inputs.files)


def test_a_file_read_before_or_after_is_none_of_it(folder: Path) -> None:
    (folder / "read.txt").read_text()
    with watched() as inputs:
        pass
    (folder / "read.txt").read_text()

    assert str(folder / "read.txt") not in inputs.files


def test_a_file_that_is_written_is_none_of_it(folder: Path) -> None:
    with watched() as inputs:
        (folder / "written.txt").write_text("x")

    assert str(folder / "written.txt") not in inputs.files


def test_a_file_looked_for_in_vain_is_found_out(folder: Path) -> None:
    with watched() as inputs, pytest.raises(FileNotFoundError):
        (folder / "optional.txt").read_text()

    assert inputs.files[str(folder / "optional.txt")] == ""
    (folder / "optional.txt").touch()
    assert not are_unchanged(inputs.files)


def test_what_is_made_for_a_while_is_none_of_it() -> None:
    with watched() as inputs, tempfile.TemporaryDirectory() as name:
        path = Path(name, "for-a-while.txt")
        path.write_text("x")
        path.read_text()

    assert not [path for path in inputs.files if path.endswith("for-a-while.txt")]


def test_a_module_is_found_whether_it_was_imported_before_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("module_from_before", "module_of_now"):
        (tmp_path / f"{name}.py").write_text("")
    import_module("module_from_before")

    with watched() as inputs:
        import_module("module_of_now")

    found = {Path(path).name for path in inputs.files}
    assert {"module_from_before.py", "module_of_now.py"} <= found
    assert json.__file__ not in inputs.files


def test_what_is_written_to_meanwhile_is_not_stable(folder: Path) -> None:
    with watched() as inputs:
        (folder / "read.txt").read_text()
        (folder / "read.txt").write_text("edited")

    assert not inputs.stable


def test_a_file_that_the_block_writes_and_then_reads_is_none_of_it(folder: Path) -> None:
    with watched() as inputs:
        (folder / "table.csv").write_text("made here")
        (folder / "table.csv").read_text()
        (folder / ".half").write_text("made here, too")
        (folder / ".half").rename(folder / "moved.csv")
        (folder / "moved.csv").read_text()

    assert not [path for path in inputs.files if path.startswith(str(folder))]
    assert inputs.stable


def test_a_file_that_the_block_reads_and_then_writes_is_not_stable(folder: Path) -> None:
    with watched() as inputs:
        count = (folder / "read.txt").read_text()
        (folder / "read.txt").write_text(f"{count} and one")

    assert str(folder / "read.txt") in inputs.files
    assert not inputs.stable


def test_a_file_that_the_block_adds_to_and_then_reads_is_not_stable(folder: Path) -> None:
    with watched() as inputs:
        with (folder / "read.txt").open("a") as file:
            file.write("a line more")
        (folder / "read.txt").read_text()

    assert str(folder / "read.txt") in inputs.files
    assert not inputs.stable


def test_what_stands_in_the_scratch_of_a_build_is_none_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / f"{PREFIX}x"
    scratch.mkdir()
    (scratch / "from-before.svg").write_text("x")
    with watched() as inputs:
        (scratch / "from-before.svg").read_text()
    assert str(scratch / "from-before.svg") in inputs.files  # somebody's own folder may be called so

    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    with watched() as inputs:
        (scratch / "from-before.svg").read_text()

    assert str(scratch / "from-before.svg") not in inputs.files


def test_what_python_compiles_is_none_of_it(folder: Path) -> None:
    cached = folder / "__pycache__" / "fast.nbi"
    cached.parent.mkdir()
    cached.write_text("x")
    with watched() as inputs:
        cached.read_text()

    assert str(cached) not in inputs.files


def test_a_pipe_is_no_file_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert fingerprint(str(tmp_path / "pipe")) == ""


@pytest.mark.parametrize("name", ["/dev/zero", "/proc/self", "nul\0", "\ud800", "x" * 5000, ""])
def test_what_cannot_be_read_has_no_fingerprint(name: str) -> None:
    assert fingerprint(name) == ""


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/talks/cnn/photo.png", "talk:photo.png"),
        ("/talks/cnn/data/a.csv", "talk:data/a.csv"),
        ("/talks/logo.svg", "here:logo.svg"),
        ("/talks/cnn2/photo.png", "here:cnn2/photo.png"),
        ("/home/ada/photo.png", "/home/ada/photo.png"),
    ],
)
def test_files_are_known_by_their_way_from_the_document_and_from_the_working_folder(path: str, told: str) -> None:
    assert Place("/talks/cnn", "/talks").portable(path) == told
    assert Place("/talks/cnn", "/talks").path(told) == path
    assert Place().portable(path) == path
