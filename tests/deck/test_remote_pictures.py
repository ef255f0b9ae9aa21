"""Pictures on the web: frames stand for them, badges are left out, and no network is asked."""

from __future__ import annotations

import base64
import io
import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from deck.cli import main
from deck.recording.timeline import UNITS, Recording
from deck.typesetting.addresses import is_badge, is_remote
from deck.typesetting.blocks import Block, Figures, Items, Paragraph, Picture, Quote, plain
from deck.typesetting.reading import read_blocks
from tests.deck.typeset import job_of
from tests.deck.typeset import recorded as pages_of

Run = Callable[..., Result]

SOURCE = "https://example.org/demo.gif"


def red(*, size: tuple[int, int] = (40, 20), base64_of: Callable[[bytes], bytes] = base64.b64encode) -> str:
    """Return the address of a red picture that has the picture in itself."""
    data = io.BytesIO()
    Image.new("RGB", size, (224, 32, 32)).save(data, "PNG")
    return f"data:image/png;base64,{base64_of(data.getvalue()).decode()}"


def recorded(text: str, path: Path = Path("talk.md")) -> Recording:
    [recording] = pages_of(job_of(text, path=path))
    return recording


def texts(recording: Recording) -> list[str]:
    return [text.text for text in recording.reveals[-1].texts]


def sources(blocks: tuple[Block, ...]) -> list[str]:
    return [picture.source for block in blocks if isinstance(block, Figures) for picture in block.pictures]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what a command makes of a document."""
    monkeypatch.chdir(tmp_path)

    def run(text: str, command: str, *arguments: str) -> Result:
        (tmp_path / "talk.md").write_text(text)
        return CliRunner().invoke(main, [command, "talk.md", "--quality", "draft", "-q", *arguments])

    return run


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://example.org/a.png", True),
        ("HTTP://example.org/a.png", True),
        ("//example.org/a.png", True),
        ("data:image/png;base64,AAAA", True),
        ("data:nothing", True),
        ("attachment:image.png", True),
        ("a.png", False),
        ("figures/a.png", False),
        ("/a.png", False),
        ("C:/a.png", False),
        ("C://a.png", False),
        ("12:30.png", False),
        (red(), False),
        (red(base64_of=lambda data: base64.b64encode(data).rstrip(b"=")), False),
    ],
)
def test_what_needs_a_network_is_remote(source: str, *, expected: bool) -> None:
    assert is_remote(source) is expected


@pytest.mark.parametrize("text", [f"![A demo]({SOURCE})", f"<img src='{SOURCE}' alt='A demo'>"])
def test_a_frame_with_its_description_stands_for_a_picture_on_the_web(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "socket", None)

    recording = recorded(f"Look:\n\n{text}\n")

    assert texts(recording) == ["A title", "Look:", "A demo"]
    assert recording.reveals[0].description == "Look: A demo."
    assert len(recording.pictures) == 0


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (SOURCE, "demo.gif"),
        ("https://example.org/my%20demo.gif?raw=true", "my demo.gif"),
        ("https://www.example.org", "example.org"),
        ("https://[broken", "A picture"),
        ("data:image/png;base64,AAAA", "A picture"),
    ],
)
def test_a_picture_without_a_description_is_called_by_its_file(source: str, name: str) -> None:
    recording = recorded(f"<img src='{source}'>")

    assert texts(recording) == ["A title", name]


def test_a_frame_is_no_larger_than_its_words_need() -> None:
    recording = recorded(f"![{'A long description ' * 20}]({SOURCE})\n")

    shown = recording.reveals[-1].texts[1:]
    assert 2 < len(shown) < 8
    assert shown[-1].text.endswith("…")
    left, right = min(text.box[0] for text in shown), max(text.box[2] for text in shown)
    assert (right - left) / UNITS < 6 * 135


def test_frames_and_pictures_stand_side_by_side_and_four_frames_are_a_row(tmp_path: Path) -> None:
    Image.new("RGB", (200, 100), (224, 32, 32)).save(tmp_path / "red.png")

    mixed = recorded(f'![red](red.png) ![A demo]({SOURCE} "and a caption")', tmp_path / "talk.md")
    many = recorded(" ".join(f"![{name}]({SOURCE})" for name in "abcdef"))

    assert len(mixed.pictures) == 1
    assert texts(mixed) == ["A title", "A demo", "and a caption"]
    tops = [text.box[1] // UNITS // 40 for text in many.reveals[-1].texts[1:]]
    assert [tops.count(top) for top in sorted(set(tops))] == [4, 2]


def test_a_picture_in_its_address_is_shown() -> None:
    recording = recorded(f"![A red field]({red()})")

    assert len(recording.pictures) == 1
    assert texts(recording) == ["A title"]


@pytest.mark.parametrize(
    "source",
    [
        "https://img.shields.io/badge/build-passing-green.svg",
        "http://badge.fury.io/py/manim",
        "//www.codecov.io/gh/a/b",
        "https://codecov.io/gh/a/b/branch/main/graph/badge.svg?token=x",
        "https://github.com/a/b/workflows/CI/badge.svg",
        "https://github.com/a/b/actions/workflows/ci.yml/badge.svg?branch=main",
        "https://readthedocs.org/projects/a/badge/?version=latest",
        "https://mybinder.org/badge_logo.svg",
        "https://colab.research.google.com/assets/colab-badge.svg",
        "https://zenodo.org/badge/DOI/10.5281/zenodo.1.svg",
        "https://ci.appveyor.com/api/projects/status/abc",
    ],
)
def test_badges_are_known_by_their_addresses(source: str) -> None:
    assert is_badge(Picture(source, "", "", 1), in_row=False)
    assert read_blocks(f"![x]({source})", 1) == ()
    assert read_blocks(f"<p align=center><a href='x'><img src='{source}'></a><br></p>", 1) == ()


@pytest.mark.parametrize("source", [SOURCE, "badge.svg", "https://example.org/badgers.png", red()])
def test_other_pictures_are_no_badges(source: str) -> None:
    assert sources(read_blocks(f"![x]({source})", 1)) == [source]


def test_pictures_of_links_on_the_web_in_a_row_are_badges() -> None:
    one = f"[![a]({SOURCE})](https://example.org)"

    assert read_blocks(f"{one} |\n{one}\n", 1) == ()
    assert read_blocks(f"<a href='x'><img src='{SOURCE}'></a> <a href='y'><img src='{SOURCE}'></a>", 1) == ()
    assert sources(read_blocks(one, 1)) == [SOURCE]
    assert sources(read_blocks(f"See {one} and {one}", 1)) == [SOURCE, SOURCE]
    assert sources(read_blocks("[![a](a.png)](x) [![b](b.png)](y)", 1)) == ["a.png", "b.png"]


def test_what_stands_beside_badges_stays() -> None:
    badge = "![x](https://img.shields.io/x.svg)"

    [text] = read_blocks(f"Status: {badge} stable", 1)
    [items] = read_blocks(f"- {badge}\n- one {badge}\n", 1)

    assert isinstance(text, Paragraph)
    assert plain(text.inlines) == "Status: stable"
    assert isinstance(items, Items)
    assert len(items.items) == 1
    assert read_blocks(f"- {badge}\n", 1) == ()
    assert read_blocks(f"> {badge}\n", 1) == (Quote(()),)
    assert sources(read_blocks(f"{badge} ![y]({SOURCE})", 1)) == [SOURCE]


TALK = f"""\
# A talk

