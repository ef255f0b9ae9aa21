"""Outlines that recordings share: they are written once, nothing is lost, and what is damaged is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deck.errors import RecordingError
from deck.recording.codec import decode, encode
from deck.recording.sharing import share
from deck.recording.streams import streams
from deck.recording.timeline import Image, Outline, Recording
from tests.recording.small import CORNERS, PICTURE, altered, everything, outline, recording
from tests.recording.test_codec import drawn_or_refused

LETTERS = [outline((9 + nth, 4), seed=nth) for nth in range(12)]
"""As large as letters are."""


def word(*letters: int) -> bytes:
    """Return a recording that shows some of the letters."""
    return encode(recording([LETTERS[letter] for letter in letters]))


def points(recording: Recording) -> list[bytes]:
    """Return what tells outlines apart."""
    return [shape.points.tobytes() for shape in recording.shapes if isinstance(shape, Outline)]


def come_back(written: Sequence[bytes]) -> bool:
    """See that recordings are what they were, with the library; return whether there is one."""
    library, shared = share(written)
    known = decode(library) if library else None
    assert [encode(decode(data, known)) for data in shared] == list(written)
    assert len(library) + sum(map(len, shared)) <= sum(map(len, written))
    return bool(library)


def test_what_two_slides_show_is_in_the_library_and_all_else_is_in_its_slide() -> None:
    written = [word(0, 1, 2), word(3), word(2, 4, 0)]

    library, shared = share(written)

    assert points(decode(library)) == [LETTERS[number].points.tobytes() for number in (0, 2)]
    assert shared[1] == written[1]
    assert len(library) + sum(map(len, shared)) < sum(map(len, written))
    assert come_back(written)


def test_what_is_not_an_outline_is_copied_as_it_is_packed() -> None:
    written = [encode(replace(everything(), shapes=(LETTERS[0], *everything().shapes[1:]))), word(0)]

    _, shared = share(written)

    assert [bytes(streams(data)[1]) for data in shared] == [bytes(streams(data)[1]) for data in written]
    assert come_back(written)


def test_recordings_that_share_nothing_are_left_alone() -> None:
    written = [word(0, 1), word(2), encode(recording([Image(0, CORNERS, "box")], pictures=[PICTURE]))]

    assert share(written) == (b"", written)
    assert share([]) == (b"", [])


def test_what_would_take_more_room_in_a_library_stays() -> None:
    written = [encode(recording([outline([1], seed=1), LETTERS[nth]])) for nth in range(2)]

    assert share(written) == (b"", written)


def test_outlines_of_a_whole_surface_are_not_looked_through() -> None:
    surface = outline([90_000])
    written = [encode(recording([surface, *LETTERS[:3]])), encode(recording([surface, *LETTERS[2:]])), word(0, 3)]

    assert share(written) == (b"", written)


def test_equal_points_are_one_outline_only_if_all_else_is_equal() -> None:
    letter = LETTERS[0]
    other = [replace(letter, exponent=3), replace(letter, subpaths=letter.subpaths ^ np.uint32(1))]
    written = [encode(recording([*shapes, *LETTERS[1:4]])) for shapes in ([letter], [other[0]], [other[1]])]

    library, _ = share(written)

    assert letter.points.tobytes() not in points(decode(library))
    assert come_back(written)


POOL = st.sampled_from([*LETTERS, outline([]), outline([1]), outline([1], seed=3), replace(LETTERS[5], exponent=9)])
IMAGE = st.just(Image(0, CORNERS, "linear"))


@given(st.lists(st.lists(POOL | IMAGE, max_size=8), max_size=5))
def test_whatever_recordings_share_each_comes_back(slides: list[list[Outline | Image]]) -> None:
    come_back([encode(recording(shapes, pictures=[PICTURE])) for shapes in slides])


@pytest.mark.parametrize("damaged", [b"", b"DECK", word(0, 1, 2)[:-30], word(0, 1, 2)[:60], b"x" + word(0, 1, 2)])
def test_a_recording_that_is_damaged_stays_so_and_the_others_share(damaged: bytes) -> None:
    written = [damaged, word(0, 1, 2), word(2, 1, 0)]

    library, shared = share(written)

    with pytest.raises(RecordingError):
        decode(shared[0], decode(library))
    assert [encode(decode(data, decode(library))) for data in shared[1:]] == written[1:]


def test_without_its_library_a_recording_is_refused() -> None:
    library, shared = share([word(0, 1, 2), word(0, 1, 2)])
    known = decode(library)
    image = recording([*known.shapes[:-1], Image(0, CORNERS, "box")], pictures=[PICTURE])
    for other in (None, recording(), replace(known, shapes=known.shapes[:-1]), image):
        with pytest.raises(RecordingError, match="the recording is damaged"):
            decode(shared[0], other)


def test_recordings_that_have_a_library_get_no_other() -> None:
    _, shared = share([word(0, 1, 2), word(0, 1, 2)])

    assert share(shared) == (b"", shared)


def test_with_anything_changed_a_library_and_what_it_is_for_are_refused_or_drawn() -> None:
    made = [encode(recording([*LETTERS[:2], outline([2], seed=nth)])) for nth in (7, 8)]
    library, shared = share(made)

    read = [name for name, data in altered(shared[0]) if drawn_or_refused(data, decode(library))]
    assert any(name.startswith("points") for name in read)
    assert not {"exponents 0 is 1", "shapes 0 is 1", "shapes 0 is 2147483647"} & set(read)

    kept = 0
    for _, data in altered(library):
        if drawn_or_refused(data):
            kept += drawn_or_refused(shared[0], decode(data))
    assert kept
