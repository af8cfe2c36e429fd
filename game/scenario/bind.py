"""Binding: the only place where names become functions and ids become numbers. A document in, a game out."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

import attrs

from game.core.model import (
    Action,
    Agency,
    Choice,
    Ending,
    Game,
    Inject,
    Lot,
    Objective,
    Requirement,
    Rule,
    Side,
    Turn,
    Unit,
    Zone,
)
from game.core.tracing import RuleError, Tracing
from game.core.turn import choose_orders, play_turn
from game.rules import SHELF, Block, fields
from game.rules.mechanisms import STATUS
from game.scenario import schema
from game.scenario.desk import MOST_ENTRIES, Desk
from game.scenario.document import FREE_ID, KINDS, Document, Entry
from game.scenario.layout import Layout
from game.scenario.map import disclaimer, distances, read_map
from game.scenario.positions import Path
from game.scenario.problems import brief, listed
from game.words import say

POLICIES = ("random", "doctrine")
MOST = {
    "side": 6, "agency": 16, "unit": 60, "mechanism": 40, "track": 300, "rule": 300, "action": 150, "inject": 200, "ending": 30,
    "objective": 100, "doctrine": 16,
}  # fmt: skip
"""How many entries of a kind a scenario may have."""
MOST_TURNS = 200
"""How many turns it may have."""
SENTENCES = 50_000
"""Ways in which all orders together can be carried out or refused; each is a sentence to tell."""
WORK = 150_000
"""How many values may be written while the bodies of a scenario are tried: some seconds."""
TWO_SIDES = "the two sides"
"""The meaning of a field 'sides' whose block sets exactly two sides against each other."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")
_LINE = re.compile(r"([^/\\]+):([0-9]+): ")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,6})?")
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
        found = []
        # Where the list itself is wrong, any zone of the map will do for the rest.
        wanted = settings.zones or (() if entry.table.get("zones") == [] else tuple(known))
        for number, name in enumerate(wanted):
            if name in known and known[name] not in found:
                found.append(known[name])
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
        ids = [zone.id for zone in found]
        self.desk.ids["zone"], self.desk.names["zone"] = ids, [zone.name for zone in found]
        zones = tuple(
            Zone(
                z.id,
                z.name,
                (z.names.ja, z.names.zh, z.names.zh_hant),
                tuple(ids.index(n) for n in z.adjacency if n in ids),
                z.label_point,
            )
            for z in found
        )
        return zones, distances(found)

    def pieces(self) -> tuple[Unit, ...]:
        """Units."""
        units = self.each("unit")
        self.desk.ids["unit"], self.desk.names["unit"] = [u.id for _, u in units], [u.name for _, u in units]
        self.desk.unit_sides = [u.side for _, u in units]
        self.desk.commanders = [u.commander for _, u in units]
        self.starts = [u.at for _, u in units]
        return tuple(Unit(u.id, u.name, u.side, u.commander, u.speed, u.kind) for _, u in units)

    def arrangements(self) -> list[tuple[Entry, Block]]:
        """Mechanisms: their ids now, their parameters once tracks exist."""
        found = []
        for entry in self.document.entries["mechanism"].values():
            self.desk.ids["mechanism"].append(entry.id)
            self.desk.names["mechanism"].append(brief(str(entry.table.get("name", entry.id))))
            block = self.block(entry, entry.table, (), ("mechanisms", "encounters"))
            if block:
                found.append((entry, block))
        return found

    def block(self, entry: Entry, table: Mapping[str, Any], path: Path, places: Sequence[str]) -> Block | None:
        """The block that an author's *use* names."""
        use = table.get("use")
        known = [b.use for b in self.shelf.values() if b.place in places]
        if not isinstance(use, str) or use not in known:
            hint = self.desk.near(str(use), known) or say("Known here: {known}.", known=listed(known))
            if use is None:
                message = say("'use' is missing: it names a block of the shelf.")
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
        if (
            parameters is not None
            and "sides" in declared
            and declared["sides"][0].meaning == TWO_SIDES
            and len(parameters.sides) != 2
        ):
            message = say("'sides' names two sides here; these are {count}.", count=len(parameters.sides))
            self.report("SCN518", entry, ("sides",), message)
        elif head is not None and parameters is not None:
            name = head.name or entry.id
            rule = Rule(f"{entry.kind}.{entry.id}", name, block.body, parameters, 0, head.source)
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
                    effect = Rule(
                        f"{rule}.{number}", str(table.get("label", entry.id)), block.body, parameters, who, source
                    )
                    rules.append(effect)
                    self.origins[effect.id] = (entry, path, block.use)
        return tuple(rules)

    def actions(self) -> tuple[Action, ...]:
        """Actions, one for each agency that may order it."""
        found: list[Action] = []
        order = self.desk.tracks["order"]
        for entry in self.document.entries["action"].values():
            for agency in agencies_of(entry, self.desk.ids["agency"]):
                self.desk.own = agency
                cell = order.first + order.labels.index(f"{self.desk.ids['agency'][agency]}.{entry.id}")
                self.desk.choice = choice_numbers(entry, cell)
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
            self.desk.own, self.desk.choice = None, {}
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
        choices = tuple(
            Choice(c.id, c.name, c.says or f"{self.desk.names['agency'][agency]}: {item.name} ({c.name}).",
                   tuple(Requirement(r.when, r.message) for r in c.requires), c.values)
            for c in item.choice
        )  # fmt: skip
        effects = self.effects(item.effect, entry, f"action.{entry.id}", agency, item.source)
        return Action(entry.id, item.name, agency, cell, choices, tuple(Requirement(r.when, r.message) for r in item.requires),
                      effects, seen or 0, item.about, item.source)  # fmt: skip

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
        return tuple(found)

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

    def lots(self, actions: Sequence[Action]) -> dict[str, tuple[Lot, ...]]:
        """What computer players draw from, by policy and agency."""
        doctrine = self.doctrine
        for entry, item in self.each("doctrine"):
            if item.agency in doctrine:
                message = say("The agency has a doctrine already, '{name}'.", name=doctrine[item.agency][0].id)
                self.report("SCN516", entry, ("agency",), message)
            doctrine.setdefault(item.agency, (entry, item))
        policies: dict[str, list[Lot]] = {policy: [] for policy in POLICIES}
        for agency in range(len(self.desk.ids["agency"])):
            own = [(action, k) for action in actions if action.agency == agency for k in range(len(action.choices))]
            flat = tuple(lambda table: 10 for _ in own)
            rows, numbers = tuple(a for a, _ in own), tuple(k for _, k in own)
            policies["random"].append(Lot(rows, numbers, flat, lambda table: 20))
            if agency not in doctrine:
                policies["doctrine"].append(Lot((), (), (), lambda table: 1))
                continue
            entry, item = doctrine[agency]
            named = {f"{action.id}:{action.choices[k].id}": (action, k) for action, k in own}
            for name in item.weights:
                if name not in named and name.split(":")[0] not in self.failed_actions:
                    message = say(
                        "'{name}' is nothing that {agency} can order.",
                        name=brief(name),
                        agency=self.desk.names["agency"][agency],
                    )
                    hint = self.desk.near(name, named) or say("Known here: {known}.", known=listed(named))
                    self.report("SCN509", entry, ("weights", name), message, hint, at_key=True)
            used = [(named[name], item.weights[name]) for name in named if name in item.weights]
            policies["doctrine"].append(
                Lot(
                    tuple(a for (a, _), _ in used),
                    tuple(k for (_, k), _ in used),
                    tuple(look for _, look in used),
                    item.hold,
                )
            )
        return {policy: tuple(lots) for policy, lots in policies.items()}


