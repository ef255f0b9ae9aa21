"""A section's options, checked: pydantic's findings as sentences at the lines of the document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError
from pydantic.errors import PydanticInvalidForJsonSchema

from deck.document.yaml_lines import Steps
from deck.errors import Faults, Location, SlideError
from deck.identifiers import nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from deck.document import FrontMatter, SlideBlock
    from deck.slide import SlideOptions

__all__ = ["allowed", "check"]

KIND: Steps = ("kind",)
MOST_SHOWN = 40
"""Characters of a faulty value that a message repeats."""

Finding = tuple[str, str, int]
"""A sentence, a hint and a line."""


def check(model: type[SlideOptions], block: SlideBlock, front: FrontMatter, path: Path, *, trust: bool) -> SlideOptions:
    """
    Return a section's options, with the front matter's where the section gives none.

    ``path`` is the document's; with ``trust`` options may name files from anywhere. They are validated as JSON: what
    YAML spells as a list may be a tuple, and text a path, yet ``"2"`` is no number.

    Raises
    ------
    Faults
        With a `SlideError` for everything that is wrong, each at its line.
    """
    names = [field.alias or name for name, field in model.model_fields.items()]
    shared = {key: value for key, value in front.options.items() if key in names}
    lines: dict[Steps, int] = {(key,): front.lines[key] for key in shared} | dict(block.lines)
    given = json.dumps({**shared, **block.options}, default=str)
    try:
        return model.model_validate_json(given, context={"folder": path.parent, "trust": trust})
    except ValidationError as error:
        findings = _Findings(kind=block.kind, names=names, lines=lines, model=model)
        faults = [
            SlideError(message, hint=hint, where=Location(path, line))
            for message, hint, line in findings.told(error.errors(include_url=False))
        ]
        raise Faults(faults) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Findings:
    """What pydantic found in one slide block, put into words."""

    kind: str
    names: Sequence[str]
    lines: Mapping[Steps, int]
    model: type[SlideOptions]

    def told(self, errors: Sequence[ErrorDetails]) -> Iterator[Finding]:
        """Yield the findings; where every branch of a union failed, those that went deepest into the value."""
        by_option: dict[object, list[tuple[Steps, ErrorDetails]]] = {}
        for error in errors:
            if error["type"] == "missing" and error["loc"] in self.lines:
                continue  # it is there, with a fault that is told already
            by_option.setdefault(error["loc"][:1], []).append((self.steps(error), error))
        for pairs in by_option.values():
            deepest = max(len(steps) for steps, _ in pairs)
            for steps in dict.fromkeys(steps for steps, _ in pairs if len(steps) == deepest):
                yield from self.told_of(steps, [error for at, error in pairs if at == steps])

    def steps(self, error: ErrorDetails) -> Steps:
        """Return the way to the faulty value; pydantic's has the branches of unions in it, too."""
        steps: Steps = ()
        for step in error["loc"]:
            if (*steps, step) in self.lines:
                steps = (*steps, step)
        return steps

    def told_of(self, steps: Steps, errors: Sequence[ErrorDetails]) -> Iterator[Finding]:
        """Yield what was found at one place."""
        tellers = {
            "assertion_error": self.refused,
            "extra_forbidden": self.unknown,
            "missing": self.missing,
            "value_error": self.refused,
        }
        spoken = [tellers[error["type"]](steps, error) for error in errors if error["type"] in tellers]
        yield from spoken or [self.unfit(steps, errors)]

    def missing(self, steps: Steps, error: ErrorDetails) -> Finding:
        name = error["loc"][-1]
        return f"{self.owner(steps)} needs the option '{name}'", f"add a line `{name}: …`", self.lines[steps or KIND]

    def unknown(self, steps: Steps, error: ErrorDetails) -> Finding:
        name = str(error["loc"][-1])
        hint = nearest(name, self.names, what="its options") if len(steps) == 1 else "leave it out"
        return f"{self.owner(steps[:-1])} has no option '{name}'", hint, self.lines[steps]

    def owner(self, steps: Steps) -> str:
        return _path(steps) if steps else f"slide kind '{self.kind}'"

    def refused(self, steps: Steps, error: ErrorDetails) -> Finding:
        """Pass on what a validator says; one of the whole model is placed at the first option that it names."""
        reason = error.get("ctx", {})["error"]
        words = re.findall(r"[\w-]+", str(reason)) if not steps else []
        named: Steps = next(((word,) for word in words if (word,) in self.lines), KIND)
        hint = getattr(reason, "hint", "") or f"look at the options of '{self.kind}'"
        return str(reason), hint, self.lines[steps or named]

    def unfit(self, steps: Steps, errors: Sequence[ErrorDetails]) -> Finding:
        """Say what would do instead of a value: what the model's schema allows, or else what pydantic says."""
        usual = errors[0]["msg"].removeprefix("Input should be ")
        wanted = allowed(self.model, steps) or usual
        message = f"{_path(steps or errors[0]['loc'])} cannot be {_shown(errors[0]['input'])}"
        return message, f"use {wanted}", self.lines[steps or KIND]


