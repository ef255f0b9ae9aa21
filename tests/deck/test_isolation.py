"""What lies in a folder is not imported, and not obeyed, by whoever looks at a document there."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TALK = "# Hello\n\n## One\n\n- a text, and no Python at all\n"
TRAP = """
import os
with open(os.environ["RAN"], "a") as file:
    file.write(f"{__name__}\\n")
"""
COMMANDS = {
    "the command": ["-c", "from deck.__main__ import main; main()"],  # what the installed script does
    "the module": ["-m", "deck"],
}
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def ran(tmp_path: Path) -> Path:
    """The file that a trap writes to."""
    return tmp_path / "ran"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "somebody's"
    folder.mkdir()
    (folder / "talk.md").write_text(TALK)
    return folder


@pytest.fixture
def deck(tmp_path: Path, ran: Path) -> Run:
    """Run deck in a folder, in an environment that sets traps off where they can be."""

    def run(folder: Path, *arguments: str, start: str = "the command", **env: str) -> subprocess.CompletedProcess[str]:
        home = tmp_path / "home"
        home.mkdir(exist_ok=True)
        # A script's own folder is what an installed command has for the working folder that `-c` would put there.
        safe = {"PYTHONSAFEPATH": "1"} if start == "the command" else {}
        return subprocess.run(
            [sys.executable, *COMMANDS[start], *arguments],
            cwd=folder,
            env={**os.environ, "RAN": str(ran), "HOME": str(home), **safe, **env},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def without_traps(deck: Run, folder: Path) -> str:
    return deck(folder, "list", "talk.md").stdout


@pytest.mark.parametrize("start", COMMANDS)
def test_modules_of_the_working_folder_are_not_imported(deck: Run, folder: Path, ran: Path, start: str) -> None:
    expected = without_traps(deck, folder)
    for name in ("IPython", "numpy", "lxml", "click", "signal", "random", "yaml", "defusedxml"):
        (folder / f"{name}.py").write_text(TRAP)

    done = deck(folder, "list", "talk.md", "--quality", "draft", start=start)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == expected
    assert not ran.exists()


def test_innocent_modules_of_pythons_own_names_do_no_harm(deck: Run, folder: Path, ran: Path) -> None:
    for name in ("types", "random", "signal", "enum", "sitecustomize", "usercustomize"):
        (folder / f"{name}.py").write_text(TRAP)

    done = deck(folder, "build", "talk.md", "--quality", "draft")

    assert (done.returncode, done.stderr) == (0, "")
    assert not ran.exists()


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONPATH": os.curdir},
        {"PYTHONPATH": f"{os.pathsep}{os.sep}nowhere"},
        {"PYTHONPATH": "{folder}"},
        {"PYTHONPATH": "{folder}/nowhere/..:/usr"},
        {"PYTHONPATH": "modules", "PYTHONSTARTUP": "IPython.py", "PYTHONPYCACHEPREFIX": "."},
    ],
    ids=["a dot", "an empty place", "the folder's path", "a way around to it", "a folder in it"],
)
def test_variables_that_point_into_the_working_folder_are_not_followed(
    deck: Run, folder: Path, ran: Path, variables: dict[str, str]
) -> None:
    (folder / "modules").mkdir()
    for place in (folder, folder / "modules"):
        for name in ("IPython", "lxml", "numpy"):
            (place / f"{name}.py").write_text(TRAP)
    env = {name: value.format(folder=folder) for name, value in variables.items()}

    done = deck(folder, "list", "talk.md", "--quality", "draft", **env)

    assert (done.returncode, done.stderr) == (0, "")
    assert not ran.exists()


def test_modules_beside_the_document_are_not_imported(deck: Run, folder: Path, ran: Path, tmp_path: Path) -> None:
    for name in ("linkify_it", "IPython", "lxml", "evil"):
        (folder / f"{name}.py").write_text(TRAP)

    done = deck(tmp_path, "build", str(folder / "talk.md"), "--quality", "draft")

    assert (done.returncode, done.stderr) == (0, "")
    assert not ran.exists()


@pytest.mark.parametrize("name", ["evil-1.0.dist-info", "evil.egg-info"])
@pytest.mark.parametrize("trust", [[], ["--trust"]], ids=["untrusted", "trusted"])
def test_a_package_beside_the_document_offers_no_kind_of_slide(
    deck: Run, folder: Path, ran: Path, name: str, trust: list[str]
) -> None:
    (folder / name).mkdir()
    (folder / name / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
    (folder / name / "entry_points.txt").write_text("[deck.slides]\nevil = evil:Evil\n")
    (folder / "evil.py").write_text(TRAP)
    (folder / "talk.md").write_text("## One\n\n```slide\nkind: evil\n```\n")

    done = deck(folder.parent, "list", str(folder / "talk.md"), "--quality", "draft", *trust)

    assert done.returncode == 1
    assert "no slide kind 'evil'" in done.stderr
    assert not ran.exists()


CONFIGURATIONS = {
    "other colours": "[CLI]\nbackground_color = RED\npixel_width = 100\nframe_rate = 3\nframe_width = 3\n",
    "garbage": "garbage\n",
    "another renderer": "[CLI]\nrenderer = opengl\n",
    "a plugin": "[CLI]\nplugins = evil\n",
    "other folders": "[CLI]\nmedia_dir = elsewhere\nlog_dir = elsewhere\nlog_to_file = True\n",
}


@pytest.mark.parametrize("configuration", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_neither_the_folders_nor_the_users_manim_is_configured_for_slides(
    deck: Run, folder: Path, tmp_path: Path, configuration: str
) -> None:
    scene = "\n## Two\n\n```python\nclass Two(Scene):\n    def construct(self):\n        self.add(Dot())\n```\n"
    (folder / "talk.md").write_text(TALK + scene)
    arguments = ("build", "talk.md", "--trust", "--quality", "draft")
    deck(folder, *arguments, "-o", "plain.html")
    users = tmp_path / "home" / ".config" / "manim"
    users.mkdir(parents=True)
    for place in (folder, users):
        (place / "manim.cfg").write_text(configuration)
    (folder / "build").rename(folder / "before")

    done = deck(folder, *arguments, "-o", "configured.html")

    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "configured.html").read_bytes() == (folder / "plain.html").read_bytes()
    assert {path.name for path in folder.iterdir()} == {
        *("talk.md", "manim.cfg", "before", "build", "plain.html", "configured.html")
    }


BESIDE = """
## One

