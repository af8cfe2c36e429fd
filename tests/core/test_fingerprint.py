"""The fingerprint of a turn changes with each roll's address and chance, their order, and every cell."""

import pytest
from attrs import evolve
from runs import Turn

from game.core.fingerprint import fingerprint


@pytest.fixture(scope="session")
def turn(runs: list[list[Turn]]) -> Turn:
    """A turn with several rolls."""
    return next(turn for run in runs for turn in run if sum(event.roll is not None for event in turn.events) > 3)


def test_every_cell_shows(turn: Turn) -> None:
    row = turn.after.row
    others = {
        fingerprint((*row[:k], row[k] + by, *row[k + 1 :]), turn.events) for k in range(len(row)) for by in (-1, 1)
    }
    assert len(others) == 2 * len(row)
    assert fingerprint(row, turn.events) not in others
    assert 0 <= min(others) <= max(others) < 1 << 64


def test_every_roll_shows(turn: Turn) -> None:
    right = fingerprint(turn.after.row, turn.events)
    found = {right}
    places = [place for place, event in enumerate(turn.events) if event.roll]
    for place in places:
        event = turn.events[place]
        assert event.roll
        for change in ({"chance": event.roll.chance + 1}, {"address": event.roll.address + 1}):
            other = event._replace(roll=evolve(event.roll, **change))
            found.add(fingerprint(turn.after.row, (*turn.events[:place], other, *turn.events[place + 1 :])))
        found.add(fingerprint(turn.after.row, (*turn.events[:place], *turn.events[place + 1 :])))
    assert len(found) == 1 + 3 * len(places)
    first, second = (turn.events[place] for place in places[:2])
    swapped = [first if event is second else second if event is first else event for event in turn.events]
    assert fingerprint(turn.after.row, swapped) != right


def test_what_is_only_told_does_not_show(turn: Turn) -> None:
    told = [event._replace(label="other words", seen=0) for event in turn.events]
    assert fingerprint(turn.after.row, told) == fingerprint(turn.after.row, turn.events)
