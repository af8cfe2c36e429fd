import json
from collections import Counter
from datetime import date as day

import pytest

from game.scenario.map import (
    FILES,
    Map,
    Place,
    Zone,
    disclaimer,
    distances,
    great_circle,
    read_map,
)
from game.scenario.shipped import shipped
from game.scenario.sketch import sketch

WHOLE = (116.0, 21.0, 134.0, 36.0)
ISLETS = (123.0, 25.4, 125.0, 26.4)
OPEN_SEA = (125.2, 22.0, 126.2, 23.0)


@pytest.fixture(scope="module")
def map_2010() -> Map:
    return read_map("2010-09-07")


@pytest.fixture(scope="module")
def map_2024() -> Map:
    return read_map("2024-08-26")


def zone(map_: Map, zone_id: str) -> Zone:
    return next(zone for zone in map_.zones if zone.id == zone_id)


def place(map_: Map, place_id: str) -> Place:
    return next(place for place in map_.places if place.id == place_id)


def chart_rows(lines: list[str]) -> list[str]:
    legend = next(number for number, line in enumerate(lines) if line.startswith("# land"))
    return lines[:legend]


@pytest.mark.parametrize("name", FILES)
def test_file_parses_and_ids_are_unique(name: str) -> None:
    collection = json.loads((shipped("assets") / "map" / name).read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    ids = Counter(feature["id"] for feature in collection["features"])
    assert ids
    assert max(ids.values()) == 1
    for feature in collection["features"]:
        assert feature["geometry"]["coordinates"]
        assert all(feature["properties"][f"name_{language}"] for language in ("en", "ja", "zh"))


def test_counts_of_the_whole_map(map_2024: Map) -> None:
    assert len(map_2024.zones) == 45
    assert len(map_2024.places) == 121
    assert len(map_2024.limits) == 31
    assert len(map_2024.islets) == 25


def test_simple_zones_are_the_same_zones(map_2024: Map) -> None:
    simple = json.loads((shipped("assets") / "map" / "zones_simple.geojson").read_text(encoding="utf-8"))
    assert [feature["id"] for feature in simple["features"]] == [zone.id for zone in map_2024.zones]


def test_adjacency_is_symmetric_and_connected(map_2024: Map) -> None:
    neighbours = {zone.id: set(zone.adjacency) for zone in map_2024.zones}
    for one, others in neighbours.items():
        assert one not in others
        assert all(one in neighbours[other] for other in others)
    reached, edge = set(), {"STW"}
    while edge:
        reached |= edge
        edge = set().union(*(neighbours[zone_id] for zone_id in edge)) - reached
    assert reached == set(neighbours)


def test_every_place_on_the_map_has_an_existing_zone(map_2024: Map) -> None:
    zones = {zone.id for zone in map_2024.zones}
    west, south, east, north = WHOLE
    for spot in (*map_2024.places, *map_2024.islets):
        lon, lat = spot.point
        if west <= lon <= east and south <= lat <= north:
            assert spot.zone in zones, spot.id
        else:
            assert spot.zone is None, spot.id


def test_label_points_lie_on_the_map(map_2024: Map) -> None:
    west, south, east, north = WHOLE
    for sea in map_2024.zones:
        assert west < sea.label_point[0] < east
        assert south < sea.label_point[1] < north


def test_adiz_shares_are_thousandths(map_2024: Map) -> None:
    assert dict(zone(map_2024, "IEO").adiz) == {"CN": 810, "JP": 380, "KR": 760}
    assert all(0 < share <= 1000 for sea in map_2024.zones for _, share in sea.adiz)


def test_an_earlier_map_shows_no_later_adiz(map_2010: Map, map_2024: Map) -> None:
    assert "cn-adiz-2013" not in {limit.id for limit in map_2010.limits}
    assert "cn-adiz-2013" in {limit.id for limit in map_2024.limits}
    assert len(map_2010.zones) == len(map_2024.zones)
    assert not [sea.id for sea in map_2010.zones if "CN" in dict(sea.adiz)]
    assert dict(zone(map_2010, "GAS").adiz) == {"JP": 1000}
    assert dict(zone(map_2024, "GAS").adiz) == {"CN": 1000, "JP": 1000}


@pytest.mark.parametrize(("date", "there"), [("2013-11-22", False), ("2013-11-23", True)])
def test_a_thing_exists_from_its_day_on(date: str, there: bool) -> None:
    map_ = read_map(date)
    assert ("cn-adiz-2013" in {limit.id for limit in map_.limits}) is there
    assert ("CN" in dict(zone(map_, "STW").adiz)) is there


@pytest.mark.parametrize("date", ["1995-01-01", "2010-09-07", "2012-09-11", "2013-12-01", "2024-08-26"])
def test_nothing_later_than_the_day_is_left_in(date: str) -> None:
    map_ = read_map(date)
    dated = [
        since for since in (*(place.since for place in map_.places), *(line.since for line in map_.limits)) if since
    ]
    assert all(day.fromisoformat(since) <= day.fromisoformat(date) for since in dated)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="2013-13-01"):
        read_map("2013-13-01")


