"""What is named as a document and is no document: nothing waits for it, and no more of it is read than can be one."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from deck import limits
from deck.document import read_text
from deck.errors import DocumentError
from deck.serve.watching import Watcher

NO_FILE = "this is no plain file, so no document"
TOO_LARGE = f"the document has more than {limits.DOCUMENT // limits.MEGABYTE} MB"


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link_to_pipe(path: Path) -> None:
    os.mkfifo(path.with_suffix(".pipe"))
    path.symlink_to(path.with_suffix(".pipe"))


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        folder = os.open(path.parent, os.O_RDONLY)
        server.bind(f"/proc/self/fd/{folder}/{path.name}")  # the name of a socket may not be long
        os.close(folder)


def link_to_zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def link_to_nothing(path: Path) -> None:
    path.symlink_to("/dev/null")


def link_to_terminal(path: Path) -> None:
    path.symlink_to("/dev/tty")


@pytest.mark.parametrize("make", [pipe, link_to_pipe, listening, link_to_zeros, link_to_nothing, link_to_terminal])
def test_a_document_that_is_no_plain_file_is_refused_at_once(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "talk.md")

    with pytest.raises(DocumentError) as caught:
        read_text(tmp_path / "talk.md")
    assert caught.value.message == NO_FILE


@pytest.mark.parametrize("size", [limits.DOCUMENT + 1, 20_000 * limits.MEGABYTE])
def test_a_document_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path, size: int) -> None:
    document = tmp_path / "talk.md"
    document.touch()
    os.truncate(document, size)

    with pytest.raises(DocumentError) as caught:
        read_text(document)
    assert caught.value.message == TOO_LARGE


def test_a_file_of_the_system_that_says_it_is_empty_is_read_to_its_end() -> None:
    assert read_text(Path("/proc/self/status")).startswith("Name:")


def test_a_document_as_large_as_one_may_be_is_read(tmp_path: Path) -> None:
    document = tmp_path / "talk.md"
    document.write_bytes(b"x" * limits.DOCUMENT)

    assert len(read_text(document)) == limits.DOCUMENT


def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "talk.md").symlink_to("talk.md")

    with pytest.raises(DocumentError, match="cannot read the document: "):
        read_text(tmp_path / "talk.md")


@pytest.mark.parametrize("make", [pipe, listening, link_to_zeros])
def test_a_document_that_becomes_something_else_is_news_and_not_waited_for(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "talk.md")

    assert Watcher().wait({str(tmp_path / "talk.md"): "as it was"}) == {str(tmp_path / "talk.md")}
