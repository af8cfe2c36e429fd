"""Whole evenings around one laptop: secrets stay secret, nothing is lost, nothing typed breaks anything."""

import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from game.play.journal import Journal
from game.play.playout import read_script
from game.play.session import Session, rebuilt

Make = Callable[..., Any]
TWO = {"jp_mofa": "person", "cn_etc": "person"}
SOLO_TURN = ("", "5", "lock")


def resumed(path: Path) -> Session:
    return rebuilt(Journal.read(path))


def test_one_person_plays_a_whole_game_and_reads_the_review(table: Make, tmp_path: Path) -> None:
    one = table()
    turns = [answer for _ in range(8) for answer in (*SOLO_TURN, "")]
    orders = tmp_path / "orders.toml"
    assert (
        one.play(
            *turns,
            "history",
            "debrief",
            "sources",
            "chronicle",
            "why risk 1",
            "look",
            "what",
            "quit",
            orders_out=orders,
        )
        == 0
    )
    session = resumed(one.journal)
    assert session.ended
    assert len(session.history) == 8
    script = read_script(orders.read_text(encoding="utf-8"), "orders.toml")
    assert [script.turns[n + 1] for n in range(8)] == [
        tuple(type(order)(order.agency, order.action, order.choice) for order in moment.orders)
        for moment in session.history
    ]
    for expected in ("The end: ", "What drove risk", "WHAT HAPPENED", "QUESTIONS", "Seed 5", "kuroshio play --journal"):
        assert expected in one.text
    assert "Pass the keyboard to Ministry of Foreign Affairs of Japan" in one.text


def test_what_one_seat_does_never_shows_on_anothers_screen(table: Make) -> None:
    shown = []
    for name, secrets in (
        ("quiet", ("lock", "yes")),
        (
            "busy",
            ("5", "reason the emperor is asleep", "expect they blink", "2", "told", "why risk", "map", "look", "lock"),
        ),
    ):
        one = table(name, **TWO)
        answers = ["", *secrets, "", "look", "told", "values", "orders", "map", "goals", "brief", "why risk", "leave"]
        assert one.play(*answers) == 0
        # Screens: the title, the opening, MOFA's, between, ETC's, after it.
        screens = one.screens()
        assert len(screens) == 6
        assert "emperor" not in "".join(screens[3:])
        shown.append("".join(screens[3:]).partition("Everything is kept")[0])
    assert shown[0].encode() == shown[1].encode()
    assert "Eastern Theater Command" in shown[0]


