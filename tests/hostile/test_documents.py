"""Every hostile document, listed, checked and built in real processes that are watched from outside."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from functools import cache

import pytest

from tests.hostile import blocks, drawings, markup, paths, settings, shadows, spellings, stores
from tests.hostile.attack import Attack
from tests.hostile.running import Run, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are watched by strace, which is Linux's")

ONE_IN = int(os.environ.get("DECK_TEST_ATTACKS_ONE_IN", "4"))
"""Of six hundred documents every fourth is tried each time; with 1 all are, which takes ten minutes."""

ALL: Mapping[str, Mapping[str, Attack]] = {
    "blocks": blocks.ATTACKS,
    "drawings": drawings.ATTACKS,
    "markup": markup.ATTACKS,
    "paths": paths.ATTACKS,
    "settings": settings.ATTACKS,
    "shadows": shadows.ATTACKS,
    "spellings": spellings.ATTACKS,
    "stores": stores.ATTACKS,
}
GROUPS = {group: {name: attacks[name] for name in list(attacks)[::ONE_IN]} for group, attacks in ALL.items()}
EVERY = [
    pytest.param(group, name, id=f"{group}-{name}", marks=pytest.mark.xdist_group(f"hostile-{group}"))
    for group, attacks in GROUPS.items()
    for name in attacks
]


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Mapping[str, Run]]:
    """Return what has become of a group's attacks, all of which are made at once."""

    @cache
    def of(group: str) -> Mapping[str, Run]:
        return run(GROUPS[group], tmp_path_factory.mktemp(group))

    return of


@pytest.mark.timeout(1200)  # the first of a group makes all of its attacks
@pytest.mark.parametrize(("group", "name"), EVERY)
def test_nothing_is_run_read_written_or_lost_that_is_none_of_the_document_s(
    runs: Callable[[str], Mapping[str, Run]], group: str, name: str
) -> None:
    assert runs(group)[name].faults == []
