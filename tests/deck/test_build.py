import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from manim_slides.config import PresentationConfig
from numpy.typing import NDArray
from PIL import Image

from deck.build import Deck, Progress, build
from deck.errors import DeckError, DocumentError, Faults, Location, OutputError, SlideError
from deck.outline import Outline
from deck.rendering import QUALITIES, Job, Quality, render
from deck.slide import HOLD_SECONDS

pytestmark = pytest.mark.xdist_group("toys")

DRAFT = QUALITIES["draft"]
FAULT = "# Toys\n\n## Fault\n\n```slide\nkind: toy-fault\nfault: {fault}\n```\n\nNotes.\n"
LATER = "\n## Later\n\n```slide\nkind: toy-corner\n```\n\nNotes.\n"

Resolve = Callable[[str], Outline]
Picture = NDArray[np.int_]


def frames(clip: Path) -> list[Picture]:
    """Return a clip's frames, each height × width × 3."""
    with av.open(str(clip)) as container:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(video=0)]


def pixels(picture: Path) -> Picture:
    with Image.open(picture) as image:
        return np.asarray(image).astype(int)


def difference(one: Picture, other: Picture) -> float:
    """Return how far two pictures are apart, in steps of 255, on average."""
    return float(np.abs(one - other).mean())


def entries(store: Path) -> set[str]:
    """Return the names of what is in a store, leftovers of builds among it."""
    return {path.name for path in store.iterdir()} - {".gitignore", "builds"} if store.exists() else set()


