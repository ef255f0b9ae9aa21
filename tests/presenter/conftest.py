from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deck.build import Deck, DeckSlide
from deck.build.films import Film, Studio
from deck.build.quality import QUALITIES
from deck.present import require_qt
from deck.render.raster import Raster
from tests.toys import toy_deck

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QSize, Qt
    from PySide6.QtGui import QImage
    from PySide6.QtMultimedia import QVideoFrame
    from PySide6.QtWidgets import QApplication, QWidget

    from deck.present.window import Window

HERE = Path(__file__).parent
KINDS = "[deck.slides]\njourney = toy_slides:Journey\nsunset = toy_slides:Sunset\n"
SCREEN = '{"name": "%s", "x": %d, "y": 0, "width": 1280, "height": 800, "logicalDpi": 96, "dpr": 1}'
SCREENS = f'{{"screens": [{SCREEN % ("desk", 0)}, {SCREEN % ("hall", 1280)}]}}'
FAST = 4.0
"""How many times as fast as rendered the clips run: a lecture of 30 pauses takes 20 seconds."""

SLOW = 0.1
"""For looking at the middle of a clip, on a machine that has other things to do."""

TICK = 5
"""After so many milliseconds Qt's loop turns, if nothing else lets it."""

PATIENCE, TURNS = 100_000, 100
"""How many turns of Qt's loop something may take, and how many it has to do what it has to do."""

BLOCK = 8
ALIKE = 16
"""What the compression of a clip may do to the mean of a block of pixels, in levels of 255."""


@pytest.fixture(scope="session")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """Whatever deck is here, the tests of every pause go through all of it."""
    return toy_deck(HERE / "toy.md", KINDS, tmp_path_factory.mktemp("deck"))


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return Studio(store=tmp_path_factory.mktemp("studio"), quality=QUALITIES["draft"])


@pytest.fixture(scope="session")
def films(deck: Deck, studio: Studio) -> Sequence[Film]:
    """Return the clips of each slide of the deck, and their reverses."""
    return studio.films(deck.slides, reversed=True)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> QApplication:
    """Qt with two screens, a desk's and a hall's, that nobody sees."""
    screens = tmp_path_factory.mktemp("qt") / "screens.json"
    screens.write_text(SCREENS)
    require_qt()
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
    from PySide6.QtWidgets import QApplication

    return QApplication([])


def blocks(image: QImage, size: QSize) -> NDArray[np.float64]:
    """Return an image, scaled to a size, as the means of blocks of pixels: rows × columns × RGB in levels of 255."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    image = image.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)
    array = np.array(image.constBits(), dtype=float).reshape(image.height(), image.width(), 4)
    rows, columns = image.height() // BLOCK, image.width() // BLOCK
    tiles = array[: rows * BLOCK, : columns * BLOCK, :3].reshape(rows, BLOCK, columns, BLOCK, 3)
    return np.asarray(tiles.mean(axis=(1, 3)))


def pictures(slide: DeckSlide, width: int) -> Iterator[QImage]:
    """Yield the picture of each of a slide's pauses."""
    from PySide6.QtGui import QImage

    raster = Raster(slide.recording, width)
    for reveal in slide.recording.reveals:
        pixels = raster.frame(reveal.last)
        yield QImage(
            pixels.tobytes(), raster.width, raster.height, 3 * raster.width, QImage.Format.Format_RGB888
        ).copy()


