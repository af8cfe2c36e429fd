"""Orders with details: what an order cell can hold, how it is written, drawn, refused, carried out and kept."""

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import product
from math import sqrt
from pathlib import Path

import pytest
from attrs import evolve
from runs import bound, play, seats, so_many

from game.core import Game, Order, Refusal, State, check, legal, outcome, resolve, start
from game.core.chance import turn_key
from game.core.events import PUT, REFUSAL
from game.core.model import Action
from game.core.orders import find, given_orders, in_words
from game.core.resolve import IllegalOrders, computer_orders
from game.core.table import clear
from game.core.traced import compiled
from game.play.journal import Journal
from game.play.session import Session, rebuilt
from game.scenario.library import load, shipped_scenarios

SMALL = Path(__file__).parents[1] / "scenarios" / "small"

SAIL = """
[[track]]
id = "place"
name = "Where the boats of the South were told to go"
words = ["nowhere", "bay", "cape", "open_sea"]

[[track]]
id = "talk"
name = "What they were told to say"
words = ["all", "little", "nothing"]
start = "nothing"

[[track]]
id = "toll"
name = "What it cost"
high = 99

[[action]]
id = "stir"
name = "Stir up the mood"
about = "Before the others can act."
agencies = ["north_navy"]
seen = "all"
choice = [{ id = "tense", name = "a little" }, { id = "angry", name = "much", values = { more = 1 } }]
[[action.effect]]
use = "put"
mark = "mood"
to = '1 + choice.more'

[[action]]
id = "sail"
name = "Set sail"
about = "With particulars."
agencies = ["south_navy"]
seen = "all"
requires = [{ when = 'mood != angry', message = "Nobody sails in this mood." }]
choice = [
  { id = "boldly", name = "boldly", values = { cost = 5 }, requires = [
    { when = 'mood == calm or turn > 1', message = "Not boldly in this mood." },
  ] },
  { id = "meekly", name = "meekly", values = { cost = 2 } },
  { id = "stay", name = "not at all", bare = true },
]
detail = [
  { id = "where", name = "Where to", of = "place", choice = [
    { id = "bay", name = "into the bay" },
    { id = "cape", name = "round the cape", says = "They round the cape.", requires = [
      { when = 'mood == calm', message = "The cape needs a calm mood." },
    ] },
    { id = "open_sea", name = "out to sea", requires = [{ when = 'turn > 1', message = "The sea is for the second hour." }] },
  ] },
  { id = "words", name = "Words", of = "talk", choice = [
    { id = "little", name = "few words" }, { id = "all", name = "many words" },
  ] },
  { id = "lamps", name = "Lamps", choice = [
    { id = "dark", name = "dark" }, { id = "dim", name = "dim" }, { id = "lit", name = "lit" },
  ] },
]
[[action.effect]]
use = "put"
mark = "place"
to = 'detail.where'
when = 'choice.cost > 0'
[[action.effect]]
use = "put"
mark = "talk"
to = 'detail.words'
when = 'choice.cost > 0'
[[action.effect]]
use = "shift"
track = "toll"
by = 'choice.cost * 10 + detail.lamps'
label = "what it cost"
"""

WAYS = {"where": ("bay", "cape", "open_sea"), "words": ("little", "all"), "lamps": ("dark", "dim", "lit")}
SOUTH = "south_navy"


def made(folder: Path, text: str) -> Game:
    """The small scenario with more in it."""
    shutil.copytree(SMALL, folder)
    (folder / "more.toml").write_text(text, encoding="utf-8")
    loaded = load(str(folder))
    assert loaded.game is not None, loaded.report
    return loaded.game


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Game:
    """The small scenario in which the South may set sail, with particulars."""
    return made(tmp_path_factory.mktemp("details") / "small", SAIL)


def sail(code: str) -> Order:
    return Order(SOUTH, "sail", code)


STIR = Order("north_navy", "stir", "tense")


def in_mood(game: Game, mood: int = 0, turn: int = 0) -> State:
    """The beginning of a turn in a mood."""
    row = list(game.start_row)
    row[game.tracks["mood"].first] = mood
    row[game.injects[0].spoken] = 1  # the fog, which would change the mood
    return State(7, turn, tuple(row))


