"""
What can go wrong in a way the user can cure.

::

    DeckError                 a sentence, a hint, and where it has one, file:line
    ├── DocumentError         the document's text: YAML, headings, ids, unknown keys
    ├── TrustError            a document with Python in it, not trusted
    ├── SlideError            a slide's kind, options, reveals or drawing
    ├── OutputError           a file or folder that cannot be written
    ├── RecordingError        a recording's bytes are damaged or foreign
    ├── MissingError          something that has to be installed first
    └── Faults                several of these, found in one pass

Anything else that is raised is a bug and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deck.printable import line


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file; ``line`` counts from 1, and 0 stands for the file as a whole."""

    file: Path
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else str(self.file)


class DeckError(Exception):
    """A failure that the user can cure; ``hint`` says how."""

    def __init__(self, message: str, *, hint: str = "", where: Location | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class DocumentError(DeckError):
    """The document's text is at fault."""


class TrustError(DeckError):
    """A document has Python in it, and nobody has said that it may run."""


class SlideError(DeckError):
    """A slide's kind, options, reveals or drawing is at fault."""


class OutputError(DeckError):
    """A file or folder cannot be written; what was there before is untouched."""


class RecordingError(DeckError):
    """A recording's bytes are damaged, or of another version."""


class MissingError(DeckError):
    """Something outside the project has to be installed first."""


class ElsewhereError(Exception):
    """The traceback of an error in another process, as text; it is the cause of an error in this one."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


class Faults(DeckError):
    """
    Several failures of one pass, in the order of their lines.

    Parameters
    ----------
    errors
        At least one; nested ``Faults`` are taken apart.
    """

    def __init__(self, errors: Sequence[DeckError]) -> None:
        self.errors = in_order(leaf for error in errors for leaf in _leaves(error))
        super().__init__("\n".join(str(error) for error in self.errors))

    def __reduce__(self) -> tuple[type[Faults], tuple[tuple[DeckError, ...]]]:
        """Let it be pickled: an exception is made again from its arguments, which here are the message alone."""
        return type(self), (self.errors,)


def words_of(error: BaseException) -> str:
    """
    Return what an error says, as one line that is short enough to read; empty if it says nothing.

    The error's class may be anybody's: its text may have ten megabytes or terminal codes, and asking for it may raise.
    """
    try:
        return line(str.__str__(str(error)))
    except BaseException:  # noqa: BLE001 - it is the error's own code, and may even raise SystemExit
        return "it cannot say what is wrong"


def in_order(errors: Iterable[DeckError]) -> tuple[DeckError, ...]:
    """Return errors in the order of their lines."""
    return tuple(sorted(errors, key=lambda error: error.where or Location(Path())))


def _leaves(error: DeckError) -> Sequence[DeckError]:
    return error.errors if isinstance(error, Faults) else (error,)


class FaultList:
    """Gathers failures so that one pass reports them all."""

    def __init__(self) -> None:
        self._errors: dict[str, DeckError] = {}

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self._errors)

    @property
    def errors(self) -> tuple[DeckError, ...]:
        """The failures that were gathered, in the order of their lines."""
        return in_order(self._errors.values())

    def add(self, error: DeckError) -> None:
        """Remember a failure and go on; equal ones are kept once: many sections may fail over one front matter."""
        for fault in _leaves(error):
            self._errors.setdefault(str(fault), fault)

    @contextmanager
    def collect(self) -> Iterator[None]:
        """Remember a failure of the block and go on after it."""
        try:
            yield
        except DeckError as error:
            self.add(error)

    def raise_any(self) -> None:
        """
        Raise what was gathered.

        Raises
        ------
        Faults
            If there was anything.
        """
        if self._errors:
            raise Faults(tuple(self._errors.values()))
