"""``kuroshio forecast`` as people and scripts call it."""

import json
from pathlib import Path

import pytest
from command import kuroshio
from runs import SCENARIO, bound

from game.play.journal import Journal
from game.play.session import Session

FEW = ("--runs", "64", "--turns", "2")


def test_a_scenario_has_a_forecast_before_anybody_plays() -> None:
    done = kuroshio("forecast", SCENARIO, *FEW, "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert {"seconds", "runs", "rungs", "risk", "mechanisms", "orders"} <= set(found)
    assert (found["runs"], found["begin"], found["turns"]) == (64, 1, 2)
    shares = found["rungs"]["jp.cn"]
    assert all(one["low"] <= one["value"] <= one["high"] for one in shares)
    assert [one["value"] for one in shares] == sorted((one["value"] for one in shares), reverse=True)
    assert len(found["risk"]["jp.cn"]) == 2


def test_people_read_a_table() -> None:
    done = kuroshio("forecast", SCENARIO, *FEW, "--as", "jp_mod", "--order", "call:call")
    assert "64 continuations" in done.stdout
    assert "jp_mod call:call" in done.stdout
    assert "no prediction" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "No scenario is called 'nothing'"),
        ([SCENARIO, "--as", "nobody"], "No agency is called 'nobody'"),
        ([SCENARIO, "--order", "call:call"], "An order is written"),
        ([SCENARIO, "--as", "jp_mod", "--order", "call"], "An order is written"),
        ([SCENARIO, "--as", "jp_mod", "--order", "cal:call"], "cannot order 'cal'"),
        ([SCENARIO, "--at", "3"], "Turn 3 has not begun"),
        ([SCENARIO, "--variant", "nothing"], "nothing"),
    ],
)
def test_wrong_use_gets_one_sentence(words: list[str], said: str) -> None:
    done = kuroshio("forecast", *words, *FEW)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_session_that_goes_on_shows_each_seat_its_own(tmp_path: Path) -> None:
    journal = str(tmp_path / "table.kuroshio")
    with Journal.create(Path(journal)) as kept:
        Session.begin(bound(SCENARIO), {"jp_mod": "person"}, seed=3, journal=kept, pins={"jp_mod": "1234"})
    assert "one agency" in kuroshio("forecast", journal, *FEW).stderr
    wrong = kuroshio("forecast", journal, *FEW, "--as", "jp_mod", "--pin", "0000")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    done = kuroshio("forecast", journal, *FEW, "--as", "jp_mod", "--pin", "1234", "--json")
    assert json.loads(done.stdout)["as"] == "jp_mod", done.stderr
    assert kuroshio("forecast", journal, *FEW, "--variant", "authority", "--as", "jp_mod").returncode == 2


def test_a_run_that_has_ended_can_be_looked_ahead_from_any_turn(tmp_path: Path) -> None:
    journal = str(tmp_path / "run.kuroshio")
    kuroshio("run", SCENARIO, "--seed", "7", "--journal", journal, "--json")
    assert "--at" in kuroshio("forecast", journal, *FEW).stderr
    done = kuroshio("forecast", journal, *FEW, "--at", "3", "--json")
    found = json.loads(done.stdout)
    assert found["begin"] == 3, done.stderr
    assert len(found["orders"]) > 0
