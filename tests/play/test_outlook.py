"""What can be said of an order beforehand: from the scenario and the seat's view alone."""

import pytest
from attrs import evolve
from runs import bound, every_code, play

from game.core import Order, start, view
from game.core.chance import pick
from game.core.following import followed
from game.core.resolve import resolve
from game.play.outlook import LATE_STEPS, MOST_RULES, Outlook, Outlooks, outlook

SCENARIOS = ("airspace-2024", "trawler-2010")
each = pytest.mark.parametrize("name", SCENARIOS)


def of(name: str, agency: str, action: str, choice: str) -> Outlook:
    """The outlook of an order at the start."""
    game = bound(name)
    return outlook(game, view(game, start(game, 0), agency), Order(agency, action, choice))


@each
def test_every_order_has_an_outlook(name: str) -> None:
    game = bound(name)
    views = {agency.id: view(game, start(game, 0), agency.id) for agency in game.agencies}
    for order in every_code(game):
        found = outlook(game, views[order.agency], order)
        assert found.cost[0] == f"1 of your {views[order.agency].attention} orders"
        assert len(found.speaking) <= MOST_RULES
        assert all(one.step in LATE_STEPS and one.name and one.meaning.endswith(".") for one in found.speaking)


@each
def test_an_outlook_is_the_same_whatever_is_hidden(name: str) -> None:
    game = bound(name)
    for turn, moment in enumerate(play(game, 5)[:3]):
        for number, agency in enumerate(game.agencies):
            row = list(moment.after.row)
            for track in game.tracks.values():
                for k in range(track.size):
                    if not track.seen[k] >> number & 1:
                        high = min(track.high, 2000)
                        row[track.first + k] = track.low + pick(turn, track.first + k, high - track.low + 1)
            seen = view(game, moment.after, agency.id)
            twin = view(game, evolve(moment.after, row=tuple(row), seed=99), agency.id)
            for option in seen.options:
                assert outlook(game, twin, option.order) == outlook(game, seen, option.order)


def test_leave_names_who_gives_it_how_long_it_takes_and_what_silence_means() -> None:
    needs = of("trawler-2010", "jp_jcg", "task", "arrest").clearance
    assert needs[0].startswith("Leave from Prime Minister's Office of Japan is needed; it may take 1 day")
    assert "Silence until then means yes." in needs
    assert of("trawler-2010", "jp_jcg", "task", "patrol").clearance == ()
    # One that asks for leave, or gives it, does not need it.
    assert of("trawler-2010", "jp_jcg", "ask_leave", "ask").clearance == ()
    assert of("trawler-2010", "jp_kantei", "leave", "grant").clearance == ()
    # Leave is needed for some ways of a detail only.
    assert of("trawler-2010", "cn_cms", "task_cms", "patrol.SCN").clearance == ()
    assert "Foreign Affairs" in of("trawler-2010", "cn_cms", "task_cms", "patrol.STW").clearance[0]


def test_a_mechanism_tells_its_gate_its_consultation_and_its_times_for_the_side_that_asks() -> None:
    japan, china = (of("airspace-2024", agency, "call", "call").clearance for agency in ("jp_mod", "cn_oimc"))
    assert "Defence hotline: the working levels consult first, 2 hours." in japan
    assert "Defence hotline: an answer may take up to 2 days." in japan
    assert "Defence hotline: closed while the political climate is below -8." in japan
    assert "Defence hotline: closed while the political climate is below -3." in china


def test_what_an_order_costs_at_home_is_told_where_the_effect_says_it() -> None:
    assert (
        "Pressure at home, Japan: -2 points (the government shows what happened)"
        in of("trawler-2010", "jp_kantei", "film", "release").cost
    )


def test_a_call_speaks_to_the_line_and_to_the_rule_that_reads_silence() -> None:
    speaking = of("airspace-2024", "jp_mod", "call", "call").speaking
    assert speaking[0].name == "Defence hotline" or speaking[0].step == "mechanisms"
    assert any("Silence on a line" in one.meaning for one in speaking)


def test_those_who_learn_of_an_order_are_named_without_the_one_that_gives_it() -> None:
    assert of("airspace-2024", "jp_mod", "call", "call").learned_by == ()
    assert (
        len(of("airspace-2024", "jp_mod", "disclose", "facts").learned_by) == len(bound("airspace-2024").agencies) - 1
    )


def test_an_order_of_another_seat_or_none_has_no_outlook() -> None:
    game = bound("airspace-2024")
    seat = view(game, start(game, 0), "jp_mod")
    for order in (Order("cn_oimc", "call", "call"), Order("jp_mod", "call", "nothing")):
        with pytest.raises(KeyError):
            outlook(game, seat, order)


@each
def test_no_rule_changes_what_it_was_not_found_to_change(name: str) -> None:
    game = bound(name)
    written = {rule.id: followed(game, rule).written for rules in game.rules.values() for rule in rules}
    for turn in play(game, 7)[:4]:
        _, events = resolve(game, turn.before, turn.orders)
        for event in events:
            if event.cell >= 0 and event.rule in written:
                assert event.cell in written[event.rule]


def test_outlooks_in_steps_are_the_same() -> None:
    game = bound("trawler-2010")
    seat = view(game, start(game, 0), "jp_jcg")
    orders = [option.order for option in seat.options if not option.refusal]
    outlooks = Outlooks(game, seat)
    assert outlooks.of(orders[0]) is None
    for order in orders:
        while outlooks.go_on(order, 0.0005):
            pass
        assert outlooks.of(order) == outlook(game, seat, order)
