"""An object of each class whose objects have what the class itself has not; made by the library as it stands."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np

__all__ = ["sample"]

# Before Qt is imported: its window is seen by nobody, and it keeps to itself what it lacks for films.
os.environ |= {"QT_API": "pyside6", "QT_LOGGING_RULES": "*=false", "QT_QPA_PLATFORM": "offscreen"}

_FOLDER = TemporaryDirectory(prefix="contract-")
FORMULA = """<math><mrow>
<mi>a</mi><mo>+</mo><mover><mi>b</mi><mo>→</mo></mover><munder><mi>c</mi><mo>→</mo></munder>
<msup><mi>x</mi><mn>2</mn></msup><msubsup><mi>y</mi><mn>1</mn><mn>2</mn></msubsup>
</mrow></math>"""


def sample(path: str) -> Any:
    """Return an object of the class at a path; a `KeyError` says that nobody knows how to make one."""
    return _made(SAMPLES[path])


@cache
def _made(make: Callable[[], Any]) -> Any:
    return make()


def _scene() -> Any:
    """Return a scene that has played something."""
    from manim import FadeIn, Scene, Square, config

    config.media_dir = _FOLDER.name
    config.dry_run, config.progress_bar, config.verbosity = True, "none", "ERROR"
    scene = Scene()
    scene.play(FadeIn(Square(), run_time=2 / config.frame_rate))
    return scene


def _manim(name: str, *args: Any, **kwargs: Any) -> Callable[[], Any]:
    def make() -> Any:
        import manim

        manim.config.media_dir = _FOLDER.name
        return getattr(manim, name)(*args, **kwargs)

    return make


def _glyph() -> Any:
    import svgelements  # type: ignore[import-untyped]
    from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath

    return VMobjectFromSVGPath(svgelements.Path("M 0 0 L 1 1"))


def _transform() -> Any:
    from manim import Circle, Square, Transform

    made = Transform(Square(), Circle())
    made.begin()
    return made


def _group() -> Any:
    from manim import AnimationGroup, FadeIn, Square

    return AnimationGroup(FadeIn(Square()))


def _animation() -> Any:
    from manim import Animation, Square

    return Animation(Square())


def _screen() -> Any:
    from manim import ImageMobjectFromCamera, MovingCamera

    return ImageMobjectFromCamera(MovingCamera())


def _config() -> Any:
    from manim import config

    return config


def _number() -> Any:
    from manim import DecimalNumber

    _made(_tex)
    return DecimalNumber(1.5)


def _tex() -> Any:
    """Return a formula; its picture is given to manim in the way in which deck does so where there is no LaTeX."""
    from manim import MathTex
    from manim.mobject.text import tex_mobject

    file = Path(_FOLDER.name) / "formula.svg"
    file.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><g id="unique000"><path d="M 0 0 h 9 v 9 Z"/></g>'
        '<g id="unique001"><path d="M 10 0 h 9 v 9 Z"/></g></svg>'
    )
    tex_mobject.tex_to_svg_file = lambda *_args, **_kwargs: file  # type: ignore[attr-defined]
    return MathTex("a", "b")


def _formula() -> Any:
    from ziamath.zmath import Math

    return Math(ET.fromstring(FORMULA), size=20)  # noqa: S314 - it is our own


def _node(tag: str) -> Callable[[], Any]:
    return lambda: next(each for each in _nodes(_made(_formula).node) if getattr(each, "mtag", "") == tag)


def _nodes(node: Any) -> list[Any]:
    return [node, *(each for child in getattr(node, "nodes", ()) for each in _nodes(child))]


def _drawn() -> Any:
    return next(each for each in _nodes(_made(_formula).node) if type(each).__name__ == "Glyph")


def _shape(name: str, *sizes: float) -> Callable[[], Any]:
    def make() -> Any:
        from ziamath import drawable

        return getattr(drawable, name)(*sizes)

    return make


def _font() -> Any:
    from ziamath.zmath import loadedfonts

    return loadedfonts["default"]


def _player() -> Any:
    """Return the player, with a picture that is none."""
    from manim_slides.config import Config
    from manim_slides.present.player import Player
    from manim_slides.qt_utils import qapp

    _made(qapp)
    return Player(Config(), [_made(_presentation)], start_paused=True, hide_info_window=True)


def _presentation() -> Any:
    from manim_slides.config import PresentationConfig

    picture = Path(_FOLDER.name) / "picture.png"
    picture.touch()
    clip = {"file": picture, "rev_file": picture, "notes": "", "dedent_notes": False, "loop": False}
    facts = {"slides": [clip], "resolution": (320, 180), "background_color": "#000000"}
    return PresentationConfig.model_validate(facts)


def _slide() -> Any:
    from manim_slides.slide import Slide

    _made(_scene)
    return Slide(output_folder=Path(_FOLDER.name))


def _written() -> Any:
    """Return a text as Pango writes it, with the name that `deck.fonts.glyphs` reads it by."""
    from manimpango import MarkupUtils

    file = Path(_FOLDER.name) / "text.svg"
    text = '<span background="#000001">A</span>'
    MarkupUtils.text2svg(
        text, "Sans", "NORMAL", "NORMAL", 72, 0, False, str(file), 0, 0, 999, 999, justify=False, pango_width=-1
    )
    return SimpleNamespace(written=file.read_text("utf-8"))


SAMPLES: Mapping[str, Callable[[], Any]] = {
    "manim._config.utils.ManimConfig": _config,
    "manim.renderer.cairo_renderer.CairoRenderer": _manim("CairoRenderer"),
    "manim.Scene": _scene,
    "manim.Animation": _animation,
    "manim.AnimationGroup": _group,
    "manim.Transform": _transform,
    "manim.camera.camera.Camera": _manim("Camera"),
    "manim.camera.moving_camera.MovingCamera": _manim("MovingCamera"),
    "manim.camera.multi_camera.MultiCamera": _manim("MultiCamera"),
    "manim.camera.three_d_camera.ThreeDCamera": _manim("ThreeDCamera"),
    "manim.Mobject": _manim("Mobject"),
    "manim.VMobject": _manim("Square"),
    "manim.mobject.types.point_cloud_mobject.PMobject": _manim("PMobject"),
    "manim.ImageMobject": _manim("ImageMobject", np.zeros((2, 2, 4), np.uint8)),
    "manim.mobject.types.image_mobject.AbstractImageMobject": _manim("ImageMobject", np.zeros((2, 2, 4), np.uint8)),
    "manim.mobject.types.image_mobject.ImageMobjectFromCamera": _screen,
    "manim.mobject.svg.svg_mobject.VMobjectFromSVGPath": _glyph,
    "manim.mobject.text.code_mobject.Code": _manim("Code", code_string="a = 1", language="python"),
    "manim.mobject.text.numbers.DecimalNumber": _number,
    "manim.mobject.text.text_mobject.MarkupText": _manim("MarkupText", "a"),
    "manim.mobject.text.text_mobject.Paragraph": _manim("Paragraph", "a", "b"),
    "manim.mobject.text.text_mobject.Text": _manim("Text", "a"),
    "manim.mobject.text.tex_mobject.SingleStringMathTex": _tex,
    "manim.mobject.text.tex_mobject.MathTexPart": lambda: _made(_tex)[0],
    "manim.mobject.text.typst_mobject.MathTypst": _manim("MathTypst", "a"),
    "manim.mobject.text.typst_mobject.Typst": _manim("Typst", "a"),
    "manim.utils.tex.TexTemplate": _manim("TexTemplate"),
    "manim_slides.slide.Slide": _slide,
    "manim_slides.present.player.Player": _player,
    "manim_slides.present.player.Info": lambda: _made(_player).info,
    "manim_slides.config.PresentationConfig": _presentation,
    "manim_slides.config.SlideConfig": lambda: _made(_presentation).slides[0],
    "manimpango.MarkupUtils": _written,
    "ziamath.zmath.Math": _formula,
    "ziamath.nodes.mnode.Mnode": _node("mrow"),
    "ziamath.nodes.mrow.Mrow": _node("mrow"),
    "ziamath.nodes.msubsup.Msup": _node("msup"),
    "ziamath.nodes.msubsup.Msubsup": _node("msubsup"),
    "ziamath.nodes.munderover.Mover": _node("mover"),
    "ziamath.nodes.munderover.Munder": _node("munder"),
    "ziamath.nodes.moperator.Moperator": _node("mo"),
    "ziamath.drawable.Glyph": _drawn,
    "ziamath.drawable.HLine": _shape("HLine", 1, 1),
    "ziamath.drawable.Box": _shape("Box", 1, 1, 1),
    "ziamath.drawable.Diagonal": _shape("Diagonal", 1, 1, 1),
    "ziamath.mathfont.MathFont": _font,
    "ziamath.mathtable.MathTable": lambda: _font().math,
    "ziamath.mathtable.MathConstants": lambda: _font().math.consts,
    "ziafont.fonttypes.FontInfo": lambda: _font().info,
    "ziafont.fonttypes.Layout": lambda: _font().info.layout,
    "ziafont.glyph.SimpleGlyph": lambda: _font().glyph("a"),
}
