"""What a camera makes of mobjects: the items of a frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

import numpy as np
from manim import Mobject, VMobject
from numpy.typing import NDArray

from deck.adapters.manim import (
    DRAWING,
    AbstractImageMobject,
    Camera,
    ImageMobjectFromCamera,
    MovingCamera,
    MultiCamera,
    PMobject,
    ThreeDCamera,
    list_difference_update,
)
from deck.capture.images import Item, fading_of, mix_of, place_picture, sorted_out
from deck.capture.outlines import polygon
from deck.capture.points import cloud_items
from deck.capture.projection import Projection, Unrecordable, onto, through
from deck.capture.vectors import Vectors
from deck.recording.shelf import Shelf
from deck.recording.timeline import FULL, OPAQUE, Paint, Style

__all__ = ["View"]

CAMERAS = (Camera, MovingCamera, MultiCamera, ThreeDCamera)
"""The cameras whose ways of drawing are followed here step by step; one that draws in another way is `Unrecordable`."""

Points = NDArray[np.float64]


class View:
    """
    One camera's view of the stage, from frame to frame.

    Parameters
    ----------
    camera
        The camera that sees the stage.
    shelf
        Where shapes, styles and pictures go.

    Raises
    ------
    Unrecordable
        If the camera draws in ways of its own.
    """

    def __init__(self, camera: Camera, shelf: Shelf) -> None:
        for name in DRAWING:
            if getattr(type(camera), name) not in [getattr(each, name) for each in CAMERAS]:
                raise Unrecordable(f"{type(camera).__name__}.{name}")
        self.camera = camera
        self.shelf = shelf
        self._vectors = Vectors(camera, shelf)
        self._pictures: dict[int, tuple[Mobject, NDArray[np.uint8], tuple[int, int]]] = {}
        self._inner: dict[int, View] = {}

    def projection(self) -> Projection:
        """Return where the camera's frame lies on the grid now."""
        camera = self.camera
        shape = (int(camera.pixel_width), int(camera.pixel_height))
        seen = onto(np.asarray(camera.frame_center), camera.frame_width, camera.frame_height, shape)
        if seen.stretched:
            raise Unrecordable("a frame that is stretched")
        return seen

    def forget(self) -> None:
        """Forget the mobjects that were not seen since the last call."""
        self._vectors.forget()
        self._pictures.clear()
        for view in self._inner.values():
            view.forget()

    def items(self, mobjects: Iterable[Mobject], projection: Projection | None = None) -> list[Item]:
        """
        Return the items of mobjects, back to front, as the camera captures them.

        Parameters
        ----------
        mobjects
            With their families.
        projection
            Where the camera's frame lies on the grid; by default it fills the grid.
        """
        camera = self.camera
        if isinstance(camera, ThreeDCamera):
            camera.reset_rotation_matrix()
        if isinstance(camera, MultiCamera):
            reshape(camera)
        mobjects = list(mobjects)
        now = projection or self.projection()
        draw: dict[type[Mobject], Callable[[list[Any]], list[Item]]] = {
            VMobject: lambda group: self._vectors.items(group, now),
            PMobject: lambda group: self._clouds(group, now),
            AbstractImageMobject: lambda group: self._images(group, mobjects, now),
            Mobject: lambda _: [],
        }
        runs = groupby(self._leaves(mobjects), kind_of)
        return [item for kind, group in runs for item in draw[kind](list(group))]

    def _leaves(self, mobjects: list[Mobject]) -> list[Mobject]:
        if type(self.camera).get_mobjects_to_display is not Camera.get_mobjects_to_display:
            return list(self.camera.get_mobjects_to_display(mobjects))
        return leaves(mobjects, by_z_index=self.camera.use_z_index)

    def _clouds(self, clouds: list[PMobject], projection: Projection) -> list[Item]:
        pixels = self._pixels(projection)
        return [item for cloud in clouds for item in cloud_items(cloud, self.camera, pixels, self.shelf)]

    def _images(
        self, images: list[AbstractImageMobject], mobjects: list[Mobject], projection: Projection
    ) -> list[Item]:
        items: list[Item] = []
        for image in images:
            units = projection.units(self.camera.transform_points_pre_display(image, image.points))
            if isinstance(image, ImageMobjectFromCamera):
                items += self._display(image, mobjects, units)
            else:
                items += self._image(image, units)
        return items

    def _image(self, image: AbstractImageMobject, units: Points) -> list[Item]:
        mix = mix_of(image)
        if mix is not None:
            pictures = [
                (self.shelf.picture(mix.first), FULL),
                (self.shelf.picture(mix.second), round(FULL * mix.share)),
            ]
            return [place_picture(image, units, picture, opacity, self.shelf) for picture, opacity in pictures]
        fading = fading_of(image)
        if fading is not None:
            picture, opacity = self.shelf.picture(fading.whole), round(FULL * fading.opacity / fading.whole[0, 0, 3])
            return [place_picture(image, units, picture, opacity, self.shelf)]
        pixels = np.asarray(image.get_pixel_array(), np.uint8)
        known = self._pictures.get(id(image))
        if known is None or not np.array_equal(known[1], pixels):
            known = (image, pixels.copy(), sorted_out(image, self.shelf))
            self._pictures[id(image)] = known
        picture, opacity = known[2]
        return [place_picture(image, units, picture, opacity, self.shelf)]

    def _display(self, display: ImageMobjectFromCamera, mobjects: list[Mobject], units: Points) -> list[Item]:
        """Return the items of what another camera sees, shown in a window."""
        outer, inner = self.camera, display.camera
        if not isinstance(outer, MultiCamera) or all(each is not display for each in outer.image_mobjects_from_cameras):
            raise Unrecordable("a window whose camera sees nothing, or that is seen through a window")
        if outer.allow_cameras_to_capture_their_own_display or inner.background_image or isinstance(inner, MultiCamera):
            raise Unrecordable("a window in itself")
        view = self._inner.get(id(inner))
        if view is None:
            view = self._inner[id(inner)] = View(inner, self.shelf)
        shape, x, y = polygon(units[[0, 1, 3, 2]], self.shelf)
        edges = [self.shelf.style(Style(clip=edge)) for edge in ("start", "end")]
        ground = self.shelf.style(Style(fill=solid(inner)))
        through_it = through(np.asarray(inner.frame_center), inner.frame_width, inner.frame_height, units)
        return [
            (shape, edges[0], x, y, 0, 0),
            (shape, ground, x, y, round(FULL * inner.background_opacity), 0),
            *view.items(list_difference_update(mobjects, display.get_family()), through_it),
            (shape, edges[1], x, y, 0, 0),
        ]

    def _pixels(self, projection: Projection) -> Projection:
        """Return where the camera's own pixels, y down, lie on the grid, from the projection of its frame."""
        camera = self.camera
        across, along = camera.frame_width / camera.pixel_width, camera.frame_height / camera.pixel_height
        corner = np.asarray(camera.frame_center)[:2] + np.array([-camera.frame_width / 2, camera.frame_height / 2])
        origin = projection.units(corner[None])[0]
        return Projection(
            (projection.x[0] * across, projection.x[1] * across),
            (-projection.y[0] * along, -projection.y[1] * along),
            (float(origin[0]), float(origin[1])),
        )