def refusal(game: Game, order: Order, state: State | None = None) -> str:
    """Why an order is refused, when it is drafted; nothing where it is not. *resolve* refuses it too."""
    (found,) = check(game, state or start(game, 7), [order])
    if found is None:
        return ""
    with pytest.raises(IllegalOrders) as error:
        resolve(game, state or start(game, 7), [order])
    assert found.message in str(error.value)
    return found.message


# ---- what an order cell holds


def codes(action: Action) -> list[int]:
    """What an order of this action can be, as numbers: a choice that takes no details has one."""
    count = len(action.choices)
    if not action.details:
        return list(range(count))
    return [k for k, takes in enumerate(action.detailed[1:]) if takes or k < count]


def test_every_order_that_a_cell_can_hold_is_read_back_from_its_words(game: Game) -> None:
    row = list(clear(game, game.start_row))
    detailed = 0
    for action in game.actions:
        seen = set()
        for number in codes(action):
            row[action.order] = number + 1
            (order,) = given_orders(game, row)
            assert find(game, order) == (action, number)
            ways = order.choice.count(".")
            assert ways == len(action.parts(number)) - 1 in (0, len(action.details))
            seen.add(order.choice)
            detailed += ways > 0
            assert in_words(action, number).count(",") >= ways
        assert len(seen) == len(codes(action))
        row[action.order] = 0
        top = game.tracks["order"]
        assert top.low <= max(codes(action)) + 1 <= top.high
    assert detailed > 1000 or not any(action.details for action in game.actions)


def test_some_shipped_scenario_has_orders_with_details() -> None:
    assert any(action.details for name in shipped_scenarios() for action in bound(name).actions)


def test_the_ways_of_all_details_together_are_told_apart(small: Game) -> None:
    (action,) = [one for one in small.actions if one.id == "sail"]
    whole = {(c, *ways) for c in ("boldly", "meekly") for ways in product(*WAYS.values())}
    whole.add(("stay",))
    assert {tuple(part.id for part in action.parts(number)) for number in codes(action)} == whole
    assert len(codes(action)) == len(whole) == 2 * 3 * 2 * 3 + 1


def test_a_detail_that_is_not_named_takes_its_first_way(game: Game) -> None:
    for action in (action for action in game.actions if action.details):
        agency = game.agencies[action.agency].id
        firsts = [detail.choices[0].id for detail in action.details]
        for choice in action.choices:
            _, number = found(game, Order(agency, action.id, choice.id))
            assert [part.id for part in action.parts(number)] == [choice.id, *([] if choice.bare else firsts)]
        for number in random.Random(action.order).sample(codes(action), 40):
            choice, *ways = (part.id for part in action.parts(number))
            # A choice that takes no details has none to leave out.
            for leave in range(1 << len(ways)):
                named = [way for k, way in enumerate(ways) if not leave >> k & 1]
                _, short = found(game, Order(agency, action.id, ".".join([choice, *named])))
                assert [part.id for part in action.parts(short)] == [
                    choice, *(firsts[k] if leave >> k & 1 else way for k, way in enumerate(ways))
                ]  # fmt: skip


def found(game: Game, order: Order) -> tuple[Action, int]:
    """The action and the number that an order names."""
    named = find(game, order)
    assert not isinstance(named, Refusal), named
    return named


# ---- what is refused


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("meekly.harbour", "'harbour'"),
        ("meekly.bay.little.dark.lit", "'lit'"),
        ("meekly.little.bay", "'bay'"),
        ("meekly.lit.little", "'little'"),
        ("meekly.bay.bay", "'bay'"),
        ("meekly.bay.open_sea", "'open_sea'"),
        ("meekly.dark.dark", "'dark'"),
        ("meekly.", "''"),
        ("meekly..bay", "''"),
        ("meekly.bay.", "''"),
        ("meekly.Bay", "'Bay'"),
        ("meekly. bay", "' bay'"),
        ("meekly.boldly", "'boldly'"),
        ("meekly.where", "'where'"),
        ("meekly.{way}", "'{way}'"),
        ("bay.meekly", "'bay'"),
        ("", "''"),
        (".bay", "''"),
        ("stay.bay", "'bay'"),
        ("stay.dark", "'dark'"),
        ("stay.", "''"),
    ],
)
def test_details_that_are_unknown_misplaced_or_repeated_are_refused_by_name(small: Game, code: str, named: str) -> None:
    message = refusal(small, sail(code))
    assert named in message
    assert "\n" not in message
    assert message.endswith(".")
    if code.startswith("stay"):
        assert message.endswith("It has no details.")
    elif "choice" not in message:
        for detail, ways in WAYS.items():
            assert f"{detail}: {', '.join(ways)}" in message