class Lecture:
    """A lecturer's hands on the keyboard, and eyes on the screen."""

    def __init__(self, window: Window, deck: Deck, *, width: int) -> None:
        self.window = window
        self.title = deck.document.title
        self.pauses = [(slide.id, reveal.id) for slide in deck.slides for reveal in slide.reveals]
        self.pictures = [picture for slide in deck.slides for picture in pictures(slide, width)]
        self.clips = [clip for config in window.presentation_configs for clip in config.slides]
        self.notes = [reveal.notes for slide in deck.slides for reveal in slide.reveals]

    def press(self, *keys: str, on: QWidget | None = None) -> None:
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest

        for key in keys:
            QTest.keySequence(on or self.window, QKeySequence(key))

    def hold(self, key: Qt.Key, *, repeats: int = 5) -> None:
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtGui import QKeyEvent
        from PySide6.QtWidgets import QApplication

        for repeat in range(repeats):
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, autorep=repeat > 0)
            QApplication.sendEvent(self.window, event)

    def watch(self, until: Callable[[], bool]) -> None:
        """Let Qt work until something is so."""
        from PySide6.QtCore import QEventLoop, QTimer
        from PySide6.QtWidgets import QApplication

        ticks = QTimer()
        ticks.start(TICK)  # what is waited for may come without an event of Qt's
        for _ in range(PATIENCE):
            if until():
                return
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        pytest.fail(f"what is waited for has not come in {PATIENCE} turns of Qt's loop, at {self.state}")

    def rest(self) -> None:
        """Let Qt do all that waits to be done, and what comes of it."""
        from PySide6.QtWidgets import QApplication

        for _ in range(TURNS):
            QApplication.processEvents()

    def fall_behind(self, frames: int = 3) -> None:
        """Do nothing until the clip that plays has frames that wait to be shown, as a busy machine does."""
        decoded = set[int]()
        for _ in range(100 * PATIENCE):
            decoded.add(self.window.decoder.videoFrame().startTime())
            if len(decoded) > frames:
                return
            os.sched_yield()
        pytest.fail("the clip does not play on while Qt's loop stands still")

    def pace(self, rate: float) -> None:
        """Let clips go on so many times as fast as rendered."""
        self.window.media_player.setPlaybackRate(rate)

    def finish(self) -> None:
        """Let the clip that plays play to its end."""
        self.watch(lambda: not self.window.moving)

    def record(self) -> list[QVideoFrame]:
        """Return a list that takes in every frame the screen is given from now on."""
        frames: list[QVideoFrame] = []
        self.window.video_sink.videoFrameChanged.connect(frames.append)
        return frames

    @property
    def state(self) -> tuple[str, str, bool]:
        return self.window.state()

    def milliseconds(self) -> int:
        """Return how far into its clip the screen is."""
        return int(self.window.media_player.position())

    def shows_clip(self) -> bool:
        """Whether the frame on the screen comes from a clip: those are YUV, pictures are RGB."""
        from PySide6.QtMultimedia import QVideoFrameFormat

        return self.window.video_sink.videoFrame().pixelFormat() == QVideoFrameFormat.PixelFormat.Format_YUV420P

    def shows(self, pause: int) -> bool:
        """Whether the screen looks like the end of a pause."""
        return self.strays(pause) < ALIKE

    def strays(self, pause: int, frame: QVideoFrame | None = None) -> float:
        """Return how far a frame is from a pause's picture, in levels of 255 at the worst place."""
        shown = (frame or self.window.video_sink.videoFrame()).toImage()
        return float(np.abs(blocks(shown, shown.size()) - blocks(self.pictures[pause], shown.size())).max())

    def comes_next(self) -> str:
        """Return the path of the clip that the speaker is shown as the next."""
        return str(self.window.info.next_media_player.source().toLocalFile())

    def looks_black(self) -> bool:
        """Whether nothing but black can be seen in the window."""
        shown = self.window.grab().toImage()
        return float(blocks(shown, shown.size()).max()) == 0


@pytest.fixture
def open_lecture(deck: Deck, films: Sequence[Film], app: QApplication) -> Iterator[Callable[..., Lecture]]:
    from deck.present.window import Window

    windows = []

    def open_lecture(
        *,
        deck: Deck = deck,
        films: Sequence[Film] = films,
        width: int = 854,
        screens: int = 1,
        pause: int = 0,
        rate: float = FAST,
    ) -> Lecture:
        chosen = app.screens()[:screens]
        window = Window(deck, films, width=width, pause=pause, playback_rate=rate, screens=chosen)
        windows.append(window)
        window.show(chosen)
        return Lecture(window, deck, width=width)

    yield open_lecture
    for window in windows:
        window.close()
        window.deleteLater()
    app.processEvents()


@pytest.fixture
def lecture(open_lecture: Callable[..., Lecture]) -> Lecture:
    """Return a lecture that has just been opened, on one screen."""
    return open_lecture()
