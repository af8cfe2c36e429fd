"""The scenarios that travel with the program: whole, without a warning, with variants that switch something."""

import itertools
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from runs import bound, seats

from game.core import Game, State, legal, outcome, start, view
from game.core.chance import turn_key
from game.core.table import clear
from game.core.traced import compiled
from game.play.playout import Player, objectives_met, policies_for
from game.scenario.library import load, restored, shipped_scenarios

NAMES = shipped_scenarios()
VARIANTS = [(name, variant) for name in NAMES for variant in load(name).variants]


def test_the_scenarios_that_the_program_promises_are_there() -> None:
    assert {"airspace-2024", "trawler-2010", "landing-2012"} <= set(NAMES)


@pytest.mark.parametrize(("name", "variant"), [*((name, "") for name in NAMES), *VARIANTS])
def test_a_scenario_and_each_of_its_variants_loads_without_a_word_of_complaint(name: str, variant: str) -> None:
    loaded = load(name, (variant,) if variant else ())
    assert loaded.game is not None, loaded.report
    assert loaded.problems == ()
    assert bool(variant) == bool(loaded.game.variants)


@pytest.mark.parametrize(("name", "variant"), [*((name, "") for name in NAMES), *VARIANTS])
def test_what_a_journal_keeps_of_a_scenario_is_the_same_game(name: str, variant: str) -> None:
    game = bound(name, (variant,) if variant else ())
    again = restored(json.loads(json.dumps(game.about)))
    assert again.digest == game.digest
    runs = [Player(one, policies_for(one, "doctrine")).run(3) for one in (game, again)]
    assert runs[0].digests == runs[1].digests
    assert runs[0].events == runs[1].events


@pytest.mark.parametrize(
    "variants",
    [*itertools.product(("central_design", "no_rivalry"), ("quick_release", "prosecution")),
     ("film_released", "silence_means_no"), ("silence_means_no", "central_design", "prosecution")],
    ids="+".join,
)  # fmt: skip
def test_variants_that_are_about_different_things_go_together(variants: tuple[str, ...]) -> None:
    game = bound("trawler-2010", variants)
    assert game.variants == variants
    assert [*ends(game, "doctrine", 5)]


def ends(game: Game, policy: str, count: int) -> Iterator[list[list[int]]]:
    """The rows of runs that have come to an end, in time and within the limits of every track."""
    player = Player(game, policies_for(game, policy), record=False)
    for seed in range(count):
        rows = player.rows(seed)
        assert outcome(game, State(seed, len(rows), tuple(rows[-1]))) is not None
        for track in game.tracks.values():
            for row in rows:
                for value in row[track.first : track.first + track.size]:
                    assert track.low <= value <= track.high, f"{track.id}, seed {seed}"
        yield rows


@pytest.mark.parametrize("policy", ["doctrine", "random"])
@pytest.mark.parametrize(("name", "variant"), [*((name, "") for name in NAMES), *VARIANTS])
def test_every_run_of_a_scenario_and_its_variants_comes_to_an_end(name: str, variant: str, policy: str) -> None:
    game = bound(name, (variant,) if variant else ())
    assert len([*ends(game, policy, 12)]) == 12


@pytest.mark.parametrize(("name", "variant"), VARIANTS)
def test_a_variant_changes_what_happens(name: str, variant: str) -> None:
    one, other = bound(name), bound(name, (variant,))
    assert one.digest != other.digest
    players = [Player(game, policies_for(game, "doctrine"), record=False) for game in (one, other)]
    shown = [{name: track for name, track in game.tracks.items() if track.lasting} for game in (one, other)]
    for seed in range(1000):
        rows = [player.rows(seed)[-1] for player in players]
        for key in shown[0].keys() & shown[1].keys():
            cells = [row[tracks[key].first :][: tracks[key].size] for row, tracks in zip(rows, shown, strict=True)]
            if cells[0] != cells[1]:
                return
    pytest.fail("no run came out differently")


@pytest.mark.parametrize("name", NAMES)
def test_every_seat_has_a_briefing_objectives_orders_and_a_doctrine_that_gives_some(name: str) -> None:
    game = bound(name)
    given: Counter[str] = Counter()
    for agency, _, _ in ordered(name, "doctrine"):
        given[agency] += 1
    for agency in game.agencies:
        seen = view(game, start(game, 0), agency.id)
        assert seen.briefing.strip()
        assert seen.objectives
        assert len(set(seen.objectives)) == len(seen.objectives)
        assert legal(game, start(game, 0), agency.id)
        assert given[agency.id], f"the doctrine of {agency.id} orders nothing"


@cache
def ordered(name: str, policy: str) -> Counter[tuple[str, str, str]]:
    """Agency, action, and each choice and way that was ordered in some runs, and how often."""
    game = bound(name)
    text = compiled(game, record=False, policies=seats(game, policy))
    given: Counter[tuple[str, str, str]] = Counter()
    for seed in range(150):
        row, turn = list(game.start_row), 0
        while outcome(game, State(seed, turn, tuple(row))) is None:
            row, key = clear(game, row), turn_key(seed, turn)
            text.choose(row, key, turn)
            for action in (action for action in game.actions if row[action.order]):
                for part in action.parts(row[action.order] - 1):
                    given[game.agencies[action.agency].id, action.id, part.id] += 1
            text.play(row, key, turn)
            turn += 1
    return given


def orders_known(game: Game) -> set[tuple[str, str, str]]:
    """Agency, action, and each choice and way that the rules know."""
    return {
        (game.agencies[action.agency].id, action.id, part.id)
        for action in game.actions
        for part in (*action.choices, *(way for detail in action.details for way in detail.choices))
    }


def test_no_order_is_dead() -> None:
    """What one scenario takes over from another may be out of reach in it, but not in both."""
    known = set().union(*(orders_known(bound(name)) for name in NAMES))
    given = set().union(*(ordered(name, policy) for name in NAMES for policy in ("random", "doctrine")))
    assert not known - given


@pytest.mark.parametrize("name", NAMES)
def test_hardly_any_order_is_out_of_reach(name: str) -> None:
    known = orders_known(bound(name))
    given = {*ordered(name, "random"), *ordered(name, "doctrine")}
    assert len(known - given) <= len(known) // 50


@pytest.mark.parametrize("name", NAMES)
def test_each_objective_is_met_in_some_run(name: str) -> None:
    """Of the doctrine or of random players, of the scenario or of a variant."""
    met: dict[str, bool] = {}
    for variant, policy in itertools.product(("", *load(name).variants), ("doctrine", "random")):
        game = bound(name, (variant,) if variant else ())
        for seed, rows in enumerate(ends(game, policy, 25)):
            for found in objectives_met(game, State(seed, len(rows), tuple(rows[-1]))).values():
                met.update({objective: met.get(objective, False) or holds for objective, holds in found.items()})
    assert len(met) == len(bound(name).objectives)
    assert [objective for objective, ever in met.items() if not ever] == []
