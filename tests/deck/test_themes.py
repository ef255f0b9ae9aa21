"""Themes: the built-in ones can be read, authors and packages have their own, and faults are told with their line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image, ImageColor

from deck import themes
from deck.cli import main
from deck.document import parse
from deck.document.outline import outline
from deck.errors import DocumentError, Faults, Location
from deck.themes import ROLES, Theme, ThemeError

BUILT_IN = ("dark", "light", "paper", "contrast")

Run = Callable[..., Result]


def found(folder: Path, text: str) -> Theme:
    """Return the theme that a file has."""
    (folder / "my-theme.yaml").write_text(text, encoding="utf-8")
    return themes.find("my-theme.yaml", folder, trust=False)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return the command, as it is typed in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("name", BUILT_IN)
def test_all_of_a_built_in_theme_is_seen(name: str, tmp_path: Path) -> None:
    theme = themes.find(name, tmp_path, trust=False)
    assert [str(pair) for pair in themes.pairs(theme) if pair.ratio < pair.wanted] == []
    assert theme.about


def test_a_theme_of_ones_own_names_what_differs(tmp_path: Path) -> None:
    light = themes.find("light", tmp_path, trust=False)
    own = found(tmp_path, 'extends: light\naccent: "#7a1fa2"\n')
    assert (own["accent"], own.background) == ("#7A1FA2", light.background)
    assert {role for role in ROLES if own[role] != light[role]} == {"accent"}
    assert found(tmp_path, 'accent: "#7a1fa2"\n').background == themes.DARK.background


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ('extends: light\n\n"acent": "#FFB000"\n', 3, "no role 'acent'", "did you mean 'accent'"),
        ("extends: light\naccent: #FFB000\n", 2, "accent is no colour", 'accent: "#FFB000"'),
        ("# Mine\naccent: orange\n", 2, "accent is no colour", 'accent: "#FFB000"'),
        ("\nextends: bright\n", 2, "extends cannot be 'bright'", "write one of dark, light, paper, contrast"),
        ("extends: [light]\n", 1, "extends cannot be that", "write one of"),
        ("text: '#FFFFFF'\nquiet: '#FFF\n", 3, "is no YAML", "write a line for each colour"),
        ("- dark\n", 1, "there are no colours in it", "write a line for each colour"),
        ("", 1, "there are no colours in it", "write a line for each colour"),
    ],
)
def test_a_fault_is_told_with_the_line_of_the_file(
    tmp_path: Path, text: str, line: int, message: str, hint: str
) -> None:
    with pytest.raises(ThemeError) as caught:
        found(tmp_path, text)
    fault = caught.value
    assert (fault.file, fault.line) == (tmp_path / "my-theme.yaml", line)
    assert message in fault.message
    assert hint in fault.hint


def test_a_package_offers_a_theme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package, facts = tmp_path / "looks_of_a_test", tmp_path / "looks_of_a_test-1.0.dist-info"
    for folder in (package, facts):
        folder.mkdir()
    (package / "__init__.py").touch()
    (package / "chalk.yaml").write_text('# For a blackboard.\nextends: dark\nbackground: "#10281C"\n')
    offers = "chalk = looks_of_a_test:chalk.yaml\nlost = no_such_package:lost.yaml\n"
    (facts / "entry_points.txt").write_text(f"[deck.themes]\n{offers}")
    monkeypatch.syspath_prepend(tmp_path)

    assert themes.names() == (*BUILT_IN, "chalk", "lost")
    chalk = themes.find("chalk", tmp_path, trust=False)
    assert (chalk.background, chalk.about) == ("#10281C", "For a blackboard.")
    with pytest.raises(ThemeError, match="the theme 'lost' is in no package 'no_such_package'"):
        themes.find("lost", tmp_path, trust=False)
    listed = CliRunner().invoke(main, ["theme"])
    assert "chalk     For a blackboard." in listed.stdout
    assert "lost      the theme 'lost' is in no package 'no_such_package'" in listed.stdout


def test_a_document_is_told_where_its_theme_is_at_fault(tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    with pytest.raises(Faults) as faults:
        parse("---\nlang: en\ntheme: ligth\n---\n# T\n\n## A\n\nWords.\n", path)
    [fault] = faults.value.errors
    assert fault.message == "no theme 'ligth'"
    assert fault.where == Location(path, 3)
    (tmp_path / "mine.yaml").write_text("# Mine\n\nacent: '#FFB000'\n")
    with pytest.raises(DocumentError, match="no role 'acent'") as caught:
        outline(parse("---\ntheme: mine.yaml\n---\n# T\n\n## A\n\nWords.\n", path), frame_rate=60)
    assert caught.value.where == Location(tmp_path / "mine.yaml", 3)


def test_a_slide_block_is_recorded_again_in_another_theme() -> None:
    text = "---\ntheme: {}\n---\n# T\n\n## A\n\n```slide\nkind: single-feature-map\n```\n"
    keys = []
    for name in BUILT_IN:
        [*_, job] = outline(parse(text.format(name), Path("talk.md")), frame_rate=60)
        keys.append(job.key("here"))
    assert len(set(keys)) == len(BUILT_IN)


def test_the_command_lists_the_themes_with_their_contrasts(run: Run) -> None:
    lines = run("theme").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(BUILT_IN)
    assert lines[1].split(maxsplit=1)[1].startswith("For a lit room.")
    assert "text 15.8 : 1, the quietest (accent on surface) 5.6 : 1" in lines[1]


def test_the_command_says_what_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pale.yaml").write_text('extends: light\nquiet: "#9AA3AD"\nline: "#D0D5DA"\n')
    said = run("theme", "pale.yaml")
    assert said.exit_code == 1
    quiet, line = said.stdout.splitlines()
    assert quiet == "pale.yaml: 'quiet' stands out by 2.2 : 1 from 'surface', and not by 4.5 : 1"
    assert line.startswith("pale.yaml: 'line' stands out by 1.4 : 1 from 'background', and not by 3 : 1")

    (tmp_path / "fine.yaml").write_text('extends: light\nline: "#D0D5DA"\n')
    said = run("theme", "fine.yaml")
    assert said.exit_code == 0, "lines alone are a matter of taste"
    assert "fine.yaml: all text can be read" in said.stdout


def test_the_command_tells_faults_with_file_and_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_text("# Odd\naccent: red\n")
    said = run("theme", "odd.yaml")
    assert said.exit_code == 1
    assert "odd.yaml:2: the theme 'odd.yaml': accent is no colour" in said.stderr
    said = run("theme", "ligth")
    assert "no theme 'ligth'" in said.stderr
    assert "did you mean 'light'" in said.stderr


def test_a_preview_shows_all_in_the_themes_colours(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text('extends: paper\nbackground: "#FFF8E7"\n')
    made = run("theme", "mine.yaml", "-o", "preview.png", "--quality", "draft", "-q")
    assert (made.exit_code, made.stdout) == (0, "preview.png\n")
    with Image.open(tmp_path / "preview.png") as sheet:
        counts = {color: count for count, color in sheet.convert("RGB").getcolors(2**24) or []}
    assert max(counts, key=lambda color: counts[color]) == ImageColor.getrgb("#FFF8E7")
    for role in ("text", "quiet", "accent", "surface", "mark", "line"):
        assert ImageColor.getrgb(themes.find("mine.yaml", tmp_path, trust=False)[role]) in counts, role


def test_check_speaks_of_a_theme_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pale.yaml").write_text('extends: light\nquiet: "#9AA3AD"\n')
    text = "---\nauthor: Ada\ntheme: pale.yaml\n---\n# T\n\n## A\n\nWords.\n\n::: notes\nSay.\n:::\n"
    (tmp_path / "talk.md").write_text(text)
    said = run("check", "talk.md", "--strict", "-q").stdout
    assert "talk.md:3: deck: in the theme 'pale.yaml' 'quiet' stands out by 2.2 : 1 from 'surface'" in said
    assert "[faint-theme]" in said
    (tmp_path / "talk.md").write_text(text.replace("pale.yaml", "light"))
    assert "faint-theme" not in run("check", "talk.md", "-q").stdout


SCENES = """\
---
theme: light
---
# T

## Manim's own

```python
from manim import *

class Own(Scene):
    def construct(self):
        self.add(Text("white on black"))
```

## On white

```python
class White(Scene):
    def construct(self):
        self.camera.background_color = WHITE
        self.add(Text("white on white"))
```
"""


def test_check_reads_scenes_on_the_ground_that_they_have(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text(SCENES)
    said = [line for line in run("check", "talk.md", "--trust", "-q").stdout.splitlines() if "[low-contrast]" in line]
    assert len(said) == 1
    assert "on-white" in said[0]
    assert "'white on white' stands out by 1.0 : 1" in said[0]