def test_the_contested_group_carries_every_partys_name(map_2024: Map) -> None:
    group = place(map_2024, "is-senkaku")
    assert all(name in group.names.en for name in ("Senkaku", "Diaoyu", "Diaoyutai"))
    assert "尖閣諸島" in group.names.ja
    assert "钓鱼岛" in group.names.zh
    assert "釣魚臺" in group.names.zh_hant
    assert group.territory == "DISPUTED"


def test_each_contested_islet_carries_every_partys_name(map_2024: Map) -> None:
    contested = [islet for islet in map_2024.islets if islet.territory == "DISPUTED"]
    assert len(contested) == 8
    for islet in contested:
        assert " / " in islet.names.en
        assert islet.names.ja
        assert islet.names.zh
        assert islet.names.zh_hant
        assert islet.zone in {"STW", "STE"}
    main = next(islet for islet in contested if islet.names.ja == "魚釣島")
    assert main.names.en == "Uotsuri-shima / Diaoyu Dao / Diaoyutai"


def test_zones_around_the_islets_carry_each_claimants_own_name(map_2024: Map) -> None:
    around = [sea for sea in map_2024.zones if "isputed islets" in sea.name or "the disputed islets" in sea.name]
    assert len(around) == 8
    for sea in around:
        assert set(dict(sea.own_names)) == {"JP", "CN", "TW"} == set(sea.claimants)


def test_belts_around_the_islets_carry_each_claimants_own_name(map_2024: Map) -> None:
    for limit_id in ("islets-12nm", "islets-24nm"):
        belt = next(limit for limit in map_2024.limits if limit.id == limit_id)
        assert set(dict(belt.own_names)) == {"JP", "CN", "TW"}


def test_disclaimer_names_all_views(map_2024: Map) -> None:
    assert map_2024.disclaimer == disclaimer()
    for words in ("schematic", "no view on sovereignty", "Tokyo", "Beijing", "Taipei", "Senkaku / Diaoyu / Diaoyutai"):
        assert words in map_2024.disclaimer


def test_fingerprint_is_of_the_files_not_of_the_day(map_2010: Map, map_2024: Map) -> None:
    assert len(map_2024.sha256) == 64
    assert map_2010.sha256 == map_2024.sha256


def test_distances_are_symmetric_with_a_zero_diagonal(map_2024: Map) -> None:
    table = distances(map_2024.zones)
    assert len(table) == len(map_2024.zones)
    for row in range(len(table)):
        assert table[row][row] == 0
        for column in range(len(table)):
            assert table[row][column] == table[column][row]
            assert row == column or table[row][column] > 0
    assert distances(map_2024.zones[::-1])[0][-1] == table[-1][0]


def test_distance_between_known_points(map_2024: Map) -> None:
    # Naha and Ishigaki are commonly said to be about 410 km apart.
    naha, ishigaki = place(map_2024, "port-naha").point, place(map_2024, "port-ishigaki").point
    assert great_circle(naha, ishigaki) == pytest.approx(410, rel=0.02)
    # Ishigaki to the main islet: 170 km in the figures of Japan's Ministry of Foreign Affairs.
    uotsuri = next(islet.point for islet in map_2024.islets if islet.names.ja == "魚釣島")
    assert great_circle(ishigaki, uotsuri) == pytest.approx(170, rel=0.02)


