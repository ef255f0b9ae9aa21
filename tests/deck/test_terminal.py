"""What a document, a path, an option or an error may hold, and none of which reaches the terminal as it is."""

import ast
import io
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from deck.build.progress import Progress
from deck.cli import main
from deck.commands.terminal import break_down, progress_shown, show_error
from deck.errors import DeckError
from deck.printable import LONGEST, UNSEEN

pytestmark = pytest.mark.xdist_group("toys")

ROOT = Path(__file__).parents[2]
NASTY = "\x1b[6n\x1b]0;owned\x07\x1b[41m\x7f\x9b2J\x85\u202e\u2066\u200e\u061c\u2028\u200b\ufeff\U000e0041[red]"
"""Terminal codes of seven bits and eight, overrides of direction, what is not there to be seen, and rich's markup."""
IN_YAML = '"' + NASTY.encode("unicode_escape").decode().replace("\\x1b", "\\e") + '"'
"""The same as YAML spells it, which takes it from nobody as it is."""
IN_LINKS = NASTY.replace("[", "").replace("]", "")
"""The same without the signs that end a link."""
OWN_STYLES = re.compile(r"\x1b\[(?:0|1|33)m")
TALK = "---\ntitle-slide: false\n---\n# Talk\n\n"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where it stands: a document, what is typed, and what is in the environment."""

    text: str = "# Talk\n\n## One\n\nWords.\n"
    name: str = "talk.md"
    arguments: Sequence[str] = ("list", "{name}")
    env: dict[str, str] = field(default_factory=dict)
    exit_code: int = 1


def block(*lines: str) -> str:
    return "\n".join([TALK, "## One", "", "```slide", *lines, "```", ""])


def scene(*lines: str) -> str:
    head = ["from manim import *", "class Odd(Scene):", "    def construct(self):"]
    return "\n".join([TALK, "## Scene", "", "```python", *head, *(f"        {line}" for line in lines), "```", ""])


SCENE = ("list", "{name}", "--trust", "-v")
TEXT = f"{TALK}## Title {NASTY}\n\nSome {NASTY} words\nand `{NASTY}`.\n\n::: notes\nNote {NASTY}.\n:::\n"
PLACES = {
    "title, heading, id and notes, listed": Place(text=TEXT, exit_code=0),
    "title, heading, id and notes, as JSON": Place(text=TEXT, arguments=("list", "{name}", "--json"), exit_code=0),
    "title, heading, id and notes, checked": Place(text=TEXT, arguments=("check", "{name}", "-v"), exit_code=0),
    "title, heading, id and notes, built": Place(text=TEXT, arguments=("build", "{name}", "-v"), exit_code=0),
    "id": Place(text=f"# Talk\n\n## One {{#a{NASTY}}}\n\nWords.\n"),
    "document's title": Place(text=f"# Talk {NASTY}\n\n## One\n\nWords.\n", exit_code=0),
    "kind": Place(text=block(f"kind: {IN_YAML}")),
    "kind as it is": Place(text=block(f"kind: a{NASTY}")),
    "name of an option": Place(text=block("kind: toy-shapes", f"{IN_YAML}: 3")),
    "value of an option": Place(text=block("kind: toy-shapes", f"count: {IN_YAML}")),
    "key of YAML as it is": Place(text=block("kind: toy-shapes", f"{NASTY}: 3")),
    "notes of no reveal": Place(text=block("kind: toy-shapes") + f"\n### Lost {NASTY}\n\nWords.\n"),
    "key of the front matter": Place(text=f"---\n{IN_YAML}: 3\ntheme: none\n---\n# Talk\n\n## One\n\nWords.\n"),
    "value of the front matter": Place(text=f"---\ntheme: {IN_YAML}\n---\n# Talk\n\n## One\n\nWords.\n"),
    "front matter as it is": Place(text=f"---\ntheme: {NASTY}\n---\n# Talk\n\n## One\n\nWords.\n"),
    "rule to be ignored": Place(
        text=f"# Talk\n\n## One\n\n```slide\nignore: {{{IN_YAML}: {IN_YAML}}}\n```\n\nWords.\n",
        arguments=("check", "{name}", "-v"),
    ),
    "picture": Place(text=f"# Talk\n\n## One\n\n![alt {IN_LINKS}](<no{IN_LINKS}.png>)\n"),
    "picture on the web": Place(
        text=f"# Talk\n\n## One\n\n![alt {IN_LINKS}](<https://example.org/a{IN_LINKS}.png>)\n",
        arguments=("check", "{name}"),
        exit_code=0,
    ),
    "formula": Place(text=f"# Talk\n\n## One\n\n$$ \\frac{{{NASTY} $$\n"),
    "name of the document": Place(name=f"talk\n{NASTY}.md", exit_code=0),
    "name of a document that is not there": Place(arguments=("list", f"{NASTY}\n.md")),
    "bytes that are no text, in a name": Place(arguments=("list", os.fsdecode(b"\x9b2J\xff.md"))),
    "name of the document, with a finding": Place(
        name=f"talk\n{NASTY}.md", arguments=("check", "{name}", "-v"), exit_code=0
    ),
    "name of a folder": Place(name=f"folder\n{NASTY}/talk.md", text=""),
    "output": Place(arguments=("build", "{name}", "-o", f"{NASTY}\n.html"), exit_code=0),
    "output below a file": Place(arguments=("build", "{name}", "-o", f"talk.md/{NASTY}/a.html")),
    "output of no format": Place(arguments=("build", "{name}", "-o", f"a.{NASTY}\n"), exit_code=2),
    "value of an option of the command": Place(arguments=("list", "{name}", "--quality", f"{NASTY}\n"), exit_code=2),
    "option of the command": Place(arguments=("list", "{name}", f"--{NASTY}\n"), exit_code=2),
    "option of all commands": Place(arguments=(f"--{NASTY}\n", "list"), exit_code=2),
    "command": Place(arguments=(f"{NASTY}\n",), exit_code=2),
    "argument too many": Place(arguments=("list", "{name}", f"{NASTY}\n", NASTY), exit_code=2),
    "number": Place(arguments=("build", "{name}", "-j", f"{NASTY}\n"), exit_code=2),
    "variable of the environment": Place(env={"DECK_TRUST": f"{NASTY}\n"}, exit_code=2),
    "display": Place(arguments=("doctor",), env={"WAYLAND_DISPLAY": f"{NASTY}\n"}, exit_code=0),
    "display as JSON": Place(arguments=("doctor", "--json"), env={"WAYLAND_DISPLAY": f"{NASTY}\n"}, exit_code=0),
    "new deck": Place(arguments=("init", f"new\n{NASTY}"), exit_code=0),
    "new deck that is there": Place(arguments=("init", "{name}")),
    "error of a scene": Place(text=scene(f"raise ValueError({NASTY!r} + '\\nHint: all is well')"), arguments=SCENE),
    "error of a scene of many lines": Place(
        text=scene(f"raise KeyError(('x' * 99 + {NASTY!r} + chr(10)) * 9_999)"), arguments=SCENE
    ),
    "line of a scene": Place(
        text=scene(f"assert not '{NASTY}'".replace("\u2028", "").replace("\x85", "")), arguments=SCENE
    ),
    "class of a scene's error": Place(text=scene(f"raise type({NASTY!r}, (Exception,), {{}})"), arguments=SCENE),
    "file that a scene asks for": Place(text=scene(f"open({NASTY!r})"), arguments=SCENE),
    "package": Place(text=block("kind: odd")),
    "package that is near": Place(text=block("kind: toy-odd")),
}  # fmt: skip


@pytest.fixture
def odd_package(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a package installed whose metadata is as odd as a document."""
    facts = tmp_path_factory.mktemp("site") / "odd-1.0.dist-info"
    facts.mkdir()
    name = IN_LINKS.replace("\u2028", "").replace("\x85", "")
    (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: odd{name}\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text(f"[deck.slides]\nodd = os:{name}\ntoy-{name} = os:path\n")
    monkeypatch.syspath_prepend(str(facts.parent))


def unseen(text: str) -> list[str]:
    return UNSEEN.findall(OWN_STYLES.sub("", text).replace("\n", ""))


@pytest.mark.usefixtures("toys", "odd_package")
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_nothing_that_a_terminal_obeys_reaches_it(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    document = Path(place.name)
    document.parent.mkdir(exist_ok=True)
    document.write_text(place.text)
    arguments = [argument.replace("{name}", place.name) for argument in place.arguments]
    # With colours asked for, click does not take any codes away by itself.
    result = CliRunner().invoke(main, arguments, env=place.env | {"FORCE_COLOR": "1"})

    assert result.exit_code == place.exit_code, result.output
    assert result.stdout or result.stderr
    assert unseen(result.stdout) == unseen(result.stderr) == []
    assert max(map(len, result.stderr.splitlines()), default=0) < 2 * LONGEST
    assert len(result.stderr.splitlines()) < LONGEST


def test_a_message_is_one_line_whatever_stands_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    show_error(DeckError("no kind 'a\nHint: run rm'", hint="one\r\nof\x85two\u2028or \v three"), cause=False)

    assert capsys.readouterr().err.splitlines() == ["no kind 'a Hint: run rm'", "Hint: one of two or three"]


def test_a_message_keeps_both_its_ends_however_long_a_value_is(capsys: pytest.CaptureFixture[str]) -> None:
    show_error(DeckError(f"no kind '{'x' * 10_000_000}' there", hint="y" * 10_000_000), cause=False)
    message, hint = capsys.readouterr().err.splitlines()

    assert message.startswith("no kind 'xx")
    assert message.endswith("xx' there")
    assert len(message) == len(hint) - len("Hint: ") == LONGEST


def test_the_traceback_of_a_bug_is_as_clean(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise RuntimeError(f"{NASTY}\n" * 10_000)  # noqa: TRY301 - it is raised for its traceback
    except RuntimeError as error:
        break_down(type(error), error, error.__traceback__)
    told = capsys.readouterr().err

    assert unseen(told) == []
    assert told.startswith("Traceback")
    assert "RuntimeError: \\x1b[6n" in told
    assert len(told.splitlines()) < LONGEST


@dataclass
class Terminal:
    """A real one, and what a command writes to it."""

    folder: Path

    def __call__(self, *arguments: str) -> str:
        ours, theirs = pty.openpty()
        env = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "400"}
        command = [sys.executable, "-m", "deck", *arguments]
        with subprocess.Popen(command, cwd=self.folder, env=env, stdout=theirs, stderr=theirs) as process:
            os.close(theirs)
            seen = b"".join(pieces(ours))
        os.close(ours)
        assert process.returncode in {0, 2}
        return seen.decode()


def pieces(terminal: int) -> Iterator[bytes]:
    try:
        while piece := os.read(terminal, 4096):
            yield piece
    except OSError:  # what Linux says when the other side is closed
        return


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    (tmp_path / "talk.md").write_text(TEXT)
    return Terminal(tmp_path)


def test_a_terminal_has_its_cursor_again_after_ctrl_c(terminal: Terminal) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "deck", "build", "talk.md"]
    env = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm"}
    with subprocess.Popen(command, cwd=terminal.folder, env=env, stderr=theirs) as process:
        os.close(theirs)
        seen, screen = b"", pieces(ours)
        while b"\x1b[?25l" not in seen:
            seen += next(screen)
        process.send_signal(signal.SIGINT)
        seen += b"".join(screen)
    os.close(ours)

    assert process.returncode == 128 + signal.SIGINT
    assert seen.endswith(b"\x1b[?25hstopped\r\n")


BARS = re.compile(r"\x1b\[\??[\d;]*[A-Zhlm]|\r")
"""What rich draws bars with; the codes of `NASTY` are none of these but for one colour, which it does not draw with."""


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "talk.md", "--quality", "draft"),
        ("list", "talk.md"),
        ("check", "talk.md", "--json"),
        ("list", "talk.md", NASTY, "\n"),
        ("list", f"--{NASTY}"),
    ],
)
def test_a_real_terminal_gets_nothing_to_obey_but_our_own(terminal: Terminal, arguments: Sequence[str]) -> None:
    seen = terminal(*arguments)

    assert "\x1b[41m" not in seen
    assert unseen(BARS.sub("", seen)) == []


