import os
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deck.document import Document, SlideBlock, parse, read
from deck.errors import DocumentError, Faults

HERE = Path("talk.md")

LECTURE = """\
---
title: Not this one
author: Ada Lovelace
date: 2026-11-03
lang: de-CH
aspect-ratio: 16:9
image: coffee.png
---

For the reader of the file.

# Feature *maps* & `kernels`

## One filter {#one}

Say this
in the first place.

```slide
kind: single-feature-map
stride: 2
kernel:
  - [1, 0]
  - [0, 1]
```

And this, [there][ref].

[ref]: https://example.org

### Conv

- one
- two

<!-- not this -->

```python
## no heading
```

::: notes
In the end,

say **this**.
:::

### The sweep {#sweep}

## Two Maps

~~~ slide
kind: other
~~~
"""


def document(text: str) -> Document:
    return parse(text, HERE)


def section(under: str, heading: str = "## One") -> str:
    return f"{heading}\n\n```slide\nkind: x\n```\n\n{under}"


def test_a_document_is_read_whole() -> None:
    lecture = document(LECTURE)

    assert lecture.title == "Feature maps & kernels"
    assert (lecture.front.author, lecture.front.date, lecture.front.lang) == ("Ada Lovelace", "2026-11-03", "de-CH")
    assert (lecture.front.aspect_ratio, lecture.front.theme) == ("16:9", "dark")
    assert (lecture.front.options, lecture.front.lines["image"]) == ({"image": "coffee.png"}, 7)
    assert [(section.id, section.title, section.line) for section in lecture.sections] == [
        ("title", "Feature maps & kernels", 12),
        ("one", "One filter", 14),
        ("two-maps", "Two Maps", 50),
    ]


def test_a_slide_block_keeps_the_line_of_every_key_and_item() -> None:
    body = document(LECTURE).sections[1].body

    assert isinstance(body, SlideBlock)
    assert (body.kind, body.line) == ("single-feature-map", 19)
    assert body.options == {"stride": 2, "kernel": [[1, 0], [0, 1]]}
    assert body.lines["kind",] == 20
    assert body.lines["stride",] == 21
    assert body.lines["kernel",] == 22
    assert (body.lines["kernel", 1], body.lines["kernel", 1, 0]) == (24, 24)


def test_notes_are_the_markdown_below_their_reveal() -> None:
    notes = document(LECTURE).sections[1].notes

    assert notes[""].text == ("Say this\nin the first place.\n\nAnd this, [there][ref].\n\n[ref]: https://example.org")
    assert notes["conv"].text == "- one\n- two\n\n```python\n## no heading\n```\n\nIn the end,\n\nsay **this**."
    assert (notes["conv"].line, notes["sweep"].line) == (31, 48)
    assert notes["sweep"].text == ""
    assert document(LECTURE).sections[2].notes == {}


@pytest.mark.parametrize(
    "written",
    [
        LECTURE.replace("\n", "\r\n"),
        LECTURE.replace("\n", "\r"),
        "\ufeff" + LECTURE,
        LECTURE.rstrip("\n"),
        LECTURE + "\n\n\t\n",
    ],
    ids=["crlf", "cr", "byte order mark", "no last newline", "blank end"],
)
def test_line_ends_and_byte_order_marks_change_nothing(written: str) -> None:
    assert document(written) == document(LECTURE)


def test_the_title_falls_back_to_the_front_matter_and_then_to_the_file() -> None:
    assert document("---\ntitle: From the front\n---\n" + section("")).title == "From the front"
    assert document(section("")).title == "talk"


def test_front_matter_is_taken_as_it_is_spelled() -> None:
    front = document("---\ntitle: 2026\nauthor: no\nlang: no\ndate: 3 May\nmodel:\n...\n" + section("")).front

    assert (front.title, front.author, front.lang, front.date, front.options) == ("2026", "no", "no", "3 May", {})


def test_text_between_html_comments_and_around_notes_stays_in_order() -> None:
    text = section("one\n\n<!-- two\n\n## no section -->\n\nthree\n\n::: {.notes}\nfour\n:::\nfive\n\n    six\n")

    assert document(text).sections[0].notes[""].text == "one\n\nthree\n\nfour\n\nfive\n\n    six"


def test_headings_in_code_lists_and_quotes_are_text() -> None:
    text = "    ## code\n\n- ## item\n\n> ## quote\n\n```\n## fence\n```\n\n#### Four"

    assert document(section(text)).sections[0].notes[""].text == text


def test_headings_may_be_underlined() -> None:
    lecture = document("Title\n=====\n\nFirst\n-----\n\n```slide\nkind: x\n```\n")

    assert (lecture.title, lecture.sections[1].id) == ("Title", "first")


def test_a_file_is_read_as_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    path.write_bytes(section("", "## Größe").encode())
    assert read(path).sections[0].id == "größe"

    path.write_bytes(section("\n\nGr\xf6\xdfe").encode("latin-1"))
    with pytest.raises(DocumentError, match=r"talk.md:9: not UTF-8") as caught:
        read(path)
    assert caught.value.hint == "save the document as UTF-8"


@pytest.mark.parametrize(
    ("name", "sentence", "hint"),
    [
        ("tlak.md", "tlak.md: no such document", "did you mean 'talk.md'?"),
        ("x/y.md", "y.md: no such document", "documents in that folder: none"),
        ("", "this is a folder, not a document", "name a file in it, such as "),
        ("talk.md/x", "cannot read the document: not a directory", "check the path and who may read it"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, sentence: str, hint: str) -> None:
    (tmp_path / "talk.md").write_text(section(""))
    with pytest.raises(DocumentError) as caught:
        read(tmp_path / name)

    assert str(caught.value).endswith(sentence)
    assert caught.value.hint.startswith(hint)


PIECES = [
    *"|---|# A|## B|## B {#c}|## {#|### C|```slide|```|~~~|kind: x|a: [1|a: 1|\ta: 1|? x|'|a: !!int x|&a|*a|...".split(
        "|"
    ),
    *'"|::: notes|::: x|:::|- |> |<!--|-->|<div>|text|    code|=====|[a]: b|%YAML 1.1|\x00|\ufeff|\u2028|\ud800'.split(
        "|"
    ),
]
LINES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)))


def outcome(text: str) -> Document | Faults:
    try:
        return document(text)
    except Faults as faults:
        return faults


@given(st.one_of(st.text(), LINES.map("\n".join)))
@example("---\n")
@example("---\n\n---\n\n...")
@example("## B\n```slide\nkind: x\n: : :\n? - a")
def test_any_text_is_a_document_or_has_faults_with_lines_and_hints(text: str) -> None:
    found = outcome(text)
    if isinstance(found, Document):
        assert found.sections
        assert len({section.id for section in found.sections}) == len(found.sections)
    else:
        lines = len(re.split(r"\r\n|\r|\n", text))
        assert all(isinstance(fault, DocumentError) and fault.message and fault.hint for fault in found.errors)
        assert all(fault.where and 1 <= fault.where.line <= lines for fault in found.errors)


def test_a_file_whose_name_is_no_text_gives_a_title_that_is() -> None:
    path = Path(os.fsdecode(b"caf\xe9.md"))

    assert parse("## One\n\n- x\n", path).title == "caf\N{REPLACEMENT CHARACTER}"
