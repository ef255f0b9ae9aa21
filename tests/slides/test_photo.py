from __future__ import annotations

import errno
import os
import socket
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from pydantic import ValidationError

from deck.slide import OptionError, SlideOptions
from slides.photo import PHOTOS, Photo, load
from tests.processes import AS_ANYONE


class Options(SlideOptions):
    image: Photo = "chelsea"


def checked(photo: str, folder: Path) -> str:
    return Options.model_validate({"image": photo}, context={"folder": folder}).image


def refused(photo: str, folder: Path) -> OptionError:
    """Return the error that the photo's option gets, after a look at what every one must have."""
    with pytest.raises(ValidationError) as caught:
        checked(photo, folder)
    (found,) = caught.value.errors()
    error = found["ctx"]["error"]
    assert isinstance(error, OptionError)
    assert error.hint
    assert "\n" not in str(error)
    return error


def picture(width: int, height: int, channels: int = 3) -> NDArray[np.uint8]:
    """A smooth picture in which every corner has a colour of its own."""
    down, right = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    planes = [255 * right, 255 * down, 255 * (1 - right), np.full_like(right, 255)]
    return np.dstack(planes[:channels]).astype(np.uint8)


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("name", PHOTOS)
def test_packaged_photos_need_no_network(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(*_: Any) -> NoReturn:
        raise OSError("no network")

    monkeypatch.setattr(socket, "socket", offline)

    photo = load(checked(name, tmp_path))

    assert photo.shape == (224, 224, 3)
    assert photo.dtype == np.uint8
    assert photo.std() > 20
    assert PHOTOS[name].credit


def test_the_middle_is_cut_out_as_the_network_s_authors_do() -> None:
    with Image.open(Path(sys.modules["skimage"].__path__[0], "data", "chelsea.png")) as image:
        assert image.size == (451, 300)
        middle = image.crop((94, 19, 94 + 262, 19 + 262)).resize((224, 224), Image.Resampling.BICUBIC)

    assert load("chelsea").tolist() == np.asarray(middle).tolist()


def test_a_path_starts_from_the_document_s_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lecture" / "pictures").mkdir(parents=True)
    Image.fromarray(picture(300, 200)).save(tmp_path / "lecture" / "pictures" / "cat.png")
    monkeypatch.chdir(tmp_path)

    photo = checked("pictures/cat.png", Path("lecture"))

    assert photo == str(tmp_path / "lecture" / "pictures" / "cat.png")
    assert checked(photo, Path("elsewhere")) == photo
    assert load(photo).shape == (224, 224, 3)


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "gif", "bmp", "tif"])
def test_the_usual_formats_are_read(suffix: str, tmp_path: Path) -> None:
    Image.fromarray(picture(256, 256)).save(tmp_path / f"cat.{suffix}")

    photo = load(checked(f"cat.{suffix}", tmp_path))

    expected = picture(256, 256)[16:240, 16:240].astype(int)
    assert np.abs(photo - expected).mean() < 12


def test_an_unknown_name_is_refused_with_the_nearest(tmp_path: Path) -> None:
    near, far = refused("chelsey", tmp_path), refused("dog", tmp_path)

    assert str(near) == "no packaged photo 'chelsey'"
    assert near.hint == "did you mean 'chelsea'?"
    assert far.hint == "use astronaut, chelsea, coffee, rocket, or a file with its suffix, such as cat.png"


@pytest.mark.parametrize("photo", ["cat.png", "pictures/cat", "a\0b.png"])
def test_a_missing_file_is_named_with_the_place_that_was_looked_at(photo: str, tmp_path: Path) -> None:
    error = refused(photo, tmp_path)

    assert str(error) == f"image '{photo}' cannot be opened: no such file"
    assert error.hint == f"it is looked for at {tmp_path / photo}"


def test_what_is_no_readable_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()
    os.mkfifo(tmp_path / "pipe.png")

    assert str(refused("folder.png", tmp_path)) == "image 'folder.png' is no plain file"
    assert str(refused("pipe.png", tmp_path)) == "image 'pipe.png' is no plain file"
    assert str(refused("x" * 300 + ".png", tmp_path)).endswith("cannot be opened: " + os.strerror(errno.ENAMETOOLONG))


