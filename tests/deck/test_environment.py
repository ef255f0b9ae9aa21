"""What is installed is one word, which changes with all that leaves a mark on a recording."""

import os
import re
import shutil
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
    installed._makers.cache_clear()


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


def test_whatever_a_maker_imports_is_a_maker_too() -> None:
    """Left out is what reads the document, which is in the key, and errors."""
    own = Path(deck.__file__).parent
    code = installed.own_code()
    makers = {path.relative_to(own.parent).with_suffix("").as_posix().replace("/", ".") for path in code}
    imported = {
        name
        for path in code
        for name in re.findall(r"^ *from (deck\.[\w.]+) import", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    passing = {
        "deck.errors",
        "deck.files.writing",
        "deck.process.guard",
        "deck.build.dependencies",
        "deck.identifiers",
    }

    assert len(makers) > 50
    imported -= {name for name in imported if name.startswith("deck.document")}
    assert imported - passing - makers - {name.removesuffix(".__init__") for name in makers} == set()
