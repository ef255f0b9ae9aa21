"""What several commands share: their options, and the way from a document's path to its deck."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from deck.commands.terminal import progress_shown, say, short, show
from deck.errors import FaultList, Faults, OutputError

if TYPE_CHECKING:
    from deck.build import AtFault, Deck
    from deck.build.films import Studio
    from deck.document import Document

__all__ = [
    "STORE",
    "VERBOSE",
    "Player",
    "built",
    "check_folder",
    "check_store",
    "document",
    "jobs",
    "lecture",
    "quality",
    "quiet",
    "report",
    "say_framed",
    "timeout",
    "trust",
    "verbose",
    "warm_up",
]

STORE = Path("build", ".deck")
"""Where finished slides are kept from build to build, in the working folder."""

VERBOSE = "deck.verbose"

Player = Literal["canvas", "video"]


def _remember_verbose(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    ctx.meta[VERBOSE] = value


document = click.argument("document", required=False, type=click.Path(path_type=Path))
quality = click.option(
    "--quality",
    type=click.Choice(["draft", "hd", "full"]),
    default="full",
    show_default=True,
    help="480p15, 720p30 or 1080p60.",
)
jobs = click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Work on so many slides at once.")
trust = click.option("--trust", is_flag=True, envvar="DECK_TRUST", help="Run the Python that stands in the document.")
timeout = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give a section so long to be recorded: by default 60, with --trust 600.",
)
quiet = click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
verbose = click.option(
    "-v",
    "--verbose",
    is_flag=True,
    expose_value=False,
    callback=_remember_verbose,
    help="Tell each step, and what is behind a failure.",
)


@contextmanager
def built(
    source: Path | Document,
    *,
    quality: str,
    trust: bool,
    jobs: int | None,
    quiet: bool,
    timeout: float | None,
    at_fault: AtFault = "refuse",
    player: Player = "canvas",
) -> Iterator[tuple[Deck, Studio]]:
    """
    Yield the deck of a document, or of the one at a path, and what makes films of it; progress is shown meanwhile.

    A deck that leaves sections out has their faults, for `report` to raise.
    """
    from deck.build import build
    from deck.build.crew import Crew
    from deck.build.films import DOING, MAKER, Studio
    from deck.build.quality import QUALITIES
    from deck.document import Document, gather, read_text
    from deck.frames import FRAMES
    from deck.process.processors import processors

    verbose = click.get_current_context().meta[VERBOSE]
    with progress_shown(quiet=quiet, verbose=verbose) as progress:
        size, faults = QUALITIES[quality], FaultList()
        document = source if isinstance(source, Document) else gather(read_text(source), source, faults)
        deck = build(
            document,
            store=STORE,
            frame_rate=size.frame_rate,
            trust=trust,
            processes=jobs,
            timeout=timeout,
            at_fault=at_fault,
            faults=faults,
            progress=progress,
        )
        if deck.damaged and verbose:
            say(f"damaged in {STORE}, and made anew: {', '.join(deck.damaged)}")
        if deck.lacks_latex:
            say("LaTeX is not installed: the scenes' formulas are set without it, and look a little different")
        shaped = size.on(FRAMES[document.front.aspect_ratio])
        with Crew(jobs or processors(), module=MAKER, doing=DOING) as crew:
            yield deck, Studio(store=STORE, quality=shaped, jobs=jobs, player=player, progress=progress, crew=crew)


def report(deck: Deck, text: Callable[[], str]) -> None:
    """
    Print the text about a deck, unless all of its sections are at fault, and then raise the faults.

    Raises
    ------
    Faults
        If the deck has any.
    """
    if deck.slides or not deck.faults:
        show(text())
    if deck.faults:
        raise Faults(deck.faults)


def say_framed(deck: Deck) -> None:
    """Say how many pictures of a deck are on the web, and not in it."""
    from deck.document import Prose
    from deck.typesetting.remote import framed

    texts = [section.body for section in deck.document.sections if isinstance(section.body, Prose)]
    if count := sum(1 for text in texts for _ in framed(text.text, text.line)):
        are, stand = ("picture is", "a frame stands") if count == 1 else ("pictures are", "frames stand")
        say(f"{count} {are} on the web, which a deck does without: {stand} there instead; `deck check` says where")


def lecture() -> Path:
    """Return the working folder's own document, ``talk.md`` as `deck init` calls it, or else the built-in lecture."""
    from importlib.resources import files

    own = Path("talk.md")
    return own if own.is_file() else Path(str(files("slides") / "feature_maps.md"))


MORE_THAN_TEXT = re.compile(rb"^[ \t>]*(?:`{3,}|~{3,})[ \t{.]*(?:slide|python|py|ipython)", re.MULTILINE)
"""What a document has in it that manim may be needed for; a wrong guess costs no more than time."""
LOOKED_AT = 1_000_000
"""Bytes of a document that are looked at for that: it may be a link to a file without an end."""


def warm_up(source: Path) -> None:
    """For a document that was edited since the last build, have imported what it needs while it is read."""
    with suppress(OSError):
        last = STORE / "seconds.json"
        if not last.exists() or source.stat().st_mtime > last.stat().st_mtime:
            from deck.build.forkserver import warm_up

            with os.fdopen(os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
                start = file.read(LOOKED_AT)
            warm_up(text_alone=not MORE_THAN_TEXT.search(start))


def check_store() -> None:
    """
    Refuse, before anything is drawn, a store that cannot be written, or that a link would lead elsewhere.

    Raises
    ------
    OutputError
        If it is such a store.
    """
    from deck.build.store import Store

    Store(STORE)
    check_folder(STORE, hint="run deck in a folder that you may write to")


def check_folder(folder: Path, *, hint: str = "choose a place that you may write to with -o") -> None:
    """
    Refuse, before anything is drawn, a folder that cannot be written to, as far as one can tell without trying.

    Raises
    ------
    OutputError
        If it cannot be written to.
    """
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if os.path.exists(each))  # noqa: PTH110 - Path.exists() raises where it may not look
    if not there.is_dir():
        raise OutputError(f"cannot write into {folder}: {short(there)} is no folder", hint=hint)
    if not os.access(there, os.W_OK | os.X_OK):
        raise OutputError(f"cannot write into {folder}: permission denied", hint=hint)
