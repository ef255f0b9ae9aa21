"""`deck init`: what a lecturer starts from."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.xdist_group("toys")


def deck(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "DECK_TRUST"}
    command = [sys.executable, "-m", "deck", *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("lecturer")
    return folder / "my-first_talk", deck("init", "my-first_talk", folder=folder)


@pytest.fixture(scope="module")
def built(started: tuple[Path, subprocess.CompletedProcess[str]]) -> subprocess.CompletedProcess[str]:
    return deck("build", "--quality", "draft", folder=started[0])


def test_it_says_what_it_has_written_and_what_comes_next(
    started: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, done = started

    assert (done.returncode, done.stderr) == (0, "Now: cd my-first_talk && deck serve\n")
    names = ["talk.md", ".github/workflows/deck.yml", ".gitignore"]
    assert done.stdout.splitlines() == [f"my-first_talk/{name}" for name in names]
    assert all((folder / name).is_file() for name in names)


def test_it_builds_at_the_first_try(
    started: tuple[Path, subprocess.CompletedProcess[str]], built: subprocess.CompletedProcess[str]
) -> None:
    assert (built.returncode, built.stdout, built.stderr) == (0, "build/talk.html\n", "")
    listed = json.loads(deck("list", "--json", "--quality", "draft", folder=started[0]).stdout)
    titles = [slide["title"] for slide in listed["slides"]]
    assert titles == [
        "My first talk",
        "What this is about",
        "One filter, one map",
        "How large is the map?",
        "The same in code",
        "What to keep",
    ]
    assert all(reveal["description"] for slide in listed["slides"] for reveal in slide["reveals"])


def test_the_scene_is_switched_on_as_it_says(
    started: tuple[Path, subprocess.CompletedProcess[str]], built: subprocess.CompletedProcess[str], tmp_path: Path
) -> None:
    text = (started[0] / "talk.md").read_text()
    assert "\n<!--\nA slide of your own" in text
    before, _, after = text.partition("<!--\nA slide of your own")
    scene = after.partition("\n\n")[2].replace("```\n-->\n", "```\n")
    document = started[0] / "scenes.md"
    document.write_text(before + scene)

    refused = deck("list", "scenes.md", "--quality", "draft", folder=started[0])
    done = deck("list", "scenes.md", "--quality", "draft", "--trust", "--json", folder=started[0])

    assert refused.returncode == 1
    assert "--trust" in refused.stderr
    assert done.returncode == 0, done.stderr
    slides = {slide["title"]: slide for slide in json.loads(done.stdout)["slides"]}
    assert len(slides["A film of my own"]["reveals"]) == 2
    assert len(slides["The same in code"]["reveals"]) == 2, "what is shown is still not run"


def test_the_workflow_builds_and_publishes(started: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    workflow = yaml.safe_load((started[0] / ".github" / "workflows" / "deck.yml").read_text())

    steps = workflow["jobs"]["publish"]["steps"]
    (command,) = [step["run"] for step in steps if step.get("run", "").startswith("deck ")]
    done = deck(*command.split()[1:], "--quality", "draft", folder=started[0])
    assert (done.returncode, done.stdout) == (0, "public/index.html\n")
    upload = next(step for step in steps if "upload-pages-artifact" in step.get("uses", ""))
    assert upload["with"]["path"] == "public"
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}


@pytest.mark.parametrize("what", ["a file in it", "the file itself"])
def test_nothing_that_is_there_is_touched(tmp_path: Path, what: str) -> None:
    path = tmp_path / "talk" / "talk.md" if what == "a file in it" else tmp_path / "talk"
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")

    done = deck("init", "talk", folder=tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot start a deck in talk: " in done.stderr
    assert "Hint: " in done.stderr
    assert path.read_text() == "mine"
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]


def test_an_empty_folder_will_do_and_so_will_a_fresh_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()

    done = deck("init", ".", folder=tmp_path)

    assert (done.returncode, done.stderr) == (0, "Now: deck serve\n")
    assert (tmp_path / "talk.md").is_file()


@pytest.mark.parametrize(("name", "title"), [("#*`{}", "My talk"), ("été_2026", "Été 2026")])
def test_any_name_makes_a_title(tmp_path: Path, name: str, title: str) -> None:
    assert deck("init", name, folder=tmp_path).returncode == 0
    assert f"\n# {title}\n" in (tmp_path / name / "talk.md").read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    done = deck("init", "file/talk", folder=tmp_path)

    assert done.returncode == 1
    assert "cannot write file/talk" in done.stderr
    assert "Traceback" not in done.stderr
