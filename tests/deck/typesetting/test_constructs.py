"""What slides are made of, as pandoc and Quarto spell it: where it stands, and nothing of the spelling is shown."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture

from deck.document import parse
from deck.document.outline import Job, outline
from deck.errors import DeckError, SlideError
from deck.recording.timeline import UNITS, Image, Recording, TextBox
from deck.sections.text import record_texts
from deck.themes import DARK

WIDTH, HEIGHT = 1920 * UNITS, 1080 * UNITS


def jobs(text: str, folder: Path) -> list[Job]:
    path = folder / "talk.md"
    path.write_text(text)
    return [job for job in outline(parse(text, path), frame_rate=10) if job.section.id != "title"]


def slides(text: str, folder: Path) -> list[Recording]:
    found: list[Recording] = []
    for made, _ in record_texts(jobs(text, folder)):
        if isinstance(made, DeckError):
            raise made
        found += made
    return found


def texts(text: str, folder: Path) -> list[TextBox]:
    """Return the texts of the only slide, as they are at its end."""
    [slide] = slides(text, folder)
    return list(slide.reveals[-1].texts)


def box(found: list[TextBox], words: str) -> TextBox:
    [own] = [each for each in found if words in each.text]
    return own


def images(slide: Recording) -> list[tuple[float, float, float, float]]:
    """Return where the pictures of a slide's end are: left, top, right and bottom, in units."""
    places = []
    for shape, _, x, y, _, _ in slide.items(slide.reveals[-1].last).T:
        if isinstance(image := slide.shapes[shape], Image):
            corners = image.units + np.array([x, y])
            places.append((*corners.min(axis=0), *corners.max(axis=0)))
    return places


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    Picture.fromarray(np.full((300, 400, 3), 128, np.uint8)).save(tmp_path / "photo.png")
    return tmp_path


COLUMNS = """## Two columns

:::: {.columns}
::: {.column width="70%"}
Left words
:::
::: {.column width="30%"}
Right words
:::
::::

Below both
"""


def test_columns_stand_side_by_side_as_wide_as_they_say(tmp_path: Path) -> None:
    found = texts(COLUMNS, tmp_path)

    left, right, below = (box(found, words).box for words in ("Left", "Right", "Below"))
    assert left[1] == right[1]
    assert left[2] < right[0]
    share = (right[0] - left[0]) / UNITS / 1782
    assert 0.68 < share < 0.75
    assert below[1] > max(left[3], right[3])
    assert {each.text for each in found} == {"Two columns", "Left words", "Right words", "Below both"}


def test_columns_that_say_no_width_are_as_wide_as_each_other(photo: Path) -> None:
    text = "## A\n\n::: columns\n:::: column\nWords beside it\n::::\n:::: column\n![Grey](photo.png)\n::::\n:::\n"
    [slide] = slides(text, photo)

    [picture] = images(slide)
    words = box(list(slide.reveals[-1].texts), "Words").box
    assert words[2] < picture[0]
    assert picture[0] > 0


def test_a_list_in_a_column_appears_item_by_item(tmp_path: Path) -> None:
    [slide] = slides(COLUMNS.replace("Left words", "- one\n- two"), tmp_path)

    assert [reveal.id for reveal in slide.reveals] == ["one", "two"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("H~2~O", "H2O"),
        ("x^2^", "x2"),
        ("H<sub>2</sub>O", "H2O"),
        ("[marked]{.mark}", "marked"),
        ("<mark>marked</mark>", "marked"),
        ("==marked *words*==", "marked words"),
        ("a==b==c and x == y == z", "a==b==c and x == y == z"),
        ("[small]{.small}", "small"),
        ("<small>small</small>", "small"),
        ("[word]{.red}", "word"),
        ("`code`{.python}", "code"),
        ("press <kbd>F5</kbd>", "press F5"),
        ("one<br>two", "one two"),
        ("*word*{.red}", "word"),
        ("a word {.red}", "a word"),
        ("[link](https://example.org){.btn target=_blank}", "link"),
    ],
)
def test_attributes_and_tags_are_obeyed_or_dropped(written: str, shown: str, tmp_path: Path) -> None:
    found = texts(f"## A\n\n{written}\n", tmp_path)[1:]

    assert " ".join(" ".join(each.text for each in found).split()) == shown


