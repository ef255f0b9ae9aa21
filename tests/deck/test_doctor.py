"""`deck doctor`, on this machine and on poorer ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from tests.processes import AS_ANYONE


def doctor(*arguments: str, folder: Path, before: Sequence[str] = (), **env: str) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-m", "deck", "doctor", *arguments]
    env = {**os.environ, **env}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def findings(*arguments: str, folder: Path, **env: str) -> dict[str, dict[str, Any]]:
    done = doctor("--json", *arguments, folder=folder, **env)
    return {finding["name"]: finding for finding in json.loads(done.stdout)}


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """Return an empty folder to be the only one that commands are looked for in."""
    path = tmp_path / "tools"
    path.mkdir()
    return path


def tool(folder: Path, name: str) -> None:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)


def test_what_is_needed_is_here_and_said_so(tmp_path: Path) -> None:
    done = doctor(folder=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("\nDecks can be built here.\n")
    lines = [line.split() for line in done.stdout.splitlines()]
    for package in ("manim", "manim-slides", "av", "numpy"):
        assert ["ok", package, version(package)] in lines
    assert "FAIL" not in done.stdout
    assert list(tmp_path.iterdir()) == [], "to look is not to make anything"


def test_json_has_every_piece(tmp_path: Path) -> None:
    found = findings(folder=tmp_path)

    assert {"Python", "deck", "manim", "cairo", "Pango", "Inter typeface", "Noto Sans CJK typeface"} <= found.keys()
    assert {"Typst", "LaTeX", "Qt (PySide6)", "browser", "free space", "writable folder", "processors"} <= found.keys()
    assert {key for finding in found.values() for key in finding} == {"name", "found", "needed", "fine", "cost", "hint"}
    assert all(finding["cost"] for finding in found.values() if not finding["fine"])


def test_each_missing_piece_says_what_it_costs(tmp_path: Path, tools: Path) -> None:
    found = findings(folder=tmp_path, PATH=str(tools), DISPLAY="", WAYLAND_DISPLAY="")

    assert "set by ziamath" in found["LaTeX"]["cost"]
    assert "chromium" in found["browser"]["hint"]
    if sys.platform == "linux":
        assert "deck present" in found["display"]["cost"]
    done = doctor(folder=tmp_path, PATH=str(tools))
    assert done.returncode == 0, "none of these is needed for building"
    assert "-     LaTeX" in done.stdout


def test_latex_that_cannot_be_drawn_is_worse_than_none(tmp_path: Path, tools: Path) -> None:
    tool(tools, "latex")
    assert "fail" in findings(folder=tmp_path, PATH=str(tools))["LaTeX"]["cost"]

    tool(tools, "dvisvgm")
    assert findings(folder=tmp_path, PATH=str(tools))["LaTeX"]["fine"]


def test_a_package_of_another_version_is_a_failure(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name, number in {"manim": "0.19.0", "av": ""}.items():
        facts = site / f"{name}-{number or '0'}.dist-info"
        facts.mkdir(parents=True)
        (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {number or '0'}\n")

    path = os.pathsep.join(filter(None, (str(site), os.environ.get("PYTHONPATH"))))
    done = doctor(folder=tmp_path, PYTHONPATH=path)

    assert done.returncode == 1
    assert "0.19.0 is installed, which is not <0.22,>=0.21" in done.stdout
    assert "Hint: run 'make setup'" in done.stdout
    assert done.stdout.splitlines()[-1] == "Decks cannot be built here: av, manim."


def test_a_folder_that_may_not_be_written_to_is_a_failure(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    done = doctor(folder=tmp_path, before=AS_ANYONE)
    tmp_path.chmod(0o755)

    assert done.returncode == 1
    assert "change to a folder that you may write to" in done.stdout


def test_a_file_where_the_store_should_be_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "build").touch()

    assert not findings(folder=tmp_path)["writable folder"]["fine"]


def test_it_imports_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import atexit, sys; atexit.register(lambda: print(*sys.modules)); "
        "sys.argv[1:] = ['doctor']; from deck.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert {"manim", "manim_slides", "numpy", "PySide6", "PIL"}.isdisjoint(done.stdout.splitlines()[-1].split())
