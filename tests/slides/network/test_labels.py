from __future__ import annotations

import pytest

from slides.network.errors import UnknownNameError
from slides.network.labels import CLASSES, class_index, label, synonyms


def test_names_and_numbers_go_both_ways() -> None:
    assert label(967) == "espresso"
    assert label(282) == "tiger cat"
    assert class_index("espresso") == class_index(967) == 967
    assert class_index("TABBY") == class_index("tabby cat") == 281


def test_a_class_s_first_name_counts_before_another_s_synonym() -> None:
    assert "missile" in synonyms()[744]
    assert class_index("missile") == 657


def test_every_class_can_be_named() -> None:
    ambiguous = set()
    for index in range(CLASSES):
        try:
            assert class_index(label(index)) == index
        except UnknownNameError:
            ambiguous.add(label(index).lower())

    assert ambiguous == {"crane", "maillot", "cardigan"}


def test_a_name_of_several_classes_is_refused_with_their_numbers() -> None:
    with pytest.raises(UnknownNameError, match="2 classes are called 'crane'") as caught:
        class_index("crane")

    assert caught.value.hint == "give the number: 134 (crane bird) or 517 (construction crane)"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("expresso", "did you mean 'espresso'?"),
        ("qqqq", "use one of ImageNet's 1000 names"),
        (1000, "the classes are numbered 0 to 999"),
        (-1, "the classes are numbered 0 to 999"),
    ],
)
def test_an_unknown_class_is_refused_with_the_nearest(name: str | int, hint: str) -> None:
    with pytest.raises(UnknownNameError, match="no class ") as caught:
        class_index(name)

    assert caught.value.hint == hint