def test_an_order_without_details_takes_none(small: Game) -> None:
    assert (
        refusal(small, Order("north_navy", "stir", "tense.bay"))
        == "'stir' has no detail 'bay' here. It has no details."
    )
    assert not refusal(small, STIR)


def test_no_shipped_order_takes_a_detail_of_another_or_one_twice(game: Game) -> None:
    ids = {way.id for action in game.actions for detail in action.details for way in detail.choices}
    for action in game.actions:
        agency = game.agencies[action.agency].id
        choice = next((one.id for one in action.choices if not one.bare), action.choices[0].id)
        own = {way.id for detail in action.details for way in detail.choices}
        for way in ids - own:
            assert isinstance(find(game, Order(agency, action.id, f"{choice}.{way}")), Refusal)
        for way in own:
            assert isinstance(find(game, Order(agency, action.id, f"{choice}.{way}.{way}")), Refusal)
            assert not isinstance(find(game, Order(agency, action.id, f"{choice}.{way}")), Refusal)


# ---- requirements of a way


@pytest.mark.parametrize(
    ("code", "mood", "turn", "message"),
    [
        ("meekly.cape", 0, 0, ""),
        ("meekly.cape", 1, 0, "The cape needs a calm mood."),
        ("meekly.bay", 1, 0, ""),
        ("meekly", 1, 0, ""),
        ("meekly.open_sea", 0, 0, "The sea is for the second hour."),
        ("meekly.open_sea.all.lit", 1, 1, ""),
        ("boldly.cape", 1, 0, "Not boldly in this mood."),
        ("boldly.cape", 1, 1, "The cape needs a calm mood."),
        ("boldly.cape", 2, 1, "Nobody sails in this mood."),
    ],
)
def test_what_a_way_requires_is_checked_when_it_is_drafted(
    small: Game, code: str, mood: int, turn: int, message: str
) -> None:
    state = in_mood(small, mood, turn)
    assert refusal(small, sail(code), state) == message
    for option in legal(small, state, SOUTH):
        for number, (_, ways) in enumerate(option.details):
            for way in ways:
                named = Order(SOUTH, "sail", ".".join([option.order.choice, *(["bay"] * (number > 0)), way.id]))
                alone = check(small, state, [named])[0]
                assert (option.refusal or way.refusal) == alone


def carried_out(small: Game, state: State, *orders: Order) -> tuple[dict[str, int], list[str]]:
    """What the South's boats were told and what it cost, and the refusals; the text tells the same."""
    after, events = resolve(small, state, orders)
    text = compiled(small)
    row, stream = clear(small, state.row), []
    for order in orders:
        action, number = found(small, order)
        row[action.order] = number + 1
    text.play(row, turn_key(state.seed, state.turn), state.turn, stream)
    assert tuple(row) == after.row
    assert text.events(stream) == tuple(
        event for event in events if not event.rule.startswith("order.") or event.call >= 0
    )
    named = {name: after.row[small.tracks[name].first] for name in ("place", "talk", "toll")}
    refused = [event for event in events if event.kind == REFUSAL]
    assert all(event.seen == 1 << small.agency_number(SOUTH) for event in refused)
    return named, [event.label for event in refused]


UNTOLD = {"place": 0, "talk": 2, "toll": 0}


