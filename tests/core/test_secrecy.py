"""What a seat sees, may order and is told depends on nothing that its agency may not know."""

import json
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from attrs import asdict, evolve, frozen, has, make_class
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import Turn, bound, every_code, play, random_runs

from game.core import Event, Game, Order, Part, State, check, legal, start, view
from game.core.chance import MASK, permille, pick
from game.core.events import SHIFT
from game.core.model import Track
from game.core.resolve import computer_orders
from game.core.state import digest
from game.core.view import OWN_BUSINESS
from game.rules import SHELF, Block, fields
from game.scenario.library import load, shipped_scenarios
from game.scenario.shipped import shipped

SEED = 0x5EED_5EED_5EED_5EED
"""A seed whose digits stand in nothing else."""


@frozen
class Table:
    """A shipped game, states that random players reached in it, and what each agency may not know."""

    game: Game
    reached: list[Turn]
    track_of: list[Track]
    hidden: list[list[int]]
    orders: list[Order]


@cache
def table(name: str) -> Table:
    game = bound(name)
    track_of = [track for track in game.tracks.values() for _ in range(track.size)]
    numbers = range(len(game.agencies))
    cells = list(enumerate(track_of))
    hidden = [[cell for cell, one in cells if not one.seen[cell - one.first] >> number & 1] for number in numbers]
    reached = [turn for run in random_runs(name)[:40] for turn in run]
    return Table(game, reached, track_of, hidden, list(every_code(game)))


each = pytest.mark.parametrize("name", shipped_scenarios())


def written(thing: Any) -> bytes:
    """Views, options and refusals as bytes."""
    return json.dumps(asdict(thing) if has(type(thing)) else [x and asdict(x) for x in thing]).encode()


@st.composite
def twins(draw: st.DrawFn, name: str) -> tuple[int, State, State]:
    """An agency, a state that was reached, and the same with everything else that the agency may not know."""
    whole = table(name)
    number = draw(st.integers(0, len(whole.game.agencies) - 1))
    state = whole.reached[draw(st.integers(0, len(whole.reached) - 1))].before
    row = list(state.row)
    key, share = draw(st.integers(0, MASK)), draw(st.integers(1, 1000))
    for cell in whole.hidden[number]:
        if permille(key, 2 * cell) < share:
            low, high = whole.track_of[cell].low, min(whole.track_of[cell].high, 2000)
            row[cell] = low + pick(key, 2 * cell + 1, high - low + 1)
    return number, state, evolve(state, row=tuple(row))


@each
@settings(max_examples=200, deadline=None)
@given(st.data(), st.integers(0, MASK))
def test_views_options_and_refusals_are_the_same_to_the_byte_whatever_is_hidden(
    name: str, data: st.DataObject, seed: int
) -> None:
    game = table(name).game
    number, state, twin = data.draw(twins(name))
    agency = game.agencies[number].id
    twin = evolve(twin, seed=seed)
    own = st.sampled_from([order for order in table(name).orders if order.agency == agency])
    wild = st.builds(Order, st.just(agency), st.text(max_size=9) | own.map(lambda o: o.action), st.text(max_size=9))
    orders = data.draw(st.lists(own | wild, max_size=6))
    assert written(view(game, state, agency)) == written(view(game, twin, agency))
    assert written(legal(game, state, agency)) == written(legal(game, twin, agency))
    assert written(check(game, state, orders)) == written(check(game, twin, orders))


@each
@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_computer_player_orders_the_same_whatever_is_hidden(name: str, data: st.DataObject) -> None:
    game = table(name).game
    number, state, twin = data.draw(twins(name))
    for policy in game.policies:
        alone = tuple(policy if k == number else "" for k in range(len(game.agencies)))
        orders = computer_orders(game, state, alone)
        assert orders == computer_orders(game, twin, alone)
        assert {order.agency for order in orders} <= {game.agencies[number].id}


def altered(game: Game, turn: Turn, number: int, key: int) -> list[Event]:
    """The events of a turn, with everything else that an agency does not learn of."""
    events = []
    for k, one in enumerate(turn.events):
        event = one._replace(call=permille(key, 4 * k))
        hidden = [part for part in event.parts
                  if not game.part_seen[event.rule, event.who, event.cell, part.label] >> number & 1]  # fmt: skip
        if not event.seen >> number & 1:
            other = turn.events[pick(key, 4 * k + 1, len(turn.events))]
            if permille(key, 4 * k + 2) < 500:
                events.append(other._replace(label="LEAK", rule="LEAK", seen=other.seen & ~(1 << number)))
        elif event.kind == SHIFT and hidden:
            # What it cannot work out may be made up of anything, as long as it comes to the same.
            more = permille(key, 4 * k + 3) - 500
            secret = [Part(hidden[0].label, hidden[0].amount + more), *hidden[1:], Part(hidden[-1].label, -more)]
            shown = [part for part in event.parts if part not in hidden]
            events.append(event._replace(parts=(*shown, *secret), label="LEAK"))
        else:
            events.append(event)
    return events


@each
@settings(max_examples=200, deadline=None)
@given(st.data(), st.integers(0, MASK))
def test_what_is_told_of_a_turn_does_not_change_with_what_an_agency_does_not_learn_of(
    name: str, data: st.DataObject, key: int
) -> None:
    game = table(name).game
    # A number is drawn and not a turn, of which every event would be hashed.
    turn = table(name).reached[data.draw(st.integers(0, len(table(name).reached) - 1))]
    number = data.draw(st.integers(0, len(game.agencies) - 1))
    agency = game.agencies[number].id
    told = written(view(game, turn.after, agency, turn.events))
    assert written(view(game, turn.after, agency, altered(game, turn, number, key))) == told
    dropped = [event for event in turn.events if event.seen >> number & 1]
    assert written(view(game, turn.after, agency, dropped)) == told


