from pathlib import Path

import pytest

from deck.document import parse
from deck.errors import Faults

HERE = Path("talk.md")


def section(under: str, heading: str = "## One") -> str:
    return f"{heading}\n\n```slide\nkind: x\n```\n\n{under}"


def faults(text: str) -> list[str]:
    """Return each fault of a text as line, sentence and hint."""
    with pytest.raises(Faults) as caught:
        parse(text, HERE)
    return [f"{error.where.line}: {error.message} | {error.hint}" for error in caught.value.errors if error.where]


@pytest.mark.parametrize(
    ("front", "fault"),
    [
        ("titel: x", "2: no front matter key 'titel' | did you mean 'title'?"),
        ("aspect_ratio: 16:9", "2: no front matter key 'aspect_ratio' | did you mean 'aspect-ratio'?"),
        ("theme: lihgt", "2: no theme 'lihgt' | did you mean 'light'?"),
        ("aspect-ratio: 3:2", "2: no aspect-ratio '3:2' | write aspect-ratio: 16:9 or 16:10 or 4:3 or 9:16"),
        ("lang: english", "2: 'english' is no language tag | write one such as en, de or pt-BR"),
        ("title: [Ada, Bob]", "2: the front matter's title must be text | write it in one line, as in `title: …`"),
        ("lang: en\nlang: de", "3: the key 'lang' is given twice | it is on line 2 already; keep one of the two"),
        ("date: 2026-13-41", "2: bad YAML: '2026-13-41' has no value | put quotes around it if it is text"),
        ("just text", "2: this YAML holds no keys | write lines of `key: value`"),
        (
            "x:\n  y: a: b",
            "3: bad YAML: mapping values are not allowed here | put quotes around text that holds a colon",
        ),
    ],
)
def test_faulty_front_matter(front: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults(f"---\n{front}\n---\n" + section("")))


def test_front_matter_that_is_never_closed() -> None:
    assert (
        faults("---\ntitle: x\n\n" + section(""))[0]
        == "1: the front matter is never closed | end it with a line of ---"
    )


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        (
            "kind: x\n  stride: 2",
            "5: bad YAML: mapping values are not allowed here | put quotes around text that holds",
        ),
        (
            "kind: x\n\n\tstride: 2",
            "6: bad YAML: found character '\\t' that cannot start any token | indent with spaces",
        ),
        (
            "kind: x\nkernel: [[1, 2], [3",
            "5: bad YAML: expected ',' or ']', but got '<stream end>' | close the bracket",
        ),
        ("kind: x\nname: 'open\nstride: 2", "5: bad YAML: found unexpected end of stream | close the quote"),
        ("kind: x\na: 1\nb: 2\na: 3", "7: the key 'a' is given twice | it is on line 5 already; keep one of the two"),
        ("kind: x\na: {b: 1,\n b: 2}", "6: the key 'b' is given twice | it is on line 5 already; keep one of the two"),
        ("kind: x\na: &all [*all]", "5: bad YAML: anchors and aliases are not read | write the value out"),
        (
            "kind: x\na: !!python/name:os.system",
            "5: bad YAML: the tag 'tag:yaml.org,2002:python/name:os.system' is not",
        ),
        ("kind: x\n? [1]\n: 2", "5: bad YAML: a key is not text | write lines of `key: value`"),
        ('kind: x\n"\\ud800": 2', "5: bad YAML: a key is not text | write lines of `key: value`"),
        ("kind: x\na: b\x07", "5: bad YAML: the sign U+0007 is not allowed | delete it"),
        ("kind: x\na: " + "[" * 3000, "5: bad YAML: it is nested too deeply | write it flatter"),
        ('kind: x\na: "\\ud800"', "5: bad YAML: '\\ud800' has no value | put quotes around it if it is text"),
        ("kind: x\n---\nkind: y", "5: bad YAML: but found another document | look at the indentation"),
        ("- kind", "4: this YAML holds no keys | write lines of `key: value`"),
        ("stride: 2", "3: the slide block names no kind | add a line such as `kind: single-feature-map`"),
        ("", "3: the slide block names no kind | add a line such as `kind: single-feature-map`"),
        ("a: 1\nkind:", "5: the slide block names no kind | add a line such as `kind: single-feature-map`"),
        ("a: 1\nkind: [x]", "5: the slide block names no kind | add a line such as `kind: single-feature-map`"),
    ],
)
def test_faulty_yaml_is_placed_in_the_file(block: str, fault: str) -> None:
    found = faults(f"## One\n\n```slide\n{block}\n```\n")

    assert len(found) == 1
    assert found[0].startswith(fault)


