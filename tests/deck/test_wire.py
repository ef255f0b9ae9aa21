import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deck.build.dependencies import Inputs
from deck.build.jobs import Take
from deck.build.messages import Checked, Failed, Mailbox, Message, Paused, UnreadableError, failed, packed
from deck.errors import DeckError, DocumentError, Faults, Location, SlideError, TrustError

TAKES = st.builds(
    Take,
    pages=st.lists(st.binary(max_size=50), max_size=4).map(tuple),
    inputs=st.builds(Inputs, files=st.dictionaries(st.text(), st.text()), stable=st.booleans()),
    seconds=st.floats(0, 1e6),
    lacks_latex=st.booleans(),
)
PLACES = st.none() | st.builds(Location, st.just(Path("talk.md")), st.integers(1, 10**6))
ERRORS = st.builds(
    lambda kind, message, hint, where: kind(message, hint=hint, where=where),
    st.sampled_from([DocumentError, SlideError, TrustError]),
    st.text(),
    st.text(),
    PLACES,
)


def received(data: bytes, size: int = 7) -> list[Message]:
    """Return what comes of bytes that arrive in pieces."""
    mailbox, found = Mailbox(), list[Message]()
    for start in range(0, len(data), size):
        mailbox.put(data[start : start + size])
        found += mailbox.messages()
    return found


def facts(error: Exception) -> list[tuple[object, ...]]:
    leaves = error.errors if isinstance(error, Faults) else [error]
    return [(type(leaf), getattr(leaf, "hint", ""), str(leaf)) for leaf in leaves]


@given(st.lists(TAKES | st.builds(Paused, st.integers(0, 100)) | st.just(Checked()), max_size=4))
def test_messages_come_as_they_went_in_whatever_pieces(messages: list[Message]) -> None:
    assert received(b"".join(map(packed, messages))) == messages


@given(st.lists(ERRORS, max_size=3))
def test_the_documents_faults_come_whole(errors: list[DeckError]) -> None:
    error = errors[0] if len(errors) == 1 else Faults(errors)

    (message,) = received(packed(failed(error, "what is behind it")))

    assert isinstance(message, Failed)
    assert facts(message.error) == facts(error)
    assert "what is behind it" in str(message.error.__cause__)


class UnspeakableError(Exception):
    def __init__(self, one: int, two: int) -> None:
        super().__init__(one, two)

    def __str__(self) -> str:
        raise ValueError

    def __reduce__(self) -> str:
        raise ValueError


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ZeroDivisionError("why"), ZeroDivisionError),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "why"), RuntimeError),
        (UnspeakableError(1, 2), RuntimeError),
        (ValueError("why" * 5_000_000), ValueError),
    ],
    ids=["Python's own", "one of five parts", "one without words", "fifteen megabytes"],
)
def test_a_bug_comes_with_its_traceback_as_far_as_it_can(error: Exception, kind: type[Exception]) -> None:
    (message,) = received(packed(failed(error, "Traceback")), size=1 << 16)

    assert isinstance(message, Failed)
    assert type(message.error) is kind
    assert "Traceback" in str(message.error.__cause__)
    assert len(str(message.error)) < 1000


@given(TAKES, st.data())
def test_half_a_message_is_none_yet(take: Take, data: st.DataObject) -> None:
    whole = packed(take)

    assert received(whole[: data.draw(st.integers(0, len(whole) - 1))]) == []


@given(st.binary(min_size=9))
def test_garbage_is_told_as_such(data: bytes) -> None:
    try:
        for message in received(data):
            assert isinstance(message, Paused | Checked | Failed | Take)
    except UnreadableError:
        pass


@pytest.mark.parametrize(
    ("letter", "body"),
    [
        (b"X", b"null\n"),
        (b"T", b"{}\n"),
        (b"T", b'{"pages": [9], "files": {}, "stable": true, "seconds": 0, "lacks_latex": false}\nshort'),
        (b"T", b'{"pages": [], "files": [], "stable": true, "seconds": 0, "lacks_latex": false}\n'),
        (b"P", b'"many"\n'),
        (b"F", b'{"errors": [["SlideError"]], "behind": "", "bug": []}\n'),
        (b"F", b"[" * 100_000 + b"\n"),
        (b"F", b"\xff\xfe\n"),
    ],
)
def test_a_message_that_says_nothing_is_told_as_such(letter: bytes, body: bytes) -> None:
    with pytest.raises(UnreadableError):
        received(letter + len(body).to_bytes(8, "little") + body, size=1 << 20)


@pytest.mark.parametrize("length", [10**9, 2**63])
def test_no_failure_is_waited_for_that_is_longer_than_any(length: int) -> None:
    with pytest.raises(UnreadableError):
        received(b"F" + length.to_bytes(8, "little"))


def test_an_error_of_a_class_that_is_not_ours_is_a_slides() -> None:
    body = json.dumps({"errors": [["SystemExit", "why", "", ".", 0]], "behind": "", "bug": []}).encode() + b"\n"

    (message,) = received(b"F" + len(body).to_bytes(8, "little") + body)

    assert isinstance(message, Failed)
    assert facts(message.error) == facts(SlideError("why"))
