"""What September 2010 and August 2012 are to show, over paired runs of the doctrine.

Chance is addressed, so that runs with one seed differ only by what the scenarios or variants change; intervals are those
of `kuroshio compare`. The same with a thousand pairs: ``python tests/benchmarks/at_sea.py``.
"""

import itertools
import math
import random
import re
import shutil
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from statistics import fmean
from typing import Any

import attrs
import pytest
from runs import bound, play, random_runs

from game.core import Event, Game, Order, State, outcome, resolve, start
from game.core.events import REFUSAL
from game.core.model import Track
from game.core.table import Recording
from game.core.turn import weigh
from game.play.batch import Batch
from game.play.chronicle import Chapter, chronicle
from game.play.intervals import Interval, Middle, interval, middle
from game.play.measures import Outcome, Places, measured
from game.play.playout import Player, objectives_met, policies_for
from game.scenario.library import load
from game.scenario.shipped import shipped

TRAWLER, LANDING = "trawler-2010", "landing-2012"
PAIRS, MANY = 300, 1000
"""Pairs of runs; entries are rare, and shots rarer, so that they are counted in more."""
PEAK, CUMULATED, ANSWER = range(3)
ENTRIES = ("entries.cms", "entries.flec")
READ = ("peak_answer.jp.cn", *ENTRIES)


@cache
def outcomes(name: str, variant: str = "", runs: int = PAIRS) -> tuple[Outcome, ...]:
    """What came of the runs of a scenario, for Japan and China, and the cells of *READ* at their end."""
    game = bound(name, (variant,) if variant else ())
    cells = tuple(cell for read in READ for cell in game.cells_named(read))
    return tuple(measured(Batch(game, policies_for(game, "doctrine")), range(runs), Places(0, cells)))


def value(one: Outcome, measure: int) -> int:
    """A measure of one run: the highest rung, cumulated risk, the highest rung beside the case."""
    return int(one.ends[0]) if measure == ANSWER else one.measures[measure]


def apart(one: Sequence[Outcome], other: Sequence[Outcome], measure: int) -> tuple[Interval, Middle]:
    """The mean and the median of the differences of pairs of runs, the first less the second, with 95 % intervals."""
    pairs = [value(a, measure) - value(b, measure) for a, b in zip(one, other, strict=True)]
    return interval(pairs), middle(pairs)


def test_both_scenarios_count_from_the_same_turn_and_last_as_long() -> None:
    one, other = bound(TRAWLER), bound(LANDING)
    assert one.opening == other.opening > 0
    assert len(one.turns) == len(other.turns)
    assert [side.id for side in one.sides] == [side.id for side in other.sides]
    assert [agency.id for agency in one.agencies] == [agency.id for agency in other.agencies]
    assert one.pairs()[0] == other.pairs()[0] == (0, 1)


# ---- handling decides more than structure


@pytest.mark.parametrize("measure", [PEAK, CUMULATED, ANSWER], ids=["peak", "risk", "beside the case"])
@pytest.mark.parametrize(
    ("milder", "harder"),
    [
        ((LANDING, ""), (TRAWLER, "")),
        ((TRAWLER, "quick_release"), (TRAWLER, "prosecution")),
        ((LANDING, "quick_release"), (LANDING, "prosecution")),
    ],
    ids=["2012 and 2010", "choices of 2010", "choices of 2012"],
)
def test_a_quick_end_within_the_law_keeps_rungs_and_risk_lower(
    milder: tuple[str, str], harder: tuple[str, str], measure: int
) -> None:
    mean, median = apart(outcomes(*milder), outcomes(*harder), measure)
    assert mean.value + mean.half < 0, mean
    assert median.high is not None
    assert median.high < 0, median
    below = middle([value(one, measure) for one in outcomes(*milder)])
    above = middle([value(one, measure) for one in outcomes(*harder)])
    assert below.value < above.value


def test_a_comparison_that_is_turned_round_has_no_interval_below_nothing() -> None:
    """So that the test above can fail."""
    for measure in (PEAK, CUMULATED, ANSWER):
        mean, median = apart(outcomes(TRAWLER), outcomes(LANDING), measure)
        assert mean.value - mean.half > 0
        assert median.low is not None
        assert median.low >= 0
        same, none = apart(outcomes(TRAWLER), outcomes(TRAWLER), measure)
        assert (same.value, same.half, none.low, none.high) == (0, 0, 0, 0)


# ---- nothing is decided at the start

