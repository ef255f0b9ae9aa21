import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deck.build import build
from deck.build.jobs import take
from deck.document import gather, parse
from deck.document.outline import outline
from deck.errors import DocumentError, FaultList, Faults, SlideError
from deck.reveal import Reveal
from deck.sections import slide_classes
from deck.slide import Slide

CLASSES = "Fussy Needy Mover Empty Outside Twice Nested Misnamed Refusing Buggy"
KINDS = [f"{name.lower()} = odd_slides:{name}" for name in CLASSES.split()]
ODD = [
    "not-a-slide = odd_slides:NOT_A_SLIDE",
    "broken = a_module_that_is_not_there:Slide",
    "twofold = odd_slides:Mover",
]

Faulty = Callable[[str], list[str]]
Classes = Callable[[str], list[type[Slide]]]


def install(site: Path, name: str, *entry_points: str) -> None:
    facts = site / f"{name}-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text("\n".join(["[deck.slides]", *entry_points]))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a lecturer's folder; two packages of slides are installed."""
    site = tmp_path / "site"
    site.mkdir()
    shutil.copy(Path(__file__).with_name("odd_slides.py"), site)
    install(site, "odd-slides", *KINDS, *ODD)
    install(site, "other-slides", "twofold = odd_slides:Mover")
    monkeypatch.syspath_prepend(site)
    (tmp_path / "cat.png").touch()
    return tmp_path


@pytest.fixture
def classes(folder: Path) -> Classes:
    """Return the slide classes of a text's sections."""
    return lambda text: [
        kind for job in outline(parse(text, folder / "talk.md"), frame_rate=15) for kind in slide_classes(job)
    ]


@pytest.fixture
def faults(folder: Path) -> Faulty:
    """Return what is wrong with a text's slides, fault by fault, as line, sentence and hint."""

    def faults(text: str) -> list[str]:
        found = FaultList()
        for job in outline(parse(text, folder / "talk.md"), frame_rate=15):
            with found.collect():
                take(job)
        with pytest.raises(Faults) as caught:
            found.raise_any()
        assert all(error.where and error.where.file == folder / "talk.md" for error in caught.value.errors)
        return [f"{error.where.line}: {error.message} | {error.hint}" for error in caught.value.errors if error.where]

    return faults


def section(kind: str, options: str = "", notes: str = "", *, title: str = "One") -> str:
    return f"## {title}\n\n```slide\nkind: {kind}\n{options}\n```\n\n{notes}\n\n"


def test_a_section_becomes_a_class_of_its_kind_with_title_options_and_notes(classes: Classes, folder: Path) -> None:
    options = "image: cat.png\nkernel: [[1, 0], [0, 1]]\nscale: 2\npicture: x.png\nshow-all: true\nmode: valid"
    text = section("fussy", options, "Welcome.\n\n### First\n\nA square.", title="A square")
    (made_class,) = classes(text)
    made = made_class.options
    (slide,) = build(parse(text, folder / "talk.md"), frame_rate=15, store=folder / "store").slides

    assert (made_class.__mro__[1].__name__, made_class.__name__, slide.class_name) == ("Fussy", "ASquare", "ASquare")
    assert (made_class.title, slide.title) == ("A square", "A square")
    assert (made.kernel, made.scale, made.picture, made.show_all) == (((1, 0), (0, 1)), 2.0, Path("x.png"), True)
    assert slide.reveals == (
        Reveal(id="first", title="First", notes="Welcome.\n\nA square.", description="A square grows."),
        Reveal(id="second", title="Second", notes="", description="Nothing changes."),
    )


def test_two_sections_of_a_kind_have_classes_of_their_own(classes: Classes) -> None:
    made = classes(section("mover", title="2D maps") + section("mover", title="Other"))

    assert [each.__name__ for each in made] == ["Slide2dMaps", "Other"]