## A demo

![x](https://img.shields.io/x.svg)

- It runs
- ![In motion]({SOURCE})

> ![]({SOURCE})

::: notes
Say it.
:::
"""


def test_check_says_where_frames_stand(run: Run) -> None:
    first, second = json.loads(run(TALK, "check", "--json").stdout)

    assert first == {
        "rule": "remote-picture",
        "slide": "a-demo",
        "reveal": "in-motion",
        "file": "talk.md",
        "line": 8,
        "message": f"a frame stands in the place of 'In motion', which is at {SOURCE}",
        "hint": "save the picture beside the document and name the file: a deck never needs a network",
    }
    assert (second["rule"], second["line"]) == ("remote-picture", 10)
    assert "'demo.gif'" in second["message"]


def test_a_picture_that_is_there_hears_nothing(run: Run, tmp_path: Path) -> None:
    Image.new("RGB", (20, 10)).save(tmp_path / "a.png")

    assert "nothing to say" in run(TALK.replace(SOURCE, "a.png"), "check").stdout
    assert "nothing to say" in run(TALK.replace(SOURCE, red()), "check").stdout


def test_build_says_it_once(run: Run, tmp_path: Path) -> None:
    result = run(TALK, "build", "-o", "talk.html")

    assert (result.exit_code, result.stdout) == (0, "talk.html\n")
    assert result.stderr == (
        "2 pictures are on the web, which a deck does without: frames stand there instead; `deck check` says where\n"
    )
    Image.new("RGB", (20, 10)).save(tmp_path / "a.png")
    assert run(TALK.replace(SOURCE, "a.png"), "build", "-o", "talk.html").stderr == ""