def test_an_index_stands_lower_and_a_power_higher(tmp_path: Path) -> None:
    one, low, high = (slides(f"## A\n\nH{sign}\n", tmp_path)[0] for sign in ("2", "~2~", "^2^"))

    def middle(slide: Recording) -> float:
        items = slide.items(slide.reveals[-1].last)
        return float(items[3, -1])

    assert middle(high) < middle(one) < middle(low)


def test_an_image_is_as_wide_as_it_says(photo: Path) -> None:
    [slide] = slides("## A\n\n![Grey](photo.png){width=30%}\n", photo)

    [(left, _, right, _)] = images(slide)
    assert (right - left) / UNITS == pytest.approx(0.3 * 1782, abs=1)
    assert left == pytest.approx(-right, abs=UNITS)


@pytest.mark.parametrize(
    "text",
    [
        "![A](photo.png)\nBelow it *all*.",
        '![A](photo.png "Below it all.")',
        '<figure><img src="photo.png"><figcaption>Below it <i>all</i>.</figcaption></figure>',
    ],
)
def test_a_caption_is_below_its_picture(text: str, photo: Path) -> None:
    [slide] = slides(f"## A\n\n{text}\n", photo)

    [picture] = images(slide)
    found = [each for each in slide.reveals[-1].texts if each.role == "caption"]
    assert " ".join(each.text for each in found) == "Below it all."
    assert found[0].box[1] > picture[3]
    middle = (min(each.box[0] for each in found) + max(each.box[2] for each in found)) / 2
    assert middle == pytest.approx((picture[0] + picture[2]) / 2, abs=4 * UNITS)


def test_what_stands_before_a_picture_stays_above_it(photo: Path) -> None:
    [slide] = slides("## A\n\nAbove it.\n![A](photo.png)\n", photo)

    assert box(list(slide.reveals[-1].texts), "Above").box[3] < images(slide)[0][1]


@pytest.mark.parametrize("start", ['{.callout-tip title="Mind this"}', "{.callout-tip}\n### Mind this", "callout-tip"])
def test_a_callout_has_its_title_and_a_panel(start: str, tmp_path: Path) -> None:
    [slide] = slides(f"## A\n\n::: {start}\nSome words.\n\n- and a list\n:::\n", tmp_path)

    found = [each.text for each in slide.reveals[-1].texts]
    assert found == ["A", "Tip" if start == "callout-tip" else "Mind this", "Some words.", "and a list"]
    assert len(slide.reveals) == 1
    surface = tuple(int(DARK["surface"][at : at + 2], 16) for at in (1, 3, 5))
    assert any(style.fill and style.fill.colors[0][:3] == surface for style in slide.styles)


def test_definitions_stand_below_their_terms(tmp_path: Path) -> None:
    found = texts("## A\n\nTerm *one*\n: What it means.\n: And more.\n\nOther\n: Its meaning.\n", tmp_path)

    assert [each.text for each in found[1:]] == ["Term one", "What it means.", "And more.", "Other", "Its meaning."]
    assert found[2].box[0] > found[1].box[0]


def test_tasks_and_footnotes_are_no_markup(tmp_path: Path) -> None:
    found = texts("## A\n\n- [x] done\n- [ ] open\n\nWords[^1].\n\n[^1]: The note.\n", tmp_path)

    assert [each.text for each in found[1:]] == ["done", "open", "Words1.", "1 The note."]