def _path(steps: Sequence[str | int]) -> str:
    """Say where a value stands: item 2 of item 1 of option 'kernel'."""
    option, *inner = steps
    names = [f"item {step + 1} of " if isinstance(step, int) else f"'{step}' of " for step in reversed(inner)]
    return f"{''.join(names)}option '{option}'"


def _shown(value: object) -> str:
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "a mapping"
    text = f"'{value}'" if isinstance(value, str) else json.dumps(value, default=str).replace("null", "empty")
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


Schema = dict[str, Any]

ONE_AND_MANY = {
    "array": ("a list", "lists"),
    "boolean": ("true or false", "true or false"),
    "integer": ("a whole number", "whole numbers"),
    "number": ("a number", "numbers"),
    "object": ("a mapping", "mappings"),
    "string": ("text", "texts"),
}
BOUNDS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "above {}",
    "maximum": "at most {}",
    "exclusiveMaximum": "below {}",
    "multipleOf": "a multiple of {}",
    "minItems": "at least {} long",
    "maxItems": "at most {} long",
    "minLength": "at least {} characters long",
    "maxLength": "at most {} characters long",
    "pattern": "matching {}",
}


def allowed(model: type[BaseModel], steps: Sequence[str | int]) -> str:
    """
    Say what a value may be.

    Parameters
    ----------
    model
        The model of all options.
    steps
        The way to the value: the option, then keys of mappings and positions in lists.

    Returns
    -------
    str
        Such as ``a whole number, at least 1 and at most 8``; empty if the schema does not say.
    """
    try:
        schema = model.model_json_schema(by_alias=True)
    except PydanticInvalidForJsonSchema:
        return ""
    definitions = schema.get("$defs", {})
    for step in steps:
        schema = next((inner for branch in _branches(schema, definitions) if (inner := _inside(branch, step))), {})
    return " or ".join(dict.fromkeys(filter(None, (_words(branch) for branch in _branches(schema, definitions)))))


def _branches(schema: Schema, definitions: Schema) -> list[Schema]:
    """Return the members of a union, or the schema alone, without references."""
    if "$ref" in schema:
        return _branches(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    members = schema.get("anyOf") or schema.get("oneOf")
    return [branch for member in members for branch in _branches(member, definitions)] if members else [schema]


def _inside(schema: Schema, step: str | int) -> Schema:
    """Return the schema of a key's value or of a list's item, empty if there is none."""
    if isinstance(step, int):
        first: Sequence[Schema] = schema.get("prefixItems", ())
        inner = first[step] if step < len(first) else schema.get("items")
    else:
        inner = schema.get("properties", {}).get(step) or schema.get("additionalProperties")
    return inner if isinstance(inner, dict) else {}


def _words(schema: Schema) -> str:
    if "enum" in schema or "const" in schema:
        *most, last = [f"'{value}'" for value in schema.get("enum", [schema.get("const")])]
        return f"{', '.join(most)} or {last}" if most else last
    kind = ONE_AND_MANY.get(schema.get("type", ""), ("", ""))[0]
    bounds = [words.format(schema[key]) for key, words in BOUNDS.items() if key in schema]
    return ", ".join(filter(None, [f"{kind}{_of_what(schema)}", " and ".join(bounds)]))


def _of_what(schema: Schema) -> str:
    """Say what a list holds, where that is one thing."""
    items = schema.get("items") or {}
    many = ONE_AND_MANY.get(items.get("type", ""), ("", ""))[1]
    return f" of {many}{_of_what(items)}" if many else ""