def alive(group: int) -> bool:
    """Return whether a process group has any process."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def told(error: DeckError) -> tuple[object, ...]:
    return type(error), str(error), error.message, error.hint, error.where


def shapes(**given: object) -> Job:
    facts = {
        "kind": "toys.shapes:Shapes",
        "name": "One",
        "title": "Shapes",
        "options": "{}",
        "reveals": ("run", "dot", "rest"),
        "quality": DRAFT,
        "reversed": False,
        "folder": "/",
    }
    return Job(**{**facts, **given})  # type: ignore[arg-type]


def test_a_deck_has_the_slides_of_its_document_with_reveals_and_notes(built: Deck) -> None:
    assert [(slide.id, slide.title) for slide in built.slides] == [("shapes", "Shapes"), ("the-corner", "The corner")]
    assert [(reveal.id, reveal.notes) for reveal in built.slides[0].reveals] == [
        ("run", "Watch it **run**."),
        ("dot", "A dot comes."),
        ("rest", ""),
    ]


def test_manim_slides_reads_one_clip_for_each_reveal_with_its_notes(built: Deck) -> None:
    for slide in built.slides:
        presentation = PresentationConfig.from_file(slide.presentation)

        assert presentation.resolution == (854, 480)
        assert [clip.notes for clip in presentation.slides] == [reveal.notes for reveal in slide.reveals]
        assert all(clip.rev_file == clip.file for clip in presentation.slides)


def test_every_pause_has_a_picture_in_full_resolution(built: Deck) -> None:
    shapes_of = [[pixels(picture).shape for picture in slide.pictures] for slide in built.slides]

    assert shapes_of == [[(480, 854, 3)] * 3, [(480, 854, 3)]]


@pytest.mark.parametrize("quality", QUALITIES.values(), ids=QUALITIES)
def test_a_clip_goes_on_from_the_one_before_and_ends_on_the_picture_of_its_pause(
    toys: Path, tmp_path: Path, quality: Quality
) -> None:
    made = tmp_path / "made"
    held = max(1, int(HOLD_SECONDS * quality.frame_rate))

    render(shapes(quality=replace(quality, width=854, height=480)), made, lambda _: None)

    clips = [frames(clip.file) for clip in PresentationConfig.from_file(made / "slides" / "One.json").slides]
    pictures = [pixels(picture) for picture in sorted((made / "pictures").iterdir())]
    assert difference(clips[0][-1 - held], pictures[0]) > 4  # the square has one step to go
    for clip, picture in zip(clips, pictures, strict=True):
        assert all(difference(frame, picture) < 2.5 for frame in clip[-held:])
    for before, clip in pairwise(clips):
        assert difference(before[-1], clip[0]) < 0.5


def test_clips_say_what_their_colors_mean(built: Deck) -> None:
    for clip in PresentationConfig.from_file(built.slides[0].presentation).slides:
        with av.open(str(clip.file)) as container:
            codec = container.streams.video[0].codec_context
            assert (codec.colorspace, codec.color_primaries, codec.color_trc) == (6, 1, 13)


def test_a_reversed_clip_runs_from_the_end_to_the_start(toys: Path, tmp_path: Path) -> None:
    made = tmp_path / "made"

    render(shapes(reversed=True), made, lambda _: None)

    clip = PresentationConfig.from_file(made / "slides" / "One.json").slides[0]
    forward, backward = frames(clip.file), frames(clip.rev_file)
    assert len(forward) == len(backward)
    assert difference(forward[0], backward[-1]) < 1.5
    assert difference(forward[-1], backward[0]) < 1.5


def test_reveals_that_are_not_those_of_the_rehearsal_are_an_error(toys: Path, tmp_path: Path) -> None:
    with pytest.raises(SlideError, match="slide class One shows other reveals when it is drawn"):
        render(shapes(reveals=("run", "dot")), tmp_path / "made", lambda _: None)


def test_progress_counts_the_reveals_of_each_slide(built: Deck, reports: list[Progress]) -> None:
    assert reports[:2] == [
        Progress(slide="shapes", done=0, total=3),
        Progress(slide="the-corner", done=0, total=1),
    ]
    assert [report.done for report in reports if report.slide == "shapes"] == [0, 1, 2, 3]
    assert [report.done for report in reports if report.slide == "the-corner"] == [0, 1]


def test_a_second_build_films_nothing(built: Deck, outline_of: Resolve, talk: str, store: Path) -> None:
    reports: list[Progress] = []

    again = build(outline_of(talk), quality=DRAFT, store=store, progress=reports.append)

    assert again == built
    assert [(report.done, report.total) for report in reports] == [(3, 3), (1, 1)]


def test_edited_notes_are_in_the_deck_and_nothing_is_filmed(
    built: Deck, outline_of: Resolve, talk: str, store: Path
) -> None:
    before = entries(store)

    edited = build(outline_of(talk.replace("A dot comes.", "Here it is.")), quality=DRAFT, store=store)

    assert entries(store) == before
    assert edited.slides[0].reveals[1].notes == "Here it is."
    notes = [clip.notes for clip in PresentationConfig.from_file(edited.slides[0].presentation).slides]
    assert notes == ["Watch it **run**.", "Here it is.", ""]
    assert PresentationConfig.from_file(built.slides[0].presentation).slides[1].notes == "A dot comes."


def test_what_was_filmed_while_its_code_was_edited_is_not_used_again(
    outline_of: Resolve, toys: Path, tmp_path: Path
) -> None:
    outline = outline_of("# Toys" + LATER)
    builds = 0

    def edit_once(report: Progress) -> None:
        nonlocal builds
        builds += report.done == 0
        if builds == 1:
            (toys / "new.py").write_text("")

    first = build(outline, quality=DRAFT, store=tmp_path / "store", progress=edit_once)
    (toys / "new.py").unlink()
    second = build(outline, quality=DRAFT, store=tmp_path / "store", progress=edit_once)

    assert first.slides[0].presentation.is_file()
    assert second.slides[0].presentation.parents[1] != first.slides[0].presentation.parents[1]


def test_a_slide_that_cannot_be_drawn_is_named_at_its_line(outline_of: Resolve, tmp_path: Path) -> None:
    outline = outline_of(FAULT.format(fault="refusal"))

    with pytest.raises(SlideError, match=r"talk\.md:6: this cannot be drawn") as caught:
        build(outline, quality=DRAFT, store=tmp_path / "store")

    assert caught.value.hint == "draw something else"
    assert entries(tmp_path / "store") == set()


@pytest.mark.parametrize(("fault", "error"), [("bug", ZeroDivisionError), ("stubborn bug", RuntimeError)])
def test_a_bug_in_a_slide_keeps_its_traceback(
    outline_of: Resolve, tmp_path: Path, fault: str, error: type[Exception]
) -> None:
    with pytest.raises(error) as caught:
        build(outline_of(FAULT.format(fault=fault)), quality=DRAFT, store=tmp_path / "store")

    told = f"{caught.value}{caught.value.__cause__}"
    assert "faulty.py" in told
    assert "a bug in a slide" in told


def test_a_process_that_is_killed_is_an_error_with_a_cure(outline_of: Resolve, tmp_path: Path) -> None:
    with pytest.raises(SlideError, match="was ended from outside, with 'fault' unfinished") as caught:
        build(outline_of(FAULT.format(fault="death")), quality=DRAFT, store=tmp_path / "store")

    assert "-j 1" in caught.value.hint
    assert entries(tmp_path / "store") == set()


def test_ctrl_c_ends_every_process_at_once_and_leaves_nothing(toys: Path, tmp_path: Path) -> None:
    document = tmp_path / "talk.md"
    document.write_text(FAULT.format(fault="eternity") + LATER)
    script = f"""if True:
        from pathlib import Path
        from deck.build import build
        from deck.outline import read
        from deck.rendering import QUALITIES
        tell = lambda report: print(report, flush=True)
        store = Path({str(tmp_path / "store")!r})
        build(read(Path({str(document)!r})), quality=QUALITIES["draft"], store=store, jobs=2, progress=tell)
    """
    path = os.pathsep.join([str(toys.parent), *sys.path])
    with subprocess.Popen(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        awaited = {"Progress(slide='fault', done=1, total=2)", "Progress(slide='later', done=1, total=1)"}
        while awaited:
            awaited.discard(process.stdout.readline().strip())
        started = time.monotonic()

        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: parent and children alike

        process.wait(timeout=60)
        assert time.monotonic() - started < 5
        assert process.stderr.read().count("Traceback") == 1  # the parent's KeyboardInterrupt, for the command line
    while alive(process.pid) and time.monotonic() - started < 10:
        time.sleep(0.1)
    assert not alive(process.pid)
    assert not [name for name in entries(tmp_path / "store") if name.startswith("new-")]


def test_a_store_that_cannot_be_made_is_an_error(outline_of: Resolve, talk: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(OutputError, match=r"cannot write .*file/store: a file stands where a folder should be"):
        build(outline_of(talk), quality=DRAFT, store=tmp_path / "file" / "store")


def test_a_full_disk_is_an_error_that_names_the_store(
    outline_of: Resolve, talk: str, tmp_path: Path, small_files: None
) -> None:
    with pytest.raises(OutputError, match=r"cannot write .*store: file too large"):
        build(outline_of(talk), quality=DRAFT, store=tmp_path / "store", jobs=1)

    assert entries(tmp_path / "store") == set()


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
