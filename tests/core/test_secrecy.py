"""What a seat sees, may order and is told depends on nothing that its agency may not know."""

import json
from typing import Any

import attrs
import pytest
from conftest import Turn, play
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import Event, Game, Order, Part, State, check, legal, view
from game.core.chance import MASK, permille, pick
from game.core.events import SHIFT
from game.core.resolve import computer_orders
from game.core.state import digest
from game.core.view import OWN_BUSINESS
from game.scenario.library import playable

SEED = 0x5EED_5EED_5EED_5EED
"""A seed whose digits stand in nothing else."""

GAME = playable("airspace-2024")
REACHED = [turn for seed in range(40) for turn in play(GAME, seed)]
ORDERS = [Order(GAME.agencies[a.agency].id, a.id, choice.id) for a in GAME.actions for choice in a.choices]


def hidden_cells(number: int) -> list[int]:
    """The cells that an agency may not know."""
    return [t.first + k for t in GAME.tracks.values() for k in range(t.size) if not t.seen[k] >> number & 1]


HIDDEN = [hidden_cells(number) for number in range(len(GAME.agencies))]
TRACK_OF = [track for track in GAME.tracks.values() for _ in range(track.size)]


def written(thing: Any) -> bytes:
    """Views, options and refusals as bytes."""
    return json.dumps(attrs.asdict(thing) if attrs.has(type(thing)) else [x and attrs.asdict(x) for x in thing]).encode()


@st.composite
def twins(draw: st.DrawFn) -> tuple[int, State, State]:
    """An agency, a state that was reached, and the same with everything else that the agency may not know."""
    number = draw(st.sampled_from(range(len(GAME.agencies))))
    state = draw(st.sampled_from(REACHED)).before
    row = list(state.row)
    key, share = draw(st.integers(0, MASK)), draw(st.integers(1, 1000))
    for cell in HIDDEN[number]:
        if permille(key, 2 * cell) < share:
            row[cell] = TRACK_OF[cell].low + pick(key, 2 * cell + 1, min(TRACK_OF[cell].high, 2000) - TRACK_OF[cell].low + 1)
    return number, state, attrs.evolve(state, row=tuple(row))


@settings(max_examples=150, deadline=None)
@given(twins(), st.integers(0, MASK), st.data())
def test_views_options_and_refusals_are_the_same_to_the_byte_whatever_is_hidden(
    pair: tuple[int, State, State], seed: int, data: st.DataObject
) -> None:
    number, state, twin = pair
    agency = GAME.agencies[number].id
    twin = attrs.evolve(twin, seed=seed)
    own = st.sampled_from([order for order in ORDERS if order.agency == agency])
    wild = st.builds(Order, st.just(agency), st.text(max_size=9) | own.map(lambda o: o.action), st.text(max_size=9))
    orders = data.draw(st.lists(own | wild, max_size=6))
    assert written(view(GAME, state, agency)) == written(view(GAME, twin, agency))
    assert written(legal(GAME, state, agency)) == written(legal(GAME, twin, agency))
    assert written(check(GAME, state, orders)) == written(check(GAME, twin, orders))


@settings(max_examples=150, deadline=None)
@given(twins(), st.sampled_from(sorted(GAME.policies)))
def test_a_computer_player_orders_the_same_whatever_is_hidden(pair: tuple[int, State, State], policy: str) -> None:
    number, state, twin = pair
    alone = tuple(policy if k == number else "" for k in range(len(GAME.agencies)))
    orders = computer_orders(GAME, state, alone)
    assert orders == computer_orders(GAME, twin, alone)
    assert {order.agency for order in orders} <= {GAME.agencies[number].id}


def parts_hidden_from(event: Event, number: int) -> list[int]:
    """Which parts of a shift an agency cannot work out."""
    return [k for k, part in enumerate(event.parts)
            if not GAME.part_seen[event.rule, event.who, event.cell, part.label] >> number & 1]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(REACHED), st.sampled_from(range(len(GAME.agencies))), st.data())
def test_what_is_told_of_a_turn_does_not_change_with_the_events_that_an_agency_does_not_learn_of(
    turn: Turn, number: int, data: st.DataObject
) -> None:
    agency, chance = GAME.agencies[number].id, data.draw(st.randoms(use_true_random=False))
    events = []
    for event in turn.events:
        if not event.seen >> number & 1:
            if chance.random() < 0.5:
                other = chance.choice(turn.events)
                events.append(attrs.evolve(other, label="LEAK", rule="LEAK", seen=other.seen & ~(1 << number)))
        elif event.kind == SHIFT and (hidden := parts_hidden_from(event, number)):
            # What it cannot work out may be made up of anything, as long as it comes to the same.
            total = sum(event.parts[k].amount for k in hidden)
            shown = [part for k, part in enumerate(event.parts) if k not in hidden]
            first = chance.randint(-50, 50)
            secret = [Part(event.parts[hidden[0]].label, first), Part(event.parts[hidden[-1]].label, total - first)]
            events.append(attrs.evolve(event, parts=(*shown, *secret), rule=event.rule, label="LEAK", call=chance.randint(0, 99)))
        else:
            events.append(attrs.evolve(event, call=chance.randint(0, 99)))
    assert written(view(GAME, turn.after, agency, events)) == written(view(GAME, turn.after, agency, turn.events))


def field_names(thing: Any) -> set[str]:
    """The names of all fields in a view."""
    if isinstance(thing, dict):
        return set(thing) | {name for one in thing.values() for name in field_names(one)}
    return {name for one in thing for name in field_names(one)} if isinstance(thing, list | tuple) else set()


def test_no_view_has_a_seed_a_digest_an_address_or_the_number_of_an_event() -> None:
    names = set()
    for turn in play(GAME, SEED):
        secret = {str(SEED), f"{SEED:x}", digest(turn.after.row), digest(turn.after.row, turn.events), GAME.digest}
        secret |= {str(event.roll.address) for event in turn.events if event.roll}
        for agency in GAME.agencies:
            shown = view(GAME, turn.after, agency.id, turn.events)
            assert not [word for word in secret if word in written(shown).decode()]
            names |= field_names(attrs.asdict(shown))
    assert "readings" in names
    assert not names & {"seed", "digest", "address", "drawn", "roll", "chance", "call", "cell", "rule", "row", "seen"}


def test_a_view_has_every_lasting_cell_that_its_agency_may_know_and_no_other() -> None:
    state = REACHED[-1].after
    for number, agency in enumerate(GAME.agencies):
        shown = {reading.name: reading.value for reading in view(GAME, state, agency.id).readings}
        assert shown == {
            f"{track.id}.{track.labels[k]}" if track.labels[k] else track.id: state.row[track.first + k]
            for track in GAME.tracks.values()
            if track.lasting and track.id not in OWN_BUSINESS
            for k in range(track.size)
            if track.seen[k] >> number & 1
        }
        assert shown


def test_no_agency_learns_of_another_agencys_orders_by_the_orders_themselves() -> None:
    for turn in REACHED:
        for event in (event for event in turn.events if TRACK_OF[event.cell].id == "order" and event.cell >= 0):
            owner = next(action.agency for action in GAME.actions if action.order == event.cell)
            assert event.seen == 1 << owner


def test_a_view_is_for_a_seat_that_exists(game: Game) -> None:
    with pytest.raises(KeyError):
        view(game, REACHED[0].before, "nobody")
