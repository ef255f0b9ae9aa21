"""Every bad input that the project knows, as a lecturer meets it: ``deck build talk.md``."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from deck.cli import main

pytestmark = pytest.mark.xdist_group("toys")

Refused = Callable[..., list[str]]


@pytest.fixture
def refused(toys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Refused:
    """Build a document and return what is said, line by line: nothing is written, and there is no traceback."""
    monkeypatch.chdir(tmp_path)

    def refused(text: str | bytes | None = None, *, name: str = "talk.md") -> list[str]:
        if text is not None:
            Path("talk.md").write_bytes(text if isinstance(text, bytes) else text.encode())
        before = sorted(tmp_path.iterdir())
        result = CliRunner().invoke(main, ["build", name])

        assert result.exit_code == 1
        assert isinstance(result.exception, SystemExit)
        assert result.stdout == ""
        assert [path for path in sorted(tmp_path.iterdir()) if path.name != "build"] == before
        assert [path.name for path in tmp_path.glob("build/*")] in ([], [".deck"])
        return result.stderr.splitlines()

    return refused


def slide(*options: str, kind: str = "toy-shapes", title: str = "One") -> str:
    return "\n".join([f"## {title}", "", "```slide", f"kind: {kind}", *options, "```", "", ""])


def lecture(*options: str) -> str:
    return slide(*options, kind="single-feature-map")


def test_no_such_document(refused: Refused) -> None:
    Path("talk.md").write_text(slide())

    assert refused(name="tlak.md") == ["tlak.md: no such document", "Hint: did you mean 'talk.md'?"]


def test_a_name_that_no_file_can_have(refused: Refused) -> None:
    name = f"{'x' * 5000}.md"

    told, hint = refused(name=name)

    assert told.startswith("cannot write build/xxx")
    assert hint == "Hint: choose a shorter name"


def test_a_folder_instead_of_a_document(refused: Refused) -> None:
    Path("talks").mkdir()

    assert refused(name="talks") == [
        "talks: this is a folder, not a document",
        "Hint: name a file in it, such as talks/talk.md",
    ]


def test_a_document_that_is_not_utf_8(refused: Refused) -> None:
    assert refused(b"# Talk\r\n\r\n## Gr\xfc\xdfe\r\n") == [
        "talk.md:3: not UTF-8",
        "Hint: save the document as UTF-8",
    ]


def test_a_place_outside_of_the_working_folder_is_named_in_full(
    refused: Refused, tmp_path_factory: pytest.TempPathFactory
) -> None:
    talk = tmp_path_factory.mktemp("elsewhere") / "talk.md"
    talk.touch()

    assert refused(name=str(talk))[0] == f"{talk}:1: the document has no sections"


def test_no_sections(refused: Refused) -> None:
    assert refused("<!-- nothing -->\n") == [
        "talk.md:1: the document has no sections",
        "Hint: start one with a line `## Title` and something under it",
    ]


def test_bad_yaml(refused: Refused) -> None:
    assert refused(slide("  color: x")) == [
        "talk.md:5: bad YAML: mapping values are not allowed here",
        "Hint: put quotes around text that holds a colon, and look at the indentation",
    ]


def test_bad_yaml_in_the_front_matter(refused: Refused) -> None:
    assert refused("---\nlang: en\ntitle: 'Talk\n---\n" + slide()) == [
        "talk.md:3: bad YAML: found unexpected end of stream",
        "Hint: close the quote",
    ]


def test_an_unknown_front_matter_key(refused: Refused) -> None:
    assert refused("---\nlang: en\nauhtor: Ada\n---\n" + slide()) == [
        "talk.md:3: no front matter key 'auhtor'",
        "Hint: did you mean 'author'?",
    ]


def test_unknown_slide_kind_names_the_line_and_the_nearest_kind(refused: Refused) -> None:
    assert refused("---\ntitle-slide: false\n---\n# Talk\n\n" + slide(kind="activation-heatmp")) == [
        "talk.md:9: no slide kind 'activation-heatmp'",
        "Hint: did you mean 'activation-heatmap'?",
    ]


def test_an_option_of_the_wrong_type(refused: Refused) -> None:
    assert refused(slide("color: 3")) == ["talk.md:5: option 'color' cannot be 3", "Hint: use text"]


def test_an_option_out_of_range(refused: Refused) -> None:
    place, hint = refused(lecture("padding: 0", "stride: 0"))

    assert place == "talk.md:6: option 'stride' cannot be 0"
    assert hint.startswith("Hint: use a whole number, at least 1")


def test_an_unknown_option(refused: Refused) -> None:
    assert refused(slide("colour: '#fff'")) == [
        "talk.md:5: slide kind 'toy-shapes' has no option 'colour'",
        "Hint: did you mean 'color'?",
    ]


def test_the_same_id_twice(refused: Refused) -> None:
    assert refused(slide(title="One {#one}") + slide(title="Two {#one}")) == [
        "talk.md:7: the section id 'one' is given twice",
        "Hint: the first is on line 1; name this one as in `## Two {#other-id}`",
    ]


def test_notes_for_a_reveal_that_the_slide_does_not_have(refused: Refused) -> None:
    assert refused(slide() + "### dott\n\nA dot comes.\n") == [
        "talk.md:7: slide 'One' has no reveal 'dott'",
        "Hint: did you mean 'dot'? its reveals: run, dot, rest",
    ]


def test_all_faults_of_a_document_at_once(refused: Refused) -> None:
    sections = [slide(kind="x"), slide("color: 3"), slide(title="Three") + "### dott\n", "## {#four}\n"]

    said = refused("---\ntitel: Talk\n---\n" + "".join(sections))

    assert [line.split(": ")[0] for line in said if not line.startswith("Hint: ")] == [
        f"talk.md:{line}" for line in (2, 7, 14, 24)
    ]
    assert sum(line.startswith("Hint: ") for line in said) == 4


@pytest.mark.parametrize("name", ["../cat.png", "link.png", "/etc/hostname.png"])
def test_an_image_outside_of_the_folder_needs_trust(refused: Refused, tmp_path: Path, name: str) -> None:
    (tmp_path / "link.png").symlink_to(tmp_path.parent / "cat.png")

    assert refused(lecture(f"image: {name}")) == [
        f"talk.md:5: '{name}' is outside of the document's folder",
        "Hint: move it there, or build with --trust",
    ]


def test_an_image_that_is_missing(refused: Refused, tmp_path: Path) -> None:
    assert refused(lecture("image: lost.png")) == [
        "talk.md:5: image 'lost.png' cannot be opened: no such file",
        f"Hint: it is looked for at {tmp_path / 'lost.png'}",
    ]


def test_an_image_of_the_front_matter_is_told_once(refused: Refused) -> None:
    text = "---\nlang: en\nimage: lost.png\n---\n" + lecture() + lecture().replace("One", "Two")

    assert refused(text)[0] == "talk.md:3: image 'lost.png' cannot be opened: no such file"
    assert len(refused(text)) == 2


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"])
def test_an_image_that_is_unreadable(refused: Refused, content: bytes) -> None:
    Path("photo.png").write_bytes(content)
    place, hint = refused(lecture("image: photo.png"))

    assert place == "talk.md:5: image 'photo.png' is damaged or not a picture"
    assert hint.startswith("Hint: save it as PNG, JPEG or WebP")


def test_an_image_of_one_pixel(refused: Refused) -> None:
    Image.new("RGB", (1, 1)).save("photo.png")
    place, hint = refused(lecture("image: photo.png"))

    assert place == "talk.md:5: image 'photo.png' is only 1×1 pixels large"
    assert hint.startswith("Hint: use one of at least")


def test_an_image_20_000_pixels_wide(refused: Refused) -> None:
    Image.new("1", (20_000, 100)).save("photo.png")
    place, hint = refused(lecture("image: photo.png"))

    assert place == "talk.md:5: image 'photo.png' is 20000×100 pixels large"
    assert hint.startswith("Hint: scale it down to at most")


def test_a_kernel_of_even_size(refused: Refused) -> None:
    place, hint = refused(lecture("kernel:", "- [1, 0]", "- [0, -1]"))

    assert place.startswith("talk.md:5: ")
    assert "2×2" in place
    assert "3×3" in hint


def test_a_stride_that_does_not_fit(refused: Refused) -> None:
    place, hint = refused(lecture("padding: 0", "stride: 4"))

    assert place.startswith("talk.md:6: stride 4 does not fit")
    assert hint == "Hint: use a stride of 1 or 13"
