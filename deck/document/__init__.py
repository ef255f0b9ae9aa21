"""
The document: Markdown in, of whatever dialect, and frozen data out.

::

    ---
    image: coffee.png              front matter
    ---
    # Feature maps                 the deck's title

    ## One filter, one map {#one}  a section; without {#…} the heading makes its id

    ```slide
    kind: single-feature-map       the slide block: a kind of slide and its options
    stride: 2
    ```

    What to say first.             notes of the first reveal

    ### Conv                       a reveal: its id, or a heading that makes it
    What to say then.              its notes

    ::: notes
    More of them.
    :::

    ## A film of my own

    ```python
    class Mine(Scene):             each scene is a slide; each bare self.wait() ends a reveal
        ...
    ```

    ## What to keep in mind

    - Size and depth             text is a slide, too, where nothing else makes one;
    - Stride and padding         then ::: notes have what to say

The title and the front matter make a title slide. All blocks of Python are one module, so that an import in the first
serves the last. Text above the first section is for the reader of the file, unless there is no section. HTML comments
are in no notes, and on no slide.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from deck import limits
from deck.document import oversize
from deck.document.front_matter import FrontMatter
from deck.document.scene_code import CodeBlock
from deck.document.section import Note, Prose, SceneCode, Section, SlideBlock, TitlePage
from deck.document.sectioning import draft
from deck.errors import DocumentError, FaultList, Location
from deck.identifiers import nearest

__all__ = [
    "Document",
    "FrontMatter",
    "Note",
    "Prose",
    "SceneCode",
    "Section",
    "SlideBlock",
    "TitlePage",
    "divs",
    "gather",
    "labels",
    "markdown",
    "outline",
    "parse",
    "read",
    "read_text",
    "scene_classes",
    "scene_code",
    "section",
    "yaml_lines",
]

OPENED = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """
    A whole document, in its order.

    Attributes
    ----------
    sections
        Each makes a slide, or as many as its text needs; a title slide is the first.
    code
        The Python that its scenes are made of, which is run if the document is trusted.
    """

    path: Path
    title: str
    front: FrontMatter
    sections: tuple[Section, ...]
    code: tuple[CodeBlock, ...] = ()


def read(path: Path) -> Document:
    """
    Read a document from its file.

    Raises
    ------
    DocumentError
        If the file cannot be read.
    Faults
        With everything that is wrong in it.
    """
    return parse(read_text(path), path)


def parse(text: str, path: Path) -> Document:
    """
    Turn a document's text into data; ``path`` is what messages name.

    Raises
    ------
    Faults
        With everything that is wrong in it.
    """
    faults = FaultList()
    document = gather(text, path, faults)
    faults.raise_any()
    return document


def gather(text: str, path: Path, faults: FaultList) -> Document:
    """
    Turn a document's text into as much data as can be had, and put what is wrong with it into ``faults``.

    Raises
    ------
    DocumentError
        If it is so long that it is not read at all.
    """
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    oversize.check(plain, path)
    title, front, sections, code = draft(plain, path, faults)
    return Document(path=path, title=title, front=front, sections=sections, code=code)


def read_text(path: Path) -> str:
    """
    Return the text of a document's file.

    Raises
    ------
    DocumentError
        If there is no such file, or it is a folder, a device, locked, larger than any document or not UTF-8.
    """
    where = Location(path)
    try:
        data = _bytes(path)
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError("not UTF-8", hint="save the document as UTF-8", where=Location(path, line)) from None
    except FileNotFoundError:
        here = [file.name for file in path.parent.glob("*.md")]
        hint = nearest(path.name, here, what="documents in that folder")
        raise DocumentError("no such document", hint=hint, where=where) from None
    except IsADirectoryError:
        hint = f"name a file in it, such as {path / 'talk.md'}"
        raise DocumentError("this is a folder, not a document", hint=hint, where=where) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        hint = "check the path and who may read it"
        raise DocumentError(f"cannot read the document: {reason}", hint=hint, where=where) from None


def _bytes(path: Path) -> bytes:
    """Return the bytes of a document's file; refuse what is no plain file, since reading it may never end."""
    _check_plain(path.stat(), path)  # opening alone may do something to a device
    with os.fdopen(os.open(path, OPENED), "rb") as file:
        _check_plain(os.fstat(file.fileno()), path)
        data = file.read(limits.DOCUMENT + 1)
    if len(data) > limits.DOCUMENT:
        raise _too_large(path)
    return data


def _check_plain(facts: os.stat_result, path: Path) -> None:
    if stat.S_ISDIR(facts.st_mode):
        raise IsADirectoryError
    if not stat.S_ISREG(facts.st_mode):
        hint = "write the document into a file, and name that"
        raise DocumentError("this is no plain file, so no document", hint=hint, where=Location(path))
    if facts.st_size > limits.DOCUMENT:
        raise _too_large(path)


def _too_large(path: Path) -> DocumentError:
    message = f"the document has more than {limits.DOCUMENT // limits.MEGABYTE} MB"
    return DocumentError(message, hint="put its pictures into files of their own", where=Location(path))