def until(when: Any, last: int) -> Any:
    """A condition that holds no longer after a turn."""
    return lambda table: when(table) & (table.turn + 1 <= last)


def choice_numbers(entry: Entry, cell: int) -> dict[str, Any]:
    """What *choice.NAME* stands for in the amounts of an action: a number of the choice that was ordered."""
    raw = entry.table.get("choice", [])
    choices = [c for c in raw if isinstance(c, dict)] if isinstance(raw, list) else []
    values = [c.get("values", {}) if isinstance(c.get("values", {}), dict) else {} for c in choices]
    names = sorted({name for table in values for name in table})
    return {
        name: _chosen(tuple(v if type(v := table.get(name, 0)) is int else 0 for table in values), cell)
        for name in names
    }


def _chosen(numbers: tuple[int, ...], cell: int) -> Any:
    return lambda table: table.look((0, *numbers), table.cell(cell))


def agencies_of(entry: Entry, ids: Sequence[str]) -> tuple[int, ...]:
    """The agencies that may order an action, as far as they exist."""
    raw = entry.table.get("agencies", [])
    names = [name for name in raw if isinstance(name, str)] if isinstance(raw, list) else []
    return tuple(ids.index(name) for name in dict.fromkeys(names) if name in ids)


def bind(document: Document, shelf: Sequence[Block] = SHELF) -> Game | None:
    """The game of a document, or *None* when it has errors; every mistake is in *document.problems*."""
    binder = Binder(document, shelf)
    if document.settings is None or not _fits(document):
        return None
    sides, agencies = binder.parties()
    settings = binder.desk.fill(schema.Settings, document.settings, document.settings.table, anyway=True, also=KINDS)
    if not sides or not agencies:
        binder.report("SCN510", document.settings, (), say("A scenario needs [[side]] and [[agency]] entries."))
        return None
    game = _bind(binder, document, settings, sides, agencies)
    return None if any(p.severity == "error" for p in document.problems) else game


