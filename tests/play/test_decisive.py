"""Moments that mattered: the amounts are those of the events, and no cause is claimed that was not tried out."""

import attrs
import pytest
from runs import bound

from game.core import Order, resolve
from game.core.events import SHIFT
from game.play.decisive import MOMENTS, Turning, chosen, contributions, decisive, named
from game.play.playout import mechanism_counts
from game.play.session import Moment, Session
from game.play.uses import links, uses
from game.play.wording import entry_name

GAMES = (("trawler-2010", 64), ("airspace-2024", 7), ("landing-2012", 126), ("tutorial", 7))


@pytest.fixture(scope="module")
def sessions() -> dict[str, Session]:
    found = {}
    for name, seed in GAMES:
        session = Session.begin(bound(name), {}, seed=seed)
        while not session.ended:
            session.play_turn()
        found[name] = session
    return found


def moved(session: Session, one: Turning) -> int:
    """What an entry did to risk in its turn, straight from the events."""
    game, moment = session.game, session.history[one.turn - 1]
    number = [(game.sides[i].id, game.sides[j].id) for i, j in game.pairs()].index(one.pair)
    cell = game.tracks["risk"].first + number
    return sum(
        sum(part.amount for part in event.parts) + event.limited
        for event in moment.events
        if event.kind == SHIFT and event.cell == cell and entry_name(game, event.rule, event.who) == one.rule
    )


@pytest.mark.parametrize("name", [name for name, _seed in GAMES])
def test_amounts_equal_the_parts_of_the_events(sessions: dict[str, Session], name: str) -> None:
    session = sessions[name]
    found = decisive(session.game, session.history)
    assert 0 < len(found) <= MOMENTS
    assert [one.turn for one in found] == sorted(one.turn for one in found)
    for one in found:
        assert one.amount == moved(session, one) != 0


@pytest.mark.parametrize("name", [name for name, _seed in GAMES])
def test_contributions_add_up_to_the_change_of_risk(sessions: dict[str, Session], name: str) -> None:
    session = sessions[name]
    risk = session.game.tracks["risk"]
    for moment in session.history:
        total = sum(contributions(session.game, moment.events).values())
        cells = slice(risk.first, risk.first + risk.size)
        assert total == sum(moment.after.row[cells]) - sum(moment.before.row[cells])


def without(session: Session, moment: Moment, order: Order) -> int:
    """The risk of all pairs after the turn without an order."""
    others = tuple(one for one in moment.orders if one is not order)
    risk = session.game.tracks["risk"]
    return sum(resolve(session.game, moment.before, others)[0].row[risk.first : risk.first + risk.size])


def test_a_cause_was_tried_out(sessions: dict[str, Session]) -> None:
    session = sessions["trawler-2010"]
    game = session.game
    released = next(one for one in decisive(game, session.history) if one.rule == "They go home")
    assert released.agency == "jp_moj"
    assert "release" in released.cause
    moment = session.history[released.turn - 1]
    order = next(one for one in moment.orders if named(game, one) == released.cause)
    risk = game.tracks["risk"]
    kept = sum(moment.after.row[risk.first : risk.first + risk.size])
    assert without(session, moment, order) > kept
    assert released.causes[0].without == 0


def test_what_no_single_order_decides_names_none(sessions: dict[str, Session]) -> None:
    session = sessions["trawler-2010"]
    quiet = next(one for one in decisive(session.game, session.history) if one.rule == "A quiet turn")
    assert (quiet.causes, quiet.agency, quiet.cause, quiet.reason) == ((), "", "", "")


def test_of_news_only_the_same_turn_is_said_where_nothing_was_ordered(sessions: dict[str, Session]) -> None:
    session = sessions["airspace-2024"]
    second = next(one for one in decisive(session.game, session.history) if one.turn == 2)
    assert not second.causes
    assert second.cause.startswith("In the same turn: Rung 6")


def test_reasons_and_expectations_stand_with_their_order(sessions: dict[str, Session]) -> None:
    session = sessions["trawler-2010"]
    history = list(session.history)
    last = history[-1]
    orders = tuple(
        attrs.evolve(one, reason="why", expects="what") if one.agency == "jp_moj" else one for one in last.orders
    )
    history[-1] = attrs.evolve(last, orders=orders)
    released = next(one for one in decisive(session.game, history) if one.rule == "They go home")
    assert (released.reason, released.expected) == ("why", "what")


def test_repeated_causes_count_less() -> None:
    slow = {(turn, (1, "slow", 0)): 10 for turn in range(1, 9)}
    rest = {(4, (1, "other", 0)): -6, (5, (1, "third", 0)): 5}
    found = chosen({**slow, **rest})
    assert found[:2] == [(1, (1, "slow", 0)), (4, (1, "other", 0))]
    assert {(5, (1, "third", 0))} <= set(found)
    assert len(found) == MOMENTS


# ---- uses
@pytest.mark.parametrize("name", [name for name, _seed in GAMES])
def test_uses_by_turn_add_up_to_the_counts(sessions: dict[str, Session], name: str) -> None:
    session = sessions[name]
    told = [moment.events for moment in session.history]
    counts = mechanism_counts(session.game, told)
    found = uses(session.game, told)
    assert sum(use.kind == "asked" for use in found) == sum(count["uses"] for count in counts.values())
    assert sum(use.kind == "refused" for use in found) == sum(count["refusals"] for count in counts.values())
    assert all(1 <= use.turn <= len(told) for use in found)


def test_a_chain_tells_its_links_in_order(sessions: dict[str, Session]) -> None:
    session = sessions["tutorial"]
    chain = [link for link in links(session.game, [m.events for m in session.history])["telephone"] if link.turn == 3]
    assert [link.kind for link in chain if link.kind != "drawn"] == ["asked", "rang", "answered", "late"]
    assert chain[0].agency == "jp_jcg"
    assert {link.side for link in chain} == {"jp"}
