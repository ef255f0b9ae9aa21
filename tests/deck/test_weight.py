"""A slide whose recording would weigh more than its film travels as video, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from deck.build import build
from deck.build.crew import Crew, crew
from deck.build.films import DOING, MAKER, Studio
from deck.build.quality import QUALITIES
from deck.document import parse
from deck.formats import lighter as weight
from deck.formats.lighter import lightened

pytestmark = pytest.mark.xdist_group("toys")

SCENES = """\
## Noise

```python
from manim import *
import numpy as np

class Noise(Scene):
    def construct(self):
        lines = VGroup(*(VMobject() for _ in range(40))).set_stroke(width=1)
        def shake(group, dt):
            for line in group:
                line.set_points_as_corners(np.random.uniform(-0.2, 0.2, (60, 3)))
        lines.add_updater(shake)
        self.add(lines)
        self.wait(1)
```

## Square

```python
class Still(Scene):
    def construct(self):
        self.play(Create(Square()), run_time=0.2)
```
"""


def test_what_weighs_less_as_video_is_filmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weight, "HEAVY_BYTES", 10_000)
    deck = build(parse(SCENES, tmp_path / "talk.md"), store=tmp_path / "store", frame_rate=15, trust=True)
    studio = Studio(store=tmp_path / "store", quality=QUALITIES["draft"])
    assert [slide.filmed for slide in deck.slides] == ["", ""]

    noise, square = lightened(deck, studio).slides

    (film,) = studio.films([noise])
    assert sum(clip.stat().st_size for clip in film.clips) < len(noise.data)
    assert noise.filmed.startswith("its recording would weigh 0.")
    assert square.filmed == ""


def test_one_pool_films_whatever_a_command_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weight, "HEAVY_BYTES", 0)
    begun: list[int] = []

    def noted(size: int, *, module: str, doing: str) -> object:
        begun.append(size)
        return crew(size, module=module, doing=doing)

    monkeypatch.setattr("deck.build.crew.crew", noted)
    deck = build(parse(SCENES, tmp_path / "talk.md"), store=tmp_path / "store", frame_rate=15, trust=True)
    with Crew(2, module=MAKER, doing=DOING) as pool:
        studio = Studio(store=tmp_path / "store", quality=QUALITIES["draft"], crew=pool)
        lightened(deck, studio)
        films = studio.films(deck.slides, reversed=True)

    assert [len(film.reversed) for film in films] == [len(slide.reveals) for slide in deck.slides]
    assert begun == [2]