def test_links_lead_where_they_say_also_bare_addresses(tmp_path: Path) -> None:
    found = texts("## A\n\nSee [here](https://example.org/a) and https://example.org/b or me@example.org.\n", tmp_path)

    assert {each.text: each.link for each in found if each.link} == {
        "here": "https://example.org/a",
        "https://example.org/b": "https://example.org/b",
        "me@example.org": "mailto:me@example.org",
    }


def test_numbered_formulas_are_counted_through_the_document(tmp_path: Path) -> None:
    first, second = slides(
        "## A\n\n$$a$$ {#eq-one}\n\nBy @eq-two.\n\n## B\n\n$$b$$ {#eq-two}\n\nAs [-@eq-one] says.\n", tmp_path
    )

    assert [each.text for each in first.reveals[-1].texts] == ["A", "a", "(1)", "By Equation (2)."]
    assert [each.text for each in second.reveals[-1].texts] == ["B", "b", "(2)", "As (1) says."]
    number = first.reveals[-1].texts[2].box
    assert number[0] > WIDTH / 2 - 200 * UNITS


WORKS = """@article{lecun98, title={Gradient-based learning}, author={LeCun, Yann and Bottou, L{\\'e}on},
  journal={Proceedings of the IEEE}, year={1998}}
@book{gbc, title={Deep Learning}, author={Goodfellow, Ian}, publisher={MIT Press}, year=2016}
"""


def test_works_are_cited_and_listed(tmp_path: Path) -> None:
    (tmp_path / "works.bib").write_text(WORKS)
    text = "---\nbibliography: works.bib\n---\n## A\n\nAs @lecun98 say [see @gbc, p. 3; @lecun98], but not @nobody.\n"
    cites, listed = slides(text, tmp_path)

    said = " ".join(each.text for each in cites.reveals[-1].texts[1:])
    assert said == "As LeCun and Bottou (1998) say (see Goodfellow 2016, p. 3; LeCun and Bottou 1998), but not @nobody."
    shown = " ".join(each.text for each in listed.reveals[-1].texts)
    assert shown.startswith("References Goodfellow, Ian. 2016. Deep Learning")
    assert "LeCun, Yann, and Léon Bottou. 1998." in shown


def test_works_are_listed_where_the_document_says(tmp_path: Path) -> None:
    (tmp_path / "works.bib").write_text(WORKS)
    text = "---\nbibliography: works.bib\n---\n## A\n\n@gbc\n\n## Sources\n\n::: {#refs}\n:::\n"
    _, listed = slides(text, tmp_path)

    assert listed.reveals[-1].texts[0].text == "Sources"
    assert "Deep Learning" in " ".join(each.text for each in listed.reveals[-1].texts)


@pytest.mark.parametrize(
    ("file", "works", "message"),
    [
        ("none.bib", "", "the bibliography 'none.bib' cannot be read: no such file"),
        ("../works.bib", "", "the bibliography '../works.bib' is outside of the document's folder"),
        ("works.bib", "@book{gbc, title={Deep", "the bibliography 'works.bib' cannot be read"),
    ],
)
def test_what_is_wrong_with_a_bibliography_has_its_line(file: str, works: str, message: str, tmp_path: Path) -> None:
    if works:
        (tmp_path / file).write_text(works)

    with pytest.raises(SlideError) as caught:
        slides(f"---\ntitle: T\nbibliography: {file}\n---\n## A\n\n@gbc\n", tmp_path)

    assert caught.value.message.startswith(message)
    assert str(caught.value.where) == f"{tmp_path / 'talk.md'}:3"


def test_lines_of_code_have_numbers_and_marks(tmp_path: Path) -> None:
    code = '```{.python .numberLines startFrom="8"}\na = 1\nb = 2\n```\n\n```python {2}\nc = 3\nd = 4\n```\n'
    [slide] = slides(f"## A\n\n{code}", tmp_path)

    found = [each.text for each in slide.reveals[-1].texts]
    assert [number for number in ("8", "9") if number in found] == ["8", "9"]
    shown = " ".join(found).split()
    assert "c" in shown
    assert "{2}" not in shown


