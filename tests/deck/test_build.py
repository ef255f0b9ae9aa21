"""Recordings made in processes of their own, kept, and made again where something has changed."""

import json
import os
import pickle
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from deck.build import Deck, Progress, build
from deck.build.store import Store
from deck.document import Document, read
from deck.errors import DeckError, DocumentError, Faults, Location, OutputError, SlideError, TrustError
from deck.recording.header import bind, unbind
from tests.processes import started

pytestmark = pytest.mark.xdist_group("toys")

FAULT = "## Fault\n\n```slide\nkind: toy-fault\nfault: {fault}\n```\n\nNotes.\n"
LATER = "\n## Later\n\n```slide\nkind: toy-corner\n```\n\nNotes.\n"

Parse = Callable[[str], Document]


def objects(store: Path) -> set[str]:
    """Return the names of the recordings in a store."""
    return {path.name for path in (store / "objects").iterdir()} if (store / "objects").exists() else set()


def recorded(document: Document, store: Path) -> list[str]:
    """Build, and return the ids of the slides that had to be recorded."""
    reports: list[Progress] = []
    build(document, frame_rate=15, store=store, progress=reports.append)
    missing = {report.slide for report in reports if not report.done}
    return sorted(missing & {report.slide for report in reports if report.total})


def told(error: DeckError) -> tuple[object, ...]:
    return type(error), str(error), error.message, error.hint, error.where


def test_a_deck_has_the_slides_of_its_document_with_reveals_and_notes(built: Deck) -> None:
    assert [(slide.id, slide.title) for slide in built.slides] == [("shapes", "Shapes"), ("the-corner", "The corner")]
    assert [(reveal.id, reveal.notes) for reveal in built.slides[0].reveals] == [
        ("run", "Watch it **run**."),
        ("dot", "A dot comes."),
        ("rest", ""),
    ]


def test_a_recording_has_the_frames_of_each_reveal(built: Deck) -> None:
    for slide in built.slides:
        spans = [(reveal.id, reveal.first, reveal.last) for reveal in slide.recording.reveals]

        assert [span[0] for span in spans] == [reveal.id for reveal in slide.reveals]
        assert [first for _, first, _ in spans] == [0, *(last + 1 for _, _, last in spans[:-1])]
        assert all(first <= last for _, first, last in spans)
        assert slide.recording.frames == spans[-1][2] + 1


def test_progress_counts_the_reveals_of_each_slide(built: Deck, reports: list[Progress]) -> None:
    assert reports[:2] == [Progress(slide="shapes", done=0), Progress(slide="the-corner", done=0)]
    assert [(report.done, report.total) for report in reports if report.slide == "shapes"] == [
        (0, 0),
        (1, 0),
        (2, 0),
        (3, 0),
        (3, 3),
    ]
    assert [(report.done, report.total) for report in reports if report.slide == "the-corner"] == [
        (0, 0),
        (1, 0),
        (1, 1),
    ]


def test_a_second_build_records_nothing(built: Deck, document_of: Parse, talk: str, store: Path) -> None:
    reports: list[Progress] = []

    again = build(document_of(talk), frame_rate=15, store=store, progress=reports.append)

    assert again == built
    assert [(report.done, report.total) for report in reports] == [(3, 3), (1, 1)]


def test_the_same_slides_make_the_same_bytes(built: Deck, document_of: Parse, talk: str, tmp_path: Path) -> None:
    again = build(document_of(talk), frame_rate=15, store=tmp_path / "store", processes=1)

    assert [slide.data for slide in again.slides] == [slide.data for slide in built.slides]


def test_a_build_in_which_nothing_is_recorded_does_not_import_manim(
    built: Deck, toys: Path, store: Path, talk: str, tmp_path: Path
) -> None:
    script = f"""if True:
        import sys
        from pathlib import Path
        from deck.build import build
        from deck.document import parse
        deck = build(parse({talk!r}, Path({str(built.document.path)!r})), frame_rate=15, store=Path({str(store)!r}))
        print(len(deck.slides), *({{"manim", "manim_slides", "pydantic", "PIL", "rich"}} & set(sys.modules)))
    """
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(toys.parent), *sys.path])}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["2"]


def test_edited_notes_are_in_the_deck_and_nothing_is_recorded(
    built: Deck, document_of: Parse, talk: str, store: Path
) -> None:
    before = objects(store)

    edited = build(document_of(talk.replace("A dot comes.", "Here it is.")), frame_rate=15, store=store)

    assert objects(store) == before
    assert edited.slides[0].reveals[1].notes == "Here it is."
    assert built.slides[0].reveals[1].notes == "A dot comes."