def test_distance_of_a_degree_of_latitude() -> None:
    assert great_circle((125.0, 25.0), (125.0, 26.0)) == pytest.approx(111.195, abs=0.001)


@pytest.mark.parametrize("width", [20, 78, 120])
def test_sketch_has_the_asked_width(map_2024: Map, width: int) -> None:
    lines = sketch(map_2024, WHOLE, width, [("Naha", (127.67, 26.21))])
    rows = chart_rows(lines) if width >= 30 else [line for line in lines if set(line) <= set("#.+A")]
    assert {len(row) for row in rows} == {width}
    assert all(len(line) <= width for line in lines)
    # 15 degrees of latitude over 18 of longitude at 28.5 N, in cells twice as high as wide.
    assert len(rows) == round(width * 15 / (18 * 0.8788) / 2)


def test_sketch_shows_marks_legend_and_disclaimer(map_2024: Map) -> None:
    marks = [("Danjo", (128.38, 32.02)), ("那覇", (127.67, 26.21)), ("Tokyo", (139.75, 35.69))]
    lines = sketch(map_2024, WHOLE, 78, marks)
    rows = chart_rows(lines)
    danjo = next(number for number, row in enumerate(rows) if "A" in row)
    assert rows[danjo].index("A") == int((128.38 - 116) / 18 * 78)
    assert danjo == int((36 - 32.02) / 15 * len(rows))
    assert sum(row.count("B") for row in rows) == 1
    assert not any("C" in row for row in rows)
    text = "\n".join(lines)
    assert "A Danjo" in text
    assert "B 那覇" in text
    assert "C Tokyo (off the chart)" in text
    assert text.endswith("The order of\nnames has no meaning.")
    assert " ".join(text.split()).endswith(disclaimer())


def test_sketch_keeps_marks_of_one_spot_apart(map_2024: Map) -> None:
    marks = [(f"ship {number}", (123.5, 25.8)) for number in range(5)]
    rows = "".join(chart_rows(sketch(map_2024, WHOLE, 78, marks)))
    assert all(rows.count(key) == 1 for key in "ABCDE")


def test_sketch_tells_of_marks_without_room(map_2024: Map) -> None:
    marks = [(f"ship {number}", (123.5, 25.8)) for number in range(20)]
    lines = sketch(map_2024, WHOLE, 78, marks)
    assert any("(no room on the chart)" in line for line in lines)


def test_sketch_draws_land_and_no_boundary(map_2024: Map) -> None:
    whole = chart_rows(sketch(map_2024, WHOLE, 78, []))
    assert set("".join(whole)) == set("#.+")
    assert whole[5].startswith("####")
    # Many zone edges, limits and agreement areas cross here, but no land does.
    assert set("".join(chart_rows(sketch(map_2024, OPEN_SEA, 78, [])))) == {"."}
    assert set("".join(chart_rows(sketch(map_2024, (124.9, 28.0, 126.9, 30.5), 78, [])))) == {"."}


def test_sketch_shows_the_contested_islets_as_small_islands(map_2024: Map) -> None:
    chart = "".join(chart_rows(sketch(map_2024, ISLETS, 78, [])))
    assert chart.count("+") >= 4


def test_sketch_does_not_depend_on_the_day(map_2010: Map, map_2024: Map) -> None:
    assert sketch(map_2010, WHOLE, 78, []) == sketch(map_2024, WHOLE, 78, [])


def test_sketch_refuses_an_empty_frame_and_too_many_marks(map_2024: Map) -> None:
    with pytest.raises(ValueError, match="frame"):
        sketch(map_2024, (134.0, 21.0, 116.0, 36.0), 78, [])
    with pytest.raises(ValueError, match="62 marks"):
        sketch(map_2024, WHOLE, 78, [("ship", (123.5, 25.8))] * 63)


def test_shipped_folders() -> None:
    assert (shipped("assets") / "map" / "README.md").is_file()
    with pytest.raises(FileNotFoundError, match="no-such-folder"):
        shipped("no-such-folder")
