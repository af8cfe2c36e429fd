"""One person with several agencies: one hand-over, each desk in turn, and every agency still on its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from game.play.journal import Journal
from game.play.session import Session, rebuilt

Make = Callable[..., Any]
JAPAN = ("jp_kantei", "jp_mofa", "jp_mod")
MERGED = {"+".join(JAPAN): "person", "cn_etc": "person"}
PASS = "Pass the keyboard to: Japan (Kantei, MOFA, MOD)\n"


def resumed(path: Path) -> Session:
    return rebuilt(Journal.read(path))


def test_one_hand_over_for_all_desks_of_a_person(table: Make) -> None:
    one = table(**MERGED)
    assert one.play("", "1", "reason a riddle", "lock", "5", "2", "lock", "6", "lock", "", "look", "lock", "yes") == 0
    session = resumed(one.journal)
    assert session.waiting() == ()
    assert [len(session.drafts(name)) for name in JAPAN] == [1, 2, 1]
    # Screens: the title, the opening, Japan's with all its desks, between, ETC's, after it.
    screens = one.screens()
    assert len(screens) == 6
    assert one.text.count("Pass the keyboard") == 2
    assert PASS in screens[1]
    for place, name in enumerate(JAPAN, 1):
        assert f"Desk {place} of 3: {session.view(name).name}" in screens[2]
    assert "Japan (Kantei, MOFA, MOD) has locked its orders." in screens[3]
    assert "Locked: Kantei, MOFA, MOD. Still to draft: ETC." in screens[3]
    assert "Desk" not in screens[4]
    for secret in ("riddle", "Drafted", "Prime Minister's Office (JP_KANTEI)"):
        assert secret not in "".join(screens[3:])


def test_each_desk_shows_what_its_agency_sees_and_no_more(table: Make) -> None:
    """The screens of MOFA and MOD are those that they would have with a person each."""
    acts = ("1", "reason quietly", "expect calm", "look", "lock"), ("5", "lock"), ("6", "look", "lock")
    together, apart = table("together", **MERGED), table("apart", **dict.fromkeys((*JAPAN, "cn_etc"), "person"))
    assert together.play("", *acts[0], *acts[1], *acts[2], "", "look", "leave") == 0
    assert apart.play("", *acts[0], "", *acts[1], "", *acts[2], "", "look", "leave") == 0
    desks = together.screens()[2].split("\nDesk ")[1:]
    assert len(desks) == 3
    # Each desk has a heading of two lines; a person with one agency has none.
    for desk, screen in zip(desks, apart.screens()[2:8:2], strict=True):
        assert desk.split("\n", 2)[2].strip() == screen.strip()
    assert together.screens()[4] == apart.screens()[8]
    assert "quietly" not in "".join(desks[1:])


def test_leaving_a_desk_opens_another_or_hands_the_keyboard_on(table: Make) -> None:
    one = table(**MERGED)
    left = (
        "",
        "1",
        "leave",
        "mod",
        "6",
        "lock",
        "leave",
        "nonsense",
        "help",
        "mod",
        "back mofa",
        "back nobody",
        "back mod",
    )
    assert one.play(*left, "leave", "") == 0
    session = resumed(one.journal)
    assert session.waiting() == (*JAPAN, "cn_etc")
    assert [len(session.drafts(name)) for name in JAPAN] == [1, 0, 1]
    for expected in (
        "Your desks: Kantei, orders drafted: 1; MOFA, orders drafted: 0; MOD, orders drafted: 0.",
        "MOD, locked",
        "MOD has locked. Type back MOD first.",
        "There is nothing to take back.",
        "Type back and the name of one of your desks.",
        "'nonsense' means nothing here.",
        "Pass the keyboard to Eastern Theater Command",
    ):
        assert expected in " ".join(one.text.split()), expected
    assert "Kantei" not in one.screens()[-1].replace(PASS, "")


def test_the_desks_come_back_after_a_stop(table: Make) -> None:
    one = table(**MERGED)
    assert one.play("", "1", "lock", "5", "quit") == 0
    assert one.play("", "look", "lock", "lock", "yes", "") == 0
    session = resumed(one.journal)
    assert session.waiting() == ("cn_etc",)
    assert session.groups == (JAPAN,)
    assert one.text.count(PASS) == 2
    again = one.text.rpartition(PASS)[2]
    assert "Desk 1 of 3" not in again
    assert "Desk 2 of 3" in again


def test_orders_are_taken_back_at_the_hand_over_for_one_desk(table: Make) -> None:
    one = table(**MERGED)
    lock_all = ("", "1", "lock", "5", "lock", "6", "lock")
    assert one.play(*lock_all, "back mofa", "", "drop 5", "lock", "yes", "", "lock", "yes", "") == 0
    session = resumed(one.journal)
    assert [order.agency for order in session.history[0].orders if order.agency in JAPAN] == ["jp_kantei", "jp_mod"]


def test_any_of_a_persons_agencies_names_the_person_at_the_hand_over(table: Make) -> None:
    one = table(**MERGED)
    assert (
        one.play("etc", "lock", "", "mod", "leave", "kantei", "lock", "", "leave", "", "etc", "kantei", "leave", "")
        == 0
    )
    assert "Eastern Theater Command has nothing to draft now." in one.text
    assert "Desk 3 of 3" in one.screens()[4]
    # Kantei has locked, so that its person sits down at the next desk.
    assert "Desk 2 of 3" in one.screens()[6]


def test_a_person_has_one_pin_for_all_agencies(table: Make) -> None:
    one = table()
    opening = ("2", "kantei+mod, mofa", "random", "yes", "one-pin", "two-pin", "its-pin")
    # Twice a wrong PIN, then the right one: three answers for one hand-over.
    assert (
        one.play(*opening, "", "two-pin", "", "one-pin", "lock", "", "lock", "", "", "two-pin", "lock", "", seats=None)
        == 0
    )
    assert [prompt for prompt in one.asked if prompt.startswith("PIN for ")] == [
        "PIN for Japan (Kantei, MOD): ",
        "PIN for MOFA: ",
        "PIN for control (the facilitator, who may see everything): ",
    ]
    assert [prompt for prompt in one.asked if prompt.startswith("PIN of ")] == [
        *["PIN of Japan (Kantei, MOD): "] * 3,
        "PIN of Ministry of Foreign Affairs of Japan: ",
    ]
    session = resumed(one.journal)
    assert session.waiting() == ()
    assert session.groups == (("jp_kantei", "jp_mod"),)
    assert session.seats["jp_mod"].admits("one-pin")
    assert session.seats["cn_mfa"].policy == "random"


def test_a_proposal_is_accepted_with_enter(table: Make) -> None:
    for count, groups, computers in (
        ("2", (JAPAN, ("cn_mfa", "cn_oimc", "cn_etc")), {"us_gov"}),
        ("4", (("jp_kantei", "jp_mofa"), ("cn_oimc", "cn_etc")), {"us_gov"}),
        ("", (), set()),
        ("0", (), {"jp_kantei", "jp_mofa", "jp_mod", "cn_mfa", "cn_oimc", "cn_etc", "us_gov"}),
    ):
        one = table(f"for{count}")
        assert one.play(count, *([] if count == "0" else [""]), *(["", ""] if computers else [""]), seats=None) == 0
        session = resumed(one.journal)
        assert session.groups == groups
        assert {name for name, seat in session.seats.items() if seat.policy == "doctrine"} == computers
        if count == "4":
            assert "Kantei+MOFA (Japan, orders a turn: 5)" in one.text
            assert "The computer: US" in one.text


def test_groups_typed_wrongly_are_asked_for_again(table: Make) -> None:
    one = table()
    wrong = ("kantei+mfa", "kantei+kantei", "kantei mofa+kantei", "kantei+nobody", "+", "kantei ++", ",", "1+4")
    assert one.play("3", *wrong, "2 + 3, 1  us", "", "", seats=None) == 0
    session = resumed(one.journal)
    assert session.groups == (("jp_mofa", "jp_mod"),)
    assert {name for name, seat in session.seats.items() if seat.policy == "person"} == {*JAPAN, "us_gov"}
    assert "Kantei+MFA are of several" in one.text
    assert "Kantei is named twice." in one.text
    assert "Please name an agency." in one.text
    assert "'nobody' means nothing here." in one.text


def test_control_sees_who_holds_what_and_can_part_them(table: Make) -> None:
    one = table(**MERGED)
    assert one.play("control", "yes", "look", "seat mofa doctrine", "journal 5", "look", "back", "") == 0
    assert "One person holds jp_kantei, jp_mofa, jp_mod." in one.text
    assert "It no longer goes with the other agencies of the person who held it." in one.text
    assert "One person holds jp_kantei, jp_mod." in one.text
    assert "seed 5; jp_kantei+jp_mofa+jp_mod" in one.text
    assert "Pass the keyboard to: Japan (Kantei, MOD)\n" in one.text
    assert resumed(one.journal).waiting() == ("jp_kantei", "jp_mod", "cn_etc")


def test_a_rewind_keeps_the_groups(table: Make) -> None:
    one = table(**MERGED)
    turn = ("", "lock", "", "lock", "", "lock", "", "", "lock", "", "")
    assert one.play(*turn, "control", "yes", "rewind 1", "again", "back", "", "lock", "", "lock", "", "quit") == 0
    session = resumed(one.journal)
    assert session.groups == (JAPAN,)
    assert session.branch == 1
    assert session.waiting() == ("jp_mod", "cn_etc")


def test_seats_that_cannot_be_shared_end_in_a_sentence(table: Make) -> None:
    for seats in (
        {"jp_mofa+cn_mfa": "person"},
        {"jp_mofa+jp_mod": "person", "jp_mod": "person"},
        {"jp_mofa+jp_moff": "person"},
        {"jp_mofa+": "person"},
        {"jp_mofa+jp_mofa": "person"},
    ):
        one = table(**seats)
        assert one.play() == 2
        assert "Traceback" not in one.text
        assert not one.journal.exists()
    one = table(**{"jp_mofa+jp_mod": "random", "cn_mfa": "person"})
    assert one.play() == 0
    assert resumed(one.journal).groups == ()
    assert resumed(one.journal).seats["jp_mod"].policy == "random"
