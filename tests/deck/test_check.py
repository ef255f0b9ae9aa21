"""``deck check``: what a careful colleague would say of a document before the lecture."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deck.check import check
from deck.check.rules import rules
from deck.cli import main
from deck.errors import DeckError
from deck.slide import Slide
from tests.deck.check.stand_in import deck_of, drawn
from tests.deck.check.test_maps import labelled, photo

Checked = Callable[..., Result]

SCENES = Path(__file__).parents[1] / "bench" / "scenes.md"

TALK = """\
# A talk

## Two words {#words}

```python
from manim import *

class Words(Scene):
    def construct(self):
        # Something small
        self.add(Text("small print", font_size=12, font="DejaVu Sans").shift(UP))
        self.wait()
        self.add(Text("fine", font_size=30, font="DejaVu Sans"))
        self.wait()
        self.wait()
```

What to say.
"""

SCREENSHOT = """
## A screenshot

```slide
kind: toy-shapes
ignore:
  empty-reveal: the last one is to breathe
  missing-notes: nothing is to be said
```
"""


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    """Return what ``deck check`` makes of a document."""
    monkeypatch.chdir(tmp_path)

    def checked(text: str, *arguments: str) -> Result:
        (tmp_path / "a-talk.md").write_text(text)
        return CliRunner().invoke(main, ["check", "a-talk.md", "--trust", "--quality", "draft", *arguments])

    return checked


def test_each_finding_is_a_line_and_a_summary_follows(checked: Checked) -> None:
    result = checked(TALK)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "a-talk.md:11: words/something-small: 'small print' is in 12 pt type, which the back row cannot read"
        " [small-text]\n"
        "a-talk.md:8: words/step-3: pressing the key changes nothing here [empty-reveal]\n"
        "\n"
        "2 slides looked at: 2 findings (small-text 1, empty-reveal 1)\n"
    )


def test_a_good_deck_hears_so(checked: Checked) -> None:
    result = checked(
        TALK.replace("font_size=12", "font_size=24").replace("        self.wait()\n```", "```"), "--strict"
    )

    assert (result.exit_code, result.stdout) == (0, "2 slides looked at: nothing to say\n")


def test_strict_makes_a_failure_of_findings(checked: Checked) -> None:
    result = checked(TALK, "--strict")

    assert (result.exit_code, result.stderr) == (1, "")
    assert "2 findings" in result.stdout


def test_json_has_an_object_for_each_finding(checked: Checked) -> None:
    first, second = json.loads(checked(TALK, "--json").stdout)

    assert first == {
        "rule": "small-text",
        "slide": "words",
        "reveal": "something-small",
        "file": "a-talk.md",
        "line": 11,
        "message": "'small print' is in 12 pt type, which the back row cannot read",
        "hint": "give it font_size=24 or more, and scale nothing that is written",
    }
    assert second["rule"] == "empty-reveal"


SPACE = """\
## Space

```python
from manim import *

class Space(ThreeDScene):
    def construct(self):
        # It reaches out of the frame
        self.add(Square().shift(4 * UP))
```
"""

TEXT = """\
# Words

## Much to read

{paragraphs}

| Layer | Size |
| --- | --- |
| first | 112×112×64 |

```python
print(1)  # a listing
```

::: notes
Read it aloud.
:::

## Empty
"""


FAULTS = """
## No picture

![x](none.png)

## No kind

```slide
kind: [
```
"""


def test_what_is_not_at_fault_is_looked_at_all_the_same(checked: Checked) -> None:
    good, result = checked(TALK), checked(f"{TALK}{FAULTS}")

    assert result.exit_code == 1
    assert result.stdout == good.stdout.replace("looked at", "looked at, without what is at fault")
    told = [line for line in result.stderr.splitlines() if not line.startswith("Hint")]
    assert [line.partition(": ")[::2] for line in told] == [
        ("a-talk.md:22", "no such image: 'none.png'"),
        ("a-talk.md:27", "bad YAML: expected the node content, but found '<stream end>'"),
    ]
    assert json.loads(checked(f"{TALK}{FAULTS}", "--json").stdout) == json.loads(checked(TALK, "--json").stdout)


def test_where_everything_is_at_fault_nothing_is_said_but_that(checked: Checked) -> None:
    result = checked(f"---\ntitle-slide: false\n---\n{FAULTS}")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "no such image: 'none.png'" in result.stderr


def test_what_may_be_on_a_slide_that_is_missing_is_not_asked_for() -> None:
    def one(slide: Slide) -> None:
        slide.add(labelled(photo(), "Feature map", "16×16×1"))

    whole = deck_of([drawn(one)])

    assert [finding.rule for finding in check(whole).findings] == ["no-progression"]
    assert check(replace(whole, faults=(DeckError("a fault"),))).findings == ()


def test_what_reaches_out_of_the_frame_in_space_is_not_cut_off(checked: Checked) -> None:
    assert "[off-frame]" not in checked(SPACE).stdout
    assert "[off-frame]" in checked(SPACE.replace("ThreeDScene", "Scene")).stdout


def test_texts_that_deck_has_set_hear_nothing(checked: Checked) -> None:
    paragraphs = "\n\n".join(["- Feature maps are *stacked* in `channels`, and [so on](https://example.org)."] * 20)

    result = checked(TEXT.format(paragraphs=paragraphs))

    assert " looked at: nothing to say\n" in result.stdout
    assert int(result.stdout.split()[0]) > 3


@pytest.mark.xdist_group("toys")
def test_a_section_silences_rules_with_a_reason(toys: Path, checked: Checked) -> None:
    loud, quiet = (
        checked(text).stdout for text in (SCREENSHOT.replace("ignore", "#").replace("  ", "#  "), SCREENSHOT)
    )

    assert "[empty-reveal]" in loud
    assert "[missing-notes]" in loud
    assert "[empty-reveal]" not in quiet
    assert "[missing-notes]" not in quiet
    assert quiet.endswith(", 2 ignored with a reason\n")
    assert "[missing-notes] ignored: nothing is to be said\n" in checked(SCREENSHOT, "-v").stdout


@pytest.mark.xdist_group("toys")
def test_a_rule_to_be_silenced_that_there_is_not_is_told(toys: Path, checked: Checked) -> None:
    stdout = checked(SCREENSHOT.replace("missing-notes", "mising-notes"), "-v").stdout

    assert "there is no rule 'mising-notes' to ignore [unknown-rule]\n  Hint: did you mean 'missing-notes'?" in stdout


def test_help_lists_every_rule() -> None:
    shown = CliRunner().invoke(main, ["check", "--help"]).stdout

    assert [name for name in rules() if f"  {name} " not in shown] == []


def test_a_lecture_in_scenes_hears_of_its_faults(checked: Checked) -> None:
    found = json.loads(checked(SCENES.read_text(encoding="utf-8"), "--json").stdout)
    said = {(finding["slide"], finding["rule"], finding["message"]) for finding in found}

    def slides(rule: str) -> set[str]:
        return {slide for slide, given, _ in said if given == rule}

    assert slides("missing-notes") == {"single-map", "channels", "layers", "heat"}
    assert slides("small-text") == {"channels", "layers", "heat"}
    assert slides("flat-map") == slides("missing-size") == {"single-map", "channels"}
    assert ("single-map", "flat-map", "'Image' and 'Map' are drawn in one flat colour") in said
    assert [message.split("'")[1] for _, rule, message in said if rule == "overlap"] == ["Spot"]
    assert not {"off-frame", "font-missing", "long-reveal", "all-channels", "no-progression", "no-color-bar"} & {
        rule for _, rule, _ in said
    }