def _fits(document: Document) -> bool:
    """Whether the document is of a size that can be checked and played."""
    for kind, found in document.entries.items():
        most = MOST[kind]
        if len(found) > most:
            entry = list(found.values())[most]
            message = say(
                "This scenario has {count} entries [[{kind}]]; at most {most} are possible.",
                count=len(found),
                kind=kind,
                most=most,
            )
            document.report("SCN519", entry, (), message)
    return not any(p.code == "SCN519" for p in document.problems)


def _bind(binder: Binder, document: Document, settings: schema.Settings, sides: tuple[Side, ...],
          agencies: tuple[Agency, ...]) -> Game | None:  # fmt: skip
    assert document.settings is not None
    zones, between = binder.places(settings, document.settings)
    units = binder.pieces()
    mechanisms = binder.arrangements()
    orders = _agencies_of_actions(binder)
    binder.tracks(zones, orders)
    binder.speakers(mechanisms)
    actions = binder.actions()
    injects = binder.injects()
    endings = tuple(Ending(item.id, item.name, item.when, item.text) for _, item in binder.each("ending"))
    objectives = tuple(Objective(item.agency, item.id, item.name, item.when) for _, item in binder.each("objective"))
    policies = binder.lots(actions)
    _check_whole(binder, document.settings, settings, agencies)
    if any(p.severity == "error" for p in document.problems):
        return None
    plain = document.plain()
    begins = list(accumulate((turn.minutes for turn in settings.turns[:-1]), initial=0))
    game = Game(
        id=document.id, title=settings.title, variants=document.variants, date=settings.date,
        turns=tuple(Turn(turn.clock, begin, turn.minutes) for turn, begin in zip(settings.turns, begins, strict=True)),
        opening=settings.opening, sides=sides, agencies=agencies, zones=zones, distances=between, units=units,
        tracks=dict(binder.desk.tracks), actions=actions, initiative=settings.initiative, injects=injects,
        rules={step: tuple(rules) for step, rules in binder.rules.items()}, endings=endings, objectives=objectives,
        policies=policies, mechanisms=tuple(binder.desk.ids["mechanism"]), mechanism_names=tuple(binder.desk.names["mechanism"]),
        texts=dict(document.texts), disclaimer=disclaimer(), about=plain,
        digest=hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest(),
    )  # fmt: skip
    return _traced(binder, game)