@pytest.mark.parametrize(
    ("code", "stir", "turn", "reason"),
    [
        ("meekly.cape", "tense", 0, "The cape needs a calm mood."),
        ("meekly.cape.all.lit", "tense", 0, "The cape needs a calm mood."),
        ("boldly.cape", "tense", 0, "Not boldly in this mood."),
        ("boldly.cape", "tense", 1, "The cape needs a calm mood."),
        ("meekly.cape", "angry", 0, "Nobody sails in this mood."),
        ("meekly.bay", "angry", 0, "Nobody sails in this mood."),
    ],
)
def test_what_a_way_requires_is_checked_again_when_it_is_carried_out(
    small: Game, code: str, stir: str, turn: int, reason: str
) -> None:
    state = in_mood(small, 0, turn)
    assert not refusal(small, sail(code), state)
    alone, refused = carried_out(small, state, sail(code))
    assert not refused
    assert alone != UNTOLD
    told, refused = carried_out(small, state, Order("north_navy", "stir", stir), sail(code))
    assert refused == [f"Set sail: not carried out. {reason}"]
    assert told == UNTOLD


@pytest.mark.parametrize("code", ["meekly.bay", "meekly", "meekly.all.dim"])
def test_a_way_that_requires_nothing_is_carried_out(small: Game, code: str) -> None:
    for order in (STIR, Order("north_navy", "warn", "softly")):
        told, refused = carried_out(small, in_mood(small), order, sail(code))
        assert not refused
        assert told["place"] == 1


def test_amounts_and_words_are_those_of_the_ways_named(small: Game) -> None:
    state = in_mood(small, 0, 1)
    for choice, where, words, lamp in product((("boldly", 50), ("meekly", 20)), *WAYS.values()):
        code = ".".join([choice[0], where, words, lamp])
        told, refused = carried_out(small, state, sail(code))
        assert not refused
        assert told == {
            "place": small.tracks["place"].words.index(where),
            "talk": small.tracks["talk"].words.index(words),
            "toll": choice[1] + WAYS["lamps"].index(lamp),
        }


def test_a_choice_that_takes_no_details_is_carried_out_without(small: Game) -> None:
    for order in (STIR, Order("north_navy", "warn", "softly")):
        told, refused = carried_out(small, in_mood(small), order, sail("stay"))
        assert not refused
        assert told == UNTOLD
    assert all(not option.details for option in legal(small, start(small, 7), SOUTH) if option.order == sail("stay"))


def test_what_is_said_of_a_way_is_told_with_the_order(small: Game) -> None:
    for code, told in (("meekly.cape", ["Navy of the South: Set sail (meekly).", "They round the cape."]),
                       ("meekly.bay", ["Navy of the South: Set sail (meekly)."])):  # fmt: skip
        _, events = resolve(small, start(small, 7), [sail(code)])
        assert [event.label for event in events if event.rule == "order.sail" and event.kind != PUT] == told


# ---- what the computer draws

WEIGHTS = """
[[doctrine]]
id = "south_way"
agency = "south_navy"
hold = 0
[doctrine.weights]
"sail:meekly" = 10
"sail.where:bay" = 10
"sail.where:cape" = 30
"sail.where:open_sea" = 60
"sail.lamps:dim" = 'choose(mood == calm, 1, 0)'
"sail.lamps:lit" = 'choose(mood == calm, 3, 0)'
"""


@pytest.fixture(scope="module")
def weighed(tmp_path_factory: pytest.TempPathFactory) -> Game:
    """The same with a doctrine for the South."""
    return made(tmp_path_factory.mktemp("weights") / "small", SAIL + WEIGHTS)


def drawn(game: Game, mood: int, turn: int, count: int = 4000) -> Counter[str]:
    """The ways that the South's doctrine drew, and how often."""
    ways: Counter[str] = Counter()
    for seed in range(count):
        (order,) = computer_orders(game, evolve(in_mood(game, mood, turn), seed=seed), ("", "doctrine"))
        ways.update(order.choice.split("."))
    return ways


def is_share(found: int, share: float, of: int = 4000) -> bool:
    return abs(found - of * share) < 4 * sqrt(of * share * (1 - share))


