"""manim: its renderer, its cameras, and what mobjects know of themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from manim.camera.camera import Camera
from manim.camera.moving_camera import MovingCamera
from manim.camera.multi_camera import MultiCamera
from manim.camera.three_d_camera import ThreeDCamera
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from manim.mobject.text import tex_mobject
from manim.mobject.text.code_mobject import Code
from manim.mobject.text.numbers import DecimalNumber
from manim.mobject.text.tex_mobject import MathTexPart, SingleStringMathTex
from manim.mobject.text.text_mobject import TEXT_MOB_SCALE_FACTOR, MarkupText, Paragraph, Text
from manim.mobject.text.typst_mobject import MathTypst, Typst
from manim.mobject.types.image_mobject import AbstractImageMobject, ImageMobjectFromCamera
from manim.mobject.types.point_cloud_mobject import PMobject
from manim.renderer.cairo_renderer import CairoRenderer
from manim.utils.exceptions import EndSceneEarlyException
from manim.utils.iterables import list_difference_update, list_update, remove_list_redundancies
from manim.utils.tex import TexTemplate

__all__ = [
    "COLORS",
    "DRAWING",
    "GETTER",
    "NO_ANIMATION",
    "NO_FILE",
    "RGBAS",
    "STYLING",
    "TEXT_MOB_SCALE_FACTOR",
    "AbstractImageMobject",
    "CairoRenderer",
    "Camera",
    "Code",
    "DecimalNumber",
    "EndSceneEarlyException",
    "ImageMobjectFromCamera",
    "MarkupText",
    "MathTexPart",
    "MathTypst",
    "MovingCamera",
    "MultiCamera",
    "PMobject",
    "Paragraph",
    "SingleStringMathTex",
    "TexTemplate",
    "Text",
    "ThreeDCamera",
    "Typst",
    "VMobjectFromSVGPath",
    "asked_size",
    "digits",
    "list_difference_update",
    "list_update",
    "remove_list_redundancies",
    "skip_or_not",
    "source_code",
    "tex_mobject",
]

DRAWING = (
    "apply_fill", "apply_stroke", "adjusted_thickness", "cache_cairo_context", "capture_mobject", "capture_mobjects",
    "display_image_mobject", "display_multiple_background_colored_vmobjects", "display_multiple_image_mobjects",
    "display_multiple_non_background_colored_vmobjects", "display_multiple_point_cloud_mobjects",
    "display_multiple_vectorized_mobjects", "display_point_cloud", "display_vectorized", "get_cached_cairo_context",
    "get_cairo_context", "get_fill_rgbas", "get_stroke_rgbas", "get_thickening_nudges", "overlay_PIL_image",
    "overlay_rgba_array", "points_to_pixel_coords", "points_to_subpixel_coords", "reset", "set_cairo_context_color",
    "set_cairo_context_path", "set_frame_to_background", "set_pixel_array", "thickened_coordinates", "type_or_raise",
)  # fmt: skip
"""How a camera draws."""

RGBAS = ("fill_rgbas", "stroke_rgbas", "background_stroke_rgbas")
COLORS = (*RGBAS, "stroke_width", "background_stroke_width", "sheen_direction", "sheen_factor")
"""The attributes of a vector mobject, apart from its points, that an animation interpolates."""

STYLING = ("set_style", "set_fill", "set_stroke", "set_background_stroke", "update_rgbas_array", "get_style")
"""The methods by which a vector mobject takes on another's style; a class may override any of them."""

USED: Mapping[str, str] = {
    # what `deck.capture` sets up, and how a scene is run
    "manim._config.utils.ManimConfig": "assets_dir background_color disable_caching dry_run frame_height frame_rate "
    "frame_width media_dir pixel_height pixel_width progress_bar seed verbosity __getitem__",
    "CairoRenderer": "_original_skipping_status camera num_plays skip_animations static_image time",
    "manim.Scene": "animations begin_animations camera compile_animation_data construct duration embed "
    "foreground_mobjects interactive_embed is_current_animation_frozen_frame mobjects moving_mobjects renderer setup "
    "static_mobjects tear_down",
    "manim.ManimColor": "to_hex to_int_rgb to_rgb",
    "manim.Animation": "interpolate_mobject mobject",
    "manim.AnimationGroup": "animations",
    "manim.Transform": "mobject replace_mobject_with_target_in_scene target_copy",
    # what cameras see
    "Camera": "background background_color background_image background_opacity cairo_line_width_multiple frame_center "
    "frame_height frame_rate frame_width pixel_array pixel_height pixel_width use_z_index",
    "MovingCamera": "frame",
    "MultiCamera": "allow_cameras_to_capture_their_own_display image_mobjects_from_cameras",
    "ThreeDCamera": "exponential_projection fixed_in_frame_mobjects fixed_orientation_mobjects get_focal_distance "
    "get_zoom light_source rotation_matrix should_apply_shading",
    # what mobjects are
    "manim.Mobject": "family_members_with_points height points submobjects z_index",
    "manim.VMobject": "background_image background_stroke_opacity background_stroke_rgbas background_stroke_width "
    "cap_style fill_opacity fill_rgbas get_background_image get_fill_opacities get_fill_rgbas get_stroke_opacity "
    "get_stroke_rgbas get_stroke_width joint_type shade_in_3d sheen_direction sheen_factor stroke_opacity stroke_rgbas "
    "stroke_width",
    "PMobject": "points rgbas stroke_width",
    "AbstractImageMobject": "get_pixel_array resampling_algorithm",
    "manim.ImageMobject": "fill_opacity orig_alpha_pixel_array pixel_array points stroke_opacity",
    "ImageMobjectFromCamera": "camera",
    "VMobjectFromSVGPath": "path_obj",
    "manim.SVGMobject": "__init__",
    # what texts and formulas say, and how large
    "Code": "_code_html code_lines",
    "DecimalNumber": "_get_num_string number unit",
    "MarkupText": "_font_size font font_size original_text",
    "MathTexPart": "tex_string",
    "MathTypst": "typst_code",
    "Paragraph": "lines_text",
    "SingleStringMathTex": "font_size tex_string",
    "TexTemplate": "body post_doc_commands",
    "Text": "_font_size font font_size original_text t2f",
    "Typst": "font_size typst_code",
}

