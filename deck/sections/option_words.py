"""What an option may be, in words, from its JSON schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.errors import PydanticInvalidForJsonSchema

__all__ = ["allowed"]

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