def test_the_front_matter_gives_what_a_section_leaves_out(folder: Path, classes: Classes) -> None:
    (folder / "dog.png").touch()
    front = "---\nimage: cat.png\nmodel: some-net\n---\n"
    own, shared, without = classes(
        front
        + section("fussy", "image: dog.png", title="A")
        + section("fussy", title="B")
        + section("mover", title="C")
    )

    assert own.options.image == "dog.png"
    assert shared.options.image == "cat.png"
    assert without.options.model_dump() == {}


def test_a_fault_of_the_front_matter_is_told_once_at_its_line(faults: Faulty) -> None:
    text = "---\nlang: en\nimage: lost.png\n---\n" + section("fussy", title="A") + section("fussy", title="B")

    assert faults(text) == ["3: no image 'lost.png' | look again"]


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ("strid: 2", "5: slide kind 'fussy' has no option 'strid' | did you mean 'stride'?"),
        ("zzz: 2", "5: slide kind 'fussy' has no option 'zzz' | its options: grid, image, kernel, layers, mode, "),
        ("stride: 0", "5: option 'stride' cannot be 0 | use a whole number, at least 1 and at most 8"),
        ("stride: 9", "5: option 'stride' cannot be 9 | use a whole number, at least 1 and at most 8"),
        ("stride: two", "5: option 'stride' cannot be 'two' | use a whole number, at least 1 and at most 8"),
        ("stride: '2'", "5: option 'stride' cannot be '2' | use a whole number, at least 1 and at most 8"),
        ("stride: 2.5", "5: option 'stride' cannot be 2.5 | use a whole number, at least 1 and at most 8"),
        ("stride:", "5: option 'stride' cannot be empty | use a whole number, at least 1 and at most 8"),
        ("scale: 0", "5: option 'scale' cannot be 0 | use a number, above 0"),
        ("scale: [1]", "5: option 'scale' cannot be a list | use a number, above 0"),
        ("scale: .nan", "5: option 'scale' cannot be NaN | use a number, above 0"),
        ("mode: full", "5: option 'mode' cannot be 'full' | use 'same' or 'valid'"),
        ("show-all: 1", "5: option 'show-all' cannot be 1 | use true or false"),
        ("kernel: 3", "5: option 'kernel' cannot be 3 | use text or a list of lists of whole numbers"),
        ("kernel:\n- [1, 2]\n- [3, x]", "7: item 2 of item 2 of option 'kernel' cannot be 'x' | use a whole number"),
        ("kernel:\n- [1, 2]\n- 3", "7: item 2 of option 'kernel' cannot be 3 | use a list of whole numbers"),
        ("kernel: {a: 1}", "5: option 'kernel' cannot be a mapping | use text or a list of lists of whole numbers"),
        ("picture: 3", "5: option 'picture' cannot be 3 | use text"),
        ("layers: []", "5: option 'layers' cannot be a list | use a list of texts, at least 1 long"),
        ("layers: [a, 1]", "5: item 2 of option 'layers' cannot be 1 | use text"),
        ("grid: {rows: 2, colums: 3}", "5: option 'grid' has no option 'colums' | leave it out"),
        ("places: [{row: 1}, {}]", "5: item 2 of option 'places' needs the option 'row' | add a line `row: …`"),
        ("grid:\n  rows: 0", "6: 'rows' of option 'grid' cannot be 0 | use a whole number, above 0"),
        (f"mode: {'x' * 99}", f"5: option 'mode' cannot be '{'x' * 39}… | use 'same' or 'valid'"),
        ("scale: 2\nstride: 7", "6: a stride of 7 does not fit | look at the options of 'fussy'"),
    ],
)
def test_a_faulty_option_is_told_at_its_line_with_what_would_do(faults: Faulty, options: str, fault: str) -> None:
    (found,) = faults(section("fussy", f"{options}\nimage: cat.png"))

    assert found.startswith(fault)


def test_every_faulty_option_is_told(faults: Faulty) -> None:
    assert faults(section("fussy", "stride: 0\nmode: x\nimage: dog.png\nz: 1")) == [
        "5: option 'stride' cannot be 0 | use a whole number, at least 1 and at most 8",
        "6: option 'mode' cannot be 'x' | use 'same' or 'valid'",
        "7: no image 'dog.png' | look again",
        (
            "8: slide kind 'fussy' has no option 'z' | its options: "
            "grid, image, kernel, layers, mode, picture, places, scale, show-all, stride"
        ),
    ]


