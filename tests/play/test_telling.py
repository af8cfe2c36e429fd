"""A turn told step by step: sums that add up, and nothing that its reader may not know."""

from collections import Counter
from collections.abc import Iterator

import pytest
from attrs import evolve
from runs import bound, play

from game.core import Event, Game, Part, why
from game.core.chance import permille, pick
from game.core.events import DUE, MOVE, NOTE, PICK, PUT, REFUSAL, ROLL, SHIFT, TOLD
from game.core.model import STEPS
from game.core.view import OWN_BUSINESS, view
from game.play.session import Moment, Session
from game.play.telling import Said, Step, risk_moves, told_in_steps

SCENARIOS = ("airspace-2024", "trawler-2010")
TURNS = 5
"""Turns of a run that are looked at."""


def moments(name: str, seed: int = 3) -> list[Moment]:
    """Turns of a run of random players; before the second, control speaks to all."""
    game = bound(name)
    found = [Moment(turn.before, turn.orders, turn.events, turn.after, "") for turn in play(game, seed)[:TURNS]]
    word = Event(TOLD, "control", 0, -1, -1, 0, 0, (), "Control has a word for all.", game.everyone)
    found[1] = evolve(found[1], said=(word,))
    return found


WHOLE = {name: moments(name) for name in SCENARIOS}
each = pytest.mark.parametrize("name", SCENARIOS)


def readers(game: Game) -> list[tuple[str | None, bool]]:
    """Every agency, all together, and control."""
    return [*((agency.id, False) for agency in game.agencies), (None, False), (None, True)]


def said_in(steps: tuple[Step, ...]) -> Iterator[tuple[str, Said]]:
    """Everything said, with its step."""
    return ((step.id, one) for step in steps for one in step.said)


@each
def test_the_parts_of_every_number_told_add_up_to_its_change(name: str) -> None:
    game = bound(name)
    count = 0
    for moment in WHOLE[name]:
        for agency, everything in readers(game):
            for _, one in said_in(told_in_steps(game, moment, agency, everything=everything)):
                if one.kind == SHIFT:
                    count += 1
                    assert one.cell
                    assert sum(part.amount for part in one.parts) == one.after - one.before
            for fall in risk_moves(game, moment, agency, everything=everything):
                assert sum(amount for _, amount, _ in fall.parts) == fall.after - fall.before
    assert count


def altered(game: Game, moment: Moment, number: int, key: int) -> Moment:
    """The same turn with other facts where an agency may not know them: events, sums, chances, orders and values."""
    bit = 1 << number
    events = []
    for k, event in enumerate(moment.events):
        hidden = [part for part in event.parts
                  if not game.part_seen[event.rule, event.who, event.cell, part.label] & bit]  # fmt: skip
        if not event.seen & bit:
            if permille(key, 4 * k) < 500:
                events.append(event._replace(label="LEAK", after=event.before))
        elif event.kind == SHIFT and hidden:
            more = permille(key, 4 * k + 1) - 500
            secret = [Part(hidden[0].label, hidden[0].amount + more), *hidden[1:], Part(hidden[-1].label, -more)]
            shown = [part for part in event.parts if part not in hidden]
            events.append(event._replace(parts=(*shown, *secret), label="LEAK"))
        elif event.roll and not game.chance_seen[event.rule, event.who, event.label] & bit:
            events.append(event._replace(roll=evolve(event.roll, chance=777, address=k)))
        else:
            events.append(event)
    agency = game.agencies[number].id
    orders = tuple(order for order in moment.orders if order.agency == agency)
    return evolve(moment, events=tuple(events), orders=orders, before=unknown(game, moment, bit, key, after=False),
                  after=unknown(game, moment, bit, key, after=True))  # fmt: skip


def unknown(game: Game, moment: Moment, bit: int, key: int, *, after: bool) -> object:
    """A state of a turn with other values in every cell that an agency may not know."""
    state = moment.after if after else moment.before
    row = list(state.row)
    for track in game.tracks.values():
        for k in range(track.size):
            if not track.seen[k] & bit:
                row[track.first + k] = track.low + pick(key, track.first + k, min(track.high, 2000) - track.low + 1)
    return evolve(state, row=tuple(row), seed=key)


@each
def test_what_is_hidden_changes_nothing_of_what_a_seat_is_told(name: str) -> None:
    game = bound(name)
    leaks = 0
    for turn, moment in enumerate(WHOLE[name]):
        for number, agency in enumerate(game.agencies):
            twin = altered(game, moment, number, 1000 * turn + number)
            leaks += twin.events != moment.events
            told = told_in_steps(game, moment, agency.id)
            assert told_in_steps(game, twin, agency.id) == told
            assert risk_moves(game, twin, agency.id) == risk_moves(game, moment, agency.id)
            assert "LEAK" not in str(told_in_steps(game, twin, agency.id))
    assert leaks