CASES = [(TRAWLER, ""), (TRAWLER, "quick_release"), (TRAWLER, "prosecution"), (LANDING, ""), (LANDING, "prosecution")]


@pytest.mark.parametrize(("name", "variant"), [*CASES, (LANDING, "quick_release")])
def test_a_minority_of_runs_has_its_peak_in_the_first_counted_turn(name: str, variant: str) -> None:
    at_once = interval([100 * (one.first == one.measures[PEAK]) for one in outcomes(name, variant)])
    assert at_once.value + at_once.half < 50, at_once
    assert all(one.first <= one.measures[PEAK] for one in outcomes(name, variant))


@pytest.mark.parametrize(("name", "variant"), CASES)
def test_peaks_differ_between_runs(name: str, variant: str) -> None:
    peaks = Counter(one.measures[PEAK] for one in outcomes(name, variant))
    answers = Counter(value(one, ANSWER) for one in outcomes(name, variant))
    assert len(peaks) >= 3, peaks
    assert max(peaks.values()) < 0.97 * PAIRS, peaks
    assert len(answers) >= 4, answers
    assert max(answers.values()) < 0.9 * PAIRS, answers


@pytest.mark.parametrize("name", [TRAWLER, LANDING])
def test_the_crisis_as_given_is_not_counted(name: str) -> None:
    """The opening turn reaches a rung that no later turn need reach again."""
    game = bound(name)
    player = Player(game, policies_for(game, "doctrine"), record=False)
    rung, answer = game.tracks["rung"].first, game.tracks["peak_answer"].first
    for seed in range(40):
        rows = player.rows(seed)
        assert rows[game.opening - 1][game.tracks["peak"].first] == 0
        assert rows[game.opening - 1][answer] == 0
        assert rows[-1][game.tracks["peak"].first] == max(row[rung] for row in rows[game.opening :])
        assert rows[-1][answer] == max(row[game.tracks["answer"].first] for row in rows[game.opening :])


# ---- few shots


@pytest.mark.parametrize("name", [TRAWLER, LANDING])
def test_no_more_than_one_run_in_a_hundred_ends_in_an_exchange_of_fire(name: str) -> None:
    game = bound(name)
    player = Player(game, policies_for(game, "doctrine"), record=False)
    shots = game.tracks["opened_fire"]
    fired = ended = 0
    for seed in range(MANY):
        rows = player.rows(seed)
        fired += any(any(row[shots.first : shots.first + shots.size]) for row in rows)
        end = outcome(game, State(seed, len(rows), tuple(rows[-1])))
        assert end is not None
        ended += end.id == "fire"
    assert ended <= MANY // 100
    assert fired <= MANY // 100


def test_shots_would_be_counted_where_they_are_fired() -> None:
    """The same with navies that meet at every turn, and fire whenever they may."""
    game = bound(TRAWLER)
    rules = [
        attrs.evolve(rule, parameters=attrs.evolve(rule.parameters, lock_on=(1000,) * 4, fire=(1000,) * 4))
        if rule.id == "rule.navies_meet"
        else rule
        for rule in game.rules["encounters"]
    ]
    fiery = attrs.evolve(game, rules={**game.rules, "encounters": tuple(rules)})
    row = list(start(game, 1).row)
    for name, zone in (("at.msdf", "SKN"), ("at.plan", "SKN"), ("bound.msdf", "SKN"), ("bound.plan", "SKN")):
        (cell,) = game.cells_named(name)
        row[cell] = [one.id for one in game.zones].index(zone)
    for name, word in (("mission.msdf", "shadow"), ("mission.plan", "shadow"), ("distance.msdf", "close"),
                       ("distance.plan", "close")):  # fmt: skip
        (cell,) = game.cells_named(name)
        row[cell] = game.tracks[name.partition(".")[0]].words.index(word)
    after, _ = resolve(fiery, State(1, 0, tuple(row)), ())
    found = outcome(fiery, after)
    assert found is not None
    assert found.id == "fire"


# ---- why white ships come


def sums(runs: Sequence[Outcome]) -> tuple[list[int], list[int]]:
    """Ship-days in territorial sea, run by run: of Marine Surveillance, and of it and fishery patrols together."""
    surveillance = [int(one.ends[1]) for one in runs]
    return surveillance, [mine + int(one.ends[2]) for mine, one in zip(surveillance, runs, strict=True)]


