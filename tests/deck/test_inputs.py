"""What a block of code uses is found out while it runs."""

import json
import os
import tempfile
import time
from importlib import import_module
from pathlib import Path

import pytest

from deck.inputs import are_unchanged, environment, fingerprint, watched


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("read.txt", "unread.txt"):
        path = tmp_path / name
        path.write_text(name)
        then = time.time() - 60
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


def test_what_is_installed_makes_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = environment()
    (tmp_path / "another-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    environment.cache_clear()
    try:
        assert environment() != before
    finally:
        environment.cache_clear()
