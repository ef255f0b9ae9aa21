"""
The window of `deck present`: manim-slides' player with the keys and the behaviour that lecturers expect.

Where that player moves from clip to clip, this one moves from pause to pause: a step back shows the end of the reveal
before at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette, QScreen
from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame, QVideoSink
from PySide6.QtWidgets import QLabel

from deck.adapters.player import LOGGER, Config, Player, qapp
from deck.present.presentation import Pictures, presentation

if TYPE_CHECKING:
    from deck.build import Deck
    from deck.build.films import Film
    from deck.themes import Theme

__all__ = ["COMMANDS", "Command", "State", "Window", "help_page", "palette", "run"]


NOTES = 18
"""Pixels of the notes' type, which is to be read standing."""


class State(NamedTuple):
    """Where the lecture is; ``playing`` until the reveal stands at its end or is held."""

    slide: str
    reveal: str
    playing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """
    What some keys do.

    ``keys`` are Qt's portable names. ``steps`` says that the command moves the lecture; behind a black screen or the
    help such a key only brings the slide back.
    """

    keys: tuple[str, ...]
    does: str
    act: Callable[[Window], None]
    steps: bool = False


class Window(Player):
    """
    A deck, stepped pause by pause.

    Parameters
    ----------
    deck
        What to show.
    films
        Of each slide, with a clip for each reveal.
    width
        Of the clips, and of the pictures of the pauses, in pixels.
    pause
        The pause to open on, counted from 0 through the whole deck.
    playback_rate
        How many times as fast as rendered.
    screens
        First the speaker's own, last the audience's, which shows the slides. If there is only one, there is no window
        for the speaker.
    """

    def __init__(
        self,
        deck: Deck,
        films: Sequence[Film],
        *,
        width: int,
        pause: int = 0,
        full_screen: bool = False,
        playback_rate: float = 1.0,
        screens: Sequence[QScreen],
    ) -> None:
        super().__init__(
            Config(),
            [presentation(slide, film, width) for slide, film in zip(deck.slides, films, strict=True)],
            start_paused=True,
            full_screen=full_screen,
            playback_rate=playback_rate,
            screen=screens[-1],
            info_window_screen=screens[0],
            hide_info_window=len(screens) == 1,
        )
        self.deck = deck
        self.pictures = Pictures(deck, width)
        self.pauses = [(s, r) for s, slide in enumerate(deck.slides) for r in range(len(slide.reveals))]
        self.moving = False
        self.backwards = False
        self.setWindowTitle(deck.document.title)
        self.info.setWindowTitle(f"{deck.document.title} – speaker")
        font = self.info.slide_notes.font()
        font.setPixelSize(NOTES)
        self.info.slide_notes.setFont(font)
        self.info.setPalette(palette(deck.theme))

        # Clips are decoded into a sink of their own: the screen never shows the empty frame that ends each of them.
        self.decoder = QVideoSink(self)
        self.decoder.videoFrameChanged.connect(self.show_frame)
        self.media_player.setVideoSink(self.decoder)
        self.media_player.mediaStatusChanged.connect(self.media_status_changed)
        self.media_player.errorOccurred.connect(self.show_pause)

        self.black: QLabel = QLabel()
        self.help: QLabel = QLabel(help_page(), alignment=Qt.AlignmentFlag.AlignCenter)
        self.black.setStyleSheet("background: black")
        for page in (self.black, self.help):
            self.media_stack.addWidget(page)
        self.image_label.setMinimumSize(0, 0)  # else no window is smaller than the frames
        self.resize(_fit(QSize(*self.current_presentation_config.resolution), self.screen().availableSize()))
        self.go(pause)

    @property
    def pause(self) -> int:
        """The number of the current pause, counted from 0 through the whole deck."""
        return self.pauses.index((self.current_presentation_index, self.current_slide_index))

    def state(self) -> State:
        """Return where the lecture is."""
        slide = self.deck.slides[self.current_presentation_index]
        held = self.media_player.playbackState() == QMediaPlayer.PlaybackState.PausedState
        return State(slide.id, slide.reveals[self.current_slide_index].id, self.moving and not held)

    def enter(self, pause: int) -> None:
        """Make a pause the current one, in labels and notes; the picture stays."""
        self.current_presentation_index, self.current_slide_index = self.pauses[pause]

    def show_pause(self) -> None:
        """Show the current pause as it is at its end."""
        self.stop()
        self.moving = False
        self.video_sink.setVideoFrame(QVideoFrame(self.pictures.of(*self.pauses[self.pause])))

    def play_clip(self, *, backwards: bool = False) -> None:
        """Play the way to the current pause, or the way back from it."""
        self.stop()
        self.moving = True
        self.backwards = self.playing_reversed_slide = backwards
        self.load_current_slide()
        self.playing_reversed_slide = False  # with it on, manim-slides takes this clip for the next one

    def stop(self) -> None:
        """Stop the clip, and forget those of its frames that wait to be shown: they would flash up later."""
        self.media_player.stop()
        QCoreApplication.removePostedEvents(self, QEvent.Type.MetaCall.value)

    def go(self, pause: int) -> None:
        """Show a pause as it is at its end; -1 is the last."""
        self.enter(pause)
        self.show_pause()

    def next(self) -> None:
        """Finish the reveal that plays, or play the next one; a loop, which has no end, is left at once."""
        if self.moving and not self.current_slide_config.loop:
            self.show_pause()
        elif self.pause + 1 < len(self.pauses):
            self.enter(self.pause + 1)
            self.play_clip()

    def previous(self) -> None:
        """Show the pause before."""
        if self.pause > 0:
            self.go(self.pause - 1)

    def reverse(self) -> None:
        """Play the current reveal backwards, to the pause before."""
        if self.pause == 0:
            return
        clip = self.current_slide_config
        if clip.rev_file == clip.file:  # made without reversed clips
            self.previous()
        else:
            self.play_clip(backwards=True)
            self.enter(self.pause - 1)

    def show_frame(self, frame: QVideoFrame) -> None:
        """Show what was decoded."""
        if frame.isValid():
            self.video_sink.setVideoFrame(frame)

    def media_status_changed(self, status: QMediaPlayer.MediaStatus) -> None:
        """Rest at the end of a clip; one that ran backwards stops a frame before the pause it leads to."""
        if status == QMediaPlayer.MediaStatus.EndOfMedia and self.moving:
            self.moving = False
            if self.backwards:
                self.show_pause()

    def preview_next_slide(self) -> None:
        """Show the speaker what comes next; nothing after the last pause."""
        if self.hide_info_window:
            return
        super().preview_next_slide()
        if self.next_slide_config is None:
            self.info.next_media_player.stop()
            self.info.next_video_widget.hide()

    def cover(self, page: QLabel) -> None:
        """Hide the slide behind a page, or lift that page."""
        lifted = self.media_stack.currentWidget() is page
        theme, size = self.deck.theme, self.height() // 34
        self.help.setStyleSheet(f"background: {theme.background}; color: {theme['text']}; font-size: {size}px")
        self.media_stack.setCurrentWidget(self.video_widget if lifted else page)

    def uncover(self) -> None:
        """Show the slide."""
        self.media_stack.setCurrentWidget(self.video_widget)

    def fill_screen(self, *, on: bool) -> None:
        """Fill the screens, or go back to windows."""
        state = Qt.WindowState.WindowFullScreen if on else Qt.WindowState.WindowNoState
        self.setWindowState(state)
        self.info.setWindowState(state)

    def escape(self) -> None:
        """Leave the help, else full screen."""
        if self.media_stack.currentWidget() is self.help:
            self.uncover()
        else:
            self.fill_screen(on=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Do what the key says; a step behind a black screen or the help only brings the slide back."""
        command = BY_KEY.get(_key_name(event))
        if command is None or event.isAutoRepeat():  # a key held too long must not run away with the lecture
            event.ignore()
        elif command.steps and self.media_stack.currentWidget() is not self.video_widget:
            self.uncover()
        else:
            command.act(self)


def palette(theme: Theme) -> QPalette:
    """Return Qt's colours for the speaker's window."""
    colors = QPalette()
    colors.setColor(QPalette.ColorRole.Window, theme.background)
    colors.setColor(QPalette.ColorRole.WindowText, theme["text"])
    colors.setColor(QPalette.ColorRole.Text, theme["text"])
    colors.setColor(QPalette.ColorRole.Link, theme["accent"])
    return colors


def run(deck: Deck, films: Sequence[Film], *, width: int, pause: int, full_screen: bool) -> int:
    """Open the window, and the speaker's on a second screen; return Qt's exit code once they are closed."""
    logging.getLogger(LOGGER).setLevel(logging.WARNING)
    app = qapp()
    app.setApplicationName("deck")
    screens: list[QScreen] = app.screens()
    window = Window(deck, films, width=width, pause=pause, full_screen=full_screen, screens=screens)
    window.show(screens)
    awake = QTimer()  # Qt's loop would not let Python see Ctrl+C
    awake.timeout.connect(lambda: None)
    awake.start(200)
    return int(app.exec())


COMMANDS = (
    Command(keys=("Right", "Down", "Space", "PgDown", "N"), does="next", act=lambda w: w.next(), steps=True),
    Command(keys=("Left", "Up", "Shift+Space", "PgUp", "P"), does="back", act=lambda w: w.previous(), steps=True),
    Command(keys=("Home",), does="first", act=lambda w: w.go(0), steps=True),
    Command(keys=("End",), does="last", act=lambda w: w.go(-1), steps=True),
    Command(keys=("R",), does="replay", act=lambda w: w.play_clip(), steps=True),
    Command(keys=("V",), does="play backwards", act=lambda w: w.reverse(), steps=True),
    Command(keys=("A",), does="hold or go on", act=lambda w: w.play_pause(), steps=True),
    Command(keys=("B", "."), does="black screen", act=lambda w: w.cover(w.black)),
    Command(keys=("F",), does="full screen, or not", act=lambda w: w.fill_screen(on=not w.isFullScreen())),
    Command(keys=("F5",), does="full screen", act=lambda w: w.fill_screen(on=True)),
    Command(keys=("Esc",), does="leave full screen", act=lambda w: w.escape()),
    Command(keys=("H",), does="hide or show the mouse", act=lambda w: w.hide_mouse()),
    Command(keys=("?",), does="these keys", act=lambda w: w.cover(w.help)),
    Command(keys=("Q",), does="quit", act=lambda w: w.close()),
)

BY_KEY: Mapping[str, Command] = {key: command for command in COMMANDS for key in command.keys}

GLYPHS = {"Right": "→", "Left": "←", "Up": "↑", "Down": "↓", "PgDown": "Page Down", "PgUp": "Page Up"}


def help_page() -> str:
    """Return the table of commands as HTML."""
    rows = (
        f"<tr><td align='right'>{' &nbsp; '.join(GLYPHS.get(key, key) for key in command.keys)}</td>"
        f"<td>&nbsp;&nbsp;&nbsp;{command.does}</td></tr>"
        for command in COMMANDS
    )
    return f"<table align='center' cellpadding='3'>{''.join(rows)}</table>"


def _key_name(event: QKeyEvent) -> str:
    """Return the key as in `COMMANDS`; Shift counts only with Space: keyboards differ in which keys need it."""
    modifiers = event.modifiers()
    if modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return ""
    name = QKeySequence(event.key()).toString()
    return f"Shift+{name}" if name == "Space" and modifiers & Qt.KeyboardModifier.ShiftModifier else name


def _fit(size: QSize, screen: QSize) -> QSize:
    """Return the size, scaled down in proportion if the screen is smaller."""
    return size if size.boundedTo(screen) == size else size.scaled(screen, Qt.AspectRatioMode.KeepAspectRatio)
