"""What a section or a kind of slide says that it is made from, since nobody can hear of it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deck.build import Progress, build
from deck.build.place import Place
from deck.build.store import Store
from deck.document import read
from deck.errors import DeckError, Faults

pytestmark = pytest.mark.xdist_group("toys")

STORE = Path("build", ".deck")
TALK = "## One\n\n```slide\ndepends: {depends}\n```\n\nA text.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, which has some data."""
    folder = tmp_path / "talk"
    (folder / "data").mkdir(parents=True)
    for name in ("data/a.csv", "data/b.csv", "model.bin"):
        written(folder / name, name)
    monkeypatch.chdir(folder)
    return folder


def written(path: Path, text: str) -> None:
    """Write a file as it was a while ago."""
    path.write_text(text)
    os.utime(path, (5e8, 5e8))


def recorded(text: str, *, trust: bool = False) -> list[str]:
    """Build a document, and return the ids of the slides that had to be recorded."""
    Path("talk.md").write_text(text)
    reports: list[Progress] = []
    build(read(Path("talk.md")), frame_rate=15, store=STORE, trust=trust, progress=reports.append)
    return sorted({report.slide for report in reports if not report.total})


CHANGES: dict[str, Callable[[], object]] = {
    "another content": lambda: written(Path("data", "a.csv"), "edited"),
    "a file more": lambda: written(Path("data", "c.csv"), "new"),
    "a file less": lambda: Path("data", "b.csv").unlink(),
    "another name": lambda: Path("data", "c.csv").rename(Path("data", "0.csv")),
}


@pytest.mark.parametrize(
    "text", [TALK.format(depends="data/*.csv"), "---\ndepends: [model.bin, data/*.csv]\n---\n\n## One\n\nA text.\n"]
)
def test_a_section_is_recorded_again_when_what_it_depends_on_changes(folder: Path, text: str) -> None:
    assert recorded(text) == ["one"]
    assert recorded(text) == []
    for name, change in CHANGES.items():
        change()
        assert recorded(text) == ["one"], name
        assert recorded(text) == [], name
    written(folder / "data" / "notes.txt", "of no matter")
    assert recorded(text) == []


def test_a_section_that_comes_to_depend_on_something_is_recorded_again(folder: Path) -> None:
    assert recorded("## One\n\nA text.\n") == ["one"]
    assert recorded(TALK.format(depends="model.bin")) == ["one"]
    written(Path("model.bin"), "edited")
    assert recorded("## One\n\nA text.\n") == []


def test_a_copy_of_the_folder_depends_on_its_own_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = TALK.format(depends="data/*.csv")
    assert recorded(text) == ["one"]
    copy = shutil.copytree(folder, folder.parent / "else[w]here")
    shutil.rmtree(folder / "data")
    monkeypatch.chdir(copy)

    assert recorded(text) == []
    written(Path("data", "a.csv"), "edited")
    assert recorded(text) == ["one"]


def test_a_file_outside_of_the_folder_is_for_trusted_documents(folder: Path) -> None:
    written(folder.parent / "shared.csv", "shared")
    text = TALK.format(depends="../shared.csv")

    with pytest.raises(DeckError, match=r"talk\.md:4: depends: '\.\./shared\.csv' is outside of the document's folder"):
        recorded(text)
    assert recorded(text, trust=True) == ["one"]
    assert recorded(text, trust=True) == []
    written(folder.parent / "shared.csv", "edited")
    assert recorded(text, trust=True) == ["one"]


@pytest.mark.parametrize(
    ("depends", "told"),
    [
        ("data/*.cvs", "talk.md:4: depends: there is no file 'data/*.cvs'"),
        ("[model.bin, model.bim]", "talk.md:4: depends: there is no file 'model.bim'"),
        ("data", "talk.md:4: depends: 'data' is a folder"),
        ("data/", "talk.md:4: depends: 'data/' is a folder"),
        ("/etc/passwd", "talk.md:4: depends: '/etc/passwd' is outside of the document's folder"),
        ("data/../../x", "talk.md:4: depends: 'data/../../x' is outside of the document's folder"),
        ("link", "talk.md:4: depends: 'link' leads out of the document's folder"),
        ("[1]", "talk.md:4: depends cannot be this"),
        ("{a: b}", "talk.md:4: depends cannot be this"),
        ("['']", "talk.md:4: depends cannot be this"),
        ('"nul\\0"', "talk.md:4: depends: there is no file 'nul\0'"),
    ],
)
def test_what_a_section_cannot_depend_on_is_told_with_its_line(folder: Path, depends: str, told: str) -> None:
    (folder / "link").symlink_to("/etc/passwd")

    with pytest.raises(DeckError) as caught:
        recorded(TALK.format(depends=depends))

    error = caught.value.errors[0] if isinstance(caught.value, Faults) else caught.value
    assert told in str(error)
    assert error.hint


def test_what_the_front_matter_cannot_depend_on_is_told_once(folder: Path) -> None:
    with pytest.raises(Faults) as caught:
        recorded("---\ntitle: A\ndepends: lost.csv\n---\n\n## One\n\nA text.\n\n## Two\n\nA text.\n")

    assert [str(error) for error in caught.value.errors] == ["talk.md:3: depends: there is no file 'lost.csv'"]


def test_what_is_watched_is_what_matches_and_the_folder_where_more_may_come(folder: Path) -> None:
    recorded(TALK.format(depends="data/*.csv"))

    inputs = Store(STORE, Place.of(Path("talk.md"))).inputs()

    assert {str(folder / name) for name in ("data", "data/a.csv", "data/b.csv")} <= inputs


KIND = """\
from manim import Dot

from deck.slide import Slide


class Kind(Slide):
    depends = ("tables/*.bin",)

    def construct(self) -> None:
        with self.reveal("dot", title="A dot", description="A dot."):
            self.add(Dot())
            self.wait()
"""


@pytest.fixture
def kind(tmp_path: Path) -> Iterator[Path]:
    """Install a kind of slide that says what it depends on, and return where it stands."""
    site = tmp_path / "site"
    (site / "tables").mkdir(parents=True)
    written(site / "kind_with_tables.py", KIND)
    facts = site / "kind_with_tables-1.0.dist-info"
    facts.mkdir()
    written(facts / "METADATA", "Metadata-Version: 2.1\nName: kind_with_tables\nVersion: 1.0\n")
    written(facts / "entry_points.txt", "[deck.slides]\nkind-with-tables = kind_with_tables:Kind\n")
    sys.path.insert(0, str(site))
    yield site
    sys.path.remove(str(site))


def test_a_kind_of_slide_says_what_stands_beside_its_module(folder: Path, kind: Path) -> None:
    text = "## One\n\n```slide\nkind: kind-with-tables\n```\n"
    written(kind / "tables" / "a.bin", "a")

    assert recorded(text) == ["one"]
    assert recorded(text) == []
    written(kind / "tables" / "b.bin", "b")
    assert recorded(text) == ["one"]
