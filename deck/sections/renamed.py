"""What scenes of other days, and of ManimGL, call by names that manim no longer has."""

from __future__ import annotations

import re
from collections.abc import Iterable

import manim
from manim import Camera, Scene

from deck.adapters.manim import GETTER, NO_ANIMATION

__all__ = ["renamed"]

NAMES = {
    "CircleIndicate": "Circumscribe",
    "FadeInAndShiftFromDirection": "FadeIn(…, shift=…)",
    "FadeInFrom": "FadeIn(…, shift=…)",
    "FadeInFromDown": "FadeIn(…, shift=UP)",
    "FadeInFromLarge": "FadeIn(…, scale=…)",
    "FadeInFromPoint": "FadeIn(…, target_position=…)",
    "FadeOutAndShift": "FadeOut(…, shift=…)",
    "FadeOutAndShiftDown": "FadeOut(…, shift=DOWN)",
    "FadeOutToPoint": "FadeOut(…, target_position=…)",
    "FlashAround": "Circumscribe",
    "FRAME_HEIGHT": "config.frame_height",
    "FRAME_WIDTH": "config.frame_width",
    "FRAME_X_RADIUS": "config.frame_x_radius",
    "FRAME_Y_RADIUS": "config.frame_y_radius",
    "GraphScene": "Scene and Axes",
    "InteractiveScene": "Scene",
    "OldTex": "MathTex",
    "OldTexText": "Tex",
    "ParametricCurve": "ParametricFunction",
    "ParametricSurface": "Surface",
    "ShowCreation": "Create",
    "ShowCreationThenDestruction": "ShowPassingFlash",
    "ShowCreationThenDestructionAround": "Circumscribe",
    "ShowCreationThenFadeAround": "Circumscribe",
    "ShowPassingFlashAround": "Circumscribe",
    "TexMobject": "MathTex",
    "TexText": "Tex",
    "TextMobject": "Tex",
    "TransformMatchingStrings": "TransformMatchingTex",
    "VFadeIn": "FadeIn",
    "VFadeOut": "FadeOut",
    "WiggleOutThenIn": "Wiggle",
    "get_norm": "np.linalg.norm",
}
"""Classes, functions and constants, and what does their work now."""

METHODS = {
    "add_coordinate_labels": "add_coordinates()",
    "fix_in_frame": "self.add_fixed_in_frame_mobjects(…) of ThreeDScene",
    "get_antiderivative_graph": "plot_antiderivative_graph() of Axes",
    "get_derivative_graph": "plot_derivative_graph() of Axes",
    "get_graph": "plot() of Axes",
    "get_implicit_curve": "plot_implicit_curve() of Axes",
    "get_line_graph": "plot_line_graph() of Axes",
    "get_parametric_curve": "plot_parametric_curve() of Axes",
    "get_parts_by_tex": "get_part_by_tex()",
    "rotate_in_place": "rotate()",
    "scale_in_place": "scale()",
    "set_euler_angles": "self.set_camera_orientation(…) of ThreeDScene",
    "setup_axes": "Axes",
    "stretch_in_place": "stretch()",
}
"""Methods, and what does their work now."""

ARGUMENTS = {
    "code": "code_string",
    "file_name": "code_file",
    "insert_line_no": "add_line_numbers",
    "style": "formatter_style",
}
"""What `Code` called its arguments before manim 0.19."""

LIMITS = re.compile(r"(?P<axis>[txyzuv])_(?:min|max|step|(?:axis_)?tick_frequency)")
FROM_3B1B = ("manimlib", "manim_imports_ext", "big_ol_pile_of_manim_imports")
"""The packages of ManimGL and of older manims."""

UNEXPECTED = re.compile(r"(?P<owner>\w+)\.__init__\(\) got an unexpected keyword argument '(?P<name>\w+)'")

ABLE = ("MovingCameraScene", "ThreeDScene", "ZoomedScene", "LinearTransformationScene", "VectorScene")
"""Scenes that can do what others cannot."""


def renamed(error: BaseException, line: str) -> str:
    """
    Return what to do about an error that comes of a name manim no longer has, or nothing.

    Parameters
    ----------
    error
        What a scene has raised.
    line
        Of the document, where it was.
    """
    if isinstance(error, ModuleNotFoundError):
        is_foreign = (error.name or "").partition(".")[0] in FROM_3B1B
        return "that is another manim; here it is `from manim import *`" if is_foreign else ""
    if isinstance(error, NameError):
        new = NAMES.get(error.name or "", "")
        return f"manim has {new} in its place" if new else ""
    if isinstance(error, AttributeError):
        return _of_attribute(error.obj, error.name or "")
    return _of_arguments(str(error), line) if isinstance(error, TypeError) else ""


def _of_attribute(owner: object, name: str) -> str:
    if name in getattr(owner, "CONFIG", ()):
        return f"manim reads no CONFIG: write `{name} = …` in the class instead"
    if name == "frame" and isinstance(owner, Camera | Scene):
        return "let the scene stand on MovingCameraScene, which has self.camera.frame"
    able = [each for each in ABLE if isinstance(owner, Scene) and hasattr(getattr(manim, each), name)]
    if able:
        return f"let the scene stand on {able[0]}, which has {name}()"
    return f"manim has {METHODS[name]} in its place" if name in METHODS else ""


def _of_arguments(words: str, line: str) -> str:
    """Say what arguments are called now; a method that is gone is taken for a getter, which has none."""
    if words.startswith(GETTER):
        return _instead(re.findall(r"\.(\w+)\(", line))
    if words.startswith(NO_ANIMATION) and "Scene.play()" in words:
        return "play() takes animations: Create(square), or square.animate.shift(RIGHT)"
    found = UNEXPECTED.fullmatch(words)
    if found and found["owner"] == "Code" and found["name"] in ARGUMENTS:
        return f"manim has {ARGUMENTS[found['name']]} in its place"
    if found and (limit := LIMITS.fullmatch(found["name"])):
        return f"manim has {limit['axis']}_range=[min, max, step] in its place"
    return ""


def _instead(methods: Iterable[str]) -> str:
    return next((f"manim has {METHODS[name]} in its place" for name in methods if name in METHODS), "")