def leaves(mobjects: Iterable[Mobject], *, by_z_index: bool) -> list[Mobject]:
    """
    Return the members of mobjects' families that have points, as `Camera.get_mobjects_to_display` does.

    One that occurs several times stands where it occurs last. manim looks for these anew in each family within a
    family, which takes longer.
    """
    found: list[Mobject] = []
    todo = list(mobjects)
    todo.reverse()
    while todo:
        mobject = todo.pop()
        if len(mobject.points):
            found.append(mobject)
        if mobject.submobjects:
            todo.extend(reversed(mobject.submobjects))
    if len({id(mobject) for mobject in found}) < len(found):
        found = list(dict.fromkeys(reversed(found)))
        found.reverse()
    if by_z_index and any(mobject.z_index for mobject in found):
        found.sort(key=lambda mobject: mobject.z_index)
    return found


def kind_of(mobject: Mobject) -> type[Mobject]:
    """Return a mobject's kind; manim draws each kind in a way of its own."""
    return next((kind for kind in (VMobject, PMobject, AbstractImageMobject) if isinstance(mobject, kind)), Mobject)


def reshape(camera: MultiCamera) -> None:
    """Give the frames of inner cameras the proportions of their windows, as manim does with their pixels."""
    height, width = camera.pixel_array.shape[:2]
    for display in camera.image_mobjects_from_cameras:
        display.camera.pixel_height = int(height * display.height / camera.frame_height)
        display.camera.pixel_width = int(width * display.width / camera.frame_width)
        display.camera.resize_frame_shape()


def solid(camera: Camera) -> Paint:
    """Return the paint of a camera's background."""
    red, green, blue = camera.background_color.to_int_rgb()
    return Paint(((int(red), int(green), int(blue), OPAQUE),))
