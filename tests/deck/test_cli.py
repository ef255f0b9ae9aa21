import importlib
import os
import pty
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deck.cli import main
from tests.processes import AS_ANYONE, started

pytestmark = pytest.mark.xdist_group("toys")

TALK = """\
---
title-slide: false
---
# A toy talk

## Shapes & more

```slide
kind: toy-shapes
```

Watch it **run**.

- and run

### Dot

A dot
comes.
"""


class Deck:
    """The command, as it is typed in a lecturer's folder."""

    def __init__(self, folder: Path, packages: Path) -> None:
        self.folder = folder
        self.env = os.environ | {"PYTHONPATH": str(packages)}

    def __call__(self, *arguments: str, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        command = [*before, sys.executable, "-m", "deck", *arguments]
        return subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, text=True, check=False)

    def start(self, *arguments: str, stderr: int = subprocess.PIPE) -> AbstractContextManager[subprocess.Popen[str]]:
        command = [sys.executable, "-m", "deck", *arguments]
        return started(command, cwd=self.folder, env=self.env, stdout=subprocess.PIPE, stderr=stderr)

    def written(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}


@pytest.fixture(scope="module")
def deck(toys: Path, tmp_path_factory: pytest.TempPathFactory) -> Deck:
    folder = tmp_path_factory.mktemp("lecturer")
    (folder / "toy_talk.md").write_text(TALK)
    return Deck(folder, toys.parent)


@pytest.fixture(scope="module")
def built(deck: Deck) -> subprocess.CompletedProcess[str]:
    """Return the outcome of a build with an output of each sort."""
    (deck.folder / "there").mkdir()
    outputs = ["build/toy-talk.html", "pictures/", "there/", "sheet.png"]
    return deck("build", "toy_talk.md", "--quality", "draft", "-j", "1", "-v", *(f"-o{output}" for output in outputs))


@pytest.fixture
def fresh(toys: Path, tmp_path: Path) -> Deck:
    """Return the command in a folder where nothing is built yet."""
    (tmp_path / "toy_talk.md").write_text(TALK)
    return Deck(tmp_path, toys.parent)


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="deck")


def test_help_names_the_commands_and_version_the_version() -> None:
    for flag in ("-h", "--help"):
        assert all(f"  {command}  " in typed(flag).stdout for command in ("build", "present", "list", "clean"))
    for flag in ("-V", "--version"):
        assert typed(flag).stdout.startswith("deck, version ")


def imported(script: str, *arguments: str) -> set[str]:
    """Return the packages that a script imports, of Python's own and of others."""
    script = f"import atexit, sys; atexit.register(lambda: print(*sys.modules)); {script}"
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize("line", ["--help", "build --help", "present --help", "list --help", "--version", "nonsense"])
def test_help_and_misuse_answer_at_once_for_they_import_but_click(line: str) -> None:
    found = imported("from deck.cli import main; main()", *line.split()) - imported("")

    assert found - sys.stdlib_module_names == {"click", "deck"}


def test_build_writes_what_is_asked_for_and_prints_where(deck: Deck, built: subprocess.CompletedProcess[str]) -> None:
    assert (built.returncode, built.stdout.split()) == (0, ["build/toy-talk.html", "pictures", "there", "sheet.png"])
    assert "A toy talk" in (deck.folder / "build" / "toy-talk.html").read_text(encoding="utf-8")
    assert (deck.folder / "sheet.png").is_file()
    for folder in ("pictures", "there"):
        names = sorted(path.name for path in (deck.folder / folder).iterdir())
        assert names == [f"0{index}-shapes-more-{reveal}.png" for index, reveal in enumerate(["run", "dot", "rest"], 1)]


def test_verbose_tells_each_step_on_stderr(built: subprocess.CompletedProcess[str]) -> None:
    told = [f"shapes-more: {done} reveals recorded" for done in (1, 2, 3)]
    assert built.stderr.splitlines() == [*told, "shapes-more: all 3 reveals are there"]


def test_build_without_a_target_writes_html_and_says_no_more(
    deck: Deck, built: subprocess.CompletedProcess[str]
) -> None:
    assert built.returncode == 0
    page = deck.folder / "build" / "toy-talk.html"
    page.unlink()
    done = deck("build", "toy_talk.md", "--quality", "draft")

    assert (done.returncode, done.stdout, done.stderr) == (0, "build/toy-talk.html\n", "")
    assert page.is_file()


def test_a_terminal_sees_a_bar_unless_quiet(deck: Deck, built: subprocess.CompletedProcess[str]) -> None:
    assert built.returncode == 0
    assert "shapes-more" in on_terminal(deck, "build", "toy_talk.md", "--quality", "draft")
    assert on_terminal(deck, "build", "toy_talk.md", "--quality", "draft", "-q") == ""


def on_terminal(deck: Deck, *arguments: str) -> str:
    """Return what a command writes to a terminal as stderr."""
    ours, theirs = pty.openpty()
    with deck.start(*arguments, stderr=theirs) as process:
        os.close(theirs)
        seen = b"".join(pieces(ours))  # until it has ended
        assert process.wait() == 0
    os.close(ours)
    return seen.decode()


def pieces(terminal: int) -> Iterator[bytes]:
    try:
        while piece := os.read(terminal, 1024):
            yield piece
    except OSError:  # what Linux says when the other side is closed
        return


@pytest.mark.parametrize("target", ["talk.pdf", "talk.HTM", "build/.hidden.svg", ""])
def test_a_target_of_an_unknown_format_is_a_misuse(deck: Deck, target: str) -> None:
    done = deck("build", "missing.md", "-o", target)

    assert done.returncode == 2
    told = f"Invalid value for '-o': '{target}' has no known format; use .html, .mp4, .png or a FOLDER/."
    assert told in done.stderr