@each
def test_what_all_are_told_every_seat_is_told(name: str) -> None:
    game = bound(name)

    def bare(steps: tuple[Step, ...]) -> Counter[object]:
        return Counter((step, one.kind, one.text) for step, one in said_in(steps) if one.kind not in (ROLL, PICK))

    def named(steps: tuple[Step, ...]) -> Counter[object]:
        return Counter((step, one.cell, one.before, one.after) for step, one in said_in(steps) if one.cell)

    def rolls(steps: tuple[Step, ...]) -> Counter[object]:
        return Counter((step, roll) for step, one in said_in(steps) for roll in one.rolls)

    for moment in WHOLE[name]:
        public = told_in_steps(game, moment, None)
        assert bare(public)
        for agency in game.agencies:
            own = told_in_steps(game, moment, agency.id)
            assert bare(public) <= bare(own)
            assert named(public) <= named(own)
            assert rolls(public) <= rolls(own)


@each
def test_control_is_told_every_event_that_has_something_to_tell(name: str) -> None:
    game = bound(name)
    for moment in WHOLE[name]:
        steps = told_in_steps(game, moment, None, everything=True)
        assert [step.id for step in steps] == list(STEPS)
        told = [one for _, one in said_in(steps)]
        counts = Counter(one.kind for one in told)
        events = (*moment.said, *moment.events)
        assert counts[SHIFT] == sum(event.kind == SHIFT for event in events)
        assert counts[MOVE] == sum(event.kind == MOVE for event in events)
        assert sum(len(one.rolls) for one in told) == sum(event.kind in (ROLL, PICK) for event in events)
        sentences = Counter(
            event.label for event in events if event.label and event.kind in (NOTE, PUT, DUE, REFUSAL, TOLD)
        )
        assert sentences <= Counter(one.text for one in told)
        lasting = sum(event.kind == PUT and game.track_of(event.cell).lasting for event in events)
        assert counts[PUT] >= lasting


@each
def test_a_seat_is_told_all_that_its_view_tells(name: str) -> None:
    game = bound(name)
    for moment in WHOLE[name]:
        events = (*moment.said, *moment.events)
        for agency in game.agencies:
            told = Counter((one.kind, one.title if one.kind == SHIFT else one.text)
                           for _, one in said_in(told_in_steps(game, moment, agency.id)))  # fmt: skip
            seen = view(game, moment.after, agency.id, events).told
            assert Counter((one.kind, one.text) for one in seen) <= told


def test_a_value_that_is_told_can_be_explained_to_the_same_seat() -> None:
    game = bound("airspace-2024")
    session = Session.begin(game, {}, seed=2)
    session.play_turn()
    for agency in game.agencies:
        cells = {one.cell for _, one in said_in(told_in_steps(game, session.history[0], agency.id)) if one.cell}
        assert cells
        assert not [cell for cell in cells if cell.partition(".")[0] in OWN_BUSINESS]
        for cell in cells:
            assert session.why(1, cell, agency.id)


def test_what_control_said_comes_first() -> None:
    game, moment = bound("airspace-2024"), WHOLE["airspace-2024"][1]
    for agency, everything in readers(game):
        first = told_in_steps(game, moment, agency, everything=everything)[0].said[0]
        assert (first.kind, first.text, first.rule) == (TOLD, "Control has a word for all.", "Control")


def test_an_agency_is_told_where_its_own_order_was_and_others_are_not() -> None:
    game = bound("trawler-2010")
    jcg = [(m, o) for seed in range(3) for m in moments("trawler-2010", seed) for o in m.orders if o.action == "task"]
    zones = {zone.id for zone in game.zones}
    checked = 0
    for moment, order in jcg:
        named = [way for way in order.choice.split(".") if way in zones]
        own = [
            one for one in told_in_steps(game, moment, "jp_jcg")[2].said if one.kind == NOTE and one.units == ("jcg",)
        ]
        if named and own:
            checked += 1
            assert own[0].zone == named[0]
            for other in ("cn_cms", None):
                assert own[0].text not in [one.text for _, one in said_in(told_in_steps(game, moment, other))]
    assert checked


def test_a_chance_that_was_computed_from_hidden_facts_is_not_shown() -> None:
    game = bound("airspace-2024")
    hidden = {label for (rule, _, label), seen in game.chance_seen.items() if rule == "mechanism.hotline" and not seen}
    assert "believed" in hidden or "answered" in hidden
    for moment in WHOLE["airspace-2024"]:
        for _, one in said_in(told_in_steps(game, moment, None)):
            assert not {roll.name for roll in one.rolls} & hidden
            assert all(roll.address == 0 for roll in one.rolls)


@each
def test_a_seat_is_told_no_draw_that_why_does_not_tell_it(name: str) -> None:
    game = bound(name)
    for moment in WHOLE[name]:
        for number, agency in enumerate(game.agencies):
            cells = {event.cell for event in moment.events if event.cell >= 0}
            names = {
                f"{track.id}.{label}" if (label := track.labels[cell - track.first]) else track.id
                for cell in cells
                if (track := game.track_of(cell)).seen[cell - track.first] >> number & 1
            }
            explained = {
                (roll.name, roll.drawn)
                for cell in names
                for one in why(game, moment.events, cell, agency.id)
                for reason in one.reasons
                for roll in reason.rolls
            }
            told = {
                (roll.name, roll.drawn)
                for _, one in said_in(told_in_steps(game, moment, agency.id))
                for roll in one.rolls
            }
            assert told <= explained


def test_a_seat_that_does_not_exist_is_told_nothing() -> None:
    with pytest.raises(KeyError):
        told_in_steps(bound("airspace-2024"), WHOLE["airspace-2024"][0], "nobody")
