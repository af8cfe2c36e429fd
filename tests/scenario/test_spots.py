"""Values by dotted name: found in the words of the files, and changed alone."""

import pytest
from runs import bound

from game.scenario.bind import bind
from game.scenario.document import Document
from game.scenario.gathering import read_files
from game.scenario.library import locate, shipped_scenarios, whole_shelf
from game.scenario.read import Source
from game.scenario.spots import Change, Spot, changed, hint_for, spots_of

HERE = Source("design.toml", "", {}, {})


def document_of(name: str, variants: tuple[str, ...] = ()) -> Document:
    return read_files(*locate(name)).document(variants)


def spots(name: str, variants: tuple[str, ...] = ()) -> dict[str, Spot]:
    return spots_of(document_of(name, variants), bound(name, variants), whole_shelf())


def with_values(values: dict[str, object], variants: tuple[str, ...] = ()) -> Document:
    known = spots("airspace-2024", variants)
    document = document_of("airspace-2024", variants)
    return changed(document, [Change(known[name], value, (HERE, ())) for name, value in values.items()])


def table(document: Document, kind: str, name: str) -> dict[str, object]:
    return document.entries[kind][name].table


@pytest.mark.parametrize("name", shipped_scenarios())
def test_putting_in_what_is_there_changes_nothing(name: str) -> None:
    """Every number that stands in the files as one value is found where it stands."""
    document, known = document_of(name), spots(name)
    for spot in known.values():
        if spot.kind == "scenario":
            continue
        value = document.entries[spot.kind][spot.id].table
        try:
            for key in spot.path:
                value = value[key]
        except (KeyError, TypeError, IndexError):
            continue  # a default, or one of several that stand as one
        same = changed(document, [Change(spot, value, (HERE, ()))])
        assert same.plain() == document.plain(), spot.name
    assert {spot.kind for spot in known.values()} >= {"mechanism", "rule", "track", "agency", "action", "doctrine"}


def test_a_number_left_out_stands_for_its_default() -> None:
    document = with_values({"mechanism.hotline.crisis_role": 300})
    assert "crisis_role" not in table(document_of("airspace-2024"), "mechanism", "hotline")
    game = bind(document)
    assert game is not None
    (rule,) = [rule for rule in game.rules["mechanisms"] if rule.id == "mechanism.hotline"]
    assert rule.parameters.crisis_role == 300


def test_one_side_of_a_number_is_changed_alone() -> None:
    document = with_values({"mechanism.hotline.authority.cn": 1000})
    assert table(document, "mechanism", "hotline")["authority"] == {"jp": 700, "cn": 1000}
    # The variant writes one number for all sides; the others keep it.
    document = with_values({"mechanism.hotline.authority.cn": 500}, ("authority",))
    assert table(document, "mechanism", "hotline")["authority"] == {"jp": 1000, "cn": 500, "us": 1000}
    assert table(with_values({"mechanism.hotline.authority": 5}), "mechanism", "hotline")["authority"] == 5


def test_one_cell_of_a_start_is_changed_alone() -> None:
    base = bound("airspace-2024")
    game = bind(with_values({"track.climate.start.jp.cn": -7}))
    assert game is not None
    (cell,) = base.cells_named("climate.jp.cn")
    assert game.start_row[cell] == -7 != base.start_row[cell]
    assert [n for n, (a, b) in enumerate(zip(game.start_row, base.start_row, strict=True)) if a != b] == [cell]
    whole = bind(with_values({"track.climate.start": -7}))
    assert whole is not None
    assert [whole.start_row[cell] for cell in whole.cells_named("climate")] == [-7, -7, -7]


def test_members_of_lists_go_by_id_or_number() -> None:
    document = with_values({"turns.2.minutes": 45, "action.protest.choice.vice.values.level": 2,
                            "rule.ladder.rungs.1.rung": 7, "doctrine.plays_jp_mod.hold": 3})  # fmt: skip
    assert document.settings is not None
    assert document.settings.table["turns"][1]["minutes"] == 45
    (vice,) = [one for one in table(document, "action", "protest")["choice"] if one["id"] == "vice"]  # type: ignore[attr-defined]
    assert vice["values"]["level"] == 2
    assert table(document, "rule", "ladder")["rungs"][0]["rung"] == 7  # type: ignore[index]
    assert document_of("airspace-2024").plain() != document.plain()


def test_what_is_wrong_with_a_value_is_reported_where_it_was_written() -> None:
    document = document_of("airspace-2024")
    source = Source("design.toml", "", {}, {})
    spot = spots("airspace-2024")["mechanism.hotline.authority.cn"]
    other = changed(document, [Change(spot, 2000, (source, ("factor", 0, "levels", 1)))])
    assert bind(other) is None
    (problem,) = [problem for problem in other.problems if problem.severity == "error"]
    assert (problem.code, problem.file) == ("SCN314", "design.toml")
    assert bind(document) is not None, "the document itself is as it was"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("mechanisms.hotline.window_minutes", "'mechanism.hotline.window_minutes'"),
        ("mechanism.hotlin.window_minutes", "'mechanism.hotline.window_minutes'"),
        ("mechanism.hotline.window_minuets", "'mechanism.hotline.window_minutes'"),
        ("mechanism.hotline.latency", "window_minutes"),
        ("mechanism.hotline.authority.c", "'mechanism.hotline.authority.cn'"),
        ("mechanism.hotline.window_minutes.cn", "'mechanism.hotline.window_minutes'"),
        ("mechanism", "hotline"),
        ("", "mechanism"),
        ("x" * 5000, "mechanism"),
        ("." * 5000, "mechanism"),
    ],
)
def test_a_misspelt_name_gets_the_nearest_one_or_what_there_is(name: str, hint: str) -> None:
    known = spots("airspace-2024")
    assert name not in known
    assert hint in hint_for(name, known)