def field_names(thing: Any) -> set[str]:
    """The names of all fields in a view."""
    if isinstance(thing, dict):
        return set(thing) | {name for one in thing.values() for name in field_names(one)}
    return {name for one in thing for name in field_names(one)} if isinstance(thing, list | tuple) else set()


def test_no_view_has_a_seed_a_digest_an_address_or_the_number_of_an_event(game: Game) -> None:
    names: set[str] = set()
    for turn in play(game, SEED):
        secret = {str(SEED), f"{SEED:x}", digest(turn.after.row), digest(turn.after.row, turn.events), game.digest}
        secret |= {str(event.roll.address) for event in turn.events if event.roll}
        for agency in game.agencies:
            shown = view(game, turn.after, agency.id, turn.events)
            text = written(shown).decode()
            assert not [word for word in secret if word in text]
            names |= field_names(json.loads(text))
    assert "readings" in names
    assert not names & {"seed", "digest", "address", "drawn", "roll", "chance", "call", "cell", "rule", "row", "seen"}


def test_a_view_has_every_lasting_cell_that_its_agency_may_know_and_no_other(game: Game) -> None:
    state = table(game.id).reached[-1].after
    for number, agency in enumerate(game.agencies):
        shown = {reading.name: reading.value for reading in view(game, state, agency.id).readings}
        assert shown == {
            f"{track.id}.{track.labels[k]}" if track.labels[k] else track.id: state.row[track.first + k]
            for track in game.tracks.values()
            if track.lasting and track.id not in OWN_BUSINESS
            for k in range(track.size)
            if track.seen[k] >> number & 1
        }
        assert shown


def test_no_agency_learns_of_another_agencys_orders_by_the_orders_themselves(game: Game) -> None:
    order = game.tracks["order"]
    for turn in table(game.id).reached:
        for event in (event for event in turn.events if order.first <= event.cell < order.first + order.size):
            owner = next(action.agency for action in game.actions if action.order == event.cell)
            assert event.seen == 1 << owner


def test_a_view_is_for_a_seat_that_exists(game: Game) -> None:
    with pytest.raises(KeyError):
        view(game, start(game, 0), "nobody")


Ways = make_class(
    "Ways",
    {name: fields.track("a track", ()) for name in ("open", "closed", "moved")},
    frozen=True,
)


def ways(table: Any, p: Any) -> None:
    """Shifts an open track by an open and a closed one, in every way in which something can be told by a number."""
    seen, unseen = table.track(p.open), table.track(p.closed)
    rolled = table.roll("rolled", chance=500, seen=table.game.everyone)
    by_unseen = table.roll("by what is unseen", chance=100 * unseen, seen=table.game.everyone)
    secretly = table.roll("secretly", chance=500, seen=0)
    table.shift(
        p.moved,
        by=[
            ("open: as it is", seen),
            ("open: turn", table.turn),
            ("open: of a roll", table.where(rolled, 1, 2)),
            ("closed: as it is", unseen),
            ("closed: sum", seen + unseen * 2),
            ("closed: choice", table.where(unseen > 3, 1, 2)),
            ("closed: count", table.count(seen > 1, unseen > 1)),
            ("closed: least", table.least(seen, unseen)),
            ("closed: share", table.share(seen, unseen, 0)),
            ("closed: looked up", table.look((1, 2, 3), table.least(unseen, 2))),
            ("closed: by the chance of a roll", table.where(by_unseen, 1, 2)),
            ("closed: of a secret roll", table.where(secretly, 1, 2)),
        ],
    )
    table.shift(p.moved, by=1, when=unseen > 3, label="closed: guard")
    table.shift(p.moved, by=[("closed: guard of a negation", seen)], when=table.no(unseen == 3))
    table.only(unseen > 3, lambda inner: inner.shift(p.moved, by=seen, label="closed: inside"))
    table.only(seen > 3, lambda inner: inner.shift(p.moved, by=seen, label="open: inside"))


WAYS = """
[[track]]
id = "zz_open"
name = "Open"
high = 9

[[track]]
id = "zz_closed"
name = "Closed"
high = 9
seen = ["{agency}"]

[[track]]
id = "zz_moved"
name = "Moved"
high = 999

[[rule]]
id = "ways"
use = "ways"
open = "zz_open"
closed = "zz_closed"
moved = "zz_moved"
"""


def test_a_part_is_shown_only_to_those_who_see_all_that_it_was_computed_from(game: Game, tmp_path: Path) -> None:
    folder = tmp_path / game.id
    copytree(str(shipped("scenarios") / game.id), folder)
    (folder / "zz_ways.toml").write_text(WAYS.format(agency=game.agencies[0].id))
    loaded = load(str(folder), (), (*SHELF, Block("ways", "home", Ways, ways)))
    assert loaded.game, loaded.report
    everyone = loaded.game.everyone
    found = {label: seen for (rule, _, _, label), seen in loaded.game.part_seen.items() if rule == "rule.ways"}
    secret = {"closed: of a secret roll": 0}
    expected = {label: secret.get(label, everyone if label.startswith("open") else 1) for label in found}
    assert found == expected
    assert len(found) == 16
