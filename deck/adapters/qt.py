"""Qt, by way of PySide6: its plugins, which have to be found before any of it is imported."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["FFMPEG", "QUIET", "X11"]

QUIET = "qt.multimedia.*.info=false\nqt.multimedia.symbolsresolver=false"
"""It tells of every clip that it opens, and of each way to a graphics card that is not there."""

FFMPEG = "multimedia/libffmpegmediaplugin.so"
X11 = "platforms/libqxcb.so"
"""Plugins that need libraries of the system's; where one of those is missing, Qt says nothing of it."""

FILES: Mapping[str, str] = {
    "PySide6": f"Qt/plugins/{FFMPEG} Qt/plugins/{X11}",
}
