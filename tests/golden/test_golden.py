"""Golden transcripts: whole runs told as chronicles and compared line by line.

A change of the engine, of a rule or of a scenario's numbers shows here as a different story, and the first line that
differs is the message. After a change that is meant, KUROSHIO_REWRITE=1 writes the transcripts anew; read the
difference before it is committed.
"""

import os
from pathlib import Path

import pytest
from attrs import frozen

from game.play.chronicle import of_run
from game.play.playout import Player, Run, policies_for, read_script
from game.play.playout import mechanism_counts as counts
from game.scenario.library import playable, shipped_scenarios

HERE = Path(__file__).parent


@frozen
class Story:
    """A run that is told: scenario, seed, and who plays (a policy, or a file of orders beside this one)."""

    name: str
    scenario: str
    seed: int
    policy: str


STORIES = (
    Story("a-hard-day", "airspace-2024", 57, "script:a-hard-day.toml"),
    Story("a-day-of-the-computer", "airspace-2024", 27, "doctrine"),
    Story("arrest-to-release", "trawler-2010", 64, "doctrine"),
    Story("the-worst-autumn", "trawler-2010", 39, "script:the-worst-autumn.toml"),
    Story("two-days", "landing-2012", 126, "doctrine"),
    Story("another-choice", "landing-2012", 41, "script:another-choice.toml"),
    Story("a-first-game", "tutorial", 12, "script:a-first-game.toml"),
)


def played(story: Story) -> Run:
    game = playable(story.scenario)
    script = None
    if story.policy.startswith("script:"):
        file = HERE / story.policy.removeprefix("script:")
        script = read_script(file.read_text(encoding="utf-8"), file.name)
    return Player(game, policies_for(game, story.policy, script)).run(story.seed, script)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_the_story_is_told_as_before(story: Story) -> None:
    told = of_run(played(story)).splitlines()
    file = HERE / f"{story.name}.txt"
    if os.environ.get("KUROSHIO_REWRITE"):
        file.write_text("\n".join(told) + "\n", encoding="utf-8", newline="\n")
    kept = file.read_text(encoding="utf-8").splitlines()
    for number, (now, then) in enumerate(zip(told, kept, strict=False), 1):
        assert now == then, f"{file.name}, line {number}"
    assert len(told) == len(kept)


def test_every_scenario_is_told_and_every_rule_speaks() -> None:
    assert {story.scenario for story in STORIES} == set(shipped_scenarios())
    for scenario in shipped_scenarios():
        game = playable(scenario)
        rules = {rule.id for step in game.rules.values() for rule in step}
        spoke = {
            event.rule
            for story in STORIES
            if story.scenario == scenario
            for events in played(story).events
            for event in events
        }
        assert rules
        assert rules <= spoke, sorted(rules - spoke)


def test_the_hotline_is_answered_once_and_left_unanswered_once() -> None:
    run = played(STORIES[0])
    line = counts(run.game, run.events)["hotline"]
    assert run.refusals == 0
    assert line["answered"] >= 1
    assert line["unanswered"] >= 1
