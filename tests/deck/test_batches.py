"""Sections of text are set together; one that cannot be set, or brings its process down, spoils no other."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread
from typing import Self

import pytest

from deck.build import build
from deck.build.jobs import Take
from deck.build.pool import FEW_TEXTS, do_all
from deck.build.progress import Progress
from deck.document import parse
from deck.document.outline import Job, outline
from deck.errors import DeckError
from deck.recording.header import header

MEMORY = 220_000_000
"""Enough for a process that sets a few words, and far too little for one that sets fifteen thousand."""
TITLES = [f"Section {nth}" for nth in range(12)]


def jobs_of(text: str, folder: Path) -> dict[str, Job]:
    document = parse(f"---\ntitle-slide: false\n---\n\n{text}", folder / "talk.md")
    return {job.section.id: job for job in outline(document, frame_rate=10)}


def sections(*, faulty: dict[int, str] | None = None) -> str:
    given = faulty or {}
    return "".join(f"## {title}\n\n{given.get(nth, f'Text {nth}.')}\n\n" for nth, title in enumerate(TITLES))


class Heard:
    """What the pool tells of."""

    def __init__(self) -> None:
        self.takes: dict[str, Take] = {}
        self.errors: dict[str, DeckError] = {}
        self.pauses: list[Progress] = []

    def do(self, jobs: dict[str, Job], *, processes: int = 2, seconds: float = 120, only_check: bool = False) -> None:
        do_all(
            jobs,
            processes=processes,
            seconds=seconds,
            keep=self.takes.__setitem__,
            fail=self.errors.__setitem__,
            progress=self.pauses.append,
            only_check=only_check,
        )


def words(take: Take) -> list[str]:
    return [text for page in take.pages for text, *_ in header(page)["reveals"][-1]["texts"]]


class Watcher(Thread):
    """Counts the processes that this one starts, and kills the first as soon as it is there, if it is to."""

    def __init__(self, *, kills: bool = False) -> None:
        super().__init__(daemon=True)
        self.seen: set[int] = set()
        self._kills, self._over = kills, Event()

    def run(self) -> None:
        while not self._over.wait(0.002):
            for child in multiprocessing.active_children():
                if child.pid and child.pid not in self.seen:
                    if self._kills and not self.seen:
                        os.kill(child.pid, signal.SIGKILL)
                    self.seen.add(child.pid)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()


def test_few_sections_are_set_by_one_process(tmp_path: Path) -> None:
    heard = Heard()

    with Watcher() as watcher:
        heard.do(jobs_of(sections(), tmp_path))

    assert len(watcher.seen) == 1
    assert not heard.errors
    assert {key: words(take) for key, take in heard.takes.items()} == {
        f"section-{nth}": [title, f"Text {nth}."] for nth, title in enumerate(TITLES)
    }


def test_what_is_set_together_is_as_if_it_was_set_by_itself(tmp_path: Path) -> None:
    jobs = jobs_of(sections(faulty={3: "- $x^2$\n- `code`", 7: "word " * 300, 8: ""}), tmp_path)
    together, apart = Heard(), Heard()

    together.do(jobs)
    for key, job in list(jobs.items())[2:9]:
        apart.do({key: job})

    assert {key: together.takes[key].pages for key in apart.takes} == {key: t.pages for key, t in apart.takes.items()}


@pytest.mark.parametrize("only_check", [False, True], ids=["recorded", "checked"])
def test_one_faulty_section_among_many_is_told_with_its_line_and_the_others_are_set(
    only_check: bool,
    tmp_path: Path,
) -> None:
    text = sections(faulty={4: "A formula:\n\n$$\\nothing$$", 9: "![a](none.png)"})
    heard = Heard()

    heard.do(jobs_of(text, tmp_path), only_check=only_check)

    lines = ["---", "title-slide: false", "---", "", *text.splitlines()]
    assert sorted(heard.errors) == ["section-4", "section-9"]
    assert {str(error.where) for error in heard.errors.values()} == {
        f"{tmp_path / 'talk.md'}:{1 + lines.index(line)}" for line in (r"$$\nothing$$", "![a](none.png)")
    }
    assert all(error.hint for error in heard.errors.values())
    assert len(heard.takes) == (0 if only_check else len(TITLES) - 2)


def test_sections_whose_process_is_killed_are_set_one_by_one(tmp_path: Path) -> None:
    heard = Heard()

    with Watcher(kills=True) as watcher:
        heard.do(jobs_of(sections(faulty={4: r"$\nothing$"}), tmp_path))

    assert len(watcher.seen) > 2
    assert sorted(heard.errors) == ["section-4"]
    assert len(heard.takes) == len(TITLES) - 1


def test_a_section_by_itself_whose_process_is_killed_is_an_error(tmp_path: Path) -> None:
    heard = Heard()

    with Watcher(kills=True):
        heard.do(jobs_of("## Alone\n\nText.\n", tmp_path))

    assert not heard.takes
    [error] = heard.errors.values()
    assert "was ended from outside, with 'alone' unfinished" in error.message


def test_a_section_that_takes_all_memory_is_found_among_the_others(tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text(sections(faulty={5: "word " * 15_000}))
    script = f"""if True:
        import resource
        from pathlib import Path
        from deck.build import build
        from deck.document import read
        resource.setrlimit(resource.RLIMIT_DATA, ({MEMORY}, {MEMORY}))
        deck = build(read(Path("talk.md")), frame_rate=10, store=Path("store"), at_fault="leave out")
        print(*(slide.id for slide in deck.slides))
        for error in deck.faults:
            print(error.where, error.message, sep=": ")
    """
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300
    )

    slides, *told = done.stdout.splitlines()
    assert slides.split() == [f"section-{nth}" for nth in range(len(TITLES)) if nth != 5]
    assert len(told) == 1
    assert told[0].startswith("talk.md:23: ")
    assert "'section-5'" in told[0]


def test_many_sections_are_shared_among_processes(tmp_path: Path) -> None:
    text = "".join(f"## Number {nth}\n\nText.\n\n" for nth in range(2 * FEW_TEXTS))
    heard = Heard()

    with Watcher() as watcher:
        heard.do(jobs_of(text, tmp_path))

    assert len(watcher.seen) == 2
    assert len(heard.takes) == 2 * FEW_TEXTS


def test_a_section_that_is_set_is_told_once_with_all_its_reveals(tmp_path: Path) -> None:
    reports: list[Progress] = []
    document = parse(
        f"---\ntitle-slide: false\n---\n\n{sections(faulty={2: '- a' + chr(10) + '- b'})}", tmp_path / "talk.md"
    )

    build(document, frame_rate=10, store=tmp_path / "store", progress=reports.append)

    assert [(report.done, report.total) for report in reports if report.slide == "section-2"] == [(0, 0), (2, 2)]
    assert [(report.done, report.total) for report in reports if report.slide == "section-3"] == [(0, 0), (1, 1)]
