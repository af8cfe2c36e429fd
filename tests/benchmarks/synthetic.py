"""Scenarios of any size, made to measure how cost grows. They mean nothing.

Two sides share out the agencies and the units. Unit *k* of the one and unit *k* of the other have one station; they go
there and about, meet, and are seen. Each agency commands its units and speaks, calls and sends: its first unit to any
zone, the others to eight. So agencies bring doctrines and orders, units bring movement, meetings and orders, zones bring
weather and ways of orders, and none of them brings more of another. Rules and tracks are those of the shelf and of the
shared parts; the loader is the program's own, with its limits on size lifted and a grid of waters for its map.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from math import ceil, sqrt
from pathlib import Path
from unittest.mock import patch

import attrs

from game.scenario import bind, binder, desk, layout, ordering, read, trial
from game.scenario.library import Loaded, load
from game.scenario.map import Map, Names, Zone, disclaimer

SIDES = ("jp", "cn")
NEAR = 8
"""Zones to which a unit other than an agency's first is sent."""
AREA = 16
"""Zones whose weather changes together."""
SPACING = 0.4
"""Degrees between zones that touch."""
BOUNDLESS = 1 << 24


@attrs.frozen
class Size:
    """How large a scenario is to be: at least two agencies and two units."""

    agencies: int = 8
    units: int = 40
    zones: int = 32
    turns: int = 10


def made(size: Size, folder: Path) -> Loaded:
    """A scenario of this size, written into *folder* and bound by the program's own loader."""
    (folder / "text").mkdir(parents=True)
    for agency in agencies(size):
        (folder / "text" / f"briefing-{agency}.md").write_text("Nothing is at stake.\n", encoding="utf-8")
    for name, text in (("scenario", scenario(size)), ("rules", rules(size)), ("actions", actions(size)),
                       ("doctrine", doctrine(size))):  # fmt: skip
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    with boundless(waters(size.zones)):
        return load(str(folder))


@contextmanager
def boundless(chart: Map) -> Iterator[None]:
    """Lift the loader's limits on size, which guard against strangers' files, and let *chart* be its map."""
    limits = {
        bind: {"MOST": dict.fromkeys(bind.MOST, BOUNDLESS), "MOST_TURNS": BOUNDLESS},
        binder: {"MOST_ENTRIES": BOUNDLESS, "SENTENCES": BOUNDLESS, "read_map": lambda date: chart},
        desk: dict.fromkeys(("MOST_ENTRIES", "MOST_MEMBERS", "EXPRESSIONS", "FILLED"), BOUNDLESS),
        layout: dict.fromkeys(("LIMIT", "TOTAL", "MOST_MEMBERS"), BOUNDLESS),
        ordering: {"MOST_ORDERS": BOUNDLESS},
        read: dict.fromkeys(("TOML_LIMIT", "FILE_LIMIT", "FOLDER_LIMIT", "VALUE_LIMIT", "FOLDER_VALUE_LIMIT"), BOUNDLESS),
        trial: {"WORK": BOUNDLESS},
    }  # fmt: skip
    with ExitStack() as stack:
        for module, values in limits.items():
            stack.enter_context(patch.multiple(module, **values))
        yield


def waters(count: int) -> Map:
    """A grid of so many zones, each touching those beside it; both sides claim all, every fourth is an inner belt."""
    columns = ceil(sqrt(count))

    def beside(k: int) -> tuple[str, ...]:
        row, column = divmod(k, columns)
        steps = ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1))
        cells = [r * columns + c for r, c in steps if r >= 0 and 0 <= c < columns]
        return tuple(zone(one) for one in cells if one < count)

    def at(k: int) -> Zone:
        names = Names(en=f"Waters {k}", ja=f"海域{k}", zh=f"海域{k}")
        row, column = divmod(k, columns)
        return Zone(
            id=zone(k), name=names.en, names=names, short=names,
            legal="contiguous_zone" if k % 4 else "territorial_sea", claimants=("JP", "CN"), coastal_states=(),
            adjacency=beside(k), adiz=(), label_point=(120 + column * SPACING, 24 + row * SPACING), note="",
        )  # fmt: skip

    return Map(tuple(map(at, range(count))), (), (), (), disclaimer(), "")


# ---- who and where
def zone(k: int) -> str:
    """The id of a zone."""
    return f"Z{k:03}"


def agencies(size: Size) -> list[str]:
    """The ids of the agencies: the sides take turns."""
    return [f"{SIDES[k % 2]}_{k // 2}" for k in range(size.agencies)]


def units(size: Size) -> list[str]:
    """The ids of the units: the sides take turns."""
    return [f"{SIDES[k % 2]}_ship_{k // 2}" for k in range(size.units)]


