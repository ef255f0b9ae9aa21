import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deck.names import class_names, nearest, slug


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
