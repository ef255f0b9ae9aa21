"""Scenes of a trusted document that misbehave: each is its section's fault in a sentence, and nobody else's."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.hostile.running import UNSPEAKABLE, short_folder, supervised
from tests.hostile.scenes import ENDLESS, SCENES, Misdeed, document

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc, which is Linux's")

NAMES = list(SCENES)
PARTS = {f"part-{at}": {name: SCENES[name] for name in NAMES[at::3]} for at in range(3)} | {"endless": ENDLESS}
SECONDS = {"endless": 20}
"""What a section of a part may take: a busy machine needs some for the honest ones, too."""
AT_ONCE = 4


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("part", PARTS)
def test_what_a_scene_does_to_its_process_is_its_own_section_s_fault(part: str, tmp_path: Path) -> None:
    misdeeds = PARTS[part]
    for folder in ("talk", "home"):
        (tmp_path / folder).mkdir()
    temporary = short_folder()
    (tmp_path / "talk" / "talk.md").write_text(document(misdeeds, str(tmp_path / "ran")))
    deck = str(Path(sys.executable).with_name("deck"))
    how = ["--trust", "--keep-going", "--timeout", str(SECONDS.get(part, 60)), "-j", str(AT_ONCE), "--quality", "draft"]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path / "home"), "TMPDIR": str(temporary)}

    end = supervised([deck, "build", "talk.md", *how], tmp_path / "talk", environment, tmp_path / "end")

    told = (tmp_path / "end.stderr").read_text("utf-8", "replace")
    assert "Traceback (most recent call last)" not in told
    assert _astray(misdeeds, told) == {}
    assert end["code"] == 1
    assert _slides(tmp_path / "talk" / "build" / "talk.html") >= _sections(misdeeds)
    assert not (tmp_path / "ran").exists()
    assert end["left"] == []
    temporary.rmdir()  # nothing is in it
    assert [line for line in told.splitlines() if len(line) > 1000] == []
    assert not UNSPEAKABLE.search(told)


def _astray(misdeeds: Mapping[str, Misdeed], told: str) -> dict[str, list[str]]:
    """Return the sentences on each section that has another number of them than it should."""
    text = document(misdeeds, "").split("\n")
    found = {}
    for name, misdeed in misdeeds.items():
        first = text.index(f"## {name}") + 1
        last = next(at for at in range(first, len(text)) if text[at].startswith("## ")) + 1
        lines = re.findall(r"talk\.md:(\d+): (.*)$", told, re.MULTILINE)  # scenes write, too
        sentences = [sentence for line, sentence in lines if first <= int(line) < last]
        if len(sentences) not in {True: [1], False: [0], None: [0, 1]}[misdeed.fails]:
            found[name] = sentences
    return found


def _sections(misdeeds: Mapping[str, Misdeed]) -> set[str]:
    return {*misdeeds, *(f"good-{at}" for at in range(len(misdeeds))), "the-end"}


def _slides(page: Path) -> set[str]:
    return set(re.findall(r'<section id="([^"]*)"', page.read_text()))
