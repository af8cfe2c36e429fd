"""Rewinding goes back to how the turn before ended, and control's acts explain themselves."""

from game.core import Game
from game.play.session import Session


def test_a_rewind_undoes_what_control_changed_since_the_turn_before_and_why_tells_it(game: Game) -> None:
    session = Session.begin(game, {}, seed=3)
    session.play_turn()
    ended = session.state
    session.overrule("risk.jp.cn", 500, "the table finds the reading too low")
    assert session.state != ended
    session.play_turn()
    (explained,) = session.why(2, "risk.jp.cn")
    assert explained.reasons[0].after == 500
    assert "too low" in explained.reasons[0].label
    session.rewind(2, "again")
    assert session.state == ended