def test_a_seats_screen_is_cleared_on_a_real_terminal_and_on_a_dumb_one(
    table: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("game.terminal.paper._understands_escapes", lambda: True)
    for term, clear in (("xterm", "\x1b[3J\x1b[2J\x1b[H"), ("dumb", "\n" * 60)):
        monkeypatch.setenv("TERM", term)
        one = table(term)
        one.out = Screen()
        assert one.play("", "5", "quit") == 0
        after = one.text.rpartition(clear)[2]
        assert "Protest" not in after
        assert "kuroshio play --journal" in after


ODD = ("", " ", "\x1b[2J\x07", "\udc80", "５", "²", "日本", "a" * 100_000, "\N{RIGHT-TO-LEFT OVERRIDE}abc", "write \0")
WORDS = """
0|-1|99999999999999999999|5 5 5|order|order x|order 5 reason 6|drop|drop 99|drop 5|reason|expect|reason 5
expect 5 x|why|why nothing at all|why risk 0|why risk 99999999999999|why 7|why seed|why order|why risk.cn.jp
lok|mpa|jp_mofa|control|back|{0} {name} %s|'; drop table entries|told now|overrule|overrule risk 5
overrule risk.jp.cn x|overrule risk.jp.cn 99999|overrule posture.y9 circling|speak|rewind|rewind 0|rewind x
rewind 999999999999|seat|seat x|seat 1 nobody|seat 99 person|journal x|journal 0|journal 3|values risk|write
write /nowhere/at/all|write .|yes|no|chronicle|news|public|leave|help|1|2|5|l|map
"""
NONSENSE = (*ODD, *WORDS.strip().replace("\n", "|").split("|"))


@pytest.mark.parametrize("seed", range(6))
def test_no_answer_ever_breaks_anything(table: Make, seed: int) -> None:
    draw = random.Random(seed)
    one = table(**TWO)
    answers = [draw.choice((*NONSENSE, "", "lock", "control", "yes", "back")) for _ in range(300)]
    for start in range(0, 300, 100):
        assert one.play(*answers[start : start + 100]) == 0
    assert "\x1b" not in one.text
    resumed(one.journal)


def test_nonsense_at_the_opening(table: Make) -> None:
    one = table()
    answers = (
        "x",
        "9",
        "1",
        "nope",
        "1 2 99",
        "authority",
        "many",
        "2",
        "nobody",
        "1 4",
        "x",
        "r",
        "maybe",
        "yes",
        "11",
        "",
        "99",
    )
    assert one.play(*answers, "", "11", "1", scenario=None, seats=None) == 0
    session = resumed(one.journal)
    assert session.game.variants == ("authority",)
    assert [name for name, seat in session.seats.items() if seat.policy == "person"] == ["cn_mfa", "jp_kantei"]
    assert session.seats["us_gov"].policy == "random"
    assert "CONTROL" not in one.text


def test_wrong_words_on_the_command_line_end_in_a_sentence(table: Make, tmp_path: Path) -> None:
    for code, more in (
        (2, {"scenario": "airspace-2042"}),
        (2, {"variants": ("no_such",)}),
        (2, {"seats": {"jp_moffa": "person"}}),
        (2, {"seats": {"jp_mofa": "robot"}}),
        (3, {"journal": tmp_path / "no" / "folder" / "x.kuroshio"}),
        (3, {"journal": tmp_path}),
    ):
        one = table()
        assert one.play(**more) == code
        assert "Traceback" not in one.text
        assert not one.journal.exists()
    broken = tmp_path / "broken.kuroshio"
    broken.write_bytes(b"not a journal")
    one = table()
    assert one.play(journal=broken) == 1
    assert broken.read_bytes() == b"not a journal"


def test_pins_open_their_own_seat_alone(table: Make) -> None:
    one = table(**TWO)
    # Letters that no digest in the journal can hold: digits would be found in one by chance.
    opening = ("2", "mofa etc", "doctrine", "yes", "one-pin", "two-pin", "its-pin")
    wrong = ("", "two-pin", "", "no-pin")
    assert one.play(*opening, *wrong, seats=None) == 0
    assert "was not given" in one.text
    assert "objectives" not in one.text.lower().partition("pass the keyboard")[2]
    assert (
        one.play(
            "control",
            "one-pin",
            "two-pin",
            "x",
            "control",
            "its-pin",
            "back",
            "",
            "one-pin",
            "5",
            "lock",
            "back",
            "one-pin",
            "",
            "one-pin",
            "leave",
        )
        == 0
    )
    assert one.text.count("CONTROL sees everything") == 1
    assert resumed(one.journal).waiting() == ("jp_mofa", "cn_etc")
    assert [order.choice for order in resumed(one.journal).drafts("jp_mofa")] == ["bureau"]
    for pin in ("one-pin", "two-pin", "its-pin"):
        assert pin.encode() not in one.journal.read_bytes()


def test_stopping_while_drafting_keeps_the_draft(table: Make) -> None:
    one = table(**TWO)
    assert one.play("", "5", "reason because") == 0
    assert one.play("", "expect calm", "lock") == 0
    (order,) = resumed(one.journal).drafts("jp_mofa")
    assert (order.choice, order.reason, order.expects) == ("bureau", "because", "calm")
    assert "Locked: MOFA. Still to draft: ETC." in one.text


@pytest.mark.parametrize("computer", ["random", "doctrine"])
def test_quitting_and_going_on_comes_to_the_same_as_going_on_at_once(table: Make, computer: str) -> None:
    others = ("jp_kantei", "jp_mod", "cn_mfa", "cn_oimc", "us_gov")
    seats = dict.fromkeys(others, computer) | TWO
    whole, parts = table("whole", **seats), table("parts", **seats)
    assert whole.play(*["", "5", "2", "lock", "", "1", "lock", ""] * 2) == 0
    for answers in [("", "5"), ("", "2", "lock", "quit"), ("", "1", "quit"), ("", "lock"), ("", "quit")] * 2:
        assert parts.play(*answers) == 0
    assert resumed(whole.journal).history == resumed(parts.journal).history
    assert len(resumed(whole.journal).history) == 2


def test_control_speaks_overrules_rewinds_and_reseats(table: Make, tmp_path: Path) -> None:
    one = table(**TWO)
    turn = ("", "5", "lock", "", "1", "lock", "")
    file = tmp_path / "so far.toml"
    said = ("control", "yes", "speak", "The line is noisy", "mofa, 6")
    set_values = ("overrule risk.jp.cn 300", "it was too low", "overrule risk.jp.cn 5", "")
    words = ("overrule disclosed announced", "the press knew", "seat us person", "seat 7 doctrine", "why risk 1")
    looked = ("journal 5", "values", "chronicle", f"write {file}", f"write {file}", "back")
    assert one.play(*turn, *said, *set_values, *words, *looked, "", "told", "leave") == 0
    session = resumed(one.journal)
    assert session.state.row[session.game.cells_named("risk.jp.cn")[0]] == 300
    assert "exists already" in one.text
    assert read_script(file.read_text(encoding="utf-8"), "x").turns
    mofa = one.screens()[-2]
    assert "The line is noisy" in mofa
    assert "it was too low" in " ".join(mofa.split())
    assert one.play("control", "yes", "rewind 1", "once more", "chronicle", "back", *turn) == 0
    session = resumed(one.journal)
    assert (session.branch, len(session.history)) == (1, 1)


def test_orders_that_control_made_impossible_go_back_to_their_seat(table: Make) -> None:
    one = table(jp_mofa="person")
    answers = ("", "8", "lock", "control", "yes", "overrule status.directors suspended", "closed", "back")
    assert one.play(*answers, "", "1", "lock", "") == 0
    assert "taken out" in one.text
    (moment,) = resumed(one.journal).history
    assert [order.action for order in moment.orders if order.agency == "jp_mofa"] == ["statement"]


OPENING = ("1", "", "2", "mofa etc", "doctrine", "yes", "1", "", "3")
DRAFTING = (
    "",
    "1",
    "5",
    "reason x",
    "lock",
    "control",
    "yes",
    "speak",
    "text",
    "",
    "overrule risk.jp.cn 200",
    "so",
    "back",
)
PLAYING = ("", "2", "1", "lock", "", "", "1", "map", "quit")


@pytest.mark.parametrize("k", range(len(OPENING)))
def test_an_end_of_input_at_the_opening_leaves_nothing_behind(table: Make, k: int) -> None:
    one = table()
    assert one.play(*OPENING[:k], scenario=None, seats=None) == 0
    assert one.text.endswith("Nothing was begun.\n")
    assert not one.journal.exists()


@pytest.mark.parametrize("k", range(len(DRAFTING + PLAYING) + 1))
def test_an_end_of_input_at_any_place_loses_nothing(table: Make, k: int) -> None:
    one = table(**TWO)
    assert one.play(*(DRAFTING + PLAYING)[:k]) == 0
    assert "Go on with: kuroshio play --journal" in " ".join(one.text.split())
    before = resumed(one.journal)
    assert len(before.history) == (k > len(DRAFTING) + 4)
    assert one.play("quit") == 0
    after = resumed(one.journal)
    assert (after.state, after.history, after.waiting()) == (before.state, before.history, before.waiting())
    assert [after.drafts(name) for name in TWO] == [before.drafts(name) for name in TWO]


def test_an_interruption_says_goodbye_and_has_its_exit_code(table: Make) -> None:
    def interrupt() -> str:
        raise KeyboardInterrupt

    for answers in ((), ("", "5"), ("control", "yes")):
        one = table(f"stop{len(answers)}{answers[:1]}".replace("'", ""))
        assert one.play(ask=one.ask_from(answers, interrupt)) == 130
        assert "Go on with: kuroshio play --journal" in " ".join(one.text.split())
        resumed(one.journal)


def test_without_a_journal_named_one_is_made_here_and_said(table: Make) -> None:
    one = table()
    assert one.play(journal=None) == 0
    (made,) = Path().glob("airspace-2024-*.kuroshio")
    assert made.name in one.text.replace("\n", "")


def test_the_computer_plays_alone_while_people_watch(table: Make) -> None:
    one = table()
    assert one.play(*[""] * 8, "quit", seats={"us_gov": "random"}) == 0
    assert resumed(one.journal).ended
