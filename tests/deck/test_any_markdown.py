"""Whatever somebody writes becomes a deck, or is answered with sentences and lines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deck.cli import main

SCENE = "class {name}(Scene):\n    def construct(self):\n        {body}\n"

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
SIGNS = (
    "**bold** *italic* `code` $x^2$ $\\frac{1}{$ [link](http://x.y) ![alt](lost.png) <b>html</b> &amp; ~~gone~~ "
    "$$\\sum_i$$ \\* <br> https://x.y 🎉 漢字 שלום [ref][r] ***both*** ``a`b`` $ $$ <!-- c --> ![](/etc/passwd)"
)
INLINE = st.one_of(WORDS, st.sampled_from(SIGNS.split()))
LINE = st.lists(INLINE, min_size=1, max_size=4).map(" ".join)
CODE = st.sampled_from(
    [
        SCENE.format(name="A", body="self.add(Dot())"),
        SCENE.format(name="B", body="self.play(Create(Dot()), run_time=0.1)\n        self.wait()"),
        SCENE.format(name="C", body="1 / 0"),
        SCENE.format(name="D", body="self.add(MathTex(r'\\frac{'))"),
        "class E(Scene)\n",
        "x = 1\n",
        "self.play(\n",
        "import lost\n",
        "",
    ]
)
SLIDE = st.sampled_from(["kind: lost", "pauses: play", "incremental: false", "kind: [", "ignore: {x: y}", "", "a: 1"])
BLOCK = st.one_of(
    LINE,
    st.tuples(st.sampled_from("# ## ### #### - * 1. > + | :".split()), LINE).map(" ".join),
    st.tuples(st.sampled_from(["  - ", "    ", "> - ", "- [ ] ", "10) ", "\t"]), LINE).map("".join),
    st.sampled_from(
        ["---", ". . .", "***", "===", "", "| a | b |\n|---|:-:|\n| 1 | $x$ |", "::: notes\nSay.\n:::", "::: x"]
    ),
    CODE.map(lambda code: f"```python\n{code}```"),
    CODE.map(lambda code: f"- ```python\n{code}```"),
    SLIDE.map(lambda text: f"```slide\n{text}\n```"),
    st.sampled_from(
        ["```", "~~~js\nlet x\n~~~", "```{python}\nx\n```", "<div>\n\n</div>", "<!--", "[r]: x 'y'", "$$", "## A {#a}"]
    ),
)
FRONT = st.sampled_from(
    ["", "---\ntitle: T\n---\n", "---\ntitle: [\n---\n", "---\nname: x\npauses: play\n---\n", "---\n"]
)
DOCUMENT = st.tuples(FRONT, st.lists(BLOCK, max_size=12).map("\n\n".join) | st.lists(BLOCK, max_size=12).map("\n".join))

TOLD = re.compile(r"(talk\.md:\d+: .+|Hint: .+|LaTeX is not installed: .+)")


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "talk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(parts=DOCUMENT)
def test_any_markdown_is_a_deck_or_answered_with_lines(alone: Path, parts: tuple[str, str]) -> None:
    (alone / "talk.md").write_text("".join(parts), encoding="utf-8", newline="")

    for command in ("list", "build"):
        result = CliRunner().invoke(main, [command, "--trust", "--quality", "draft", "--timeout", "250", "-j", "2"])

        assert result.exit_code in {0, 1}, result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        assert all(TOLD.fullmatch(line) for line in result.stderr.splitlines()), result.stderr
        assert (result.exit_code == 1) == any(line.startswith("talk.md:") for line in result.stderr.splitlines())
    assert {path.name for path in alone.parent.iterdir()} == {"talk"}
    assert {path.name for path in alone.iterdir()} <= {"talk.md", "build"}