def test_ways_are_drawn_by_their_weights_among_those_that_may_be_named(weighed: Game) -> None:
    ways = drawn(weighed, 0, 1)
    assert all(is_share(ways[way], share) for way, share in (("bay", 0.1), ("cape", 0.3), ("open_sea", 0.6)))
    assert is_share(ways["lit"], 0.75)
    assert ways["dark"] == 0
    ways = drawn(weighed, 0, 0)
    assert ways["open_sea"] == 0
    assert is_share(ways["cape"], 0.75)
    ways = drawn(weighed, 1, 1)
    assert ways["cape"] == 0
    assert is_share(ways["open_sea"], 60 / 70)


def test_a_detail_without_a_weight_above_nothing_keeps_its_first_way(weighed: Game) -> None:
    for mood, turn in ((0, 1), (1, 0), (1, 1)):
        ways = drawn(weighed, mood, turn, 300)
        assert ways["little"] == 300
        assert ways["all"] == 0
        assert (ways["dark"] == 300) == (mood == 1)


def test_ways_of_different_details_share_nothing_by_chance(weighed: Game) -> None:
    both = 0
    for seed in range(4000):
        (order,) = computer_orders(weighed, evolve(in_mood(weighed, 0, 1), seed=seed), ("", "doctrine"))
        both += order.choice == "meekly.open_sea.little.lit"
    assert is_share(both, 0.6 * 0.75)


def test_weights_of_ways_change_no_other_draw(small: Game, weighed: Game) -> None:
    """Random players of the South and the doctrine of the North draw as before."""
    for seed in range(60):
        for policies in (("doctrine", "random"), ("random", "random")):
            assert [turn.orders for turn in play(small, seed, policies)] == [
                turn.orders for turn in play(weighed, seed, policies)
            ]


def turns_of(game: Game, policy: str, count: int) -> Iterator[tuple[State, tuple[Order, ...]]]:
    """States that players reach, and their orders there."""
    for seed in range(count):
        for turn in play(game, seed, policy):
            yield turn.before, turn.orders


@pytest.mark.parametrize("policy", ["random", "doctrine"])
def test_recording_and_text_draw_the_same_details(game: Game, policy: str) -> None:
    text = compiled(game, policies=seats(game, policy))
    ways: Counter[str] = Counter()
    for state, orders in turns_of(game, policy, so_many(game, 30)):
        row = clear(game, state.row)
        text.choose(row, turn_key(state.seed, state.turn), state.turn)
        assert given_orders(game, row) == orders
        for order in orders:
            action, number = found(game, order)
            choice, *named = action.parts(number)
            for detail, way in zip(() if choice.bare else action.details, named, strict=True):
                ways[f"{order.agency} {action.id}.{detail.id}:{way.id}"] += 1
    if policy == "random":
        free = [f"{game.agencies[action.agency].id} {action.id}.{detail.id}:{way.id}" for action in game.actions
                for detail in action.details for way in detail.choices if not way.requirements]  # fmt: skip
        assert not [name for name in free if not ways[name]], "ways that nobody ever drew"


def test_a_detail_that_is_drawn_is_never_refused_when_it_is_given(small: Game, weighed: Game) -> None:
    for game, mood, turn, seed in product((small, weighed), (0, 1), (0, 1), range(100)):
        state = evolve(in_mood(game, mood, turn), seed=seed)
        for policy in ("random", "doctrine"):
            orders = computer_orders(game, state, ("", policy))
            assert check(game, state, orders) == (None,) * len(orders)


# ---- what the journal keeps


def test_orders_with_details_come_back_from_the_journal(tmp_path: Path) -> None:
    game = bound("trawler-2010")
    path = tmp_path / "session.kuroshio"
    first = Order("jp_jcg", "task", "expel.STW.close.silent", "They must go.", "They will.")
    changed = evolve(first, choice="warn.SCS.wide.in_use.other_side")
    with Journal.create(path) as journal:
        session = Session.begin(game, {"jp_jcg": "person"}, seed=5, journal=journal)
        refused = session.draft("jp_jcg", [evolve(first, choice="expel.GAS")])
        assert refused is not None
        assert "'GAS'" in refused.message
        assert session.draft("jp_jcg", [first]) is None
        assert session.draft("jp_jcg", [changed]) is None
        session.lock("jp_jcg")
        session.play_turn()
        assert session.draft("jp_jcg", [first]) is None
    entries = Journal.read(path)
    again = rebuilt(entries)
    assert again.history == session.history
    assert again.drafts("jp_jcg") == (first,)
    (given,) = [order for order in again.history[0].orders if order.agency == "jp_jcg"]
    assert given == changed
    stood = again.history[0].after.row[found(game, changed)[0].order]
    assert stood == found(game, changed)[1] + 1
    with Journal.open(path) as journal:
        session = Session.resume(journal)
        session.lock("jp_jcg")
        session.play_turn()
    last = rebuilt(Journal.read(path))
    assert last.state == session.state
    assert first in last.history[1].orders