def test_line_separators_that_only_yaml_counts_do_not_shift_lines() -> None:
    assert faults("## One\n\n```slide\nkind: 'a\u2028\x85b'\na: 1\na: 2\n```\n")[0].startswith(
        "6: the key 'a' is given twice"
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1: the document has no sections | start one with a line `## Title` and something under it"),
        (
            section("```slide\nkind: y\n```"),
            "7: section 'One' has a second slide block | the first is on line 3; start",
        ),
        (
            section("", "## A {#one}") + section("", "## B {#one}"),
            "7: the section id 'one' is given twice | the first is on line 1; name this one as in `## B",
        ),
        (section("### a\n### A"), "8: the reveal 'a' is given twice in this section | the first is on line 7; put its"),
        (
            section("### a\n### b {#a}"),
            "8: the reveal 'a' is given twice in this section | the first is on line 7; put",
        ),
        ("::: notes\n:::\n" + section(""), "1: notes stand above the first section | put a `## Title` above them"),
        (
            "```slide\n```\n" + section(""),
            "1: a slide block stands above the first section | put a `## Title` above it",
        ),
        (
            section("", "## A").replace("kind: x", "pauses: play\npause: wait"),
            "3: the slide block names no kind | add a line such as `kind: single-feature-map`",
        ),
        (
            section("", "## A").replace("kind: x", "pauses: often"),
            "4: pauses cannot be this | write `pauses: play` for one after each animation, or",
        ),
        (
            section("", "## A").replace("kind: x", "incremental: slowly"),
            "4: incremental cannot be this | write `incremental: false` to show all items of a list at once",
        ),
        (
            section("", "## A").replace("kind: x", "kind: x\nignore: [small-text]"),
            "5: ignore cannot be this | write the rules and why they are broken here, as in `ignore: {",
        ),
        (section("", "##"), "1: the heading has no text | write one, as in `## Title`"),
        (section("", "## {#one}"), "1: the heading has no text | write one, as in `## Title`"),
        (section("###"), "7: the heading has no text | write one, as in `### Title`"),
        (section("### 🎉"), "7: the heading '🎉' has no letter to make an id of | write `### 🎉 {#some-id}`"),
        (
            section("", "## A {#B c}"),
            "1: 'B c' is no id | ids are lower-case letters, digits and hyphens, as in `## A {#b",
        ),
        (
            section("", "## A {#}"),
            "1: '' is no id | ids are lower-case letters, digits and hyphens, as in `## A {#some-id}`",
        ),
        (section("::: ntoes\nx\n:::"), "7: no block '::: ntoes' | did you mean '::: notes'?"),
        (section("::: notes\nx"), "7: the notes are never closed | end them with a line of :::"),
        (
            section("::: notes\nx\n\n## B\n\n:::"),
            "10: a heading or block stands inside ::: notes | close the notes that",
        ),
        (section("- ```slide\n  kind: y\n  ```"), "7: a slide block stands in a list or a quote | move it to the left"),
        ("## One\n\n```slide\nkind: x\n", "3: the slide block is never closed | end it with a line of ```"),
        (
            "## One\n\n```slide x-y\n```",
            "3: the slide block's kind stands beside its name | write `kind: x-y` on a line",
        ),
    ],
)
def test_faulty_structure(text: str, fault: str) -> None:
    found = faults(text)

    assert len(found) == 1
    assert found[0].startswith(fault)


def test_all_faults_come_at_once_in_the_order_of_their_lines() -> None:
    text = "---\ntitel: x\n---\n::: notes\n:::\n## One\n\n## Two\n\n```slide\nkind: [\n```\n\n## Three\n```slide\n```"

    assert [fault.split(" | ")[0] for fault in faults(text)] == [
        "2: no front matter key 'titel'",
        "4: notes stand above the first section",
        "11: bad YAML: expected the node content, but found '<stream end>'",
        "15: the slide block names no kind",
    ]


def test_lines_are_counted_in_crlf_files_too() -> None:
    assert faults(section("### a\n### a\n").replace("\n", "\r\n"))[0].startswith("8: ")
