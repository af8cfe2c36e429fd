"""What the scenarios at sea show over a thousand pairs of runs: printed, never passed or failed.

Run: python tests/benchmarks/at_sea.py [RUNS]. tests/scenarios/test_at_sea.py holds the program to it with fewer runs.
"""

import sys
from collections.abc import Sequence

from printing import say

from game.cli.compare_ import told_of
from game.core import Game, State, outcome
from game.play.compare import End, compared
from game.play.intervals import Interval
from game.play.playout import Player, policies_for
from game.scenario.library import playable

MEASURES = ("peak_answer.jp.cn", "entries.cms", "entries.flec", "entries.plan")
ARMS: dict[str, tuple[tuple[str, str], ...]] = {
    "September 2010 and August 2012": (("trawler-2010", ""), ("landing-2012", "")),
    "the legal choice in 2010": (("trawler-2010", "prosecution"), ("trawler-2010", "quick_release")),
    "the legal choice in 2012": (("landing-2012", "prosecution"), ("landing-2012", "quick_release")),
    "why white ships come": (("trawler-2010", "no_rivalry"), ("trawler-2010", ""), ("trawler-2010", "central_design")),
}
FIRST_TABLES = 4
"""Peak rung, cumulated risk, risk at the end, rungs reached."""


def arm(name: str, variant: str) -> tuple[str, Game]:
    """A scenario with a variant, and what it is called in the tables."""
    return f"{name} {variant}".strip(), playable(name, (variant,) if variant else ())


def tables(title: str, arms: Sequence[tuple[str, str]], runs: int) -> None:
    """Compare arms with the first, and print it without the tables of calls."""
    games = [arm(*one) for one in arms]
    found = compared(games, "doctrine", runs, "jp.cn", MEASURES)
    blocks = "\n".join(told_of(found, games[0][1])).split("\n\n")
    say(f"\n== {title}, {runs} pairs of runs\n")
    ends = [block for block in blocks if block.startswith("At the end")]
    say("\n\n".join([*blocks[: 1 + FIRST_TABLES], *ends]))
    for one in found.arms:
        surveillance, patrols = (mean(one.ends, name) for name in MEASURES[1:3])
        both = surveillance.value + patrols.value
        share = f"{100 * surveillance.value / both:.0f} %" if both else "none came"
        say(f"Share of Marine Surveillance in entries, {one.name}: {share}")


def mean(ends: Sequence[End], name: str) -> Interval:
    """The mean of a value at the end of one arm."""
    return next(end.value for end in ends if end.name == name)


def shots(name: str, runs: int) -> None:
    """How runs end, and in how many of them fire was opened."""
    game = playable(name)
    player = Player(game, policies_for(game, "doctrine"), record=False)
    noted = {key: game.tracks[key] for key in ("opened_fire", "locked_on", "lives_lost", "struck")}
    counts, endings = dict.fromkeys(noted, 0), dict.fromkeys([*(one.id for one in game.endings), "time"], 0)
    for seed in range(runs):
        rows = player.rows(seed)
        end = outcome(game, State(seed, len(rows), tuple(rows[-1])))
        endings[end.id if end else "time"] += 1
        for key, track in noted.items():
            counts[key] += any(any(row[track.first : track.first + track.size]) for row in rows)
    told = ", ".join(f"{key} {count}" for key, count in {**endings, **counts}.items())
    say(f"{name}, {runs} runs: {told}")


def main(runs: int) -> None:
    """All tables."""
    for title, arms in ARMS.items():
        tables(title, arms, runs)
    say("\n== how runs end, and in how many something was noted\n")
    for name in ("trawler-2010", "landing-2012"):
        shots(name, runs)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