def _agencies_of_actions(binder: Binder) -> list[tuple[str, tuple[int, ...]]]:
    """Which agencies may order which action: needed before there are order cells."""
    found = []
    ids = binder.desk.ids["agency"]
    for entry in binder.document.entries["action"].values():
        raw = entry.table.get("agencies")
        agencies = agencies_of(entry, ids)
        for number, name in enumerate(raw if isinstance(raw, list) and not agencies else []):
            # An action that nobody can order is bound for nobody, so that its agencies are looked at here alone.
            if isinstance(name, str):
                hint = binder.desk.near(name, ids) or say("Known: {known}.", known=listed(ids))
                message = say("No {kind} is called '{name}'.", kind="agency", name=brief(name))
                binder.report("SCN311", entry, ("agencies", number), message, hint)
        if not isinstance(raw, list) or not any(isinstance(name, str) for name in raw):
            message = say("The action '{name}' names no agencies that may order it.", name=entry.id)
            binder.report(
                "SCN511", entry, ("agencies",), message, say("Write agencies = [...] with the ids of agencies.")
            )
        if not agencies:
            binder.failed_actions.add(entry.id)
        found.append((entry.id, agencies))
    return found


def _check_whole(binder: Binder, entry: Entry, settings: schema.Settings, agencies: Sequence[Agency]) -> None:
    """What only the whole scenario shows: turns, initiative, the tracks that the engine reads, briefings."""
    table = entry.table
    if settings.format != schema.FORMAT and type(table.get("format")) is int:
        message = say(
            "These files are in format {found}; this program reads format {known}.",
            found=settings.format,
            known=schema.FORMAT,
        )
        binder.report("SCN515", entry, ("format",), message)
    if len(settings.turns) > MOST_TURNS:
        message = say(
            "This scenario has {count} turns; at most {most} are possible.", count=len(settings.turns), most=MOST_TURNS
        )
        binder.report("SCN512", entry, ("turns", MOST_TURNS), message)
    if table.get("turns", []) == []:
        binder.report("SCN512", entry, ("turns",), say("A scenario needs at least one turn."))
    missing = [one.id for number, one in enumerate(agencies) if number not in settings.initiative]
    if missing and settings.initiative:
        message = say("The initiative names every agency once; these are missing: {missing}.", missing=listed(missing))
        binder.report("SCN513", entry, ("initiative",), message)
    if settings.frame and not _is_frame(settings.frame):
        message = say(
            "The frame of the chart is four numbers in quotation marks: west, south, east and north edge in degrees."
        )
        binder.report("SCN522", entry, ("frame",), message)
    for name in ("risk", "rung", "peak"):
        track = binder.desk.tracks.get(name)
        if name not in binder.desk.failed and (track is None or track.keys != ("pair",) or track.words):
            message = say("A scenario needs a track '{name}' of numbers kept by pair.", name=name)
            binder.report("SCN514", binder.document.entries["track"].get(name, entry), (), message)
    for agency in agencies:
        if f"briefing-{agency.id}" not in binder.document.texts:
            message = say("There is no briefing text/briefing-{id}.md for {name}.", id=agency.id, name=agency.name)
            binder.document.report("SCN601", entry, (), message, severity="warning")


def _is_frame(frame: Sequence[str]) -> bool:
    if len(frame) != 4 or not all(_DEGREES.fullmatch(edge) for edge in frame):
        return False
    west, south, east, north = (float(edge) for edge in frame)
    return -180 <= west < east <= 180 and -90 <= south < north <= 90