@pytest.mark.parametrize(
    "arguments", [["--quality", "best"], ["-j", "0"], ["-j", "two"], ["a.md", "b.md"], ["--no-such-flag"]]
)
def test_misuse_ends_with_2(arguments: Sequence[str]) -> None:
    assert typed("build", *arguments).exit_code == 2


@pytest.mark.parametrize("target", ["toy_talk.md/x.html", "toy_talk.md/pictures/"])
def test_a_target_that_cannot_be_written_is_found_before_anything_is_drawn(fresh: Deck, target: str) -> None:
    done = fresh("build", "toy_talk.md", "-o", target)

    assert done.returncode == 1
    assert done.stderr == (
        f"cannot write into {Path(target) if target.endswith('/') else Path(target).parent}: toy_talk.md is no folder\n"
        "Hint: choose a place that you may write to with -o\n"
    )
    assert fresh.written() == {"toy_talk.md"}


def test_a_folder_that_is_locked_is_found_before_anything_is_drawn(fresh: Deck) -> None:
    fresh.folder.chmod(0o555)
    done = fresh("build", "toy_talk.md", before=AS_ANYONE)
    fresh.folder.chmod(0o755)

    told, hint = done.stderr.splitlines()
    assert done.returncode == 1
    assert told.startswith("cannot write into build")
    assert told.endswith(": permission denied")
    assert hint.startswith("Hint: ")
    assert fresh.written() == {"toy_talk.md"}


@pytest.fixture
def odd(tmp_path: Path) -> Deck:
    """Return the command in a folder of its own, with a slow kind of slide and a broken one installed."""
    site = tmp_path / "site"
    (site / "odd-1.0.dist-info").mkdir(parents=True)
    (site / "odd-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n")
    (site / "odd-1.0.dist-info" / "entry_points.txt").write_text(
        "[deck.slides]\nslow = odd_slides:Slow\nbroken = no_:X\n"
    )
    shutil.copy(Path(__file__).with_name("odd_slides.py"), site)
    return Deck(tmp_path, site)


def test_ctrl_c_ends_with_130_and_without_a_traceback(odd: Deck) -> None:
    (odd.folder / "talk.md").write_text("## Slow\n\n```slide\nkind: slow\n```\n")
    with odd.start("list", "talk.md", "--trust") as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate()

    assert (process.returncode, stderr) == (130, "stopped\n")


def no_module(name: str) -> str:
    """Return what Python says of a module that is not there."""
    with pytest.raises(ModuleNotFoundError) as caught:
        importlib.import_module(name)
    return str(caught.value)


def test_what_is_behind_a_failure_is_told_to_those_who_ask(odd: Deck) -> None:
    (odd.folder / "talk.md").write_text("## Broken\n\n```slide\nkind: broken\n```\n")
    short, long = odd("list", "talk.md"), odd("list", "talk.md", "-v")

    assert (short.returncode, long.returncode) == (1, 1)
    assert short.stderr.splitlines() == [
        f"talk.md:4: package odd cannot load its slide kind 'broken': ModuleNotFoundError: {no_module('no_')}",
        "Hint: reinstall odd, or tell its authors",
    ]
    assert long.stderr.startswith(short.stderr)
    assert "Traceback (most recent call last):\n" in long.stderr


@pytest.mark.parametrize(("variable", "is_colored"), [("NO_COLOR", False), ("FORCE_COLOR", True), ("AN_OTHER", False)])
def test_color_is_for_those_who_want_it(monkeypatch: pytest.MonkeyPatch, variable: str, is_colored: bool) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, "1")

    assert ("\x1b[" in typed("list", "missing.md").stderr) == is_colored


def test_clean_removes_what_is_kept_and_no_deck(fresh: Deck) -> None:
    assert fresh("build", "toy_talk.md", "--quality", "draft").returncode == 0
    assert (fresh.folder / "build" / ".deck").is_dir()

    first, second = fresh("clean"), fresh("clean")

    assert (first.returncode, first.stdout) == (0, "build/.deck\n")
    assert (second.returncode, second.stdout) == (0, "")
    assert [path.name for path in (fresh.folder / "build").iterdir()] == ["toy-talk.html"]


@pytest.mark.parametrize("trust", [["--trust"], []], ids=["flag", "variable"])
def test_python_in_a_document_runs_for_those_who_say_so(fresh: Deck, trust: list[str]) -> None:
    code = "from pathlib import Path\nfrom manim import *\nclass A(Scene):\n    def construct(self): self.add(Dot())\n"
    (fresh.folder / "toy_talk.md").write_text(f"## A\n\n```python\n{code}Path('ran').touch()\n```\n")

    refused = fresh("build", "toy_talk.md")
    assert refused.returncode == 1
    assert refused.stderr.startswith("toy_talk.md:3: the document has Python in it")
    assert "--trust" in refused.stderr.splitlines()[-1]
    assert fresh.written() == {"toy_talk.md"}

    fresh.env["DECK_TRUST"] = "" if trust else "1"
    assert fresh("build", "toy_talk.md", "--quality", "draft", *trust).stdout == "build/toy-talk.html\n"
    assert (fresh.folder / "ran").exists()


def test_presenting_without_a_display_fails_before_anything_is_drawn(fresh: Deck) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        fresh.env.pop(name, None)
    done = fresh("present", "toy_talk.md")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("Hint: ")
    assert "Traceback" not in done.stderr
    assert fresh.written() == {"toy_talk.md"}