def test_options_of_a_cell_are_not_its_code(tmp_path: Path) -> None:
    found = texts('## A\n\n```{python}\n#| echo: true\n#| code-line-numbers: "1"\na = 1\n```\n', tmp_path)

    assert " ".join(each.text for each in found[1:]).replace(" ", "") == "a=11" or "1" in {each.text for each in found}
    assert not any("#|" in each.text for each in found)


def test_decimals_stand_below_each_other(tmp_path: Path) -> None:
    found = texts("## A\n\n| a | share |\n|---|---|\n| x | 1.5 |\n| y | 22.75 |\n| z | 3 |\n", tmp_path)

    ends = {words: box(found, words).box for words in ("1.5", "22.75")}
    [digit] = [each.box for each in found if each.text == "3"]
    width = (ends["22.75"][2] - ends["22.75"][0]) / 5
    assert ends["22.75"][2] - ends["1.5"][2] == pytest.approx(width, rel=0.25)
    assert ends["22.75"][2] - digit[2] > 2 * width


@pytest.mark.parametrize(
    ("language", "words"), [("he", "מספר הערוצים $c$ גדל ולכן $k \\times k$ גרעינים"), ("ar", "خريطة السمات $c$ هي")]
)
def test_what_is_written_from_the_right_begins_there(language: str, words: str, tmp_path: Path) -> None:
    found = texts(f"---\nlang: {language}\n---\n## A\n\n- {words}\n", tmp_path)[1:]

    plain = [each for each in found if each.role == "item"]
    formulas = [each for each in found if each.role == "formula"]
    assert max(each.box[2] for each in plain) > WIDTH / 2 - 200 * UNITS
    first = max(plain, key=lambda each: each.box[2])
    assert words.startswith(first.text.split()[0])
    assert all(formula.box[2] < first.box[2] for formula in formulas)


def test_a_title_with_a_break_keeps_its_words_apart(tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    text = "---\nsubtitle: Part one<br>of two\n---\n\n# Are there<br>truths?\n\n## What is<br>known\n\nWords.\n"
    path.write_text(text)
    made = outline(parse(text, path), frame_rate=10)
    [(cover, _), (page, _)] = record_texts(made)

    assert not isinstance(cover, DeckError)
    assert not isinstance(page, DeckError)
    assert [each.text for each in cover[0].reveals[0].texts] == ["Are there truths?", "Part one of two"]
    assert page[0].reveals[-1].texts[0].text == "What is known"


def test_a_size_of_type_that_is_given_is_kept(tmp_path: Path) -> None:
    for size in ("28", "44"):
        found = texts(f"---\nfont-size: {size}\n---\n## A\n\nA few words.\n", tmp_path)
        assert found[1].size == pytest.approx(float(size), abs=0.2)


def test_a_theme_colours_what_is_set(tmp_path: Path) -> None:
    [slide] = slides("---\ntheme: paper\n---\n## A\n\nWords.\n", tmp_path)

    assert slide.background == "#FFFFFF"
    assert {style.fill.colors[0][:3] for style in slide.styles if style.fill} == {(0, 0, 0)}


def test_little_text_stands_lower_than_much(tmp_path: Path) -> None:
    [little] = slides("## A\n\nWords.\n", tmp_path)
    [much] = slides("## A\n\n" + "Words.\n\n" * 7, tmp_path)

    assert little.reveals[-1].texts[1].box[1] > much.reveals[-1].texts[1].box[1]


def test_a_word_is_not_broken_within_a_sign_of_several_characters(tmp_path: Path) -> None:
    count = 40
    [slide] = slides(f"## A\n\n{'👩‍👩‍👧‍👦' * count}\n", tmp_path)

    moving = slide.segments[-1].moving
    assert len(moving) == count
    assert len({int(slide.items(slide.frames - 1)[0, at]) for at in moving}) == 1
