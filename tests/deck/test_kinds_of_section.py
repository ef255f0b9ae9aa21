"""What a section becomes: a slide of some kind, scenes, or text."""

from __future__ import annotations

from pathlib import Path

import pytest

from deck.document import Document, Prose, SceneCode, Section, TitlePage, parse

SCENE = "```python\nclass {0}(Scene):\n    def construct(self):\n        self.wait()\n```\n"


def document(text: str) -> Document:
    return parse(text, Path("talk.md"))


def kinds(text: str) -> list[tuple[str, str, str]]:
    """Return each section's id, title and kind; scenes and text with what they are."""
    return [(section.id, section.title, what(section)) for section in document(text).sections]


def what(section: Section) -> str:
    body = section.body
    if isinstance(body, SceneCode):
        return f"{body.name}:{body.line}"
    return f"{body.text}:{body.line}" if isinstance(body, Prose) else type(body).__name__


def test_the_title_and_the_front_matter_make_a_title_slide() -> None:
    front = "---\nauthor: Ada\ndate: 2026-11-24\ndescription: Of maps\n---\n"

    (page, _) = document(f"{front}# Maps\n\n::: notes\nWelcome.\n:::\n\n## A\n\nx\n").sections

    assert (page.id, page.title, page.notes[""].text) == ("title", "Maps", "Welcome.")
    assert page.body == TitlePage(subtitle="Of maps", author="Ada", date="2026-11-24", line=6)
    assert document(f"{front}## A\n\nx\n").sections[0].id == "a"
    assert document("---\ntitle: T\n---\n## A\n\nx\n").sections[0].title == "T"
    assert document("---\ntitle-slide: false\n---\n# T\n## A\n\nx\n").sections[0].title == "A"


def test_where_a_heading_within_a_section_has_a_scene_each_is_a_slide() -> None:
    text = f"## A\n\nSay this.\n\n### One\n\n{SCENE.format('S')}\n"
    text += "### Two\n\n- b\n\n::: notes\nSay that.\n:::\n\n### Three\n"

    first, second = document(text).sections

    assert (first.id, first.title, what(first)) == ("one", "One", "S:8")
    assert (second.id, second.title, what(second)) == ("two", "Two", "- b:15")
    assert (first.notes[""].text, second.notes[""].text) == ("Say this.", "Say that.")


def test_text_keeps_its_lines_and_loses_what_is_not_shown() -> None:
    text = "## A\n\nOne\n\n::: notes\nSay it.\n:::\n\n### More {#more}\n\n<!-- no -->\n- two\n\n::: notes\nThen.\n:::\n"

    (section,) = document(text).sections

    assert section.body == Prose(text="One\n\n\n\n\n\n### More {#more}\n\n\n- two", line=3)
    assert {name: note.text for name, note in section.notes.items()} == {"": "Say it.", "more": "Then."}


@pytest.mark.parametrize(
    ("under", "shown"),
    [
        ("```python\nself.play(x)\n```", "```python\nself.play(x)\n```:3"),
        ("```python\n>>> 1 + 1\n```", "```python\n>>> 1 + 1\n```:3"),
        ("```python\nsquare.shift(UP)\n```", "```python\nsquare.shift(UP)\n```:3"),
        ("Text.\n\n```python\nself.play(x)\n```", "Text.\n\n```python\nself.play(x)\n```:3"),
        ("Text.\n\n```python\ndef f(): pass\n```", "Text.\n\n```python\ndef f(): pass\n```:3"),
        ("::: {.wide}\n:::: x\nText.\n::::\n:::", "Text.:5"),
        ("::: columns\n:::: column\nText.\n::::\n:::", "::: columns\n:::: column\nText.\n::::\n::::3"),
        ("```python\ndef f(): pass\n```", "```python\ndef f(): pass\n```:3"),
        ("```bash\nls\n```", "```bash\nls\n```:3"),
        ("", ":1"),
    ],
)
def test_code_that_is_not_run_for_a_scene_is_shown(under: str, shown: str) -> None:
    assert kinds(f"## A\n\n{under}\n") == [("a", "A", shown)]


