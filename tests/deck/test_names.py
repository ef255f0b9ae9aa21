import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deck.identifiers import class_names, file_name, nearest, numbered, slug, unique


@pytest.mark.parametrize(
    ("heading", "id"),
    [
        ("Feature maps, and how", "feature-maps-and-how"),
        ("2D maps", "2d-maps"),
        ("snake_case & CamelCase", "snake-case-camelcase"),
        ("Größe ändern", "größe-ändern"),
        ("x² → ﬁlter", "x2-filter"),
        ("特徴マップ", "特徴マップ"),
        ("हिन्दी", "हिन्दी"),
        ("1.5 %", ""),
        ("a" * 80, "a" * 64),
    ],
)
def test_headings_make_ids_of_letters_digits_and_hyphens(heading: str, id: str) -> None:
    assert slug(heading) == id


@given(st.text())
def test_ids_are_safe_in_links_html_and_file_names(text: str) -> None:
    made = slug(text)

    assert slug(made) == made
    assert len(made) <= 64
    assert not re.search(r"[\s\0-,./:-@\[-`{-\x7f\u2028\u2029]", made)


def test_a_name_that_is_taken_has_a_number_and_stays_an_id() -> None:
    long = slug("Differentiable regularisation backpropagates representation everywhere")
    cut_at_a_hyphen = f"{'a' * 61}-bc"

    assert unique("maps", {"maps", "maps-2"}) == "maps-3"
    assert unique(long, {long}) == f"{long[:62]}-2"
    assert unique(cut_at_a_hyphen, {cut_at_a_hyphen}) == f"{'a' * 61}-2"
    assert numbered("b" * 64, 12345) == f"{'b' * 58}-12345"


@given(st.text(min_size=1).map(lambda text: slug(20 * f"{text} ")).filter(bool), st.integers(1, 12))
def test_as_many_equal_names_as_there_may_be_become_as_many_ids(name: str, times: int) -> None:
    taken: list[str] = []
    for _ in range(times):
        taken.append(unique(name, taken))

    assert len(set(taken)) == times
    assert taken[0] == name
    assert [slug(each) for each in taken] == taken
    assert all(len(each) <= 64 for each in taken)


@given(st.text(alphabet="aé語𐐨-", max_size=300))
def test_file_systems_take_a_name_of_whatever_length_and_script(stem: str) -> None:
    name = file_name(stem, ".png")

    assert len(name.encode()) <= 255
    assert name.endswith(".png")
    assert stem.startswith(name.removesuffix(".png"))
    assert name == f"{stem}.png" or len(name.encode()) > 255 - 4 or stem.endswith("-")


def test_class_names_are_identifiers_of_their_own() -> None:
    assert class_names(["2d-maps", "feature-map", "featuremap", "feature-map2", "none", "größe"]) == [
        "Slide2dMaps",
        "FeatureMap",
        "Featuremap2",
        "FeatureMap22",
        "SlideNone",
        "Größe",
    ]


@given(st.lists(st.text(min_size=1).map(slug).filter(bool), unique=True))
def test_class_names_differ_in_more_than_case(ids: list[str]) -> None:
    names = class_names(ids)

    assert len({name.casefold() for name in names}) == len(ids)
    assert all(name.isidentifier() for name in names)


def test_the_nearest_name_or_else_all_of_them() -> None:
    assert (
        nearest("activation-heatmp", ["activation-heatmap", "x"], what="kinds") == "did you mean 'activation-heatmap'?"
    )
    assert nearest("y", ["b", "a"], what="kinds") == "kinds: a, b"