def commander(size: Size, k: int) -> str:
    """The agency that commands a unit: the agencies of its side take turns."""
    side = SIDES[k % 2]
    own = [agency for agency in agencies(size) if agency.startswith(side)]
    return own[k // 2 % len(own)]


def station(size: Size, k: int) -> int:
    """The zone in which a unit and the one that it meets are at home."""
    return k // 2 * 5 % size.zones


def sent_to(size: Size, k: int) -> list[int]:
    """The zones to which a unit may be sent, its station first."""
    first = k // 2 < len([agency for agency in agencies(size) if agency.startswith(SIDES[k % 2])])
    return [(station(size, k) + n) % size.zones for n in range(size.zones if first else min(NEAR, size.zones))]


def listed(names: list[str]) -> str:
    """A list as a file has it."""
    return str(names).replace("'", '"')


# ---- the files
def scenario(size: Size) -> str:
    """Settings, parties, units, and where things stand."""
    clock = "\n".join(f'  {{ clock = "Turn {k + 1}", minutes = 360 }},' for k in range(size.turns))
    seats = "".join(
        f'\n[[agency]]\nid = "{agency}"\nname = "Agency {agency}"\nside = "{agency[:2]}"\nattention = 3\n'
        for agency in agencies(size)
    )
    ships = "".join(
        f'\n[[unit]]\nid = "{unit}"\nname = "Ships {unit}"\nkind = "ship"\nservice = "coast_guard"\nside = "{unit[:2]}"\n'
        f'commander = "{commander(size, k)}"\nspeed = 30\nat = "{zone(station(size, k))}"\n'
        f'home = "{zone((station(size, k) + 1) % size.zones)}"\nendurance = 240\n'
        for k, unit in enumerate(units(size))
    )
    return f"""format = 1
title = "A scenario of some size"
date = "2019-06-10"
uses = ["common/parties", "common/tracks", "common/sea", "common/risk", "common/priors"]
initiative = {listed(agencies(size))}
zones = {listed([zone(k) for k in range(size.zones)])}
turns = [
{clock}
]
{seats}{ships}
[[track]]
id = "climate"
start = {{ "jp.cn" = 0 }}

[[track]]
id = "belief"
start = {{ "jp.cn" = 40, "cn.jp" = 40 }}

[[track]]
id = "pressure"
start = {{ jp = 20, cn = 20 }}

[[track]]
id = "hulls"
start = 2

[[track]]
id = "stores"
start = 240

[[track]]
id = "mission"
start = "patrol"

[[mechanism]]
id = "telephone"
name = "Telephone"
use = "hotline"
sides = ["jp", "cn"]
known_to = {listed(agencies(size))}
authority = 850
relay_minutes = 20
window_minutes = 360
consultation_minutes = 60
consultation_chance = 900
gate = -5
clearance = 920
willingness = 780
climate_weight = 40
holds = 1
matters = 'risk.jp.cn > 0'
relief = 12

[[ending]]
id = "done"
name = "The last turn"
when = 'turn >= {size.turns}'
text = "Nothing came of it."
"""


def rules(size: Size) -> str:
    """Weather by area; movement and sight of all units; a meeting for each two with one station; and politics."""
    sea = units(size)
    areas = [range(first, min(first + AREA, size.zones)) for first in range(0, size.zones, AREA)]
    weather = "".join(
        f'\n[[rule]]\nid = "weather_{n}"\nuse = "weather"\nzones = {listed([zone(k) for k in area])}\n'
        "worsens = 300\nimproves = 500\nworst = 3\n"
        for n, area in enumerate(areas)
    )
    watches = "".join(
        f'\n[[rule]]\nid = "{side}_watches"\nuse = "watch"\nside = "{side}"\nunits = {listed(sea[1 - n :: 2])}\n'
        f"zones = {listed([zone(k) for k in range(size.zones) if k % 3])}\nchance = 850\n"
        for n, side in enumerate(SIDES)
    )
    meetings = "".join(
        f'\n[[rule]]\nid = "meeting_{n}"\nuse = "meeting"\nunit = "{one}"\nothers = ["{other}"]\n'
        "when = 'held_back.jp == 0 and held_back.cn == 0'\ncompany = 60\nstandard = 120\nclose = 420\nweather_weight = 60\n"
        "fatigue = 40\ntraining = 20\nsilent = 20\nescorting = 0\nships = 4\ncollision = 15\nlives = 20\ndefies = 200\n"
        for n, (one, other) in enumerate(zip(sea[::2], sea[1::2], strict=False))
    )
    at_home = "".join(
        f'\n[[rule]]\nid = "home_{side}"\nuse = "home"\nside = "{side}"\n'
        f"crossed = 'near_miss.{sea[n]} * 8 + spoke.{SIDES[1 - n]} * 2'\n"
        f"unanswered = 5\nanswered = 'spoke.{side} > 0'\nfade = 1\n"
        for n, side in enumerate(SIDES)
    )
    return f"""{weather}
[[rule]]
id = "endurance"
use = "endurance"
units = {listed(sea)}
reserve = 48
shelter = 3
refill = 6
relief = 300
fresh = 120

[[rule]]
id = "sailing"
use = "sailing"
units = {listed(sea)}
{watches}
[[rule]]
id = "presence"
use = "presence"
units = {listed(sea)}
{meetings}{at_home}
[[rule]]
id = "climate"
use = "climate"
sides = ["jp", "cn"]
pressed = 40

[[rule]]
id = "words"
use = "words"
sides = ["jp", "cn"]
weight = 3

[[rule]]
id = "ladder"
use = "ladder"
sides = ["jp", "cn"]
rungs = [
  {{ rung = 7, label = "collision", when = 'struck.{sea[0]} > 0' }},
  {{ rung = 6, label = "close pass", when = 'near_miss.{sea[0]} > 0' }},
  {{ rung = 1, label = "critical statement", when = 'spoke.jp >= 2 or spoke.cn >= 2' }},
]

[[rule]]
id = "unanswered_call"
mechanism = "telephone"

[[rule]]
id = "understanding"
mechanisms = ["telephone"]

[[rule]]
id = "spiral"
abstract = true

[[rule]]
id = "closed_channels"
abstract = true

[[rule]]
id = "alliance"
abstract = true
"""


def actions(size: Size) -> str:
    """Each agency speaks and calls, and sends each of its units to a zone."""
    seats = listed(agencies(size))
    tasks = "".join(
        f"""
[[action]]
id = "send_{unit}"
name = "Send {unit}"
about = "It goes where it is told."
agencies = ["{commander(size, k)}"]
seen = "own"
requires = [{{ when = 'stores.{unit} > 60', message = "Its stores are low." }}]
choice = [
  {{ id = "patrol", name = "patrol", says = "{{own}} sends {unit} on patrol.", values = {{ mission = 1, distance = 1 }} }},
  {{ id = "press", name = "warn off", says = "{{own}} sends {unit} to warn off.", values = {{ mission = 4, distance = 2 }} }},
]
detail = [{{ id = "zone", name = "Zone", of = "zone", choice = [
{ways(sent_to(size, k))}] }}]
[[action.effect]]
use = "sail"
unit = "{unit}"
zone = 'detail.zone'
mission = 'choice.mission'
distance = 'choice.distance'
signals = "in_use"
report_to = "own_side"
"""
        for k, unit in enumerate(units(size))
    )
    return f"""
[[action]]
id = "statement"
name = "Speak in public"
about = "Say something."
agencies = {seats}
seen = "all"
choice = [
  {{ id = "restrained", name = "restrained", says = "{{own}} gives the facts.", values = {{ strength = 1 }} }},
  {{ id = "firm", name = "firm", says = "{{own}} is firm.", values = {{ strength = 2 }} }},
]
[[action.effect]]
use = "shift"
track = "spoke.side"
by = 'choice.strength'
label = "public words"

[[action]]
id = "call"
name = "Ask for a call"
about = "Ask for a call on the telephone."
agencies = {seats}
seen = "own"
requires = [{{ when = 'stage.telephone.side == idle', message = "A call is under way." }}]
choice = [{{ id = "ask", name = "ask for a call", says = "{{own}} asks for a call." }}]
[[action.effect]]
use = "ask"
mechanism = "telephone"
side = "side"
{tasks}"""


def ways(zones: list[int]) -> str:
    """The ways of a detail that names a zone."""
    return "".join(f'  {{ id = "{zone(n)}", name = "Waters {n}" }},\n' for n in zones)


def doctrine(size: Size) -> str:
    """How computer players weigh their orders, by what they see; stations draw units most."""
    found = []
    for agency in agencies(size):
        side, other = (agency[:2], SIDES[1 - SIDES.index(agency[:2])])
        lines = [
            f'[[doctrine]]\nid = "plays_{agency}"\nagency = "{agency}"\nhold = 10\n[doctrine.weights]',
            f"\"statement:restrained\" = 'most(20 - pressure.{side}, 4)'",
            f"\"statement:firm\" = 'most(pressure.{side} - 20, 0)'",
            f"\"call:ask\" = 'choose(account.{side}.{other} == explained, 1, 12)'",
        ]
        for k, unit in enumerate(units(size)):
            if commander(size, k) == agency:
                near, *far = sent_to(size, k)
                lines += [
                    f"\"send_{unit}:patrol\" = 'choose(at.{unit} == {zone(near)}, 4, 20)'",
                    f"\"send_{unit}:press\" = 'most(belief.{side}.{other} - 30, 0)'",
                    f"\"send_{unit}.zone:{zone(near)}\" = '600 - 150 * weather.{zone(near)}'",
                    *(f'"send_{unit}.zone:{zone(n)}" = {80 if place < NEAR - 1 else 1}' for place, n in enumerate(far)),
                ]
        found.append("\n".join(lines) + "\n")
    return "\n".join(found)
