"""Pictures that a text names, whatever is in their files."""

from __future__ import annotations

import base64
import io
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from skimage.metrics import structural_similarity

from deck.errors import SlideError
from deck.images import BYTES, PIXELS
from deck.typesetting.blocks import Picture
from deck.typesetting.images import WIDEST, Loaded, load
from deck.typesetting.setup import Setup

POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n/x {showpage} def x\n%%EOF\n"


def shown(path: Path) -> Loaded:
    return load(Picture(source=path.name, alt="", caption="", line=7), Setup(path=path.parent / "talk.md"))


def refusal(path: Path) -> str:
    with pytest.raises(SlideError) as caught:
        shown(path)
    assert caught.value.hint
    assert str(caught.value.where) == f"{path.parent / 'talk.md'}:7"
    assert "\n" not in caught.value.message
    return caught.value.message


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *more: bytes) -> bytes:
    """A PNG that says it has a size, and has no pixels."""
    header = chunk(b"IHDR", struct.pack(">2I5B", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def likeness(one: NDArray[np.uint8], other: Image.Image) -> float:
    middle = np.s_[200:700, 500:1400, :3]
    return float(structural_similarity(one[middle], np.asarray(other)[middle], channel_axis=2))  # type: ignore[no-untyped-call] # it has no types


@pytest.fixture(scope="module")
def photo() -> Image.Image:
    """Something with fine and coarse detail, wider than a frame."""
    down, right = np.mgrid[0:1500, 0:3000]
    planes = [127 + 127 * np.sin(right / 40 + down / 90), 127 + 127 * np.cos(down / 7), right % 256]
    return Image.fromarray(np.dstack(planes).astype(np.uint8))


FOREIGN = {
    "postscript": POSTSCRIPT,
    "pdf": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n",
    "wmf": b"\xd7\xcd\xc6\x9a\0\0" + struct.pack("<4hHIH", 0, 0, 100, 100, 96, 0, 0) + b"\1\0\t\0\0\3" + bytes(12),
    "emf": struct.pack("<2I8i", 1, 100, 0, 0, 9, 9, 0, 0, 99, 99) + b" EMF" + bytes(60),
    "fits": b"SIMPLE  =                    T" + b" " * 5000,
    "hdf5": b"\x89HDF\r\n\x1a\n" + bytes(1000),
    "grib": b"GRIB" + bytes(3) + b"\1" + bytes(1000),
    "xpm": b'/* XPM */\nstatic char *x[] = {\n"9 9 1 1",\n"a c red",\n',
    "ico": saved(Image.new("RGB", (32, 32)), "ICO"),
    "ppm": saved(Image.new("RGB", (32, 32)), "PPM"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_only_called_a_picture_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(FOREIGN[name])

    assert refusal(tmp_path / "photo.png") == "the image 'photo.png' cannot be read"


def test_postscript_that_is_called_a_picture_starts_no_program(tmp_path: Path) -> None:
    for program in ("gs", "gswin64c", "convert"):
        (tmp_path / program).write_text(f"#!/bin/sh\ntouch {tmp_path}/RAN\n")
        (tmp_path / program).chmod(0o755)
    (tmp_path / "photo.png").write_bytes(POSTSCRIPT)
    (tmp_path / "talk.md").write_text("## A\n\n![x](photo.png)\n")

    command = [sys.executable, "-m", "deck", "list", "talk.md", "--trust"]  # without it no program may start anyway
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "talk.md:3: the image 'photo.png' cannot be read\n" in done.stderr
    assert not (tmp_path / "RAN").exists()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "MPO", "GIF", "WEBP", "BMP", "TIFF"])
def test_formats_of_pictures_are_shown(form: str, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    more = {"append_images": [Image.new("RGB", (60, 30), "blue")], "save_all": True} if form in {"MPO", "GIF"} else {}
    path.write_bytes(saved(Image.new("RGB", (60, 30), (224, 32, 32)), form, **more))

    loaded = shown(path)

    assert loaded.width / loaded.height == 2
    assert np.abs(loaded.pixels[15, 30].astype(int) - (224, 32, 32, 255)).max() < 8


def test_a_picture_is_kept_no_larger_than_a_frame_and_looks_the_same(photo: Image.Image, tmp_path: Path) -> None:
    expected = photo.resize((WIDEST, WIDEST // 2), Image.Resampling.LANCZOS)
    for form in ("PNG", "JPEG", "WEBP"):
        path = tmp_path / f"a.{form.lower()}"
        path.write_bytes(saved(photo, form, quality=95))

        pixels = shown(path).pixels

        assert pixels.shape == (WIDEST // 2, WIDEST, 4)
        assert likeness(pixels, expected) > 0.97


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_kind_of_pixel_are_made_smaller_alike(
    mode: str, photo: Image.Image, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deck.images.STRIP", 3000 * 64)
    source = Image.fromarray(np.asarray(photo.convert("L")).astype(np.uint16) * 257) if mode == "I;16" else None
    picture = (source or photo.convert(mode)).resize((6000, 3000), Image.Resampling.NEAREST)
    path = tmp_path / "a.tif"
    path.write_bytes(saved(picture.convert("RGBA") if mode == "PA" else picture, "TIFF"))

    small = shown(path).pixels

    like = photo.convert(mode).convert("RGB") if mode != "I;16" else photo.convert("L").convert("RGB")
    expected = like.resize((WIDEST, WIDEST // 2), Image.Resampling.BICUBIC)
    assert likeness(small, expected) > 0.9


def test_a_phone_s_photo_of_108_million_pixels_is_shown_upright(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    turned = Image.Exif()
    turned[0x0112] = 6
    path.write_bytes(saved(Image.new("L", (12_000, 9_000), 90), "JPEG", exif=turned))

    loaded = shown(path)

    assert loaded.pixels.shape == (1080, 810, 4)
    assert loaded.width / loaded.height == pytest.approx(3 / 4)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (png(30_000, 30_000), "is far too large"),
        (png(2**31 - 1, 2**31 - 1), "is far too large"),
        (png(12_000, PIXELS // 12_000 + 1), "is 12000×10001 pixels large"),
        (png(9, 9, *[chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(2_000_000)))] * 9), "cannot be read"),
        (png(9, 9, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(99_000_000)))), "cannot be read"),
        (saved(Image.new("RGB", (200, 200)), "JPEG").replace(b"\0\xc8\0\xc8", b"\xff\xff\xff\xff"), "is far too large"),
        (saved(Image.new("L", (200, 200)), "JPEG") + b"\xff\xda" * 200, "cannot be read: it has more scans"),
        (b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\2\2D\1\0;", "is far too large"),
        (saved(Image.effect_noise((99, 99), 90), "PNG")[:900], "cannot be read"),
        (saved(Image.effect_noise((99, 99), 90), "JPEG")[:900], "cannot be read"),
        (saved(Image.fromarray(np.ones((9, 9), np.float32)), "TIFF"), "cannot be read"),
        (b"", "cannot be read"),
    ],
    ids="30000 claims limit text profile jpeg scans gif cut cut-jpeg 32-bits empty".split(),
)
def test_pictures_that_would_take_too_much_are_refused(content: bytes, what: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(content)

    assert refusal(tmp_path / "a.png").startswith(f"the image 'a.png' {what}")


def test_a_bitmap_that_python_would_decode_is_refused(tmp_path: Path) -> None:
    header = struct.pack("<IIIIiiHHIIiiII", 1078, 0, 1078, 40, 5000, 5000, 1, 8, 1, 0, 0, 0, 256, 0)
    (tmp_path / "a.bmp").write_bytes(b"BM" + header[:12] + header[12:] + bytes(1024) + b"\1\0" * 9000)

    assert "is compressed in a way that is rarely used" in refusal(tmp_path / "a.bmp")


def test_too_many_pixels_in_a_section_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deck.typesetting.images.SECTION_PIXELS", 5_000_000)
    for at in range(4):
        (tmp_path / f"{at}.png").write_bytes(saved(Image.new("1", (2000, 1500)), "PNG"))

    setup = Setup(path=tmp_path / "talk.md")
    smaller = replace(setup, size=24.0)  # in which the same section is set once more

    for at in (0, 0, 0, 1, 1):  # each counts once
        load(Picture(f"{at}.png", alt="", caption="", line=3), setup)
        load(Picture(f"{at}.png", alt="", caption="", line=3), smaller)

    for each in (setup, smaller):
        with pytest.raises(SlideError, match="the images up to here have more than 5 million pixels") as caught:
            load(Picture("2.png", alt="", caption="", line=7), each)
        assert str(caught.value.where) == f"{tmp_path / 'talk.md'}:7"


def test_pictures_in_the_text_count_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deck.typesetting.images.SECTION_PIXELS", 5_000_000)
    setup = Setup(path=tmp_path / "talk.md")
    each = [base64.b64encode(saved(Image.new("L", (2000, 1500), gray), "PNG")).decode() for gray in (0, 90, 180)]
    first, second, third = (Picture(f"data:image/png;base64,{data}", alt="", caption="", line=3) for data in each)

    for picture in (first, first, second):
        load(picture, setup)

    with pytest.raises(SlideError, match="the images up to here have more than 5 million pixels"):
        load(third, setup)


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, BYTES + 1)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (make_pipe, "the image 'a.png' is no plain file"),
        (lambda path: path.symlink_to("/dev/zero"), "the image 'a.png' is outside of the document's folder"),
        (lambda path: path.symlink_to(path), "no such image: 'a.png'"),
        (lambda path: path.mkdir(), "no such image: 'a.png'"),
        (make_sparse, f"the image 'a.png' has {BYTES // 1_000_000} MB"),
    ],
    ids="pipe device circle folder sparse".split(),
)
def test_what_is_no_file_of_a_picture_is_not_waited_for(
    make: Callable[[Path], None], what: str, tmp_path: Path
) -> None:
    make(tmp_path / "a.png")

    assert refusal(tmp_path / "a.png") == what


@pytest.mark.parametrize(
    "source", ["a\0b.png", "a" * 5000 + ".png", "b/" * 3000 + "a.png", "~root/a.png"], ids="null long deep home".split()
)
def test_names_that_no_file_has_are_told_in_a_sentence(source: str, tmp_path: Path) -> None:
    with pytest.raises(SlideError, match="no such image: '") as caught:
        load(Picture(source=source, alt="", caption="", line=7), Setup(path=tmp_path / "talk.md"))

    assert len(caught.value.message) < 200