def test_what_scenes_stand_on_is_shown_only_where_nothing_else_is() -> None:
    helper = "```python\ndef f(): pass\n```\n"

    assert kinds(f"## A\n\nText.\n\n{helper}\n## B\n\n{helper}\n## C\n\n{SCENE.format('C')}") == [
        ("a", "A", "Text.:3"),
        ("b", "B", f"{helper.strip()}:11"),
        ("c", "C", "C:18"),
    ]


def test_each_scene_is_a_slide_and_the_text_is_what_to_say() -> None:
    text = (
        f"## One\n\nSay this.\n\n{SCENE.format('A')}\nAnd this.\n\n### Then\n\nMore.\n\n```py\nclass B(A): pass\n```\n"
    )

    first, second = document(text).sections

    assert [(each.id, each.title, what(each)) for each in (first, second)] == [
        ("one", "One", "A:6"),
        ("then", "Then", "B:18"),
    ]
    assert (first.notes[""].text, second.notes[""].text) == ("Say this.\n\nAnd this.", "More.")


def test_code_to_be_read_stands_on_a_slide_of_its_own_beside_scenes() -> None:
    assert kinds(f"## One\n\n{SCENE.format('A')}\n```python\nself.wait(2)\n```\n") == [
        ("one", "One", "A:4"),
        ("one-2", "One", "```python\nself.wait(2)\n```:9"),
    ]


def test_a_heading_without_a_scene_has_the_notes_of_a_reveal() -> None:
    (section,) = document(f"## One\n\n{SCENE.format('A')}\n### Step 1\n\nSlowly.\n").sections

    assert section.notes["step-1"].text == "Slowly."


def test_ids_are_made_unique() -> None:
    text = "# Title\n\n## A\n\n## A\n\n## 2026\n\n## Title\n\n## B {#a-2}\n"

    assert [section.id for section in document(text).sections] == ["title", "a", "a-3", "slide-5", "title-2", "a-2"]


def test_a_document_without_sections_is_one_and_other_titles_are_sections() -> None:
    assert kinds("# T\n\nText.\n") == [("title", "T", "TitlePage"), ("t", "T", "Text.:3")]
    assert kinds(f"# T\n\n{SCENE.format('A')}\n## B\n\nx\n")[1:] == [("t", "T", "A:4"), ("b", "B", "x:11")]
    assert kinds("# T\n\nPreface.\n\n## A\n\nx\n\n# Part\n\ny\n")[1:] == [("a", "A", "x:7"), ("part", "Part", "y:11")]
    assert kinds("Just text.\n") == [("talk", "talk", "Just text.:1")]


def test_a_slide_block_without_a_kind_says_how_to_treat_the_section() -> None:
    block = "```slide\nincremental: false\nignore: {small-text: a screenshot}\n```\n"
    text = f"---\npauses: play\n---\n## A\n\n{block}\n- x\n\n## B\n"

    first, second = (section.settings for section in document(text).sections)

    assert (first.pauses, first.incremental, first.ignore) == ("play", False, {"small-text": "a screenshot"})
    assert (second.pauses, second.incremental, second.ignore) == ("play", True, {})


def test_front_matter_of_other_programs_means_nothing() -> None:
    front = "---\nname: x\nmetadata:\n  tags: a, b\ntrust: true\nlayout: post\n---\n"

    marp = document("---\nmarp: true\ntheme: gaia\nauthors: x\nauthor: [Ada, {name: Bob}]\n---\n## A\n").front
    assert (marp.theme, marp.author) == ("dark", "Ada, Bob")
    assert document(f"{front}## A\n").front.lines == {"name": 2, "metadata": 3, "trust": 5, "layout": 6}
