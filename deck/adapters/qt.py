"""Qt, by way of PySide6: its plugins, which have to be found before any of it is imported."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["FFMPEG", "QUIET", "X11"]

QUIET = "qt.multimedia.*.info=false\nqt.multimedia.symbolsresolver=false"
"""Filters for Qt's log, which would otherwise name every clip it opens and each graphics driver that is missing."""

FFMPEG = "multimedia/libffmpegmediaplugin.so"
X11 = "platforms/libqxcb.so"
"""Both are plugins that need libraries of the system; if one of those is missing, Qt does not say which."""

FILES: Mapping[str, str] = {
    "PySide6": f"Qt/plugins/{FFMPEG} Qt/plugins/{X11}",
}
