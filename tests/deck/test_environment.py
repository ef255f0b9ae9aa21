"""What is installed is one word, which changes with all that leaves a mark on a recording."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import deck
from deck.build import installed
from deck.build.installed import environment


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Let all be looked at anew, as by another process."""
    forget()
    yield
    forget()


def forget() -> None:
    installed._python.cache_clear()
    installed.own_code.cache_clear()


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the one folder where programs are looked for."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_a_distribution_that_comes_changes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = environment()
    (tmp_path / "another-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    forget()

    assert environment() != before


@pytest.mark.parametrize("name", ["latex", "dvisvgm"])
def test_what_sets_formulas_changes_it_and_is_not_started(programs: Path, name: str) -> None:
    def install(text: str) -> str:
        (programs / name).write_text(f"#!/bin/sh\n{text}touch {programs}/started\n")
        (programs / name).chmod(0o755)
        return environment()

    assert len({environment(), install(""), install("# of next year\n")}) == 3
    assert not (programs / "started").exists()


def test_another_program_does_not_change_it(programs: Path) -> None:
    before = environment()
    (programs / "cowsay").write_text("")
    (programs / "cowsay").chmod(0o755)

    assert environment() == before


@pytest.mark.parametrize("folder", [".fonts", ".local/share/fonts/mine", ".config/fontconfig"])
def test_typefaces_and_what_chooses_among_them_change_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    known = [environment()]
    (tmp_path / folder).mkdir(parents=True)
    face = tmp_path / folder / "face.ttf"
    for change in (lambda: face.write_bytes(b"1"), lambda: face.write_bytes(b"12"), lambda: os.utime(face, (1e9, 1e9))):
        change()
        known.append(environment())

    assert len(set(known)) == 4
    assert environment() == known[-1]


def test_a_folder_of_typefaces_that_leads_in_a_circle_is_walked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".fonts").mkdir()
    (tmp_path / ".fonts" / "again").symlink_to(tmp_path / ".fonts")
    (tmp_path / ".fonts" / "lost.ttf").symlink_to(tmp_path / "nowhere")

    assert environment() == environment()


def test_those_of_decks_own_modules_that_leave_a_mark_change_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copytree(Path(deck.__file__).parent, tmp_path / "deck")
    monkeypatch.setattr(installed, "__file__", str(copy / "build" / "installed.py"))
    before = environment()

    def edited(name: str) -> str:
        with (copy / name).open("a") as file:
            file.write("# edited\n")
        forget()
        return environment()

    assert edited("render/raster.py") == before
    assert edited("commands/build.py") == before
    assert edited("capture/recorder.py") != before


RECORDS = """
import sys
from pathlib import Path

from deck import document
from deck.build import installed
from deck.build.jobs import take
from deck.document.outline import outline

code = set(installed.own_code())
for job in outline(document.read(Path("talk.md")), frame_rate=5, trust=True):
    take(job)
files = {Path(module.__file__) for name, module in list(sys.modules.items()) if name.partition(".")[0] == "deck"}
print(*sorted(files - code))
"""
TALK = """
# Talk

## Text with $x^2$

- one

```python
print(1)
```

## Scene

```python
class Scene(Scene):
    def construct(self):
        self.play(Create(Circle()))
        self.add(MathTex("x"))
```

## Block

```slide
kind: toy-shapes
```
"""


def test_all_that_is_loaded_for_a_recording_counts(toys: Path, tmp_path: Path) -> None:
    """Beside it there are only the processes that work, and the store, which `deck.build` has loaded."""
    (tmp_path / "talk.md").write_text(TALK)
    (tmp_path / "records.py").write_text(RECORDS)

    done = subprocess.run(
        [sys.executable, "records.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(toys.parent)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    own = Path(deck.__file__).parent
    beside = [Path(name).relative_to(own) for name in done.stdout.split() if not name.endswith("__init__.py")]
    assert {path.parts[0] for path in beside} == {"build", "files", "process"}
    assert len(installed.own_code()) > 100
