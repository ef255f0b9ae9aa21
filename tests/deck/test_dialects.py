"""Documents that were written for other programs are read as those read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from deck.document import Document, parse
from deck.document.markdown import language
from deck.document.section import Prose, SceneCode

SCENE = "class {}(Scene):\n    def construct(self):\n        self.add(Dot())\n"


def document(text: str) -> Document:
    return parse(text, Path("talk.md"))


def texts(text: str) -> list[str]:
    """Return what stands on the text slides of a document."""
    return [section.body.text for section in document(text).sections if isinstance(section.body, Prose)]


def scenes(text: str) -> dict[str, int]:
    """Return a document's scenes, and the line of each."""
    bodies = [section.body for section in document(text).sections]
    return {body.name: body.line for body in bodies if isinstance(body, SceneCode)}


@pytest.mark.parametrize(
    "line",
    [
        "title: CNNs: an introduction",
        "description: Use when: the user asks",
        "globs: **/*.py",
        "layout: {{ page.layout }}",
        "owner: @someone",
        "title: Ada's maps: 'how'",
        "k: `x`",
    ],
)
def test_a_line_of_front_matter_that_is_no_yaml_is_text(line: str) -> None:
    read = document(f"---\nauthor: Ada\n{line}\n---\n\n## One\n\nText.\n")

    key, _, value = line.partition(": ")
    assert read.front.author == "Ada"
    assert key != "title" or read.title == value


@pytest.mark.parametrize("line", ["description: [a, b]", "lang: python", "theme: {name: x}", "title: [x]", "pauses: 3"])
def test_values_that_mean_something_to_another_program_do_not_matter(line: str) -> None:
    assert document(f"---\nlayout: post\n{line}\n---\n\n## One\n\nText.\n").sections


def test_keys_and_languages_may_be_written_otherwise() -> None:
    read = document("---\nTitle: Maps\nlang: en_US\n---\n\n## One\n\nText.\n")

    assert (read.title, read.front.lang) == ("Maps", "en-US")


@pytest.mark.parametrize("name", ["note", "tip", "{note}", "danger", "footnotes"])
def test_a_block_that_another_program_knows_is_its_content(name: str) -> None:
    [text] = texts(f"## One\n\nBefore.\n\n:::{name}\nWithin.\n:::\n\nAfter.\n")

    assert text.split() == ["Before.", "Within.", "After."]


@pytest.mark.parametrize("start", [":::danger Take care", ":::note[Take care]", '::: {.tip title="Take care"}'])
def test_what_such_a_block_is_called_is_kept(start: str) -> None:
    [text] = texts(f"## One\n\n{start}\nWithin.\n:::\n")

    assert text.split() == ["**Take", "care**", "Within."]


@pytest.mark.parametrize("start", ["::: notes", ":::notes", "::: Notes", "::: {.notes}"])
def test_notes_are_notes_however_they_are_written(start: str) -> None:
    [section] = [
        each for each in document(f"## One\n\nText.\n\n{start}\nSay this.\n:::\n").sections if each.id == "one"
    ]

    assert [text for note in section.notes.values() for text in note.text.split("\n")] == ["Say this."]


@pytest.mark.parametrize(
    ("heading", "id"),
    [
        ("A map {#SecMap}", "secmap"),
        ("A map {#sec_map .smaller}", "sec-map"),
        ("A map {.smaller}", "a-map"),
        ("A map {-}", "a-map"),
        ('A map {.a key="b c" #eq:one}', "eq-one"),
        ("A map {: #kramdown }", "kramdown"),
    ],
)
def test_of_a_headings_attributes_the_id_counts(heading: str, id: str) -> None:
    [section] = document(f"## {heading}\n\nText.\n").sections

    assert (section.title, section.id) == ("A map", id)


def test_a_set_in_a_heading_is_none_of_its_attributes() -> None:
    assert document("## The set {a, b}\n\nText.\n").sections[0].title == "The set {a, b}"


@pytest.mark.parametrize(
    "info",
    [
        "python", "Python", "py3", "ipython3", "{python}", "{.python}", "{ .py .annotate }", "{python echo=false}",
        "python{1,3}", "python:scene.py", "python=", "python,ignore", "{code-cell} ipython3", 'python title="a b"',
    ],
)  # fmt: skip
def test_python_is_known_by_any_of_its_names(info: str) -> None:
    assert scenes(f"## A\n\n```{info}\n{SCENE.format('One')}```\n") == {"One": 4}


@pytest.mark.parametrize(("info", "name"), [("", ""), ("python-repl", "python-repl"), ("c++", "c++"), ("Bash", "bash")])
def test_other_languages_are_not_python(info: str, name: str) -> None:
    assert language(info) == name
    assert scenes(f"## A\n\n```{info}\n{SCENE.format('One')}```\n") == {}


def test_scenes_in_lists_quotes_and_blocks_are_found_at_their_lines() -> None:
    fence = f"```python\n{SCENE.format('{}')}```\n"
    item = (
        "1. Do this:\n\n" + "".join(f"   {line}\n" for line in fence.format("Item").splitlines()) + "\n2. Then that.\n"
    )
    quote = "".join(f"> {line}\n" for line in fence.format("Quoted").splitlines())
    block = f":::tip\n{fence.format('Boxed')}:::\n"
    text = f"## A\n\n{item}\n## B\n\n{quote}\n## C\n\n{block}"

    lines = text.splitlines()
    found = scenes(text)
    assert list(found) == ["Item", "Quoted", "Boxed"]
    assert all(f"class {name}" in lines[line - 1] for name, line in found.items())


def test_a_listing_in_a_list_stays_there() -> None:
    [text] = texts("## A\n\n- Do this:\n\n  ```python\n  square = Square()\n  ```\n\n- Then that.\n")

    assert "square = Square()" in text


@pytest.mark.parametrize("sign", ["=", "-", "---", "# b"])
def test_a_line_of_a_formula_makes_no_heading(sign: str) -> None:
    text = f"## A\n\n$$\na\n{sign}\nb\n$$\n"

    assert [section.title for section in document(text).sections] == ["A"]
    assert texts(text) == [f"$$\na\n{sign}\nb\n$$"]
