"""Documents larger than a lecture can be: refused in a sentence with its line; what is merely large is read."""

from itertools import count
from pathlib import Path

import pytest

from deck import limits
from deck.document import gather, parse
from deck.document.outline import outline
from deck.errors import DeckError, FaultList, Faults

HERE = Path("talk.md")


def start_of(text: str) -> str:
    """Return what a case is called."""
    return text[:20].encode("unicode_escape").decode()


def faults(text: str) -> list[str]:
    """Return each fault of a text as line and sentence."""
    with pytest.raises(DeckError) as caught:
        parse(text, HERE)
    errors = caught.value.errors if isinstance(caught.value, Faults) else (caught.value,)
    return [f"{error.where.line if error.where else ''}: {error.message}" for error in errors]


LONG = "x" * (limits.HEADING + 1)
HEADING = f"the heading has more than {limits.HEADING:,} characters"
TEXT = f"the section has more than {limits.TEXT:,} characters"
YAML = f"this YAML has more than {limits.YAML:,} characters"
CODE = f"the document has more than {limits.CODE:,} characters of Python"
SECTIONS = f"the document has more than {limits.SECTIONS:,} sections or scenes"
DEEP = "bad YAML: it is nested too deeply"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"# {LONG}\n\n## One\n\nx", 1),
        (f"\n## {LONG}\n\nx", 2),
        (f"## One\n\n### {LONG}\n\nx", 3),
        (f"{LONG}\n====\n\nx", 1),
        ("## " + "{" * limits.MEGABYTE, 1),
        ("## " + "[" * limits.MEGABYTE + "}", 1),
        ("## " + "*a" * limits.MEGABYTE, 1),
    ],
    ids=count(),
)
def test_a_heading_that_has_no_room_on_a_slide(text: str, line: int) -> None:
    assert faults(text) == [f"{line}: {HEADING}"]


def test_a_picture_in_a_heading_does_not_count() -> None:
    data = "data:image/png;base64," + "A" * limits.MEGABYTE

    assert parse(f"## A ![photo]({data}) of it\n\nx", HERE).sections[0].title == "A photo of it"


@pytest.mark.parametrize("key", ["title", "author", "description", "date"])
def test_front_matter_that_has_no_room_on_a_slide(key: str) -> None:
    assert faults(f"---\nlang: en\n{key}: {LONG}\n---\n\n## One\n\nx") == [
        f"3: the front matter's {key} has more than {limits.HEADING:,} characters"
    ]


@pytest.mark.parametrize(
    "value",
    ["x" * limits.MEGABYTE, "[" * limits.MEGABYTE, "{a: " * limits.YAML, "&a x, " * limits.YAML],
    ids=start_of,
)
def test_yaml_of_a_megabyte(value: str) -> None:
    assert faults(f"---\ntitle: {value}\n---\n\n## One\n\nx") == [f"2: {YAML}"]
    assert faults(f"## One\n\n```slide\nkind: {value}\n```\n")[0] == f"4: {YAML}"


