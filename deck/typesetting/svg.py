"""
Drawings in SVG, looked at before manim's parser gets them.

That parser repeats what ``<use>`` names as often as it is named, reads all transforms of all groups again for each
shape, and joins a path's arcs in a time that grows with their square: a page of text can keep it busy for years. So
what it would have to do is counted first. What it does not draw, and what leads elsewhere, it does not get.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.parsers import expat

from deck.images import ImageError

__all__ = ["harmless"]

BYTES = 20_000_000
"""In a drawing: plots of a hundred thousand points have five million."""
WORK = 1_000_000
"""Numbers in a drawing's paths and transforms, and whatever else takes as long as a number."""
ELEMENTS = 10_000
"""Elements after what is used again is counted as often as it is."""
NESTING = 100
ENTITY, ENTITIES = 200, 10_000
"""How long an entity may be, and how many signs that name one there may be: drawing programs have some for names."""
SHORT = 10_000
"""Signs of any other attribute than those that hold a shape."""
STYLE = 100_000
"""Signs of all rules of style."""

ELEMENT, ARC, SIGNS = 10, 12, 40
"""What an element, an arc and that many signs of style take, compared to a number."""
ARCS = 100
"""How many pieces of a path are looked through, at each arc of it, in the time of a number."""

SHAPES = {"d", "points"}
REFERENCES = ("{http://www.w3.org/1999/xlink}href", "href")
LEFT_OUT = {"image", "script", "foreignObject", "text", "metadata"}
NUMBER = re.compile(r"[0-9]*\.?[0-9]+")
ARC_COMMAND, LEAST_OF_ARC = re.compile(r"[aA][^a-df-zA-DF-Z]*"), 5
"""Where arcs are drawn, and how many numbers one has: two of its seven may stand without anything between."""
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
GZIP = b"\x1f\x8b"
HINT = "draw it with fewer shapes, or save it as PNG"


@dataclass(frozen=True, slots=True)
class _Weight:
    """What stands below an element: how many, how deep, and how much work they are."""

    elements: int = 0
    depth: int = 0
    work: int = 0


def harmless(data: bytes) -> bytes:
    """
    Return a drawing with what is drawn of it, if that can be done in reasonable time.

    Parameters
    ----------
    data
        The file, which may be compressed.

    Raises
    ------
    ImageError
        If it is no drawing, or takes too much.
    """
    data = _unpacked(data)
    _look_through(data)
    root = ET.fromstring(data)  # noqa: S314 - its entities are few and short
    if _name(root) != "svg":
        raise ImageError("cannot be read: it is no SVG")
    _strip(root)
    rules = _styled(root)
    targets = {element.attrib["id"]: element for element in root.iter() if "id" in element.attrib}
    weight = _Scales(targets, rules).weigh(root, 0)
    if weight.work > WORK:
        raise _too_much("has too many shapes, or too long ones")
    return ET.tostring(root)


def _too_much(what: str) -> ImageError:
    return ImageError(what, hint=HINT)


def _unpacked(data: bytes) -> bytes:
    if data.startswith(GZIP):
        try:
            data = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(data, BYTES + 1)
        except zlib.error as error:
            raise ImageError("cannot be read") from error
    if len(data) > BYTES:
        raise _too_much(f"has more than {BYTES // 1_000_000} MB")
    return data


def _look_through(data: bytes) -> None:
    """Refuse what makes an XML parser itself do too much, before anything of it is kept."""
    parser, depth, count, entities = expat.ParserCreate(), 0, 0, 0

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > NESTING:
            raise _too_much("has elements too deep in each other")
        if count > ELEMENTS:
            raise _too_much(f"has more than {ELEMENTS:,} elements")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(_name: str, is_parameter: int, value: str | None, *_: object) -> None:
        nonlocal entities
        entities += 1
        if is_parameter or value is None or "&" in value or len(value) > ENTITY or data.count(b"&") > ENTITIES:
            raise _too_much("has entities in it that are no plain words")

    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = start, end, entity
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat has no names for its parameters
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ImageError("cannot be read") from error


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _strip(root: ET.Element) -> None:
    """Take out what is not drawn, and references to anywhere else."""
    for element in root.iter():
        for child in [child for child in element if _name(child) in LEFT_OUT]:
            element.remove(child)
        for key, value in list(element.attrib.items()):
            is_elsewhere = key in REFERENCES and not value.startswith("#")
            if is_elsewhere or (len(value) > SHORT and key not in SHAPES and key != "transform"):
                del element.attrib[key]


def _styled(root: ET.Element) -> Mapping[str, int]:
    """
    Return how long the style of each selector is, and write the rules down as they are read in one go.

    The parser's own patterns take a time that grows with the square of what they do not find.
    """
    lengths: dict[str, int] = {}
    texts = [element for element in root.iter() if _name(element) == "style"]
    if sum(len(element.text or "") for element in texts) > STYLE:
        raise _too_much("has too many rules of style")
    for element in texts:
        rules = []
        for rule in COMMENT.sub(" ", element.text or "").replace("//", " ").split("}")[:-1]:
            selectors, _, style = (part.strip() for part in rule.partition("{"))
            style = style.replace("{", " ").strip()
            if selectors and style:
                rules.append(f"{selectors}{{{style}}}")
                for selector in selectors.split(","):
                    lengths[selector.strip()] = lengths.get(selector.strip(), 0) + len(style)
        element.text = "\n".join(rules)
    return lengths


class _Scales:
    """Weighs elements, each once, however often it is used."""

    def __init__(self, targets: Mapping[str, ET.Element], rules: Mapping[str, int]) -> None:
        self._targets, self._rules = targets, rules
        self._known: dict[ET.Element, _Weight] = {}

    def weigh(self, element: ET.Element, level: int) -> _Weight:
        """Return the weight of an element with all that it uses; ``level`` is how deep it stands."""
        if level > NESTING:
            raise _too_much("has elements too deep in each other")
        if element not in self._known:
            parts = [self.weigh(child, level + 1) for child in self._below(element)]
            elements = 1 + sum(part.elements for part in parts)
            work = sum(part.work for part in parts) + self._own(element)
            work += elements * _numbers(element.get("transform", ""))  # read again for each of them
            self._known[element] = _Weight(elements, 1 + max((part.depth for part in parts), default=0), work)
        weight = self._known[element]
        if level + weight.depth > NESTING + 1:
            raise _too_much("has elements too deep in each other")
        if weight.elements > ELEMENTS:
            raise _too_much(f"has more than {ELEMENTS:,} elements")
        return weight

    def _below(self, element: ET.Element) -> list[ET.Element]:
        if _name(element) != "use":
            return list(element)
        reference = next((element.attrib[key] for key in reversed(REFERENCES) if key in element.attrib), "")
        target = self._targets.get(reference[1:])
        return [*element, *([] if target is None else [target])]

    def _own(self, element: ET.Element) -> int:
        path = element.get("d", "")
        arcs = sum(max(1, _numbers(each[0]) // LEAST_OF_ARC) for each in ARC_COMMAND.finditer(path))
        pieces = _numbers(path) + ARC * arcs
        classes = (f".{name}" for name in element.get("class", "").split(" "))
        tag = _name(element)
        selectors = ["*", tag, f"#{element.get('id', '')}"]
        selectors += [each for name in classes for each in (name, tag + name)]
        style = len(element.get("style", "")) + sum(self._rules.get(each, 0) for each in selectors)
        return ELEMENT + pieces + arcs * pieces // ARCS + _numbers(element.get("points", "")) + style // SIGNS


def _numbers(text: str) -> int:
    return sum(1 for _ in NUMBER.finditer(text))
