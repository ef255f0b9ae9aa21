"""Build, wait for a change, build again."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from deck.build.installed import own_code
from deck.build.place import Place
from deck.build.store import Store
from deck.errors import DeckError, Faults, SlideError, TrustError
from deck.serve.server import address, answering, listening
from deck.serve.site import Site
from deck.serve.watching import Marks, Watcher, looked_at, nearby

__all__ = ["serve"]

CODE = str(Path(__file__).parents[1].absolute())
"""The folder of deck's own code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rounds:
    document: Path
    build: Callable[[str], str]
    store: Path
    report: Callable[[Sequence[DeckError], float], None]

    def build_for(self, site: Site, known: Collection[str]) -> tuple[Sequence[DeckError], Marks]:
        """Build once; return what is wrong, and how the files that were used looked before."""
        around, began = nearby(self.document), time.time()
        before = looked_at({*known, *around})
        errors = self._tried(site)
        used = {str(self.document.absolute()), *map(str, own_code())} | Store(
            self.store, Place.of(self.document)
        ).inputs(since=began)
        if errors:  # what a section that failed was made from is not known
            used |= around | set(known)
        site.complain(errors)
        self.report(errors, time.time() - began)
        return errors, looked_at(used) | {file: before[file] for file in used & before.keys()}

    def _tried(self, site: Site) -> Sequence[DeckError]:
        try:
            site.show(self.build(site.script))
        except DeckError as error:
            return error.errors if isinstance(error, Faults) else (error,)
        except Exception as error:  # noqa: BLE001 - a bug may go away with the next edit; until then it is reported
            bug = DeckError(f"{type(error).__name__}: {error}", hint="its traceback stands in the terminal")
            bug.__cause__ = error
            return (bug,)
        return ()


def serve(
    document: Path,
    build: Callable[[str], str],
    *,
    store: Path,
    host: str,
    port: int | None,
    announce: Callable[[str], None],
    report: Callable[[Sequence[DeckError], float], None],
) -> None:
    """
    Serve a document's deck until Ctrl-C.

    Parameters
    ----------
    document
        What to watch, with all that it is made from.
    build
        Is given a script, and returns the deck's page with that script in it.
    store
        The folder that knows what recordings were made from.
    host, port
        Where to serve; without a port, on the first from 8000 on that is free.
    announce
        Called once with the address, when there is something to be seen.
    report
        Called after each build with what is wrong and the seconds that it took; a bug is a plain `DeckError` with
        its cause.

    Raises
    ------
    OutputError
        If the host and the port cannot be served on.
    DeckError
        If at the start the document cannot be read or is not trusted, or once deck itself has changed.
    """
    rounds = _Rounds(document=document, build=build, store=store, report=report)
    with listening(host, port) as socket, Site(document.name) as site:
        if not document.is_file():
            build(site.script)
        errors, known = rounds.build_for(site, Store(store, Place.of(document)).inputs())
        if any(isinstance(error, TrustError) for error in errors):
            raise Faults(errors)
        with answering(site.app(host), socket):
            announce(address(host, socket))
            watcher = Watcher()
            while True:
                _refuse_own_code(watcher.wait(known))
                _, known = rounds.build_for(site, known)


def _refuse_own_code(changed: set[str]) -> None:
    """Stop if deck's own code has changed: the old code, still imported, would record under the name of the new."""
    if any(Path(file).is_relative_to(CODE) for file in changed):
        raise SlideError("deck itself has changed while it served", hint="start deck serve again")
