"""A package of toy slides, installed for the length of a run, and one small deck that every test may look at."""

import resource
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deck.build import Deck, Progress, build
from deck.document import Document, parse

ENTRY_POINTS = """
[deck.slides]
toy-shapes = toys.shapes:Shapes
toy-corner = toys.shapes:Corner
toy-fault = toys.faulty:Faulty
"""

TALK = """\
---
title-slide: false
---
# Toys

## Shapes

```slide
kind: toy-shapes
```

Watch it **run**.

### Dot

A dot comes.

## The corner

```slide
kind: toy-corner
```

The last slide.
"""


@pytest.fixture
def small_files() -> Iterator[None]:
    """Let no file grow over 1 kB, here and in processes that are started: a disk that is full, for anyone to try."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture(scope="session")
def toys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Install the toys as any package of slides is found, by entry point; spawned processes get the same path."""
    site = tmp_path_factory.mktemp("site")
    shutil.copytree(Path(__file__).with_name("toys"), site / "toys")
    facts = site / "toys-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: toys\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text(ENTRY_POINTS)
    sys.path.insert(0, str(site))
    yield site / "toys"
    sys.path.remove(str(site))


@pytest.fixture(scope="session")
def document_of(toys: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Document]:
    """Parse a text that stands in one and the same file."""
    path = tmp_path_factory.mktemp("talk") / "talk.md"
    return lambda text: parse(text, path)


@pytest.fixture(scope="session")
def talk() -> str:
    """The text of the deck that ``built`` is."""
    return TALK


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("build") / ".deck"


@pytest.fixture(scope="session")
def reports() -> list[Progress]:
    """What the build of ``built`` told of its progress."""
    return []


@pytest.fixture(scope="session")
def built(document_of: Callable[[str], Document], talk: str, store: Path, reports: list[Progress]) -> Deck:
    """Two slides, recorded in two processes."""
    return build(document_of(talk), frame_rate=15, store=store, processes=2, progress=reports.append)