def test_with_rivalry_or_a_central_design_more_ships_enter_than_with_neither() -> None:
    _, neither = sums(outcomes(TRAWLER, "no_rivalry", MANY))
    for variant in ("", "central_design"):
        _, found = sums(outcomes(TRAWLER, variant, MANY))
        more = interval([a - b for a, b in zip(found, neither, strict=True)])
        assert more.value - more.half > 0, (variant, more)


def share_apart(one: Sequence[Outcome], other: Sequence[Outcome]) -> Interval:
    """How the share of Marine Surveillance in all entries differs, in percent, from paired runs.

    A ratio of two sums; its interval by linear expansion (Cochran 1977, "Sampling Techniques", section 6.5).
    """
    shares, rests = [], []
    for runs in (one, other):
        part, whole = sums(runs)
        share = sum(part) / sum(whole)
        shares.append(share)
        rests.append([(a - share * b) / fmean(whole) for a, b in zip(part, whole, strict=True)])
    half = interval([100 * (a - b) for a, b in zip(*rests, strict=True)]).half
    return Interval(100 * (shares[0] - shares[1]), half)


def test_who_comes_tells_rivalry_from_a_central_design() -> None:
    found = share_apart(outcomes(TRAWLER, "central_design", MANY), outcomes(TRAWLER, "", MANY))
    assert found.clear, found
    assert math.isfinite(found.half)
    assert not share_apart(outcomes(TRAWLER, "", MANY), outcomes(TRAWLER, "", MANY)).clear


# ---- names and orders of names change nothing

NAMES = {"jp": "zuu", "cn": "mek", "us": "abo", "tw": "kil", "kantei": "palace", "jcg": "guard", "mofa": "affairs",
         "Japan": "Zuuland", "China": "Mekland", "Taiwan": "Kilia"}  # fmt: skip
"""Other names, in another order of the alphabet."""
NAME = re.compile(rf"(?<![A-Za-z0-9])({'|'.join(NAMES)})(?![A-Za-z0-9])")
ENTRY = re.compile(r'^\[\[(rule|mechanism|inject|action|ending)\]\]\nid = "[^"\n]+"$', re.MULTILINE)


def other_names(text: str) -> str:
    """A text of a scenario with other names for sides and agencies; ids of entries that draw keep theirs."""
    kept = ENTRY.findall(text)
    pieces = ENTRY.split(text)
    heads = [match.group() for match in ENTRY.finditer(text)]
    assert len(pieces) == 1 + 2 * len(kept)
    plain = [NAME.sub(lambda match: NAMES[match.group()], piece) for piece in pieces[::2]]
    return plain[0] + "".join(head + piece for head, piece in zip(heads, plain[1:], strict=True))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All scenarios with other names for sides and agencies."""
    shelf = tmp_path_factory.mktemp("elsewhere") / "scenarios"
    shutil.copytree(str(shipped("scenarios")), shelf)
    for file in shelf.rglob("*.toml"):
        file.write_text(other_names(file.read_text(encoding="utf-8")), encoding="utf-8")
    for file in list(shelf.rglob("briefing-*.md")):
        file.rename(file.with_name("briefing-" + other_names(file.name.removeprefix("briefing-"))))
    return shelf


@pytest.mark.parametrize("name", [TRAWLER, LANDING])
def test_names_of_sides_and_agencies_change_no_number(name: str, elsewhere: Path) -> None:
    loaded = load(str(elsewhere / name))
    assert loaded.game is not None, loaded.report
    game, other = bound(name), loaded.game
    assert not {side.id for side in game.sides} & {side.id for side in other.sides}
    assert [agency.id for agency in other.agencies] == [other_names(agency.id) for agency in game.agencies]
    assert all(a.id != b.id for a, b in zip(game.agencies, other.agencies, strict=True))
    assert game.digest != other.digest
    for policy in ("doctrine", "random"):
        players = [Player(one, policies_for(one, policy)) for one in (game, other)]
        for seed in range(20):
            here, there = (player.run(seed) for player in players)
            assert here.digests == there.digests
            assert [state.row for state in here.states] == [state.row for state in there.states]
            assert [len(events) for events in here.events] == [len(events) for events in there.events]
            assert here.ended.id == there.ended.id
            goals = [[*met.values()] for met in objectives_met(game, here.states[-1]).values()]
            assert goals == [[*met.values()] for met in objectives_met(other, there.states[-1]).values()]


def some_turns(name: str) -> list[Any]:
    """Turns of random players with orders of several agencies."""
    turns = [turn for run in random_runs(name)[:8] for turn in run]
    return [turn for turn in turns if len({order.agency for order in turn.orders}) > 3]


@pytest.mark.parametrize("name", [TRAWLER, LANDING])
def test_the_order_in_which_orders_are_handed_in_changes_nothing(name: str) -> None:
    game, dice = bound(name), random.Random(4)
    turns = some_turns(name)
    assert len(turns) > 40
    for turn in turns:
        mixed = dice.sample(turn.orders, len(turn.orders))
        assert resolve(game, turn.before, mixed) == (turn.after, turn.events)
        assert resolve(game, turn.before, turn.orders[::-1]) == (turn.after, turn.events)


class Watched(Recording):
    """The recording table, which notes what each agency's orders look at and what they change."""

    looked: dict[int, set[int]]
    changed: dict[int, set[int]]

    def __init__(self, game: Game, *rest: Any) -> None:
        super().__init__(game, *rest)
        type(self).looked, type(self).changed = {}, {}
        self.weighed: int | None = None

    def only(self, condition: bool, body: Any, *values: Any) -> None:
        if condition and body is weigh:
            self.weighed = values[0].agency
            super().only(condition, body, *values)
            self.weighed = None
        else:
            super().only(condition, body, *values)

    def _note(self, kept: dict[int, set[int]], cell: int) -> None:
        if self.weighed is not None:
            kept.setdefault(self.weighed, set()).add(cell)

    def track(self, track: Track, i: int = 0, j: int = 0) -> int:
        self._note(self.looked, track.first + i * track.shape[1] + j)
        return super().track(track, i, j)

    def noted(self, track: Track, i: int = 0, j: int = 0) -> bool:
        self._note(self.looked, track.first + i * track.shape[1] + j)
        return super().noted(track, i, j)

    def cell(self, number: int) -> int:
        self._note(self.looked, number)
        return super().cell(number)

    def shift(self, track: Track, i: int = 0, j: int = 0, **more: Any) -> None:
        self._note(self.changed, track.first + i * track.shape[1] + j)
        super().shift(track, i, j, **more)

    def note(self, track: Track, i: int = 0, j: int = 0, **more: Any) -> None:
        self._note(self.changed, track.first + i * track.shape[1] + j)
        super().note(track, i, j, **more)

    def _put(self, kind: str, track: Track, i: int, j: int, *rest: Any) -> None:
        self._note(self.changed, track.first + i * track.shape[1] + j)
        super()._put(kind, track, i, j, *rest)