def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    Image.fromarray(picture(100, 100)).save(tmp_path / "cat.png")
    (tmp_path / "cat.png").chmod(0)
    (tmp_path / "talk.md").write_text("## A\n\n```slide\nkind: single-feature-map\nimage: cat.png\n```\n")

    command = [*AS_ANYONE, sys.executable, "-m", "deck", "list", "talk.md"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert f"image 'cat.png' cannot be opened: {os.strerror(errno.EACCES)}" in done.stderr


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "gif"])
def test_a_truncated_picture_is_refused(suffix: str, tmp_path: Path) -> None:
    noise = np.random.default_rng(4).integers(0, 256, (100, 100, 3), dtype=np.uint8)
    path = tmp_path / f"cat.{suffix}"
    Image.fromarray(noise).save(path)
    content = path.read_bytes()

    for length in (0, 1, 20, len(content) // 2, len(content) * 9 // 10):
        path.write_bytes(content[:length])
        error = refused(path.name, tmp_path)
        assert str(error) == f"image '{path.name}' is damaged or not a picture"
        assert error.hint == "save it as PNG, JPEG or WebP with 8 bits a channel"


@pytest.mark.parametrize("content", [b"", b"a poem", b"<svg xmlns='http://www.w3.org/2000/svg'/>", bytes(1000)])
def test_a_file_that_is_no_picture_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(content)

    assert str(refused("cat.png", tmp_path)) == "image 'cat.png' is damaged or not a picture"


@pytest.mark.parametrize("size", [(1, 1), (63, 400), (400, 63)])
def test_a_tiny_picture_is_refused(size: tuple[int, int], tmp_path: Path) -> None:
    Image.fromarray(picture(*size)).save(tmp_path / "cat.png")

    error = refused("cat.png", tmp_path)

    assert str(error) == f"image 'cat.png' is only {size[0]}×{size[1]} pixels large"
    assert error.hint == "use one of at least 64 pixels on both sides"


@pytest.mark.parametrize(
    ("size", "how"),
    [
        ((20_000, 100), "20000×100 pixels large"),
        ((100, 10_001), "100×10001 pixels large"),
        ((20_000, 5_000), "20000×5000 pixels large"),  # Pillow would warn
        ((20_000, 20_000), "far too large"),  # Pillow would not open it
        ((2**31 - 1, 2**31 - 1), "far too large"),
    ],
)
def test_a_huge_picture_is_refused_before_it_takes_memory(size: tuple[int, int], how: str, tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(png_header(*size))

    error = refused("cat.png", tmp_path)

    assert str(error) == f"image 'cat.png' is {how}"
    limit = "120 million pixels" if how == "far too large" else "10000 pixels on both sides"
    assert error.hint == f"scale it down to at most {limit}"


@pytest.mark.parametrize("size", [(64, 64), (64, 10_000), (10_000, 64)])
def test_the_limits_themselves_pass(size: tuple[int, int], tmp_path: Path) -> None:
    Image.fromarray(picture(*size)).save(tmp_path / "cat.png")

    assert load(checked("cat.png", tmp_path)).shape == (224, 224, 3)


def test_grey_pictures_of_8_and_16_bits_look_alike(tmp_path: Path) -> None:
    grey = picture(128, 128)[..., 0]
    Image.fromarray(grey).save(tmp_path / "eight.png")
    Image.fromarray(grey.astype(np.uint16) * 257).save(tmp_path / "sixteen.png")

    eight, sixteen = load(checked("eight.png", tmp_path)), load(checked("sixteen.png", tmp_path))

    assert eight.tolist() == sixteen.tolist()
    assert (eight[..., 0] == eight[..., 2]).all()
    assert np.ptp(eight) > 200


def test_a_palette_keeps_its_colours(tmp_path: Path) -> None:
    Image.fromarray(picture(128, 128)).quantize(256).save(tmp_path / "few.png")
    Image.fromarray(picture(128, 128)).save(tmp_path / "many.png")

    few, many = load(checked("few.png", tmp_path)), load(checked("many.png", tmp_path))

    assert np.abs(few.astype(int) - many).mean() < 12


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_is_laid_on_white(mode: str, tmp_path: Path) -> None:
    image = Image.new(mode, (100, 100))  # black, where it is not clear
    if mode == "P":
        image.info["transparency"] = 0
    image.save(tmp_path / "clear.png")

    assert (load(checked("clear.png", tmp_path)) == 255).all()


def test_a_camera_s_rotation_is_undone(tmp_path: Path) -> None:
    upright = Image.fromarray(picture(200, 120))
    upright.save(tmp_path / "upright.png")
    turned = upright.transpose(Image.Transpose.ROTATE_90)
    orientation = Image.Exif()
    orientation[0x0112] = 6  # show it turned by 90° clockwise
    turned.save(tmp_path / "turned.png", exif=orientation)

    assert load(checked("turned.png", tmp_path)).tolist() == load(checked("upright.png", tmp_path)).tolist()


def test_values_of_32_bits_are_refused(tmp_path: Path) -> None:
    Image.fromarray(np.ones((100, 100), dtype=np.float32)).save(tmp_path / "depth.tif")

    assert refused("depth.tif", tmp_path).hint == "save it as PNG, JPEG or WebP with 8 bits a channel"


def test_a_default_is_checked_too() -> None:
    assert Options().image == "chelsea"
