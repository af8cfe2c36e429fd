"""A session keeps what it acknowledged, comes back as it was, follows no forged entry, and keeps orders secret."""

import copy
import json
import os
import random
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import game as package
from game.core import Game, Order, check
from game.play import session as module
from game.play.journal import Damaged, Entry, Journal
from game.play.session import CONTROL, PERSON, ScenarioProblem, Session, SessionProblem, rebuilt
from game.scenario.document import digest_of
from game.scenario.library import restored

CHILD = Path(__file__).with_name("scripted_session.py")
_SCRIPTED = runpy.run_path(str(CHILD))
DEEDS, act, chosen_orders, fingerprint, opened, people = (
    _SCRIPTED[name] for name in ("DEEDS", "act", "chosen_orders", "fingerprint", "opened", "people")
)
KILLS = int(os.environ.get("KILLS", "100"))
BOUND: dict[str, Game] = {}
Items = list[tuple[str, dict[str, Any]]]
ACTS = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 10**6)), min_size=1, max_size=40)


def locked_turn(session: Session) -> None:
    """Every seat locks what it has, and the turn is played."""
    for agency in session.waiting():
        session.lock(agency)
    session.play_turn()


def names(game: Game) -> list[str]:
    return [agency.id for agency in game.agencies]


def all_persons(game: Game, seed: int, journal: Journal | None = None) -> Session:
    return Session.begin(game, dict.fromkeys(names(game), PERSON), seed=seed, journal=journal)


