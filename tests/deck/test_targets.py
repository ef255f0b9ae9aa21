"""Where ``deck build`` writes, and where it does not."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TALK = "# Hello\n\n## One\n\n- a text, and no Python at all\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "talk.md").write_text(TALK)
    return tmp_path


def command(*outputs: str) -> list[str]:
    return [sys.executable, "-m", "deck", "build", "talk.md", *(f"-o{output}" for output in outputs)]


def build(folder: Path, *outputs: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command(*outputs), cwd=folder, capture_output=True, check=False)


def stands(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize("make", [Path.mkdir, lambda _: None], ids=["there", "not there"])
@pytest.mark.parametrize("name", ["handout", ".hidden"])
def test_a_folder_is_asked_for_its_trailing_slash(folder: Path, name: str, make: Callable[[Path], None]) -> None:
    make(folder / name)
    before = stands(folder)

    done = build(folder, name)

    assert done.returncode == 2
    assert f"write '{name}/' for pictures in it, or a FILE with .html, .mp4, .png." in done.stderr.decode()
    assert stands(folder) == before


def test_a_folder_that_is_called_like_a_page_is_no_page(folder: Path) -> None:
    (folder / "talk.html").mkdir()

    done = build(folder, "talk.html")

    assert done.returncode == 2
    assert "'talk.html' is a folder; write 'talk.html/' for pictures in it" in done.stderr.decode()
    assert not list((folder / "talk.html").iterdir())


@pytest.mark.parametrize("output", ["/", "./", "..//", "{home}/"])
def test_a_folder_with_other_files_is_never_filled_with_pictures(folder: Path, output: str) -> None:
    home = folder / "home"
    home.mkdir()
    (home / ".profile").write_text("precious")

    done = build(folder, output.format(home=home))

    assert (done.returncode, done.stdout) == (1, b"")
    first, hint = done.stderr.decode().splitlines()
    assert first.startswith("cannot write pictures to ")
    assert "it holds other files, such as " in first
    assert hint.startswith("Hint: name a new or an empty folder, such as ")
    assert stands(folder) == ["home", "home/.profile", "talk.md"]  # it was found out before anything was drawn


def test_pictures_go_into_an_empty_folder_and_again_into_the_same(folder: Path) -> None:
    (folder / "handout").mkdir()
    (folder / "handout" / ".gitkeep").touch()

    first = build(folder, "handout/")
    names = stands(folder / "handout")
    (folder / "talk.md").write_text(TALK.replace("## One", "## Another"))
    (folder / "handout" / "notes.txt").write_text("precious")
    second = build(folder, "handout/")

    assert (first.returncode, second.returncode) == (0, 0)
    assert len(names) == 3
    assert [name for name in stands(folder / "handout") if "one" in name] == []
    assert (folder / "handout" / "notes.txt").read_text() == "precious"


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
@pytest.mark.parametrize("name", ["talk.mp4", "talk.png"])
def test_what_is_no_file_is_found_out_before_anything_is_drawn(
    folder: Path, make: Callable[[Path], None], name: str
) -> None:
    make(folder / name)

    done = build(folder, "page.html", name)

    assert done.returncode in {1, 2}
    assert stands(folder) == sorted([name, "talk.md"])


def test_a_dash_is_standard_output_and_nothing_else_is_written_there(folder: Path) -> None:
    file = build(folder, "talk.html")
    page = build(folder, "-", "other.html", "sheet.png")

    assert (file.returncode, page.returncode) == (0, 0)
    assert page.stdout == (folder / "talk.html").read_bytes() == (folder / "other.html").read_bytes()
    assert page.stderr.decode().splitlines() == ["other.html", "sheet.png"]
    assert not (folder / "-").exists()


def test_a_page_is_not_thrown_at_a_terminal(folder: Path) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(command("-"), cwd=folder, stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    os.close(ours)

    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[0] == "a terminal cannot show a page"
    assert stands(folder) == ["talk.md"]


def test_a_pipe_that_is_closed_ends_a_build_without_a_traceback(folder: Path) -> None:
    build(folder, "talk.html")
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(command("-"), cwd=folder, stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)

    assert done.returncode != 0
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_behind_standard_output_is_told(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command("-"), cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False)

    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[0] == "cannot write standard output: no space left on device"


SCENE = """\
## A scene

```python
import tempfile

from manim import *


class Many(Scene):
    def construct(self):
        with tempfile.TemporaryFile() as file:
            file.write(b"x" * 10_000_000)
        self.add(Dot())
```
"""


def test_a_full_temporary_folder_is_told_as_such(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    tiny = tmp_path_factory.mktemp("tiny")
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(tiny)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be made here")
    (folder / "talk.md").write_text(SCENE)
    env = os.environ | {"TMPDIR": str(tiny), "DECK_TRUST": "1"}
    try:
        done = subprocess.run(command("talk.html"), cwd=folder, env=env, capture_output=True, check=False)
        left = [path.name for path in tiny.iterdir()]
    finally:
        subprocess.run(["umount", "--lazy", tiny], check=True)

    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        f"talk.md:{SCENE.splitlines().index('class Many(Scene):') + 1}: the temporary folder {tiny} is full",
        "Hint: free some space there, or name another one with TMPDIR",
    ]
    assert left == []


@pytest.mark.parametrize("outputs", [(), ("-",), ("talk.html", "build/other.html")])
def test_a_build_with_nothing_to_record_loads_nothing_that_draws(folder: Path, outputs: tuple[str, ...]) -> None:
    assert build(folder).returncode == 0
    again = [command(*outputs)[0], "-X", "importtime", *command(*outputs)[1:]]

    done = subprocess.run(again, cwd=folder, capture_output=True, check=False)

    assert done.returncode == 0
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert "jinja2" in loaded
    assert loaded.isdisjoint({"numpy", "av", "manim", "manim_slides", "pyreveal", "deck.recording.codec"})