@pytest.mark.parametrize("signs", ["{a: ", "[", "[{a: ", "? ", "- - "])
def test_yaml_nested_thousands_deep(signs: str) -> None:
    deep = "\n  " + signs * ((limits.YAML - 100) // len(signs))

    assert any(DEEP in fault for fault in faults(f"## One\n\n```slide\nkind: x\na: {deep}\n```\n"))
    faults(f"---\na: {deep}\n---\n")


@pytest.mark.parametrize(
    "value",
    [
        "0x" + "f" * 5000,
        "0b" + "1" * 20000,
        "9" * 5000,
        ":".join(["1"] * 5000),
        ":".join(["1"] * 5000) + ".5",
        "2001-12-14 21:59:43.10 -99:99",
        "!!python/object/apply:os.system [ls]",
        "!!int x",
        "!!timestamp x",
        "!!bool x",
    ],
    ids=start_of,
)
def test_yaml_that_has_no_value(value: str) -> None:
    [fault] = faults(f"## One\n\n```slide\nkind: x\na: {value}\n```\n")

    assert fault.startswith("5: bad YAML: ")


@pytest.mark.parametrize("value", ["&a [*a]", "{<<: &a {b: c}}", "[&a x, *a]"])
def test_yaml_that_refers_to_itself(value: str) -> None:
    assert faults(f"## One\n\n```slide\nkind: x\na: {value}\n```\n") == [
        "5: bad YAML: anchors and aliases are not read"
    ]


@pytest.mark.parametrize("value", ["[x]", "{a: b}", "[[[]]]", "2001-01-01", "[2001-01-01]", ".nan", "null"])
@pytest.mark.parametrize("key", ["kind", "pauses", "incremental", "ignore", "depends"])
def test_a_setting_of_any_shape_is_told_or_taken(key: str, value: str) -> None:
    faults = FaultList()
    outline(gather(f"## One\n\n```slide\nkind: x\n{key}: {value}\n```\n", HERE, faults), frame_rate=15)

    assert {fault.where.line for fault in faults.errors if fault.where} <= {4, 5}


@pytest.mark.parametrize("signs", ["#" * 2 + " One\n\n", "## One {#a}\n", "# One\n", "One\n---\n\n"])
def test_ten_times_as_many_headings_as_a_document_has(signs: str) -> None:
    found = faults("\n" + signs * (10 * limits.SECTIONS))

    assert any(fault.endswith(SECTIONS) for fault in found)


def test_more_lines_than_any_document_has() -> None:
    line = limits.LINES + 1

    assert faults("\n" * line) == [f"{line}: the document has more than {limits.LINES:,} lines"]


def test_more_text_than_any_document_has() -> None:
    assert faults("x" * (limits.SIGNS + 1)) == [f"0: the document has more than {limits.SIGNS:,} characters"]


@pytest.mark.parametrize("signs", ["x", "x ", "- x\n", "xxxx\n\n", "*", "[", "`", "<", "![", "](", "$", "> ", "|"])
def test_a_section_longer_than_a_novel(signs: str) -> None:
    text = signs * (limits.TEXT // len(signs) + 1)

    assert faults(f"## One\n\nx\n\n## Two\n\n{text}x\n") == [f"7: {TEXT}"]


def test_notes_longer_than_a_novel() -> None:
    text = "x " * limits.TEXT

    assert faults(f"## One\n\nx\n\n::: notes\n{text}\n:::\n") == [f"1: {TEXT}"]


def test_code_longer_than_a_novel_that_is_there_to_be_read() -> None:
    code = "x = 1\n" * 50_000

    assert faults(f"## One\n\n```python\n{code}```\n") == [f"3: {TEXT}"]


def test_more_python_than_any_document_has() -> None:
    code = f"x = 1{' ' * 1000}\n" * (limits.CODE // 1000)

    assert f"3: {CODE}" in faults(f"## One\n\n```python\n{code}```\n")


@pytest.mark.parametrize(
    "signs", ["\\begin{align}\n", "\\begin{align*}\n\n", "- \\begin{align}\n", "$$\n", "::: a\n", "```\n", "<!-- a\n\n"]
)
def test_thousands_of_beginnings_without_an_end(signs: str) -> None:
    parse(f"## One\n\n{signs * 5_000}", HERE)


@pytest.mark.parametrize(
    "code",
    [
        "x = " + "(" * 100_000,
        "x = " + "[" * 100_000 + "]" * 100_000,
        "x = " + "+".join(["1"] * 10_000),
        "x = " + "-" * 10_000 + "1",
        "x = a" + ".a" * 10_000,
        "x = a" + "()" * 10_000,
        "x = 'a\x00b'",
        "x = " + "9" * 10_000,
        "x = " + "lambda: " * 2_000 + "1",
        "\n".join(" " * depth + "if x:" for depth in range(99)) + "\n" + " " * 99 + "\n".join("x" * 10),
        "x = '\ud800'",
        "class A(" + "a." * 5_000 + "Scene):\n    pass",
        "class A(Scene):\n" * 2_000,
        "if x:\n    pass\n" + "elif x:\n    pass\n" * 2_000,
    ],
    ids=start_of,
)
def test_python_that_no_compiler_can_cope_with(code: str) -> None:
    faults = FaultList()
    outline(gather(f"## One\n\n```python\n{code}\n```\n", HERE, faults), frame_rate=15)

    assert all(fault.where for fault in faults.errors)


def test_twenty_thousand_lines_are_read() -> None:
    section = "## Title {{#s{0}}}\n\n" + "- a word and *another*\n" * 96 + "\n\n"
    document = parse("".join(section.format(number) for number in range(200)), HERE)

    assert len(document.sections) == 200
