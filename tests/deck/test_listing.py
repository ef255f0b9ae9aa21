import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from deck.cli import main

pytestmark = pytest.mark.xdist_group("toys")

Listed = Callable[..., str]

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

LISTING = """\
A toy talk

shapes-more: Shapes & more

  run: Running
    A square runs to the right.
    | Watch it **run**.
    |\x20
    | - and run

  dot: A dot
    A dot appears above the middle.
    | A dot
    | comes.

  rest: Rest
    Nothing moves.
"""


@pytest.fixture
def listed(toys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Listed:
    """Return what ``deck list`` prints."""
    (tmp_path / "talk.md").write_text(TALK)
    monkeypatch.chdir(tmp_path)

    def listed(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["list", *arguments])

        assert (result.exit_code, result.stderr) == (0, "")
        return result.stdout

    return listed


def test_list_shows_slides_and_reveals_with_descriptions_and_notes(listed: Listed) -> None:
    assert listed("talk.md") == LISTING


def test_list_gives_the_same_as_json(listed: Listed) -> None:
    deck = json.loads(listed("talk.md", "--json"))

    assert deck["title"] == "A toy talk"
    assert [{**slide, "reveals": len(slide["reveals"])} for slide in deck["slides"]] == [
        {"id": "shapes-more", "title": "Shapes & more", "class": "ShapesMore", "reveals": 3}
    ]
    assert deck["slides"][0]["reveals"][0] == {
        "id": "run",
        "title": "Running",
        "notes": "Watch it **run**.\n\n- and run",
        "description": "A square runs to the right.",
        "loop": False,
    }


FAULTS = """\

## No picture

![x](none.png)

## Lost notes

```slide
kind: toy-corner
```

### Nowhere

Never said.
"""


def test_what_is_not_at_fault_is_listed_all_the_same(listed: Listed) -> None:
    Path("faulty.md").write_text(f"{TALK}{FAULTS}")

    text = CliRunner().invoke(main, ["list", "faulty.md"])
    result = CliRunner().invoke(main, ["list", "faulty.md", "--json"])

    assert (text.exit_code, result.exit_code) == (1, 1)
    assert text.stdout.startswith(LISTING)
    assert text.stderr == result.stderr
    told = [line for line in text.stderr.splitlines() if not line.startswith("Hint")]
    assert told == [
        "faulty.md:23: no such image: 'none.png'",
        "faulty.md:31: slide 'Lost notes' has no reveal 'nowhere'",
    ]
    deck = json.loads(result.stdout)
    assert [slide["id"] for slide in deck["slides"]] == ["shapes-more", "lost-notes"]
    assert deck["slides"][0] == json.loads(listed("talk.md", "--json"))["slides"][0]
    assert deck["failed"] == ["no-picture"]
    assert [(fault["line"], fault["message"]) for fault in deck["faults"]] == [
        (23, "no such image: 'none.png'"),
        (31, "slide 'Lost notes' has no reveal 'nowhere'"),
    ]


def test_the_built_in_lecture_is_the_default_document(listed: Listed) -> None:
    assert json.loads(listed("--json"))["title"] == "A toy talk"  # which stands in talk.md, in the working folder
    Path("talk.md").unlink()
    deck = json.loads(listed("--json"))
    reveals = [reveal for slide in deck["slides"] for reveal in slide["reveals"]]

    assert len(deck["slides"]) == 5
    assert len(reveals) >= 22
    assert {"input", "conv", "maps", "labels"} <= {reveal["id"] for reveal in reveals}
    assert all(reveal["title"] and reveal["notes"] and reveal["description"] for reveal in reveals)
