"""The chronicle tells all of a run, in plain sentences, the same each time."""

from game.play.chronicle import of_run, of_session
from game.play.playout import Player, policies_for
from game.play.session import Session
from game.scenario.library import playable
from game.terminal.opening import summary_of
from game.terminal.paper import page, printable


def test_the_chronicle_of_a_run_is_complete_and_always_the_same() -> None:
    game = playable("airspace-2024")
    run = Player(game, policies_for(game, "doctrine")).run(3)
    text = of_run(run)
    assert text == of_run(Player(game, policies_for(game, "doctrine")).run(3))
    for number in range(1, len(run.events) + 1):
        assert f"Turn {number} of 8" in text
    for event in (event for events in run.events for event in events):
        assert event.label.rstrip(".") in text
        if event.roll:
            assert f"{event.roll.drawn}" in text
    assert text.endswith("\n")
    assert not any(line != line.rstrip() for line in text.split("\n"))


def test_a_session_and_a_run_with_the_same_orders_have_the_same_chronicle() -> None:
    game = playable("airspace-2024")
    session = Session.begin(game, {}, seed=3)
    while not session.ended:
        session.play_turn()
    assert of_session(session) == of_run(Player(game, policies_for(game, "doctrine")).run(3))


def test_pages_lose_their_marks_and_keep_their_words() -> None:
    text = "# Head\n\n**Want.** A *calm* day, `x`.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    assert page(text) == ["HEAD", "", "Want. A calm day, x.", "", "  - one", "  - two", "", "  - a | b", "  - 1 | 2"]
    assert printable("a\x1b[2Jb\tc") == "a\N{REPLACEMENT CHARACTER}[2Jb c"


def test_switches_are_summarised_by_their_comment() -> None:
    assert summary_of("airspace-2024", "no_gate").startswith("the hotline does not close")
    assert summary_of("airspace-2024", "no_such") == ""