class _TooMuch(Exception):
    """A scenario whose rules would take too long to check."""


class _Checking(Tracing):
    """The table on which the loader tries every body: what fails is reported at its entry, and the next one is tried."""

    def __init__(self, game: Game, binder: Binder) -> None:
        super().__init__(game, record=True)
        self.binder = binder
        self.work = 0
        self.good = True

    def text(self, value: Any) -> str:
        self.work += 1
        if self.work > WORK:
            raise _TooMuch
        return super().text(value)

    def perform(self, rule: Rule) -> None:
        outer = self.lines, self.cache, self.blocks, self.known, self.rule, self.who
        try:
            super().perform(rule)
        except _TooMuch:
            raise
        except Exception as error:  # A block may be anybody's, and fail in any way.
            self.lines, self.cache, self.blocks, self.known, self.rule, self.who = outer
            self.good = False
            entry, path, use = self.binder.origins.get(rule.id, (self.binder.document.settings, (), rule.id))
            self.binder.report("SCN520", entry, path, *_why(use, error))

    def look_for(self, agency: int, entry: Entry, path: Path, look: Any) -> None:
        """Try a condition or an amount for the eyes of an agency."""
        self.as_seen_by(agency)
        try:
            look(self)
        except RuleError as error:
            self.good = False
            self.binder.unseen(agency, entry, path, str(error))
        self.as_seen_by(None)


def _why(use: str, error: Exception) -> tuple[str, str]:
    """What a block's failure means for the author of a scenario: a message and a hint."""
    if isinstance(error, RuleError):
        where, _, sentence = str(error).rpartition("\n  ")
        place = _LINE.search(where)
        code = where.partition(f":{place[2]}: ")[2] if place else ""
        hint = (
            say("The block stops in {file}, line {line}: {code}", file=place[1], line=place[2], code=code)
            if place
            else ""
        )
        return say("The block '{use}' cannot be used so: {reason}", use=use, reason=sentence), hint
    if isinstance(error, KeyError) and error.args:
        name = str(error.args[0])
        return say(
            "The block '{use}' needs a track '{name}', and the scenario has none.", use=use, name=brief(name)
        ), ""
    hint = say("Sides set against each other must be different, and tracks be kept by what the block expects.")
    if isinstance(error, IndexError):
        return say("The block '{use}' looks for a cell that is not there: {reason}.", use=use, reason=error), hint
    return say("The block '{use}' cannot work with these values.", use=use), hint


def _traced(binder: Binder, game: Game) -> Game | None:
    """Check every body by tracing it, and learn who can work out which part."""
    table = _Checking(game, binder)
    try:
        table.function(play_turn, game)
        table.record = False
        _check_sight(binder, table)
        if table.good:
            for policy in POLICIES:
                table.function(choose_orders, game, (policy,) * len(game.agencies))
    except _TooMuch:
        message = say("The rules and orders of this scenario are together too long to be checked.")
        binder.report("SCN523", binder.document.settings, (), message)
        return None
    return attrs.evolve(game, part_seen=table.part_seen) if table.good else None


def _check_sight(binder: Binder, table: _Checking) -> None:
    """What may be ordered, and what a computer player prefers, depends only on what the agency sees."""
    for action in table.game.actions:
        entry = binder.document.entries["action"][action.id]
        for number, requirement in enumerate(action.requirements):
            table.look_for(action.agency, entry, ("requires", number, "when"), requirement.holds)
        for row, choice in enumerate(action.choices):
            for number, requirement in enumerate(choice.requirements):
                table.look_for(action.agency, entry, ("choice", row, "requires", number, "when"), requirement.holds)
    for agency, (entry, item) in binder.doctrine.items():
        for name, look in item.weights.items():
            table.look_for(agency, entry, ("weights", name), look)
        table.look_for(agency, entry, ("hold",), item.hold)