def independent(one: int, other: int) -> bool:
    """Whether the orders of two agencies, in the turn that was watched, neither look at nor change what the other's
    change.
    """
    looked, changed = Watched.looked, Watched.changed
    both = changed.get(one, set()) & changed.get(other, set())
    return not (
        both | looked.get(one, set()) & changed.get(other, set()) | looked.get(other, set()) & changed.get(one, set())
    )


def without_calls(events: Sequence[Event]) -> Counter[Event]:
    """Events whatever their order, and without the number of the performance."""
    return Counter(event._replace(call=0) for event in events)


@pytest.mark.parametrize("name", [TRAWLER, LANDING])
def test_orders_that_have_nothing_to_do_with_each_other_come_out_alike_whatever_the_initiative(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("game.core.resolve"), "Recording", Watched)
    game, dice = bound(name), random.Random(6)
    sizes, dependent = [], 0
    for turn in some_turns(name):
        resolve(game, turn.before, turn.orders)
        kept: list[int] = []
        for number in dict.fromkeys(game.agency_number(order.agency) for order in turn.orders):
            if all(independent(number, other) for other in kept):
                kept.append(number)
            else:
                dependent += 1
        orders = [order for order in turn.orders if game.agency_number(order.agency) in kept]
        # What was left out may have decided what these look at.
        after, events = resolve(game, turn.before, orders)
        if not all(independent(one, other) for one, other in itertools.combinations(kept, 2)):
            continue
        sizes.append(len(kept))
        for initiative in (game.initiative[::-1], tuple(dice.sample(game.initiative, len(game.initiative)))):
            turned = attrs.evolve(game, initiative=initiative)
            found, told = resolve(turned, turn.before, orders)
            assert found == after
            assert without_calls(told) == without_calls(events)
    assert fmean(sizes) > 3
    assert dependent > 10


# ---- where orders conflict the initiative decides

ASK = Order("jp_jcg", "ask_leave", "ask")
GRANT, TAKE_BACK = Order("jp_kantei", "leave", "grant"), Order("jp_kantei", "leave", "refuse")
HOLD = Order("jp_jcg", "task", "arrest.STW")
NEEDS = "This needs leave from the Prime Minister's Office: ask for it first."


