"""The binder: a document on its way to a game, noun by noun and rule by rule."""

import re
from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import attrs

from game.core.model import (
    Action,
    Agency,
    Choice,
    Detail,
    Inject,
    Requirement,
    Rule,
    Side,
    Unit,
    Zone,
)
from game.rules import Block, fields
from game.rules.mechanisms import STATUS
from game.scenario import schema
from game.scenario.desk import MOST_ENTRIES, Desk
from game.scenario.document import Document, Entry
from game.scenario.layers import FREE_ID
from game.scenario.layout import Layout
from game.scenario.map import distances, read_map
from game.scenario.ordering import check_details, picked, sizes, spoken_numbers
from game.scenario.positions import Path
from game.scenario.problems import brief, listed
from game.words import say

POLICIES = ("random", "doctrine")
SENTENCES = 50_000
"""Ways in which all orders together can be carried out or refused; each is a sentence to tell."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")
STEPS = ("movement", "encounters", "mechanisms", "home", "beliefs", "ladder", "risk")


class Binder:
    """One document on its way to a game."""

    def __init__(self, document: Document, shelf: Sequence[Block]) -> None:
        self.document = document
        self.shelf = {block.use: block for block in shelf}
        self.desk = Desk(document)
        self.layout: Layout
        self.rules: dict[str, list[Rule]] = {step: [] for step in STEPS}
        self.origins: dict[str, tuple[Entry, Path, str]] = {}
        """For each rule and effect the entry, the place in it and the block that it was bound from."""
        self.doctrine: dict[int, tuple[Entry, Any]] = {}
        self.failed_actions: set[str] = set()
        self.sentences = 0

    def report(
        self, code: str, entry: Entry | None, path: Path, message: str, hint: str = "", *, at_key: bool = False
    ) -> None:
        """Report a mistake."""
        self.document.report(code, entry, path, message, hint, at_key=at_key)

    def each(self, kind: str) -> list[tuple[Entry, Any]]:
        """The entries of a kind, filled; those with mistakes are left out, but for nouns, to which others refer."""
        cls = dict(schema.ENTRIES)[kind]
        anyway = kind in ("side", "agency", "unit")
        filled = [
            (entry, self.desk.fill(cls, entry, entry.table, anyway=anyway))
            for entry in self.document.entries[kind].values()
        ]
        return [(entry, item) for entry, item in filled if item is not None]

    # ---- the nouns
    def parties(self) -> tuple[tuple[Side, ...], tuple[Agency, ...]]:
        """Sides and agencies."""
        desk = self.desk
        sides = self.each("side")
        desk.ids["side"], desk.names["side"] = [s.id for _, s in sides], [s.name for _, s in sides]
        if not sides:
            return (), ()
        desk.counterparts = [s.counterpart for _, s in sides]
        for entry, side in sides:
            if side.counterpart and side.counterpart not in desk.ids["side"]:
                hint = desk.near(side.counterpart, desk.ids["side"])
                self.report(
                    "SCN501",
                    entry,
                    ("counterpart",),
                    say("No side is called '{name}'.", name=brief(side.counterpart)),
                    hint,
                )
        agencies = self.each("agency")
        desk.ids["agency"], desk.names["agency"] = [a.id for _, a in agencies], [a.name for _, a in agencies]
        desk.agency_sides = [a.side for _, a in agencies]
        return (
            tuple(Side(s.id, s.name) for _, s in sides),
            tuple(Agency(a.id, a.name, a.side, a.attention, a.short or a.name) for _, a in agencies),
        )

    def places(self, settings: schema.Settings, entry: Entry) -> tuple[tuple[Zone, ...], tuple[tuple[int, ...], ...]]:
        """The zones in play, and how far they lie apart."""
        try:
            chart = read_map(settings.date)
        except ValueError:
            if isinstance(entry.table.get("date"), str):
                message = say(
                    "'{date}' is no date; write it as year-month-day, such as 2012-09-11.", date=brief(settings.date)
                )
                self.report("SCN502", entry, ("date",), message)
            chart = read_map("2024-01-01")  # Zones are the same on every day.
        known = {zone.id: zone for zone in chart.zones}
        found = {}
        # Where the list itself is wrong, any zone of the map will do for the rest.
        wanted = settings.zones or (() if entry.table.get("zones") == [] else tuple(known))
        for number, name in enumerate(wanted):
            if name in known and name not in found:
                found[name] = known[name]
            else:
                twice = name in known
                message = say("The zone '{name}' stands twice in this list.", name=name) if twice else say(
                    "The map has no zone '{name}'.", name=brief(name))  # fmt: skip
                hint = (
                    ""
                    if twice
                    else self.desk.near(name, known) or say("Zones of the map: {known}.", known=listed(known, 60))
                )
                self.report("SCN503", entry, ("zones", number), message, hint)
        self.desk.ids["zone"], self.desk.names["zone"] = list(found), [zone.name for zone in found.values()]
        numbers = {name: number for number, name in enumerate(found)}
        zones = tuple(
            Zone(
                z.id,
                z.name,
                (z.names.ja, z.names.zh, z.names.zh_hant),
                tuple(numbers[n] for n in z.adjacency if n in numbers),
                z.label_point,
                z.legal,
                z.claimants,
            )
            for z in found.values()
        )
        return zones, distances(list(found.values()))

    def pieces(self) -> tuple[Unit, ...]:
        """Units."""
        units = self.each("unit")
        self.desk.ids["unit"], self.desk.names["unit"] = [u.id for _, u in units], [u.name for _, u in units]
        self.desk.unit_sides = [u.side for _, u in units]
        self.desk.commanders = [u.commander for _, u in units]
        self.starts = [u.at for _, u in units]
        return tuple(
            Unit(u.id, u.name, u.side, u.commander, u.speed, u.kind, u.home, u.endurance,
                 u.service or ("civilian" if u.commander < 0 else "navy"))
            for _, u in units
        )  # fmt: skip

    def arrangements(self) -> list[tuple[Entry, Block]]:
        """Mechanisms: their ids now, their parameters once tracks exist."""
        found = []
        for entry in self.document.entries["mechanism"].values():
            self.desk.ids["mechanism"].append(entry.id)
            self.desk.names["mechanism"].append(brief(str(entry.table.get("name", entry.id))))
            block = self.block(entry, entry.table, (), ("mechanisms", "encounters"), standing=True)
            if block:
                found.append((entry, block))
        return found

    def block(self, entry: Entry, table: Mapping[str, Any], path: Path, places: Sequence[str], *,
              standing: bool = False) -> Block | None:  # fmt: skip
        """The block that an author's *use* names; one for a standing arrangement has a parameter *mechanism*."""
        use = table.get("use")
        fits = [b for b in self.shelf.values() if b.place in places]
        known = [b.use for b in fits if not standing or "mechanism" in fields.declared(b.parameters)]
        if not isinstance(use, str) or use not in known:
            hint = self.desk.near(str(use), known) or say("Known here: {known}.", known=listed(known))
            if use is None:
                message = say("'use' is missing: it names a block of the shelf.")
            elif isinstance(use, str) and use in [b.use for b in fits]:
                message = say("The block '{use}' is no mechanism: write it as a [[rule]].", use=use)
            elif isinstance(use, str) and use in self.shelf:
                message = say(
                    "The block '{use}' cannot be used here: its place is '{place}'.",
                    use=use,
                    place=self.shelf[use].place,
                )
            else:
                message = say("The shelf has no block '{use}' for this place.", use=brief(str(use)))
            self.report("SCN504", entry, (*path, "use") if use is not None else path, message, hint)
            return None
        return self.shelf[use]

    # ---- tracks
    def tracks(self, chart: Sequence[Zone], orders: Sequence[tuple[str, tuple[int, ...]]]) -> None:
        """Lay out the engine's own tracks and the scenario's."""
        desk = self.desk
        layout = self.layout = Layout(desk)
        pairs = [(action, agency) for action, agencies in orders for agency in agencies]
        labels = [f"{desk.ids['agency'][agency]}.{action}" for action, agency in pairs]
        masks = [1 << agency for _, agency in pairs]
        layout.own("order", say("Order"), labels, labels, masks, lasting=False)
        layout.own("done", say("Carried out"), labels, labels, masks, lasting=False)
        injects = list(self.document.entries["inject"])
        layout.own("spoken", say("News told"), injects, injects, [0] * len(injects), lasting=True)
        layout.own("over", say("Ended"), [""], [say("Ended")], [layout.everyone], lasting=True)
        units, zone_ids = desk.ids["unit"], [zone.id for zone in chart]
        layout.own("at", say("Place"), units, [say("Place: {unit}", unit=name) for name in desk.names["unit"]],
                   [layout.commander_mask(unit) for unit in range(len(units))], lasting=True, words=zone_ids, start=self.starts,
                   high=max(len(zone_ids) - 1, 0))  # fmt: skip
        layout.own("bound", say("Bound for"), units, [say("Bound for: {unit}", unit=name) for name in desk.names["unit"]],
                   [layout.commander_mask(unit) for unit in range(len(units))], lasting=True, words=zone_ids, start=self.starts,
                   high=max(len(zone_ids) - 1, 0))  # fmt: skip
        for name in ("at", "bound"):
            desk.tracks[name] = attrs.evolve(desk.tracks[name], keys=("unit",))
        declared = [entry.id for entry, item in self.each("track") if layout.declared(item, entry)]
        desk.failed = set(self.document.entries["track"]) - set(declared)
        self._statuses()

    def _statuses(self) -> None:
        status = self.desk.tracks.get("status")
        if status is None:
            return
        if status.keys != ("mechanism",) or status.words != STATUS:
            entry = self.document.entries["track"]["status"]
            message = say("The track 'status' is the one of mechanisms.")
            hint = say('Write keys = ["mechanism"] and words = ["statuses"], or choose another id.')
            self.report("SCN517", entry, (), message, hint)
            return
        start = []
        for name in self.desk.ids["mechanism"]:
            entry = self.document.entries["mechanism"][name]
            word = entry.table.get("status", "operating")
            if word not in STATUS:
                hint = self.desk.near(str(word), STATUS)
                self.report(
                    "SCN505",
                    entry,
                    ("status",),
                    say("A mechanism's status is one of: {words}.", words=listed(STATUS)),
                    hint,
                )
                word = "none"
            start.append(STATUS.index(word))
        self.desk.tracks["status"] = attrs.evolve(status, start=tuple(start))

    # ---- what speaks
    def speakers(self, mechanisms: Sequence[tuple[Entry, Block]]) -> None:
        """Mechanisms and rules, each in its step."""
        for entry, block in mechanisms:
            head = self.desk.fill(schema.MechanismEntry, entry, entry.table, beside=block.parameters)
            number = self.desk.ids["mechanism"].index(entry.id)
            self._speak(entry, block, head, {"mechanism": number}, schema.MechanismEntry)
        for entry in self.document.entries["rule"].values():
            found = self.block(entry, entry.table, (), STEPS)
            if found:
                head = self.desk.fill(schema.RuleEntry, entry, entry.table, beside=found.parameters)
                self._speak(entry, found, head, {}, schema.RuleEntry)

    def _speak(self, entry: Entry, block: Block, head: Any, given: Mapping[str, Any], cls: type) -> None:
        # What is a key of neither has been reported with the head.
        declared = fields.declared(block.parameters)
        own = {
            key: value for key, value in entry.table.items() if key in declared and key not in attrs.fields_dict(cls)
        }
        parameters = self.desk.fill(block.parameters, entry, own, given=given)
        if head is not None and parameters is not None:
            name = head.name or entry.id
            rule = Rule(f"{entry.kind}.{entry.id}", name, block.body, parameters, 0, head.source, block.untraced)
            self.rules[block.place].append(rule)
            self.origins[rule.id] = (entry, (), block.use)

    def effects(self, raw: Any, entry: Entry, rule: str, who: int, source: str) -> tuple[Rule, ...]:
        """The effects of an action or inject, in order."""
        if not isinstance(raw, list | tuple):
            self.report("SCN506", entry, ("effect",), say("Effects are written as [[{kind}.effect]].", kind=entry.kind))
            return ()
        if len(raw) > MOST_ENTRIES:
            message = say(
                "This list has {count} entries; at most {most} are possible.", count=len(raw), most=MOST_ENTRIES
            )
            self.report("SCN329", entry, ("effect",), message)
            return ()
        rules = []
        for number, table in enumerate(raw):
            path: Path = ("effect", number)
            if not isinstance(table, dict):
                self.report("SCN506", entry, path, say("Effects are written as [[{kind}.effect]].", kind=entry.kind))
                continue
            block = self.block(entry, table, path, ("effect",))
            if block:
                own = {key: value for key, value in table.items() if key != "use"}
                parameters = self.desk.fill(block.parameters, entry, own, path)
                if parameters is not None:
                    label = str(table.get("label", entry.id))
                    effect = Rule(f"{rule}.{number}", label, block.body, parameters, who, source, block.untraced)
                    rules.append(effect)
                    self.origins[effect.id] = (entry, path, block.use)
        return tuple(rules)

    def actions(self) -> tuple[Action, ...]:
        """Actions, one for each agency that may order it."""
        found: list[Action] = []
        order = self.desk.tracks["order"]
        for entry in self.document.entries["action"].values():
            if not check_details(entry, self.desk):
                self.failed_actions.add(entry.id)
                continue
            for agency in agencies_of(entry, self.desk.ids["agency"]):
                self.desk.own = agency
                cell = order.first + order.labels.index(f"{self.desk.ids['agency'][agency]}.{entry.id}")
                self.desk.ordered = spoken_numbers(entry, cell, self.desk)
                item = self.desk.fill(schema.ActionEntry, entry, entry.table)
                if item is None:
                    self.failed_actions.add(entry.id)
                else:
                    if not item.choice:
                        self.failed_actions.add(entry.id)
                        self.report(
                            "SCN507",
                            entry,
                            (),
                            say("The action '{name}' needs at least one [[action.choice]].", name=entry.id),
                        )
                    action = self._action(entry, item, agency, cell)
                    if action is not None:
                        found.append(action)
            self.desk.own, self.desk.ordered = None, {}
        return tuple(found)

    def _action(self, entry: Entry, item: schema.ActionEntry, agency: int, cell: int) -> Action | None:
        side = self.desk.agency_sides[agency]
        ids = [choice.id for choice in item.choice]
        for number, name in enumerate(ids):
            if not FREE_ID.fullmatch(name):
                message = say("'{name}' cannot be the id of a choice.", name=brief(name))
                hint = say(
                    "An id begins with a Latin letter, has only letters, digits, _ and -, and at most 60 characters."
                )
                self.report("SCN524", entry, ("choice", number, "id"), message, hint)
            elif ids.index(name) < number:
                message = say(
                    "Two choices of the action '{action}' have the id '{name}'.", action=entry.id, name=brief(name)
                )
                self.report("SCN508", entry, ("choice", number, "id"), message)
        seen = 1 << agency if item.seen == "own" else self._both(side) if item.seen == "both" else self.layout.seen(
            item.seen, ("side",), (side,), entry)  # fmt: skip
        self.sentences += len(item.choice) * (1 + len(item.requires)) + sum(len(c.requires) for c in item.choice)
        if self.sentences > SENTENCES:
            if not self.document.crowded:
                self.report(
                    "SCN523",
                    entry,
                    (),
                    say("The actions up to this one have too many choices and requirements together."),
                )
            return None

        def asked(one: Any) -> tuple[Requirement, ...]:
            return tuple(Requirement(r.when, r.message) for r in one.requires)

        choices = tuple(
            Choice(c.id, c.name, c.says or f"{self.desk.names['agency'][agency]}: {item.name} ({c.name}).",
                   asked(c), c.values, c.bare)
            for c in item.choice
        )  # fmt: skip
        means, *ways = picked(entry)

        # An order without details names no way of any.
        bare = tuple(number > 0 and item.choice[number - 1].bare for number in means) if item.detail else ()
        details = tuple(
            Detail(d.id, d.name, tuple(Choice(w.id, w.name, w.says, asked(w)) for w in d.choice),
                   prod(sizes(entry)[: k + 1]), tuple(0 if plain else n for n, plain in zip(numbers, bare, strict=True)))
            for k, (d, numbers) in enumerate(zip(item.detail, ways, strict=True))
        )  # fmt: skip
        effects = self.effects(item.effect, entry, f"action.{entry.id}", agency, item.source)
        return Action(entry.id, item.name, agency, cell, choices, asked(item),
                      effects, seen or 0, item.about, item.source, details, means if details else (), item.readings)  # fmt: skip

    def _both(self, side: int) -> int:
        other = self.desk.counterparts[side]
        known = other in self.desk.ids["side"]
        return self.layout.side_mask(side) | (self.layout.side_mask(self.desk.ids["side"].index(other)) if known else 0)

    def injects(self) -> tuple[Inject, ...]:
        """News of the clock."""
        spoken = self.desk.tracks["spoken"]
        found = []
        for entry, item in self.each("inject"):
            cell = spoken.first + spoken.labels.index(entry.id)
            seen = self.layout.seen(item.to, (), (), entry, "to")
            effects = self.effects(item.effect, entry, f"inject.{entry.id}", 0, item.source)
            when = item.when if item.until >= 1000 else until(item.when, item.until)
            found.append(
                Inject(entry.id, item.turn, when, item.text, item.clock, effects, seen or 0, cell, item.source)
            )
        told = {inject.spoken: inject.seen for inject in found}
        seen_cells = tuple(told.get(spoken.first + k, 0) for k in range(spoken.size))
        self.desk.tracks["spoken"] = attrs.evolve(spoken, seen=seen_cells)
        return tuple(found)

    def names_in(self, raw: Any) -> list[str]:
        """The names in an author's expression, words of marks among them."""
        return _NAME.findall(raw) if isinstance(raw, str) else []

    def unseen(self, agency: int, entry: Entry, path: Path, reason: str) -> None:
        """Report that an order, or what a computer player prefers, depends on what the agency cannot see."""
        raw: Any = entry.table
        for key in path:
            raw = raw.get(key, "") if isinstance(raw, dict) else raw[int(key)]
        self.desk.own = agency if entry.kind == "action" else None
        hint = say(
            "What an agency may order, and what a computer player prefers, may depend only on what the agency sees."
        )
        found = False
        for match in _NAME.finditer(raw if isinstance(raw, str) else ""):
            cell = self.desk.cell(match.group())
            if cell is not None and not cell.seen[0] >> agency & 1:
                found = True
                message = say(
                    "The agency '{agency}' cannot see '{name}', on which this depends.",
                    agency=self.desk.ids["agency"][agency],
                    name=match.group(),
                )
                self.document.report(
                    "SCN521", entry, path, message, hint, at=self.desk.place_in(entry, path, *match.span())
                )
        if not found:
            self.report("SCN521", entry, path, reason)
        self.desk.own = None


def until(when: Any, last: int) -> Any:
    """A condition that holds no longer after a turn."""
    return lambda table: when(table) & (table.turn + 1 <= last)


def agencies_of(entry: Entry, ids: Sequence[str]) -> tuple[int, ...]:
    """The agencies that may order an action, as far as they exist."""
    raw = entry.table.get("agencies", [])
    names = [name for name in raw if isinstance(name, str)] if isinstance(raw, list) else []
    return tuple(ids.index(name) for name in dict.fromkeys(names) if name in ids)