def test_an_option_that_is_missing_is_told_at_the_kind(faults: Faulty) -> None:
    assert faults(section("needy")) == ["4: slide kind 'needy' needs the option 'weights' | add a line `weights: …`"]


def test_an_option_whose_value_is_no_yaml_is_not_missing_too(folder: Path) -> None:
    text, path, found = section("needy", "weights: !!float x"), folder / "talk.md", FaultList()

    with pytest.raises(Faults, match=r"talk\.md:5: bad YAML: 'x' has no value$"):
        build(gather(text, path, found), frame_rate=15, store=folder / "store", faults=found)


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("fusy", "4: no slide kind 'fusy' | did you mean 'fussy'?"),
        ("42", "4: no slide kind '42' | kinds: "),
        (
            "not-a-slide",
            "4: package odd-slides offers 'odd_slides:NOT_A_SLIDE' as slide kind 'not-a-slide', which is no",
        ),
        (
            "broken",
            "4: package odd-slides cannot load its slide kind 'broken': ModuleNotFoundError: ",
        ),
        ("twofold", "4: the slide kind 'twofold' is in more than one package: odd-slides, other-slides | "),
        ("empty", "4: slide class One has no reveals | put its animations into `with self.reveal(...)` blocks"),
        ("outside", "4: slide class One plays something outside of its reveals | put every play() and wait() into a `"),
        ("twice", "4: slide class One reveals 'again' twice | give each reveal of a slide a name of its own"),
        ("nested", "4: slide class One has reveal 'inner' inside of reveal 'outer' | end one before the other starts"),
        ("misnamed", "4: slide class One has a reveal 'The End', which is no id | ids are lower-case letters, digits"),
        ("refusing", "4: this cannot be drawn | draw something else"),
    ],
)
def test_a_faulty_kind_is_told_at_its_line(faults: Faulty, kind: str, fault: str) -> None:
    (found,) = faults(section(kind))

    assert found.startswith(fault)


def test_a_bug_in_a_slide_keeps_its_traceback(faults: Faulty) -> None:
    with pytest.raises(ZeroDivisionError):
        faults(section("buggy"))


def test_notes_for_a_reveal_that_the_slide_does_not_have(folder: Path) -> None:
    text = section("mover", "", "### mvoe\n\n### zzz\n\n### wait")

    with pytest.raises(Faults) as caught:
        build(parse(text, folder / "talk.md"), frame_rate=15, store=folder / "store")
    assert [(error.where and error.where.line, error.message, error.hint) for error in caught.value.errors] == [
        (8, "slide 'One' has no reveal 'mvoe'", "did you mean 'move'? its reveals: move, wait"),
        (10, "slide 'One' has no reveal 'zzz'", "its reveals: move, wait"),
    ]


def test_faults_of_the_text_and_of_the_slides_come_in_one_report(folder: Path) -> None:
    sections = [
        section("fussy", "image: lost.png", title="A"),
        section("refusing", title="B"),
        "## {#c}\n\n",
        section("x", title="D"),
    ]
    text, path, found = "---\ntitel: x\n---\n" + "".join(sections), folder / "talk.md", FaultList()

    with pytest.raises(Faults) as caught:
        build(gather(text, path, found), frame_rate=15, store=folder / "store", faults=found)
    assert [(type(error), error.where.line, error.message) for error in caught.value.errors if error.where] == [
        (DocumentError, 2, "no front matter key 'titel'"),
        (SlideError, 8, "no image 'lost.png'"),
        (DocumentError, 22, "the heading has no text"),
        (SlideError, 27, "no slide kind 'x'"),
    ]
    assert not (folder / "store").exists()


def test_the_outline_is_imported_without_manim() -> None:
    script = "import sys, deck.document.outline; sys.exit('manim' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