def test_an_edited_section_is_recorded_again_and_no_other(
    built: Deck, document_of: Parse, talk: str, store: Path
) -> None:
    assert recorded(document_of(talk.replace("## The corner", "## The edge {#the-corner}")), store) == ["the-corner"]
    assert recorded(document_of(talk), store) == []


@pytest.mark.parametrize(
    ("file", "slides"),
    [("shapes.py", ["shapes", "the-corner"]), ("colors.py", ["shapes"]), ("unused.py", []), ("sky.txt", ["shapes"])],
)
def test_an_edited_file_costs_the_slides_that_used_it(
    toys: Path, built: Deck, store: Path, file: str, slides: list[str]
) -> None:
    """``colors`` is imported by one kind of slide when it is drawn, which reads ``sky.txt`` beside it."""
    path = toys / file
    before = path.read_text()
    try:
        path.write_text(before + "\n# edited\n")
        assert recorded(built.document, store) == slides
    finally:
        path.write_text(before)
    assert recorded(built.document, store) == []


def test_what_was_recorded_while_its_code_was_edited_is_not_used_again(
    document_of: Parse, toys: Path, tmp_path: Path
) -> None:
    document, path, store = document_of(LATER), toys / "shapes.py", tmp_path / "store"
    before = path.read_text()

    def edit(report: Progress) -> None:
        if report.done and not report.total:
            path.write_text(before + "\n")

    deck = build(document, frame_rate=15, store=store, progress=edit)

    assert len(deck.slides) == 1
    assert not objects(store)
    path.write_text(before)


def test_a_document_with_python_is_built_for_those_who_trust_it(document_of: Parse, tmp_path: Path) -> None:
    text = "## A\n\n```python\nfrom manim import *\nclass A(Scene):\n    def construct(self): self.add(Dot())\n```\n"

    with pytest.raises(TrustError, match=r"talk\.md:3: the document has Python in it.* lines 3–7") as caught:
        build(document_of(text), frame_rate=15, store=tmp_path / "store")
    assert "--trust" in caught.value.hint
    assert [slide.id for slide in build(document_of(text), frame_rate=15, store=tmp_path, trust=True).slides] == ["a"]


def test_a_slide_that_cannot_be_drawn_is_named_at_its_line(document_of: Parse, tmp_path: Path) -> None:
    document = document_of(FAULT.format(fault="refusal"))

    with pytest.raises(Faults, match=r"talk\.md:4: this cannot be drawn") as caught:
        build(document, frame_rate=15, store=tmp_path / "store")

    assert caught.value.errors[0].hint == "draw something else"
    assert objects(tmp_path / "store") == set()


@pytest.mark.parametrize(("fault", "error"), [("bug", ZeroDivisionError), ("stubborn bug", RuntimeError)])
def test_a_bug_in_a_slide_keeps_its_traceback(
    document_of: Parse, tmp_path: Path, fault: str, error: type[Exception]
) -> None:
    with pytest.raises(error) as caught:
        build(document_of(FAULT.format(fault=fault)), frame_rate=15, store=tmp_path / "store")

    told = f"{caught.value}{caught.value.__cause__}"
    assert "faulty.py" in told
    assert "a bug in a slide" in told


def test_a_process_that_is_killed_is_an_error_with_a_cure(document_of: Parse, tmp_path: Path) -> None:
    with pytest.raises(Faults, match="was ended from outside, with 'fault' unfinished") as caught:
        build(document_of(FAULT.format(fault="death")), frame_rate=15, store=tmp_path / "store", trust=True)

    assert "-j 1" in caught.value.errors[0].hint
    assert objects(tmp_path / "store") == set()


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("hunger", "'fault' takes more than 1 GB of memory"),
        ("call", "'fault' is stopped: it would reach a network"),
        ("farewell", "'fault' has ended its process (KeyboardInterrupt)"),
    ],
)
def test_what_an_untrusted_section_may_not_do_is_its_fault_alone(
    document_of: Parse, tmp_path: Path, fault: str, message: str
) -> None:
    deck = build(
        document_of(FAULT.format(fault=fault) + LATER), frame_rate=15, store=tmp_path / "store", at_fault="replace"
    )

    assert [error.message.partition(", which")[0] for error in deck.faults] == [message]
    assert deck.faults[0].where is not None
    assert [slide.id for slide in deck.slides] == ["fault", "later"]


