"""A colour, read from a file beside this module."""

from pathlib import Path

SKY = Path(__file__).with_name("sky.txt").read_text(encoding="utf-8").split()[0]