@pytest.fixture(scope="module")
def guard_first(tmp_path_factory: pytest.TempPathFactory) -> Game:
    """The scenario with a variant in which the Coast Guard acts before the Prime Minister's Office."""
    folder = tmp_path_factory.mktemp("initiative") / TRAWLER
    shutil.copytree(str(shipped("scenarios") / TRAWLER), folder)
    game = bound(TRAWLER)
    names = [game.agencies[number].id for number in game.initiative]
    turned = ["jp_jcg", *(name for name in names if name != "jp_jcg")]
    listed = ", ".join(f'"{name}"' for name in turned)
    (folder / "variants" / "guard_first.toml").write_text(f"initiative = [{listed}]\n", encoding="utf-8")
    loaded = load(str(folder), ["guard_first"])
    assert loaded.game is not None, loaded.report
    assert loaded.game.initiative != game.initiative
    return loaded.game


def conflict(game: Game) -> list[Chapter]:
    """The Coast Guard asks and is given leave; then it is to hold boats, in the turn in which leave is taken back."""
    state, chapters = start(game, 2), []
    for orders in ([ASK], [GRANT], [TAKE_BACK, HOLD]):
        state, events = resolve(game, state, orders)
        chapters.append(Chapter(tuple(orders), events, state))
    return chapters


def mission(game: Game, state: State) -> str:
    (cell,) = game.cells_named("mission.jcg")
    return game.tracks["mission"].words[state.row[cell]]


def test_the_declared_initiative_decides_between_orders_that_conflict(guard_first: Game) -> None:
    game = bound(TRAWLER)
    names = [game.agencies[number].id for number in game.initiative]
    assert names.index("jp_kantei") < names.index("jp_jcg")

    declared = conflict(game)
    (refused,) = [event for event in declared[-1].events if event.kind == REFUSAL]
    assert refused.label == f"Task your ships: not carried out. {NEEDS}"
    assert refused.seen == 1 << game.agency_number("jp_jcg")
    assert mission(game, declared[-1].after) == mission(game, declared[-2].after) != "arrest"
    assert not [event for event in declared[-1].events if event.rule == "order.task" and event.call >= 0]

    turned = conflict(guard_first)
    assert not [event for event in turned[-1].events if event.kind == REFUSAL]
    assert mission(guard_first, turned[-1].after) == "arrest"
    taken_back = game.cells_named("clearance.jp_jcg")[0]
    assert declared[-1].after.row[taken_back] == turned[-1].after.row[taken_back]
    assert declared[-2].after.row == turned[-2].after.row


def test_the_transcript_says_what_came_of_a_conflict(guard_first: Game) -> None:
    game = bound(TRAWLER)
    told = {}
    for one in (game, guard_first):
        chapters = conflict(one)
        told[one] = chronicle(one, chapters, start(one, 2)).split("Turn 3 of 10")[1]
    not_done = f"Not done: Task your ships: not carried out. {NEEDS}"
    assert not_done in told[game]
    assert not_done not in told[guard_first]
    given_up = "Prime Minister's Office of Japan refuses the Coast Guard leave."
    ordered = "Japan Coast Guard: ships are to stop boats and hold their people."
    assert ordered not in told[game]
    assert told[game].index(given_up) < told[game].index(not_done)
    assert told[guard_first].index(ordered) < told[guard_first].index(given_up)
    for text in told.values():
        assert "Japan Coast Guard - Task your ships: stop and hold boats" in text
        assert "Prime Minister's Office of Japan - Answer a request for leave: refuse, or take it back" in text


@pytest.mark.parametrize("name", [TRAWLER, LANDING])
def test_random_play_has_conflicts_that_end_in_a_refusal_to_the_agency_alone(name: str) -> None:
    game = bound(name)
    refused = 0
    for run in random_runs(name):
        for turn in run:
            for event in turn.events:
                if event.kind == REFUSAL and event.rule.startswith("refused."):
                    assert event.seen == 1 << event.who
                    action = event.rule.partition(".")[2]
                    assert any(
                        order.action == action and order.agency == game.agencies[event.who].id for order in turn.orders
                    )
                    assert not any(
                        e.rule == f"order.{action}" and e.who == event.who and e.call >= 0 for e in turn.events
                    )
                    refused += 1
    assert refused > 3
    assert play(game, 0)
