"""A folder from somebody else may have links in it: what they lead to stays as it was."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TALK = "# Hello\n\n## One\n\n- a text, and no Python at all\n"


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """Return a folder of the reader's, with files old enough to be pruned."""
    folder = tmp_path / "victim"
    folder.mkdir()
    for name in ("thesis.tex", "0" * 64, f"{'0' * 64}.json", "seconds.json", "bashrc"):
        (folder / name).write_text("precious")
        os.utime(folder / name, (1e9, 1e9))
    return folder


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """Return somebody else's folder."""
    folder = tmp_path / "repo"
    folder.mkdir()
    (folder / "talk.md").write_text(TALK)
    return folder


def deck(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deck", *arguments]
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def looks(folder: Path) -> dict[str, tuple[float, bytes]]:
    return {path.name: (path.stat().st_mtime, path.read_bytes()) for path in folder.iterdir()}


def link(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(os.path.relpath(target, path.parent), target_is_directory=target.is_dir())


LINKS = {
    "build": "victim",
    "build/.deck": "victim",
    "build/.deck/objects": "victim",
    "build/.deck/keys": "victim",
    f"build/.deck/objects/{'0' * 64}": "victim/thesis.tex",
    f"build/.deck/keys/{'0' * 64}.json": "victim/thesis.tex",
    "build/.deck/seconds.json": "victim/seconds.json",
    "build/.deck/.gitignore": "victim/new",
}


ALL = [("list", name) for name in LINKS] + [
    (command, "build/.deck/objects") for command in ("check", "build", "serve", "present", "clean")
]


@pytest.mark.parametrize(("command", "name"), ALL)
def test_no_command_uses_a_store_with_a_link_in_it(repo: Path, victim: Path, command: str, name: str) -> None:
    link(repo / name, victim.parent / LINKS[name])
    before, stands = looks(victim), sorted(repo.rglob("*"))

    done = deck(repo, command, *(["talk.md"] if command != "clean" else []))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"cannot use build/.deck: {name} is a symbolic link",
        "Hint: it may lead to files that are not deck's: remove it, or run deck in another folder",
    ]
    assert looks(victim) == before
    assert sorted(repo.rglob("*")) == stands


def test_clean_says_what_it_leaves(repo: Path) -> None:
    assert deck(repo, "list", "talk.md").returncode == 0
    (repo / "build" / ".deck" / "objects" / "thesis.tex").write_text("precious")

    done = deck(repo, "clean")

    assert (done.returncode, done.stdout) == (0, "build/.deck\n")
    assert done.stderr == "what is not deck's own stays in build/.deck: objects/thesis.tex\n"
    assert [path.name for path in (repo / "build" / ".deck").rglob("*")] == ["objects", "thesis.tex"]


def test_what_was_damaged_is_told_of_to_those_who_ask(repo: Path) -> None:
    first = deck(repo, "list", "talk.md")
    key = min((repo / "build" / ".deck" / "keys").iterdir())
    key.write_text("rubbish")
    short = deck(repo, "list", "talk.md")
    key.write_text("rubbish")
    long = deck(repo, "list", "talk.md", "-v")

    assert first.stdout == short.stdout == long.stdout
    assert short.stderr == ""
    assert [line for line in long.stderr.splitlines() if line.startswith("damaged in build/.deck, and made anew: ")]


@pytest.mark.parametrize("target", ["victim/bashrc", "victim/new", "repo/talk.md", "victim", "repo/build/talk.html"])
def test_the_default_output_is_not_written_through_a_link(repo: Path, victim: Path, target: str) -> None:
    link(repo / "build" / "talk.html", victim.parent / target)
    before = looks(victim)

    done = deck(repo, "build", "talk.md")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "cannot use build/talk.html: build/talk.html is a symbolic link",
        "Hint: remove the link, or name a file with -o",
    ]
    assert looks(victim) == before
    assert (repo / "talk.md").read_text() == TALK


OUTWARD = {
    "out.html": "victim/bashrc",
    "new.html": "victim/new",
    "handout": "victim",
    "sheet.png": "victim/thesis.tex",
    "film.mp4": "nowhere/film.mp4",
}


@pytest.mark.parametrize(
    "output", ["out.html", "new.html", "handout/", "handout/pages/", "handout/x.html", "sheet.png", "film.mp4"]
)
def test_a_named_output_is_not_written_through_a_link_out_of_the_folder(repo: Path, victim: Path, output: str) -> None:
    for name, target in OUTWARD.items():
        link(repo / name, victim.parent / target)
    before, stands = looks(victim), sorted(repo.rglob("*"))

    done = deck(repo, "build", "talk.md", "-o", output)

    assert (done.returncode, done.stdout) == (1, "")
    assert "is a symbolic link out of the folder\nHint: it leads to " in done.stderr
    assert looks(victim) == before
    assert sorted(repo.rglob("*")) == stands


def test_a_link_beside_the_document_is_not_followed_from_elsewhere(repo: Path, victim: Path) -> None:
    link(repo / "out.html", victim / "bashrc")
    before = looks(victim)

    done = deck(victim.parent, "build", "repo/talk.md", "-o", "repo/out.html")

    assert "out.html is a symbolic link out of the folder" in done.stderr
    assert looks(victim) == before


def test_a_link_that_the_reader_has_elsewhere_is_followed_and_one_within_the_folder_too(
    repo: Path, tmp_path: Path
) -> None:
    (tmp_path / "site").mkdir()
    link(tmp_path / "www", tmp_path / "site")
    (repo / "talks").mkdir()
    link(repo / "latest", repo / "talks")

    done = deck(repo, "build", "talk.md", "-o", "../www/talk.html", "-o", "latest/talk.html")

    assert (done.returncode, done.stdout) == (0, "../www/talk.html\nlatest/talk.html\n")
    assert (tmp_path / "site" / "talk.html").read_text() == (repo / "talks" / "talk.html").read_text()
