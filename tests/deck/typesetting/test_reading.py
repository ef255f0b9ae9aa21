"""Markdown becomes blocks."""

from __future__ import annotations

import sys

import pytest

from deck.typesetting.blocks import (
    Block,
    Break,
    Display,
    Figures,
    Heading,
    Items,
    Listing,
    Maths,
    PageBreak,
    Paragraph,
    Pause,
    Picture,
    Quote,
    Span,
    SpanStyle,
    Table,
    plain,
)
from deck.typesetting.reading import read_blocks, read_title


def only(text: str, *, line: int = 1) -> Block:
    [block] = read_blocks(text, line)
    return block


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("**x**", SpanStyle(bold=True)),
        ("*x*", SpanStyle(italic=True)),
        ("***x***", SpanStyle(bold=True, italic=True)),
        ("`x`", SpanStyle(code=True)),
        ("~~x~~", SpanStyle(struck=True)),
        ("[x](https://example.org)", SpanStyle(link=True, target="https://example.org")),
        ("<https://example.org>", SpanStyle(link=True, target="https://example.org")),
        ("<b>x</b>", SpanStyle(bold=True)),
        ("<sub>x</sub>", SpanStyle(rise=-1)),
        ("<sup>x</sup>", SpanStyle(rise=1)),
        ("<kbd>x</kbd>", SpanStyle(code=True)),
        ("<span class='a'>x</span>", SpanStyle()),
    ],
)
def test_a_span_has_the_style_that_its_marks_say(text: str, style: SpanStyle) -> None:
    block = only(f"a {text}")

    assert isinstance(block, Paragraph)
    assert isinstance(block.inlines[-1], Span)
    assert block.inlines[-1].style == style


def test_comments_vanish_and_other_tags_leave_their_text() -> None:
    block = only("before <!-- not this --> <font color='red'>after</font>")

    assert isinstance(block, Paragraph)
    assert plain(block.inlines) == "before after"


def test_a_block_of_html_is_its_text_and_its_images() -> None:
    text, figures = read_blocks("<div>Some <b>text</b><script>x()</script><img src='a.png' alt='A'></div>", 7)

    assert isinstance(text, Paragraph)
    assert plain(text.inlines) == "Some text"
    assert figures == Figures((Picture("a.png", "A", "", 7),))


def test_what_follows_a_picture_is_below_it() -> None:
    figures = only("<figure><img src='a.png' alt='A'><figcaption>Some <b>text</b></figcaption></figure>")

    assert isinstance(figures, Figures)
    assert plain(figures.pictures[0].below) == "Some text"


@pytest.mark.parametrize("text", ["one  \ntwo", "one\\\ntwo", "one<br>two"])
def test_a_line_ends_where_the_text_says_so(text: str) -> None:
    assert only(text) == Paragraph((Span("one"), Break(), Span("two")))


def test_items_know_their_numbers_and_whether_a_task_is_done() -> None:
    numbered, tasks = read_blocks("3. a\n4. b\n\n- [x] c\n- [ ] d\n- e\n", 1)

    assert isinstance(numbered, Items)
    assert isinstance(tasks, Items)
    assert [item.number for item in numbered.items] == [3, 4]
    assert [item.done for item in tasks.items] == [True, False, None]


def test_every_block_is_recognised() -> None:
    text = (
        "text\n\n. . .\n\n### Head {#own}\n\n```py\nx\n```\n\n    indented\n\n> quote\n\n"
        "$$\nx\n$$\n\n| a |\n|--:|\n| b |\n\n"
        '![alt](a.png "cap")\n\n---\n'
    )

    blocks = read_blocks(text, 1)

    kinds = [Paragraph, Pause, Heading, Listing, Listing, Quote, Display, Table, Figures, PageBreak]
    assert [type(block) for block in blocks] == kinds
    assert blocks[2] == Heading((Span("Head"),), "own")
    assert blocks[3] == Listing("x", "py")
    assert blocks[4] == Listing("indented")
    assert blocks[7] == Table((((Span("a"),),), ((Span("b"),),)), ("right",))