FOLLOWED: Mapping[str, str] = {
    # done by `Recorder` and `Filmer` in its place
    "CairoRenderer": "__init__ add_frame freeze_current_frame get_frame play render save_static_frame_data "
    "scene_finished update_frame update_skipping_status",
    "manim.Scene": "pause play play_internal render wait",
    "manim.Transform": "begin",
    # done by `View` and what stands below it
    "Camera": " ".join(DRAWING) + " get_mobjects_to_display init_background resize_frame_shape set_background "
    "transform_points_pre_display",
    "MovingCamera": "cache_cairo_context capture_mobjects frame_center frame_height frame_width "
    "get_cached_cairo_context",
    "MultiCamera": "capture_mobjects reset update_sub_cameras",
    "ThreeDCamera": "capture_mobjects frame_center generate_rotation_matrix get_fill_rgbas get_mobjects_to_display "
    "get_stroke_rgbas modified_rgbas project_points reset_rotation_matrix transform_points_pre_display",
    "manim.camera.camera": "CAP_STYLE_MAP LINE_JOIN_MAP",
    "manim.utils.family": "extract_mobject_family_members",
    "manim.VMobject": " ".join(STYLING) + " __deepcopy__ consider_points_equals_2d "
    "get_gradient_start_and_end_points get_subpath_split_indices_from_points interpolate_color match_style",
    # replaced by `deck.capture.shortcuts` while a slide is recorded
    "manim.Mobject": "__deepcopy__ become get_family interpolate",
    "manim.ImageMobject": "interpolate_color",
    "VMobjectFromSVGPath": "__init__",
    # replaced by `deck.sections.latex` where there is no LaTeX
    "tex_mobject": "tex_to_svg_file",
    # let look where there is nothing, by `deck.process.preload_manim`
    "manim._config.utils": "config_file_paths",
}

NO_FILE = re.compile(r"From: .*, could not find (?P<name>.*) at either of these locations: .*")
"""What manim says if there is no such picture, with all the places that it tried."""
GETTER = "Mobject.__getattr__.<locals>.getter() "
"""How the error begins when a missing method, which manim takes for a getter, is called with arguments."""
NO_ANIMATION = "Unexpected argument"
"""How the error begins when something is played that is no animation."""

SAID: Mapping[str, tuple[str, ...]] = {
    "manim.utils.file_ops.seek_full_path_from_defaults": (
        "From: ",
        ", could not find ",
        " at either ",
        "of these locations: ",
    ),
    "manim.Mobject.__getattr__": ("def getter(",),
    "manim.Scene.compile_animations": (NO_ANIMATION, "Scene.play()"),
}


def skip_or_not(renderer: CairoRenderer) -> None:
    """Let a renderer find out whether the next animation is to be skipped; it may raise `EndSceneEarlyException`."""
    renderer.skip_animations = renderer._original_skipping_status  # noqa: SLF001 - there is no public way to it
    renderer.update_skipping_status()


def source_code(code: Code) -> str:
    """Return the source of a listing; its visible lines would not do, since they end in glyphs without a meaning."""
    source: Any = getattr(code, "_code_html", None)
    return source.get_text().removesuffix("\n") if source else ""


def digits(number: DecimalNumber) -> str:
    """Return a number as it is written, without its unit."""
    return number._get_num_string(number.number)  # noqa: SLF001 - there is no public way to it


def asked_size(text: Text | MarkupText) -> float:
    """Return the size of type that was asked for, whatever has been done to the text since."""
    return text._font_size  # noqa: SLF001 - there is no public way to it
