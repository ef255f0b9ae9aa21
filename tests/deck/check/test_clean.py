"""On slides without a fault nothing is found by any rule."""

from __future__ import annotations

import pytest

from deck.build import Deck
from deck.check.rules import rules
from deck.check.talk import talk_of
from tests.deck.check.clean import CLEAN
from tests.deck.check.stand_in import Draw, drawn, found


@pytest.mark.parametrize("draw", CLEAN, ids=lambda draw: draw.__name__)
def test_a_clean_slide_hears_nothing(draw: Draw) -> None:
    assert [(finding.rule, finding.sentence) for finding in found(drawn(draw))] == []


@pytest.mark.xdist_group("lecture")
def test_the_lecture_hears_nothing(lecture_deck: Deck) -> None:
    talk = talk_of(lecture_deck)

    assert [finding for rule in rules().values() for finding in rule.broken(talk)] == []