```python
import {name}


class One(Scene):
    def construct(self):
        self.add(Text({name}.WORDS))
```
"""


@pytest.mark.parametrize("name", ["plots", "slides", "my_package"])
def test_a_trusted_scene_imports_what_stands_beside_the_document(
    deck: Run, folder: Path, tmp_path: Path, name: str
) -> None:
    (folder / "my_package").mkdir()
    for file in ("plots.py", "slides.py", "my_package/__init__.py"):
        (folder / file).write_text("WORDS = 'hers'\n")
    (folder / "random.py").write_text("raise SystemExit('this is no module')\n")
    (folder / "talk.md").write_text(BESIDE.format(name=name))

    done = deck(tmp_path, "list", str(folder / "talk.md"), "--trust", "--quality", "draft")

    assert (done.returncode, done.stderr) == (0, "")
    assert "It reads: hers." in done.stdout


def test_without_one_of_its_own_a_scene_finds_the_slides_of_the_lecture(deck: Run, folder: Path) -> None:
    scene = "\n## One\n\n```python\nfrom slides.kernel import *\n\n\nclass One(Scene):\n    def construct(self):\n"
    (folder / "talk.md").write_text(f"{scene}        self.add(Dot())\n```\n")

    done = deck(folder, "list", "talk.md", "--trust", "--quality", "draft")

    assert (done.returncode, done.stderr) == (0, "")