@pytest.fixture(autouse=True)
def _bound_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same document is bound once, so that hundreds of resumptions take seconds."""

    def remembered(plain: object) -> Game:
        text = json.dumps(plain, ensure_ascii=False)
        if text not in BOUND:
            BOUND[text] = restored(plain)
        return BOUND[text]

    monkeypatch.setattr(module, "restored", remembered)


# --- crashes --------------------------------------------------------------------------------------------------------


@pytest.fixture
def server(game: Game) -> Iterator[subprocess.Popen[str]]:
    if not hasattr(os, "fork"):
        pytest.skip("needs fork; test_journal kills a writer on every system")
    root = str(Path(package.__file__).parent.parent)
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    with subprocess.Popen(
        [sys.executable, CHILD, game.id],
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def killed(server: subprocess.Popen[str], path: Path, seed: int, deeds: int, wait: float) -> list[tuple[int, str]]:
    """What a playing process acknowledged before it was killed, some deeds and a moment after its beginning."""
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(f"{seed} {path}\n")
    server.stdin.flush()
    number = int(server.stdout.readline())
    told = [server.stdout.readline() for _ in range(deeds)]
    time.sleep(wait)
    os.kill(number, signal.SIGKILL)
    while told[-1] != "dead\n":
        told.append(server.stdout.readline())
        assert told[-1]
    return [(int(line.split()[0]), line.split()[1]) for line in told[:-1]]


def test_kill_at_any_moment(server: subprocess.Popen[str], tmp_path: Path) -> None:
    dice = random.Random(7)
    played = 0
    for number in range(KILLS):
        path = tmp_path / f"{number}.kuroshio"
        told = dict(killed(server, path, number, dice.randint(1, 30), dice.random() * 0.02))
        with Journal.open(path) as journal:
            session = Session.resume(journal)
            assert max(told) <= len(journal.entries) <= max(told) + 1
            again = rebuilt(journal.entries[:1])
            for entry in journal.entries:
                if entry.seq > 1:
                    again.apply(entry.kind, entry.body)
                if entry.seq in told:
                    assert fingerprint(again, views=False) == told[entry.seq]
            assert fingerprint(session) == fingerprint(again)
            session.speak("We go on.", [], "")
            played += sum(entry.kind == "played" for entry in journal.entries)
    assert played >= KILLS // 4


# --- taking up again ------------------------------------------------------------------------------------------------


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**63), ACTS)
def test_every_prefix_comes_back(
    game: Game, tmp_path_factory: pytest.TempPathFactory, seed: int, acts: list[tuple[str, int]]
) -> None:
    path = tmp_path_factory.mktemp("s") / "s.kuroshio"
    with Journal.create(path) as journal:
        session = opened(game, seed, journal)
        lived = {1: fingerprint(session)}
        for deed, n in acts:
            before = len(journal.entries)
            act(session, deed, n)
            assert len(journal.entries) <= before + 1
            lived[len(journal.entries)] = fingerprint(session)
    with Journal.open(path) as journal:
        again = rebuilt(journal.entries[:1])
        assert fingerprint(again) == lived[1]
        for entry in journal.entries[1:]:
            again.apply(entry.kind, entry.body)
            assert fingerprint(again) == lived[entry.seq]
        resumed = Session.resume(journal)
        assert fingerprint(resumed) == lived[len(journal.entries)]
        resumed.speak("on", [], "")
        assert journal.entries[-1].kind == "spoken"


@pytest.mark.parametrize("policy", ["doctrine", "random"])
def test_computer_players_order_the_same_after_a_resume(game: Game, tmp_path: Path, policy: str) -> None:
    """The journal writes tables with sorted keys: nothing that is drawn may depend on the order of keys."""
    with Journal.create(tmp_path / "s") as journal:
        session = Session.begin(game, dict.fromkeys(names(game), policy), seed=4, journal=journal)
        resumed = rebuilt(journal.entries)
        while not session.ended:
            assert resumed.play_turn() == session.play_turn()


# --- forged entries -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def true(game: Game, tmp_path_factory: pytest.TempPathFactory) -> Items:
    """What a good journal with something of every kind says."""
    path = tmp_path_factory.mktemp("true") / "s"
    with Journal.create(path) as journal:
        session = opened(game, 11, journal)
        first = people(session)[0]
        session.draft(first, chosen_orders(session, first, 7))
        session.lock(first)
        session.take_back(first)
        locked_turn(session)
        session.speak("A word.", [first], "to see")
        risk = f"risk.{game.tracks['risk'].labels[0]}"
        session.overrule(risk, game.tracks["risk"].low + 1, "too high")
        locked_turn(session)
        session.rewind(2, "again")
        session.reseat(names(game)[-1], PERSON)
        locked_turn(session)
        return [(entry.kind, copy.deepcopy(dict(entry.body))) for entry in journal.entries]


def place(items: Items, kind: str, nth: int = 0) -> int:
    return [number for number, (found, _) in enumerate(items) if found == kind][nth]


def refused(path: Path, items: Items, problem: type[Exception] | tuple[type[Exception], ...] = Damaged) -> str:
    """A journal with a right chain that says these things is refused in a sentence and not changed."""
    with Journal.create(path) as journal:
        journal.append_all(items)
    before = path.read_bytes()
    with Journal.open(path) as journal, pytest.raises(problem) as caught:
        Session.resume(journal)
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]
    text = str(caught.value)
    assert text.isprintable()
    assert len(text) < 600
    assert text.endswith((".", "'"))
    return text


def test_the_true_journal_is_followed(true: Items, tmp_path: Path) -> None:
    assert {kind for kind, _ in true} == {"opened", *(k for k in DAMAGES if k != "opened")}
    with Journal.create(tmp_path / "s") as journal:
        journal.append_all(true)
        assert len(Session.resume(journal).history) == 2


HUGE = 10**4000
WRONG: list[Any] = [
    None,
    True,
    1.5,
    -1,
    0,
    HUGE,
    -HUGE,
    "",
    "5",
    "\x1b[31m",
    "nobody",
    [],
    ["x"],
    [[]],
    {},
    {"a": 1},
    [5],
    [{}],
]
DAMAGES: dict[str, list[str]] = {
    "opened": ["scenario", "scenario_digest", "seed", "seats", "control"],
    "drafted": ["agency", "orders"],
    "locked": ["agency"],
    "taken_back": ["agency"],
    "played": ["turn", "digest"],
    "spoken": ["text", "to", "reason"],
    "overruled": ["name", "before", "value", "reason"],
    "rewound": ["turn", "branch", "reason"],
    "seated": ["agency", "policy"],
}


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind, keys in DAMAGES.items() for key in keys])
def test_missing_keys_and_wrong_types(game: Game, true: Items, tmp_path: Path, kind: str, key: str) -> None:
    items = copy.deepcopy(true)
    del items[place(items, kind)][1][key]
    refused(tmp_path / "s", items, (Damaged, ScenarioProblem))
    right = true[place(true, kind)][1][key]
    harmless = {"spoken": [""], "rewound": [""], "drafted": []}.get(kind, [])
    for wrong in WRONG:
        if type(wrong) is type(right) and (wrong == right or wrong in harmless or key in ("reason", "text")):
            continue
        if (kind, key) == ("opened", "seed") and type(wrong) is int and 0 <= wrong < 2**64:
            continue
        if (kind, key, wrong) in (("spoken", "to", []), ("drafted", "orders", []), ("overruled", "value", 0)):
            continue
        changed = [(k, dict(body)) for k, body in true]
        changed[place(true, kind)][1][key] = wrong
        sealed = [
            Entry(n, k, json.loads(json.dumps(body)) if k != "opened" else body, "")
            for n, (k, body) in enumerate(changed)
        ]
        with pytest.raises((Damaged, ScenarioProblem)) as caught:
            rebuilt(sealed)
        assert str(caught.value).isprintable() or isinstance(caught.value, ScenarioProblem)


def entry(kind: str, **body: Any) -> tuple[str, dict[str, Any]]:
    return kind, body


def test_forged_deeds(game: Game, true: Items, tmp_path: Path) -> None:
    """What no person could have done, no journal can say."""
    opening, first = true[:1], names(game)[0]
    empty = Session.begin(game, {}, seed=true[0][1]["seed"])
    good = next(o.order for o in empty.view(first).options if o.refusal is None)
    bad = next(o.order for a in names(game) for o in empty.view(a).options if o.refusal)
    plain, illegal = attrs.asdict(good), attrs.asdict(bad)
    digest = true[place(true, "played")][1]["digest"]
    risk = game.tracks["risk"]
    label = f"risk.{risk.labels[0]}"
    here = risk.start[0]
    resting = next(t for t in game.tracks.values() if not t.lasting and t.size and t.id not in ("order", "done"))
    locks = [entry("locked", agency=name) for name in people(rebuilt([Entry(1, *true[0], "")]))]
    hopeless: dict[str, Items] = {
        "another order than was known": [entry("drafted", agency=first, orders=[{**plain, "action": "no_such"}])],
        "somebody else's order": [entry("drafted", agency=first, orders=[{**plain, "agency": names(game)[2]}])],
        "an order that is refused": [entry("drafted", agency=bad.agency, orders=[illegal])],
        "one order twice": [entry("drafted", agency=first, orders=[plain, plain])],
        "an order with more in it": [entry("drafted", agency=first, orders=[{**plain, "more": "x"}])],
        "an order that is no text": [entry("drafted", agency=first, orders=[{**plain, "reason": {}}])],
        "a computer's draft": [entry("drafted", agency=names(game)[1], orders=[])],
        "a lock of nobody": [entry("locked", agency="nobody")],
        "two locks": [locks[0], locks[0]],
        "a draft after the lock": [entry("locked", agency=first), entry("drafted", agency=first, orders=[])],
        "taken back unlocked": [entry("taken_back", agency=first)],
        "taken back when all have locked": [*locks, entry("taken_back", agency=first)],
        "a turn before all have locked": [entry("played", turn=1, orders=[], digest=digest)],
        "a turn out of order": [*locks, entry("played", turn=3, orders=[], digest=digest)],
        "a turn with orders that nobody drafted": [*locks, entry("played", turn=1, orders=[plain], digest=digest)],
        "a turn with illegal orders": [*locks, entry("played", turn=1, orders=[illegal], digest=digest)],
        "words to nobody": [entry("spoken", text="x", to=["nobody"], reason="")],
        "above the limit": [entry("overruled", name=label, before=here, value=risk.high + 1, reason="x")],
        "below the limit": [entry("overruled", name=label, before=here, value=risk.low - 1, reason="x")],
        "another value before": [entry("overruled", name=label, before=here + 1, value=risk.low, reason="x")],
        "no reason": [entry("overruled", name=label, before=here, value=risk.low, reason=" ")],
        "no such value": [entry("overruled", name="no.such", before=0, value=0, reason="x")],
        "many values": [entry("overruled", name="risk", before=0, value=0, reason="x")],
        "a value that does not last": [
            entry("overruled", name=f"{resting.id}.{resting.labels[0]}", before=0, value=1, reason="x")
        ],
        "the end": [entry("overruled", name="over", before=0, value=1, reason="x")],
        "back to where nobody was": [entry("rewound", turn=1, branch=1, reason="x")],
        "back before the beginning": [*true[1:], entry("rewound", turn=0, branch=2, reason="x")],
        "back with a negative turn": [*true[1:], entry("rewound", turn=-1, branch=2, reason="x")],
        "back too far": [*true[1:], entry("rewound", turn=HUGE, branch=2, reason="x")],
        "a branch left out": [*true[1:], entry("rewound", turn=1, branch=3, reason="x")],
        "an unknown player": [entry("seated", agency=first, policy="genius")],
        "an unknown seat": [entry("seated", agency="nobody", policy=PERSON)],
        "an unknown kind": [entry("bribed", agency=first)],
        "opened twice": list(true[:1]),
        "a name that steers the terminal": [entry("locked", agency="\x1b[31m")],
    }
    for number, (why, forged) in enumerate(hopeless.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        text = refused(folder / "s", [*opening, *forged])
        assert "\x1b" not in text, why
        with Journal.open(folder / "s") as journal:
            assert len(journal.entries) == 1 + len(forged), why


FORGED_GROUPS: dict[str, Any] = {
    "no list": "jp_kantei+jp_mod",
    "a table": {"jp_kantei": "jp_mod"},
    "nothing": None,
    "a number": HUGE,
    "no lists in it": ["jp_kantei", "jp_mod"],
    "an empty one": [[]],
    "one alone": [["jp_kantei"]],
    "an unknown agency": [["jp_kantei", "nobody"]],
    "no name": [["jp_kantei", 5]],
    "lists of lists": [["jp_kantei", ["jp_mod"]]],
    "a name that steers the terminal": [["jp_kantei", "\x1b[31m"]],
    "one twice": [["jp_kantei", "jp_kantei"]],
    "one in two groups": [["jp_kantei", "jp_mod"], ["jp_mod", "jp_kantei"]],
    "across sides": [["jp_kantei", "cn_oimc"]],
    "a computer's agency": [["jp_kantei", "jp_mofa"]],
    "two PINs": [["jp_kantei", "jp_mod"]],
}


@pytest.mark.parametrize("why", FORGED_GROUPS)
def test_forged_groups(true: Items, tmp_path: Path, why: str) -> None:
    body = copy.deepcopy(true[0][1])
    body["groups"] = FORGED_GROUPS[why]
    if why == "two PINs":
        body["seats"]["jp_mod"] = {**body["seats"]["jp_mod"], "pin": "", "salt": ""}
    if why != "a number":
        text = refused(tmp_path / "s", [("opened", body)])
        assert "\x1b" not in text
    with pytest.raises(Damaged):
        rebuilt([Entry(1, "opened", body, "")])


def test_a_turn_that_comes_out_otherwise(true: Items, tmp_path: Path) -> None:
    items = copy.deepcopy(true)
    items[place(items, "played", 1)][1]["digest"] = "0" * 32
    assert "does not come out as the journal recorded it" in refused(tmp_path / "s", items)


def test_turns_after_the_end(game: Game, tmp_path: Path) -> None:
    with Journal.create(tmp_path / "true") as journal:
        session = Session.begin(game, {}, seed=3, journal=journal)
        while not session.ended:
            session.play_turn()
        items = [(e.kind, dict(e.body)) for e in journal.entries]
    (tmp_path / "true").unlink()
    turn, digest = session.state.turn + 1, session.history[-1].digest
    refused(tmp_path / "s", [*items, entry("played", turn=turn, orders=[], digest=digest)])
    with pytest.raises(SessionProblem, match="ended"):
        session.play_turn()
    with pytest.raises(SessionProblem, match="ended"):
        session.record([])


def test_another_scenario(game: Game, true: Items, tmp_path: Path) -> None:
    """With another document the fingerprint, the seats or a turn's digest give it away."""
    document = copy.deepcopy(true[0][1]["scenario"])
    document["settings"]["title"] = "Another"
    items = [("opened", {**true[0][1], "scenario": document}), *true[1:]]
    assert "fingerprint" in refused(tmp_path / "s", items)
    (tmp_path / "s").unlink()
    risk = next(t for t in document["entries"]["track"] if t["id"] == "risk")
    risk["start"] = dict.fromkeys(risk["start"], 7)
    other = restored(document).digest
    items = [("opened", {**true[0][1], "scenario": document, "scenario_digest": other}), *true[1:]]
    refused(tmp_path / "s", items)
    for hopeless in (None, [], "x", {}, {"id": "x"}, {**document, "entries": []}, {**document, "settings": {}}):
        (tmp_path / "s").unlink()
        with Journal.create(tmp_path / "s") as journal:
            journal.append("opened", {**true[0][1], "scenario": hopeless})
            with pytest.raises((ScenarioProblem, Damaged)):
                Session.resume(journal)