def test_a_session_of_computers_with_details_comes_back_from_the_journal(tmp_path: Path) -> None:
    game = bound("landing-2012")
    with Journal.create(tmp_path / "s.kuroshio") as journal:
        session = Session.begin(game, {}, seed=9, journal=journal)
        while not session.ended:
            session.play_turn()
    again = rebuilt(Journal.read(tmp_path / "s.kuroshio"))
    assert [moment.digest for moment in again.history] == [moment.digest for moment in session.history]
    assert [moment.orders for moment in again.history] == [moment.orders for moment in session.history]
    assert any("." in order.choice for moment in again.history for order in moment.orders)
    assert outcome(game, again.state) == session.ended


# ---- what an author may write


ODD = """
[[action]]
id = "odd"
name = "Odd"
about = "x"
agencies = ["north_navy"]
choice = [{{ id = "go", name = "go" }}]
detail = [{details}]
"""


def way(name: str, requires: str = "") -> str:
    return f'{{ id = "{name}", name = "x"{requires} }}'


@pytest.mark.parametrize("name", ["x.y", "", "a b", "a:b", "東"])
def test_a_way_is_called_by_a_name_that_can_be_written_in_an_order(tmp_path: Path, name: str) -> None:
    shutil.copytree(SMALL, tmp_path / "small")
    text = ODD.format(details=f'{{ id = "d", name = "D", choice = [{way("plain")}, {way(name)}] }}')
    (tmp_path / "small" / "more.toml").write_text(text, encoding="utf-8")
    assert load(str(tmp_path / "small")).game is None


@pytest.mark.parametrize(("other", "ways"), [("d", "xz"), ("e", "xz"), ("e", "yx")])
def test_no_two_details_of_an_action_are_called_alike_nor_have_ways_that_are(
    tmp_path: Path, other: str, ways: str
) -> None:
    shutil.copytree(SMALL, tmp_path / "small")
    first = f'{{ id = "d", name = "D", choice = [{way("x")}, {way("y")}] }}'
    second = f'{{ id = "{other}", name = "E", choice = [{way(ways[0])}, {way(ways[1])}] }}'
    (tmp_path / "small" / "more.toml").write_text(ODD.format(details=f"{first}, {second}"), encoding="utf-8")
    assert load(str(tmp_path / "small")).game is None


def test_an_order_without_details_asks_nothing_of_a_way(tmp_path: Path) -> None:
    calm = ", requires = [{ when = 'mood == calm', message = \"Not in this mood.\" }]"
    text = ODD.format(details=f'{{ id = "d", name = "D", choice = [{way("x", calm)}, {way("y")}] }}')
    game = made(tmp_path / "small", text.replace('name = "go" }', 'name = "go", bare = true }'))
    state, order = in_mood(game, 1), Order("north_navy", "odd", "go")
    assert check(game, state, [order]) == (None,)
    _, events = resolve(game, state, [order])
    assert not [event for event in events if event.kind == REFUSAL]


def test_a_computer_player_gives_no_order_of_which_no_way_may_be_named(tmp_path: Path) -> None:
    late = ", requires = [{ when = 'turn > 1', message = \"Not yet.\" }]"
    game = made(
        tmp_path / "small",
        ODD.format(details=f'{{ id = "d", name = "D", choice = [{way("x", late)}, {way("y", late)}] }}'),
    )
    for seed in range(50):
        state = start(game, seed)
        orders = computer_orders(game, state, ("random", "random"))
        assert check(game, state, orders) == (None,) * len(orders)