def test_a_slide_beside_its_bar_is_called_as_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Screen()) as screen:
        monkeypatch.setattr(sys, "stderr", screen)
        with progress_shown(quiet=False, verbose=False) as report:
            report(Progress(slide=f"one [red]x[/]{NASTY}", done=0))
        seen = BARS.sub("", screen.getvalue())

    assert "one [red]x[/]" in seen
    assert unseen(seen) == []


class Screen(io.StringIO):
    """A file that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


WRITERS = re.compile(
    r"print|pprint|input|.*\b(echo|secho|echo_via_pager|prompt|confirm|progressbar|print_exc|print_exception|print_stack)"
    r"|(sys\.)?(stdout|stderr|__stdout__|__stderr__)(\.buffer)?\.(write|writelines)|.*\bConsole|os\.write\([12],"
)


def _called(call: ast.Call) -> str:
    """Return what is called, and for what the system itself offers also where to."""
    name = ast.unparse(call.func)
    return f"{name}({ast.unparse(call.args[0])}," if name == "os.write" and call.args else name


@pytest.mark.parametrize("path", sorted((ROOT / "deck").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_written_to_the_terminal_but_in_one_place(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    loose = [call for call in calls if not all(isinstance(argument, ast.Constant) for argument in call.args)]
    writers = [(call.lineno, name) for call in loose if WRITERS.fullmatch(name := _called(call))]

    assert bool(writers) == (path == ROOT / "deck" / "commands" / "terminal.py"), writers


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    monkeypatch.chdir(tmp_path)

    def listed(text: str) -> str:
        Path("talk.md").write_text(text)
        return CliRunner().invoke(main, ["list", "talk.md"]).stdout

    return listed


def test_what_people_write_is_listed_as_they_wrote_it(listed: Callable[[str], str]) -> None:
    words = "Grüße, нет, نامه\u200cم, क्\u200dष, 日本語, \U0001f469\u200d\U0001f4bb, „ja“ – 3 × 4"

    assert words in listed(f"# Talk\n\n## One\n\nA text.\n\n::: notes\n{words}\n:::\n")