def test_a_document_that_another_version_laid_out_is_played_on(true: Items, tmp_path: Path) -> None:
    """An earlier version of the program knew fewer kinds of entries, and kept none of those."""
    document = copy.deepcopy(true[0][1]["scenario"])
    document["entries"] = {kind: found for kind, found in document["entries"].items() if kind != "objective"}
    earlier = digest_of(document)
    assert restored(document).digest != earlier
    with Journal.create(tmp_path / "s") as journal:
        journal.append("opened", {**true[0][1], "scenario": document, "scenario_digest": earlier})
        for kind, body in true[1:]:
            journal.append(kind, body)
    with Journal.open(tmp_path / "s") as journal:
        assert Session.resume(journal).history


def leaves(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a document: what holds it, and its key."""
    found = []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        found += [(value, key), *leaves(inner)]
    return found


def test_scenarios_damaged_at_random(true: Items) -> None:
    """A document with anything anywhere is bound or refused; nothing else comes out."""
    dice = random.Random(2)
    for _ in range(40):
        body = copy.deepcopy(true[0][1])
        spots = leaves({key: body["scenario"][key] for key in ("settings", "entries")})
        holder, key = dice.choice(spots)
        wrong = dice.choice(WRONG)
        holder[key] = wrong
        try:
            rebuilt([Entry(1, "opened", body, "")])
        except (Damaged, ScenarioProblem) as problem:
            assert str(problem)
        except Exception as error:
            pytest.fail(f"{key} = {str(wrong)[:60]!r}: {error!r}"[:300])


# --- secrets --------------------------------------------------------------------------------------------------------


def outside(session: Session, agency: str) -> str:
    """Everything that the others and the public can see or be told."""
    rest = [name for name in names(session.game) if name != agency]
    told: list[Any] = [session.game.texts, session.ended, session.news, session.branch, session.waiting()]
    for name in rest:
        view = session.view(name)
        told += [view, session.drafts(name), check(session.game, session.state, [o.order for o in view.options])]
    return repr(told)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 2**63), st.integers(0, 2), st.lists(st.tuples(st.integers(0, 99), st.integers(0, 10**6)), max_size=8)
)
def test_drafts_are_secret(game: Game, seed: int, turns: int, drafts: list[tuple[int, int]]) -> None:
    session = all_persons(game, seed)
    for _ in range(turns):
        if not session.ended:
            locked_turn(session)
    for who, n in drafts:
        agency = names(game)[who % len(game.agencies)]
        before = outside(session, agency)
        session.draft(agency, chosen_orders(session, agency, n))
        assert outside(session, agency) == before
        own = [option.order for option in session.view(agency).options if option.refusal]
        if own:
            assert session.draft(agency, own[:1]) is not None
        assert outside(session, agency) == before


# --- control --------------------------------------------------------------------------------------------------------


def test_what_control_does_stays(game: Game, tmp_path: Path) -> None:
    first = names(game)[0]
    with Journal.create(tmp_path / "s") as journal:
        session = all_persons(game, 21, journal)
        orders = {name: chosen_orders(session, name, 3 + number) for number, name in enumerate(names(game))}

        def turn(given: dict[str, list[Order]]) -> str:
            for name, some in given.items():
                assert session.draft(name, some) is None
            locked_turn(session)
            return session.history[-1].digest

        old = turn(orders)
        label = f"risk.{game.tracks['risk'].labels[0]}"
        value = session.state.row[game.tracks["risk"].first]
        session.speak("A word from control.", [first], "why it was said")
        session.overrule(label, game.tracks["risk"].high, "why it was set")
        assert any(told.text == "A word from control." for told in session.view(first).told)
        assert all(told.text != "A word from control." for told in session.view(names(game)[1]).told)
        session.rewind(1, "why it was taken back")
        assert session.branch == 1
        assert turn(orders) == old
        session.rewind(1, "")
        changed = turn({name: [] for name in names(game)})
        assert changed != old
        said = [(e.kind, e.body.get("reason")) for e in journal.entries if "reason" in e.body]
        assert ("spoken", "why it was said") in said
        assert ("overruled", "why it was set") in said
        assert ("rewound", "why it was taken back") in said
        kept = next(e.body for e in journal.entries if e.kind == "overruled")
        assert (kept["before"], kept["value"]) == (value, game.tracks["risk"].high)
        assert [e.body["digest"] for e in journal.entries if e.kind == "played"] == [old, old, changed]


def test_control_is_refused_in_words(game: Game) -> None:
    session = all_persons(game, 1)
    risk = game.tracks["risk"]
    label = f"risk.{risk.labels[0]}"
    for name, value, reason in (
        (label, risk.high + 1, "x"),
        (label, risk.low - 1, "x"),
        (label, risk.low, "  "),
        ("risk", risk.low, "x"),
        ("spoken", 0, "x"),
        ("over", 1, "x"),
        ("nothing", 1, "x"),
    ):
        with pytest.raises(SessionProblem):
            session.overrule(name, value, reason)
    for deed in (
        lambda: session.rewind(1, "x"),
        lambda: session.speak("x", ["nobody"]),
        lambda: session.reseat("nobody", PERSON),
        lambda: session.reseat(names(game)[0], "genius"),
        session.play_turn,
        lambda: session.why(1, label),
        lambda: session.lock("nobody"),
        lambda: session.draft("nobody", []),
        lambda: Session.begin(game, {"nobody": PERSON}),
        lambda: Session.begin(game, {names(game)[0]: "genius"}),
        lambda: Session.begin(game, {}, seed=-1),
        lambda: Session.begin(game, {}, pins={"nobody": "1"}),
    ):
        with pytest.raises(SessionProblem):
            deed()


def test_an_overruled_value_opens_the_orders_that_it_forbids(game: Game) -> None:
    """Else all seats have locked, the turn cannot be played, and nobody can take anything back."""
    for agency in names(game):
        session = all_persons(game, 5)
        for option in session.view(agency).options:
            for track in game.tracks.values():
                if option.refusal or not track.lasting or track.id in ("over", "spoken"):
                    continue
                for number in range(track.size):
                    row = list(session.state.row)
                    value = track.low if row[track.first + number] != track.low else track.high
                    row[track.first + number] = value
                    if check(game, attrs.evolve(session.state, row=tuple(row)), [option.order])[0]:
                        assert session.draft(agency, [option.order]) is None
                        for name in session.waiting():
                            session.lock(name)
                        name = f"{track.id}.{track.labels[number]}" if track.labels[number] else track.id
                        session.overrule(name, value, "to see")
                        assert session.drafts(agency) == ()
                        assert session.waiting() == (agency,)
                        assert any(told.kind == "refusal" for told in session.view(agency).told)
                        locked_turn(session)
                        return
    pytest.fail("no order of this scenario can be made impossible by one value")


# --- seats ----------------------------------------------------------------------------------------------------------


def test_taking_back(game: Game) -> None:
    session = all_persons(game, 8)
    first, *rest = names(game)
    with pytest.raises(SessionProblem):
        session.take_back(first)
    session.lock(first)
    session.lock(first)
    assert session.draft(first, []) is not None
    session.take_back(first)
    assert session.draft(first, []) is None
    for name in (first, *rest):
        session.lock(name)
    for name in (first, *rest):
        with pytest.raises(SessionProblem, match="no longer"):
            session.take_back(name)
    session.play_turn()
    with pytest.raises(SessionProblem, match="nothing"):
        session.take_back(first)


def test_pins(game: Game, tmp_path: Path) -> None:
    first, second = names(game)[:2]
    pins = {first: "4711-kuroshio", second: "黒潮", CONTROL: "conductor's own"}
    path = tmp_path / "s"
    with Journal.create(path) as journal:
        Session.begin(game, dict.fromkeys(pins.keys() - {CONTROL}, PERSON), seed=1, pins=pins, journal=journal)
    with Journal.open(path) as journal:
        session = Session.resume(journal)
        for seat, pin in (
            (session.seats[first], pins[first]),
            (session.seats[second], "黒潮"),
            (session.control, pins[CONTROL]),
        ):
            assert seat.admits(pin)
            for wrong in ("", pin + " ", pin[:-1], seat.pin, "\udcff", "é"):
                assert not seat.admits(wrong)
        assert session.seats[names(game)[2]].admits("")
        assert len({seat.pin for seat in (session.seats[first], session.control)}) == 2
        session.lock(first)
    raw = path.read_bytes()
    for pin in pins.values():
        assert pin.encode() not in raw
        assert json.dumps(pin).strip('"').encode() not in raw


def test_a_person_with_several_agencies_has_one_pin_and_comes_back(game: Game, tmp_path: Path) -> None:
    held = ("jp_kantei", "jp_mofa", "jp_mod")
    players = dict.fromkeys((*held, "cn_etc", "cn_mfa"), PERSON)
    with Journal.create(tmp_path / "s") as journal:
        Session.begin(game, players, seed=3, journal=journal, pins={"jp_mod": "p"}, groups=[held[::-1]])
        assert journal.entries[0].body["groups"] == [list(held)]
        session = rebuilt(journal.entries)
        assert [session.together(name) for name in (*held, "cn_etc")] == [held, held, held, ("cn_etc",)]
        assert all(session.seats[name].admits("p") and not session.seats[name].admits("q") for name in held)
        assert session.waiting() == ("jp_kantei", "jp_mofa", "jp_mod", "cn_mfa", "cn_etc")
        views = [session.view(name) for name in names(game)]
        alone = Session.begin(game, players, seed=3)
        assert [alone.view(name) for name in names(game)] == views
        session._journal = journal
        session.reseat("jp_mofa", PERSON)
        assert session.groups == (("jp_kantei", "jp_mod"),)
        assert session.seats["jp_mofa"].admits("")
        assert not session.seats["jp_kantei"].admits("")
        session.reseat("jp_kantei", "doctrine")
        assert session.groups == ()
        assert session.together("jp_mod") == ("jp_mod",)
        assert fingerprint(rebuilt(journal.entries)) == fingerprint(session)


def test_without_such_people_a_journal_is_as_it_always_was(game: Game, tmp_path: Path) -> None:
    with Journal.create(tmp_path / "s") as journal:
        all_persons(game, 3, journal)
        assert journal.entries[0].body.keys() == {
            "program", "scenario", "scenario_digest", "seed", "seats", "control"
        }  # fmt: skip
        assert rebuilt(journal.entries).groups == ()


def test_groups_that_no_table_could_have(game: Game) -> None:
    players = {"jp_kantei": PERSON, "jp_mofa": PERSON, "cn_mfa": PERSON}
    for groups, pins in (
        ([["jp_kantei", "cn_mfa"]], {}),
        ([["jp_kantei", "jp_mod"]], {}),
        ([["jp_kantei", "jp_mofa"], ["jp_mofa", "jp_kantei"]], {}),
        ([["jp_kantei", "nobody"]], {}),
        ([["jp_kantei"]], {}),
        ([["jp_kantei", "jp_mofa"]], {"jp_kantei": "one", "jp_mofa": "two"}),
    ):
        with pytest.raises(SessionProblem):
            Session.begin(game, players, groups=groups, pins=pins)


def test_what_the_journal_cannot_keep(game: Game, tmp_path: Path) -> None:
    with Journal.create(tmp_path / "s") as journal:
        session = all_persons(game, 1, journal)
        with pytest.raises(SessionProblem):
            session.speak("\ud800", [], "")
        with pytest.raises(SessionProblem, match="already"):
            all_persons(game, 1, journal)
        session.speak("fine", [], "")
        assert [e.kind for e in journal.entries] == ["opened", "spoken"]
    with pytest.raises(SessionProblem, match="closed"):
        session.speak("late", [], "")
    assert [event.label for event in session.news] == ["fine"]


def test_a_run_kept_as_a_journal(game: Game, tmp_path: Path) -> None:
    with Journal.create(tmp_path / "s") as journal:
        session = Session.begin(game, {}, seed=2, journal=journal)
        refusable = [o.order for a in names(game) for o in session.view(a).options if o.refusal]
        with pytest.raises(SessionProblem):
            session.record(refusable[:1])
        session.record([])
        assert fingerprint(rebuilt(journal.entries)) == fingerprint(session)
    session = all_persons(game, 2)
    with pytest.raises(SessionProblem):
        session.record([])
