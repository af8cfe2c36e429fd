"""Events tell everything: they rebuild each state, add up, and explain every number."""

from collections.abc import Container

import pytest
from runs import Turn, so_many

from game.core import Event, Explanation, Game, why
from game.core.events import CHANGES, PICK, ROLL, SHIFT, Part, rebuilt
from game.core.explain import Reason
from game.core.table import clear
from game.words import say


def test_events_alone_rebuild_every_state(game: Game, runs: list[list[Turn]]) -> None:
    row = game.start_row
    for turn in (turn for run in runs for turn in run):
        if turn.before.turn == 0:
            row = game.start_row
        row = tuple(rebuilt(clear(game, row), turn.events))
        assert row == turn.after.row


def test_each_change_starts_from_what_was_there_and_stays_within_its_limits(game: Game, runs: list[list[Turn]]) -> None:
    track_of = [track for track in game.tracks.values() for _ in range(track.size)]
    kinds = set()
    for turn in (turn for run in runs for turn in run):
        row = clear(game, turn.before.row)
        for event in (event for event in turn.events if event.kind in CHANGES):
            assert event.before == row[event.cell]
            assert event.before != event.after or event.kind == SHIFT
            assert track_of[event.cell].low <= event.after <= track_of[event.cell].high, event
            row[event.cell] = event.after
            kinds.add(event.kind)
    assert {"shift", "put", "note"} <= kinds


def test_the_parts_of_each_shift_add_up_and_only_limits_take_away(game: Game, runs: list[list[Turn]]) -> None:
    shifts = [event for run in runs for turn in run for event in turn.events if event.kind == SHIFT]
    for event in shifts:
        total = sum(part.amount for part in event.parts)
        assert event.parts
        assert all(part.amount for part in event.parts)
        assert event.before + total + event.limited == event.after
        if event.limited:
            track = game.track_of(event.cell)
            assert event.after == (track.low if total < 0 else track.high)
            assert (event.limited > 0) == (total < 0)
    assert any(event.limited for event in shifts)


def test_rolls_hit_as_often_as_their_chances_say(runs: list[list[Turn]]) -> None:
    rolls = [e.roll for run in runs for turn in run for e in turn.events if e.roll and e.kind == ROLL]
    expected = sum(min(max(roll.chance, 0), 1000) for roll in rolls) / 1000
    assert len(rolls) > 1000
    assert abs(sum(roll.hit for roll in rolls) - expected) < 4 * len(rolls) ** 0.5 / 2
    picks = [e.roll for run in runs for turn in run for e in turn.events if e.roll and e.kind == PICK]
    assert all(0 <= pick.drawn < pick.chance for pick in picks)


# ---- why


def changes(explanation: Explanation) -> int:
    """What the parts of an explanation sum to, in all."""
    return sum(part.amount for reason in explanation.reasons for part in reason.parts)


def test_every_change_of_risk_is_explained_to_the_last_step(game: Game, runs: list[list[Turn]]) -> None:
    sources = {rule.source for rules in game.rules.values() for rule in rules}
    moved = 0
    for turn in (turn for run in runs[: so_many(game, 20)] for turn in run):
        for explanation in why(game, turn.events, "risk"):
            before, after = turn.before.row[explanation.cell], turn.after.row[explanation.cell]
            assert before + changes(explanation) == after
            assert [reason.before for reason in explanation.reasons] == [
                before,
                *[r.after for r in explanation.reasons],
            ][:-1]
            assert all(reason.source in sources and reason.rule for reason in explanation.reasons)
            moved += after != before
    assert moved


def test_an_agency_is_told_the_same_sums_with_what_it_cannot_see_as_one_part(
    game: Game, runs: list[list[Turn]]
) -> None:
    merged = 0
    for turn in (turn for run in runs[: so_many(game, 20)] for turn in run):
        moved = {event.cell for event in turn.events if event.kind == SHIFT}
        for number, agency in enumerate(game.agencies):
            for name in names_seen(game, number, moved):
                for whole, told in zip(
                    why(game, turn.events, name), why(game, turn.events, name, agency.id), strict=True
                ):
                    events = [event for event in turn.events if event.cell == whole.cell]
                    for reason, shown, event in zip(whole.reasons, told.reasons, events, strict=True):
                        merged += event.kind == SHIFT and hides(game, number, event, reason, shown)
    assert merged > 100


def names_seen(game: Game, number: int, cells: Container[int]) -> list[str]:
    """The dotted names of those of these cells that an agency may know."""
    return [
        f"{track.id}.{track.labels[k]}" if track.labels[k] else track.id
        for track in game.tracks.values()
        for k in range(track.size)
        if track.first + k in cells and track.seen[k] >> number & 1
    ]


def hides(game: Game, number: int, event: Event, reason: Reason, shown: Reason) -> bool:
    """Whether something of a shift is hidden from an agency, after what it is told was looked at."""
    other, limit = say("other causes"), say("limit of the track")
    assert (shown.before, shown.after) == (reason.before, reason.after)
    assert shown.before + sum(part.amount for part in shown.parts) == shown.after
    own = [part for part in shown.parts if part.label not in (other, limit)]
    seen = [game.part_seen[event.rule, event.who, event.cell, part.label] >> number & 1 for part in event.parts]
    assert own == [part for part, may in zip(event.parts, seen, strict=True) if may]
    hidden = sum(part.amount for part, may in zip(event.parts, seen, strict=True) if not may)
    assert [part for part in shown.parts if part.label == other] == (
        [Part(other, hidden + event.limited)] if hidden else []
    ), "what is hidden and what the limit took away are told as one"
    if not any(seen):
        assert shown.rule != reason.rule, "a rule is named of which the agency can see nothing"
    if not all(seen):
        assert shown.source == shown.label == ""
    return not all(seen)


def test_why_keeps_silent_about_what_an_agency_may_not_see_and_about_what_is_not(
    game: Game, runs: list[list[Turn]]
) -> None:
    events = runs[0][0].events
    refused = 0
    for number, agency in enumerate(game.agencies):
        for track in game.tracks.values():
            if not any(mask >> number & 1 for mask in track.seen):
                refused += 1
                with pytest.raises(KeyError):
                    why(game, events, track.id, agency.id)
            for label in (label for k, label in enumerate(track.labels) if label and not track.seen[k] >> number & 1):
                with pytest.raises(KeyError):
                    why(game, events, f"{track.id}.{label}", agency.id)
    assert refused
    for name in ("nothing", "risk.nobody", ""):
        with pytest.raises(KeyError):
            why(game, events, name)
    with pytest.raises(KeyError):
        why(game, events, "risk", "nobody")