def test_formulas_and_images_know_the_line_of_the_document() -> None:
    paragraph, figures, display = read_blocks("one\n$x$ and\n![a](b.png)\n\n$$y$$\n", 40)

    assert isinstance(paragraph, Paragraph)
    assert Maths("x", 41) in paragraph.inlines
    assert figures == Figures((Picture("b.png", "a", "", 42),))
    assert display == Display("y", 44)


def test_a_formula_right_below_a_line_of_text_stands_by_itself() -> None:
    before, display, after = read_blocks("Here is\n$$\nx +\ny\n$$\nand $z$", 10)

    assert isinstance(before, Paragraph)
    assert plain(before.inlines) == "Here is"
    assert display == Display("x +\ny", 11)
    assert isinstance(after, Paragraph)
    assert Maths("z", 15) in after.inlines


def test_a_formula_within_a_line_stays_there() -> None:
    assert only("so $$x$$ is") == Paragraph((Span("so "), Maths("x", 1), Span(" is")))


def test_cells_of_html_are_apart_and_rows_are_lines() -> None:
    text = only("<table><tr><th></th><th>a</th></tr>\n  <tr><th>0</th><td>1</td></tr></table>")

    assert isinstance(text, Paragraph)
    lines = "".join("\n" if isinstance(each, Break) else plain([each]) or " " for each in text.inlines)
    assert [line.split() for line in lines.splitlines()] == [["a"], ["0", "1"]]


def test_brackets_may_be_around_formulas() -> None:
    before, display, after = read_blocks("A \\(a^2\\) and\n\\[\nc\n+ d\n\\]\nend", 3)

    assert isinstance(before, Paragraph)
    assert Maths("a^2", 3) in before.inlines
    assert display == Display("c\n+ d", 4)
    assert after == Paragraph((Span("end"),))


@pytest.mark.parametrize("text", ["a \\[word\\] b", "\\[ \\] open", "\\[ a", "so \\( b"])
def test_other_brackets_are_signs(text: str) -> None:
    assert only(text) == Paragraph((Span(text.replace("\\", "")),))


def test_an_alert_says_its_kind_on_a_line_of_its_own() -> None:
    quote = only("> [!NOTE]\n> Mind the gap.\n>\n> More.")

    note = Paragraph((Span("Note", SpanStyle(bold=True)), Break(), Span("Mind the gap.")))
    assert quote == Quote((note, Paragraph((Span("More."),))))


def test_a_footnote_stands_where_it_is_written_with_its_mark() -> None:
    text, note = read_blocks("A claim.[^1]\n\n[^1]: Its source.\n", 1)

    assert text == Paragraph((Span("A claim."), Span("1", SpanStyle(rise=1))))
    assert isinstance(note, Paragraph)
    assert note.inlines[0] == Span("1", SpanStyle(rise=1))
    assert plain(note.inlines) == "1 Its source."


def test_the_mark_of_a_footnote_that_is_elsewhere_is_a_mark_too() -> None:
    assert only("A claim.[^x]") == Paragraph((Span("A claim."), Span("x", SpanStyle(rise=1))))


def test_prices_are_no_formulas() -> None:
    assert only("from $5 to $10") == Paragraph((Span("from $5 to $10"),))


def test_a_title_is_plain_but_for_its_formulas() -> None:
    assert read_title("Why $x^2$ is *not* x_2_y") == (Span("Why "), Maths("x^2", 0), Span(" is *not* x_2_y"))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("**a ", " a**"), ("*a ", " a*"), ("_a ", " a_"), ("~~a ", " a~~"), ("*a __b ", " b__ a*"), ("<b>", "</b>")],
)
def test_marks_stand_in_each_other_as_deep_as_they_like(opening: str, closing: str) -> None:
    depth = sys.getrecursionlimit()

    block = only(f"{opening * depth}inside{closing * depth}")

    assert isinstance(block, Paragraph)
    assert "inside" in plain(block.inlines)
    assert any(isinstance(inline, Span) and inline.style != SpanStyle() for inline in block.inlines)
