"""YAML that knows its lines, for the two places of a document that hold it: front matter and slide blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.reader import ReaderError

from deck import limits
from deck.errors import DocumentError, FaultList, Location

__all__ = ["Steps", "YamlBlock", "is_yaml", "load"]

Steps = tuple[str | int, ...]
"""The way to a value: keys of mappings, positions in lists; ``()`` is the whole."""

TOO_DEEP = "it is nested too deeply"
NO_ANCHORS = "anchors and aliases are not read"
HINTS = {
    "cannot start any token": "indent with spaces, not tabs, and put quotes around text that starts with a sign",
    "mapping values are not allowed": "put quotes around text that holds a colon, and look at the indentation",
    "expected ',' or": "close the bracket",
    "unexpected end of stream": "close the quote",
    TOO_DEEP: "write it flatter",
    NO_ANCHORS: "write the value out, or put quotes around text that starts with & or *",
}
USUAL_HINT = "look at the indentation, colons and quotes of this line and the one above"
PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in "map seq str int float bool null timestamp".split()}


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlBlock:
    """
    A mapping as it stands in the document.

    Attributes
    ----------
    values
        Plain data: text, numbers, booleans, dates, None, lists, and mappings with text as keys.
    spelled
        The top level's scalars as they are spelled: ``16:9`` is no number here, and ``no`` no boolean.
    lines
        The document line of every key and list item.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    spelled: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[Steps, int]


def load(text: str, path: Path, first_line: int, faults: FaultList) -> YamlBlock | None:
    r"""
    Read a mapping.

    Parameters
    ----------
    text
        The YAML alone, with ``\n`` as line ends.
    path, first_line
        Where it stands in the document.
    faults
        Takes what is wrong with it.

    Returns
    -------
    Block or None
        None if it cannot be read; an empty block if there is nothing in it.
    """
    with faults.collect():
        if len(text) > limits.YAML:
            message = f"this YAML has more than {limits.YAML:,} characters"
            raise DocumentError(message, hint="put data into files", where=Location(path, first_line))
        return _Reading(text, path, first_line, faults).block()
    return None


def is_yaml(text: str) -> bool:
    """Return whether a text can be read as it is."""
    try:
        yaml.compose(text, Loader=_PlainLoader)
    except yaml.YAMLError:
        return False
    return True


class _PlainLoader(yaml.SafeLoader):
    """YAML without references, which could make a small text endless, nested no deeper than `deck.limits` allows."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave the parser's mix-in untyped
        if getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(problem=NO_ANCHORS, problem_mark=event.start_mark)
        if self.depth == limits.YAML_NESTING:
            raise yaml.MarkedYAMLError(problem=TOO_DEEP, problem_mark=event.start_mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _Reading:
    """One pass over one text."""

    def __init__(self, text: str, path: Path, first_line: int, faults: FaultList) -> None:
        self.text, self.path, self.first_line, self.faults = text, path, first_line, faults
        self.lines: dict[Steps, int] = {(): first_line}
        self.spelled: dict[str, str] = {}
        self.scalars = yaml.SafeLoader("")

    def block(self) -> YamlBlock:
        try:
            root = yaml.compose(self.text, Loader=_PlainLoader)
            if root is None:
                return YamlBlock(lines=self.lines)
            if not isinstance(root, yaml.MappingNode):
                raise self.fault(root.start_mark.index, "this YAML holds no keys", hint="write lines of `key: value`")
            values = self.mapping(root, ())
        except yaml.MarkedYAMLError as error:
            raise self.syntax_fault(error) from None
        except ReaderError as error:
            sign = f"U+{ord(self.text[error.position]):04X}"
            raise self.fault(error.position, f"bad YAML: the sign {sign} is not allowed", hint="delete it") from None
        return YamlBlock(values=values, spelled=self.spelled, lines=self.lines)

    def value(self, node: yaml.Node, steps: Steps) -> object:
        if node.tag not in PLAIN_TAGS:
            hint = "leave it out, or put quotes around the text"
            raise self.fault(node.start_mark.index, f"bad YAML: the tag '{node.tag}' is not read", hint=hint)
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        return self.mapping(node, steps) if isinstance(node, yaml.MappingNode) else self.sequence(node, steps)

    def scalar(self, node: yaml.ScalarNode) -> object:
        try:
            node.value.encode()  # an escape such as "\ud800" makes no text that could be written anywhere
            value = self.scalars.construct_object(node)
        except (ArithmeticError, ValueError, LookupError, TypeError, AttributeError):  # what PyYAML lets through
            raise self.no_value(node) from None
        if isinstance(value, int) and value.bit_length() > limits.YAML_NUMBER:
            raise self.no_value(node)
        return value

    def no_value(self, node: yaml.ScalarNode) -> DocumentError:
        shown = node.value.encode(errors="backslashreplace").decode()
        hint = "put quotes around it if it is text"
        return self.fault(node.start_mark.index, f"bad YAML: '{shown}' has no value", hint=hint)

    def sequence(self, node: yaml.Node, steps: Steps) -> list[object]:
        self.lines |= {(*steps, index): self.line(item.start_mark.index) for index, item in enumerate(node.value)}
        return [self.value(item, (*steps, index)) for index, item in enumerate(node.value)]

    def mapping(self, node: yaml.Node, steps: Steps) -> dict[str, object]:
        values: dict[str, object] = {}
        for key, value in node.value:
            with self.faults.collect():
                self.check_key(key, steps)
                self.lines[*steps, key.value] = self.line(key.start_mark.index)
                values[key.value] = self.value(value, (*steps, key.value))
                if not steps and isinstance(value, yaml.ScalarNode):
                    self.spelled[key.value] = value.value
        return values

    def check_key(self, key: yaml.Node, steps: Steps) -> None:
        if not isinstance(key, yaml.ScalarNode) or not key.value.isprintable():
            raise self.fault(key.start_mark.index, "bad YAML: a key is not text", hint="write lines of `key: value`")
        if (*steps, key.value) in self.lines:
            hint = f"it is on line {self.lines[*steps, key.value]} already; keep one of the two"
            raise self.fault(key.start_mark.index, f"the key '{key.value}' is given twice", hint=hint)

    def syntax_fault(self, error: yaml.MarkedYAMLError) -> DocumentError:
        problem, context = error.problem or "it cannot be read", error.context or ""
        opened = error.context_mark if "flow" in context or "quoted" in context else None  # where it was left open
        mark = opened or error.problem_mark or error.context_mark
        hint = next((cure for words, cure in HINTS.items() if words in problem), USUAL_HINT)
        return self.fault(mark.index if mark else 0, f"bad YAML: {problem}", hint=hint)

    def fault(self, index: int, message: str, *, hint: str = USUAL_HINT) -> DocumentError:
        return DocumentError(message, hint=hint, where=Location(self.path, self.line(index)))

    def line(self, index: int) -> int:
        # PyYAML's own count takes rare Unicode separators for line ends
        last = max(self.text.rstrip("\n").count("\n"), 0)
        return self.first_line + min(self.text.count("\n", 0, index), last)
