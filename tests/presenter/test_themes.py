"""The Qt windows in a light theme: the help and the speaker's own are read, and the black screen stays black."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deck import themes
from deck.build import Deck
from deck.build.films import Film
from deck.themes import LEGIBLE, contrast

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget


def _colors(widget: QWidget) -> set[str]:
    """Return the colours that a widget shows."""
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("name", ["dark", "light", "paper", "contrast"])
def test_the_windows_have_the_theme(name: str, app: QApplication, deck: Deck, films: Sequence[Film]) -> None:
    from PySide6.QtWidgets import QLabel

    from deck.present.window import Window

    theme = themes.find(name, Path(), trust=False)
    window = Window(replace(deck, theme=theme), films, width=480, screens=app.screens())
    window.show(app.screens())
    try:
        labels: list[QLabel] = [label for label in window.info.findChildren(QLabel) if label.isVisible()]
        assert len(labels) > 4
        for label in labels:
            ink = label.palette().color(label.foregroundRole()).name().upper()
            assert ink == theme["text"], label.text()
        corner = window.info.grab().toImage().pixelColor(2, 2).name().upper()
        assert corner == theme.background

        window.cover(window.help)
        colors = _colors(window.help)
        assert theme.background in colors
        assert max(contrast(color, theme.background) for color in colors) >= LEGIBLE
        window.cover(window.help)
        window.cover(window.black)
        assert _colors(window.black) == {"#000000"}
    finally:
        window.close()