def test_ctrl_c_ends_every_process_at_once_and_leaves_nothing(toys: Path, tmp_path: Path) -> None:
    document = tmp_path / "talk.md"
    document.write_text(FAULT.format(fault="eternity") + LATER)
    script = f"""if True:
        from pathlib import Path
        from deck.build import build
        from deck.document import read
        tell = lambda report: print(report, flush=True)
        store = Path({str(tmp_path / "store")!r})
        build(read(Path({str(document)!r})), frame_rate=15, store=store, processes=2, progress=tell)
    """
    path = os.pathsep.join([str(toys.parent), *sys.path])
    with started(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        awaited = {"Progress(slide='fault', done=1, total=0)", "Progress(slide='later', done=1, total=1)"}
        for line in process.stdout:
            awaited.discard(line.strip())
            if not awaited:
                break
        assert not awaited, "the build has ended before it could be stopped"

        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: parent and children alike

        _, stderr = process.communicate()  # until no process is left that could write there
    assert stderr.count("Traceback") == 1  # the parent's KeyboardInterrupt, for the command line
    assert len(objects(tmp_path / "store")) == 1


def test_a_store_that_cannot_be_made_is_an_error(document_of: Parse, talk: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(OutputError, match=r"cannot write .*file/store: a file stands where a folder should be"):
        build(document_of(talk), frame_rate=15, store=tmp_path / "file" / "store")


def test_a_full_disk_is_an_error_that_names_the_store(
    document_of: Parse, talk: str, tmp_path: Path, small_files: None
) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    with pytest.raises(OutputError, match=r"cannot write .*: file too large"):
        build(document_of(talk), frame_rate=15, store=tmp_path / "store", processes=1)

    assert not [path for path in (tmp_path / "store").rglob(".*") if path.name != ".gitignore"]


@pytest.mark.parametrize(
    "error",
    [
        SlideError("a sentence", hint="a cure", where=Location(Path("talk.md"), 3)),
        Faults([DocumentError("one", hint="first"), SlideError("two", where=Location(Path("talk.md"), 7))]),
    ],
    ids=["one", "several"],
)
def test_errors_come_through_a_pickle_whole(error: DeckError) -> None:
    again = pickle.loads(pickle.dumps(error))

    assert [told(one) for one in getattr(again, "errors", [again])] == [
        told(one) for one in getattr(error, "errors", [error])
    ]
    assert told(again) == told(error)


FORMULA = """\
## A formula

```python
from manim import *


class Formula(Scene):
    def construct(self):
        self.play(Write(MathTex("a^2 + b^2", "= c^2")))
        with open("table.csv", "w") as file:
            file.write("1, 2")
        self.add(Text(open("table.csv").read()))
```
"""


def test_scenes_with_formulas_and_files_of_their_own_are_recorded_once(
    document_of: Parse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    document = document_of(FORMULA)

    assert reports_of(document, tmp_path / "store") == ["a-formula"]
    assert reports_of(document, tmp_path / "store") == []


def reports_of(document: Document, store: Path) -> list[str]:
    """Build a trusted document, and return the ids of the slides that had to be recorded."""
    reports: list[Progress] = []
    build(document, frame_rate=15, store=store, trust=True, progress=reports.append)
    return sorted({report.slide for report in reports if not report.total})


FOLDER = """\
## A picture

![](pixel.png)

## Sizes

```python
from pathlib import Path

from manim import *

import helper


class Sizes(Scene):
    def construct(self):
        self.add(Text(helper.words() + Path("data.txt").read_text()))
        self.add(Text((Path(__file__).parent / "more.txt").read_text()))
```
"""


def test_a_copy_of_the_whole_folder_elsewhere_records_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "first", tmp_path / "elsewhere" / "second"
    first.mkdir()
    (first / "talk.md").write_text(FOLDER)
    (first / "data.txt").write_text("data")
    (first / "more.txt").write_text("more")
    (first / "helper.py").write_text("def words():\n    return 'words'\n")
    Image.new("RGB", (4, 4)).save(first / "pixel.png")
    then = 5e8  # long ago
    for file in first.iterdir():
        os.utime(file, (then, then))
    store = Path("build", ".deck")

    monkeypatch.chdir(first)
    assert reports_of(read(Path("talk.md")), store) == ["a-picture", "sizes"]
    shutil.copytree(first, second)
    monkeypatch.chdir(second)
    before = objects(store)

    assert reports_of(read(Path("talk.md")), store) == []
    assert objects(store) == before
    for name in ("data.txt", "more.txt", "helper.py"):
        Path(name).write_text(Path(name).read_text() + "\n")
        os.utime(name, (then, then))
        assert reports_of(read(Path("talk.md")), store) == ["sizes"], name


def test_a_document_that_names_its_own_folder_is_no_others_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    code = f"from manim import *\nclass A(Scene):\n    def construct(self): self.add(Text(open('{first}/a').read()))\n"
    (first / "talk.md").write_text(f"## A\n\n```python\n{code}```\n")
    (first / "a").write_text("a")
    os.utime(first / "a", (1e9, 1e9))
    store = Path("build", ".deck")

    monkeypatch.chdir(first)
    assert reports_of(read(Path("talk.md")), store) == ["a"]
    assert reports_of(read(Path("talk.md")), store) == []
    shutil.copytree(first, second)
    monkeypatch.chdir(second)

    assert reports_of(read(Path("talk.md")), store) == ["a"]


def swapped(store: Path) -> None:
    """Let each of two recordings be found under the other's key."""
    one, two = sorted((store / "keys").iterdir())
    one.rename(store / "spare")
    two.rename(one)
    (store / "spare").rename(two)


def resealed(store: Path, made: Callable[[bytes], bytes]) -> None:
    """Put other objects in the place of all, with everything that belongs to them."""
    shelf = Store(store)
    for file in (store / "keys").iterdir():
        data = shelf.get(file.stem)
        assert data is not None
        files = json.loads(file.read_text())[0]["files"]
        shelf.put(file.stem, made(data), files)


@pytest.mark.parametrize(
    "damage",
    [
        swapped,
        lambda store: resealed(store, lambda _: b"no recordings"),
        lambda store: resealed(store, lambda _: b""),
        lambda store: resealed(store, lambda _: bind([])),
        lambda store: resealed(store, lambda _: bind([b"no recording"])),
        lambda store: resealed(store, lambda data: data[:40]),
        lambda store: resealed(store, lambda data: bind([unbind(data)[0][:30]])),
    ],
    ids=["swapped", "foreign", "empty", "none", "one of nothing", "cut short", "one cut short"],
)
def test_whatever_is_wrong_with_a_store_its_slides_are_made_anew(
    document_of: Parse, talk: str, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    first = build(document_of(talk), frame_rate=15, store=tmp_path)
    damage(tmp_path)

    again = build(document_of(talk), frame_rate=15, store=tmp_path)
    third = build(document_of(talk), frame_rate=15, store=tmp_path)

    assert [slide.data for slide in again.slides] == [slide.data for slide in first.slides]
    assert (first.damaged, again.damaged, third.damaged) == ((), ("shapes", "the-corner"), ())


def test_a_copy_is_built_from_a_folder_above_the_documents_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "from manim import *\nclass A(Scene):\n    def construct(self): self.add(Text(open('logo.txt').read()))\n"
    first, second = tmp_path / "first", tmp_path / "second"
    (first / "talks").mkdir(parents=True)
    (first / "talks" / "talk.md").write_text(f"## A\n\n```python\n{code}```\n")
    (first / "logo.txt").write_text("a logo")
    os.utime(first / "logo.txt", (1e9, 1e9))
    store, talk = Path("build", ".deck"), Path("talks", "talk.md")

    monkeypatch.chdir(first)
    assert reports_of(read(talk), store) == ["a"]
    assert reports_of(read(talk), store) == []
    shutil.copytree(first, second)
    (first / "logo.txt").write_text("of no matter any more")
    monkeypatch.chdir(second)

    assert reports_of(read(talk), store) == []
    (second / "logo.txt").write_text("another logo")
    os.utime(second / "logo.txt", (1e9, 1e9))
    assert reports_of(read(talk), store) == ["a"]


def test_a_document_is_not_what_it_is_in_another_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "from manim import *\nclass A(Scene):\n    def construct(self): self.add(Text(open('logo.txt').read()))\n"
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "talk.md").write_text(f"## A\n\n```python\n{code}```\n")
    for folder in (tmp_path, tmp_path / "talks"):
        (folder / "logo.txt").write_text(folder.name)
        os.utime(folder / "logo.txt", (1e9, 1e9))
    store = tmp_path / "store"

    monkeypatch.chdir(tmp_path)
    assert reports_of(read(Path("talks", "talk.md")), store) == ["a"]
    monkeypatch.chdir(tmp_path / "talks")

    assert reports_of(read(Path("talk.md")), store) == ["a"]
    assert reports_of(read(Path("talk.md")), store) == []
