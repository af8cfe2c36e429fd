"""A scenario as a PettingZoo environment, for learning and for experiments with players that are programs.

Needs the extra ``pettingzoo``. A step is a whole turn, in which all agencies order at once, so the environment is a
ParallelEnv of its own; `env` wraps it for those who need one agent after the other (AEC)::

    from game.play.pettingzoo_env import parallel_env

    sea = parallel_env("trawler-2010", agents=("jp_jcg", "cn_flec"))
    observations, infos = sea.reset(seed=7)
    while sea.agents:
        actions = {a: sea.action_space(a).sample(observations[a]["action_mask"]) for a in sea.agents}
        observations, rewards, terminations, truncations, infos = sea.step(actions)

**Agents** are the ids of agencies, in the order of the scenario.

**Observations** are ``{"observation": array, "action_mask": masks}``. The array holds the number of turns played, then
every cell that the view of the agency shows, in the order of the view: `Kuroshio.cells` names them with their limits.
Nothing else of the state enters, so that two moments that look alike to a seat look alike to its agent. What a view
tells in words (`Kuroshio.view`) is not in the array.

**Actions** are arrays of as many numbers as the agency may give orders in a turn (its attention): 0 holds, every other
number is one order with all its details (`Kuroshio.orders` lists them). The slots are alike and their order means
nothing. The masks, one for each slot as `MultiDiscrete.sample` takes them, are 1 for what may be ordered now; they
cannot say that an action is ordered once in a turn. What is masked, and an action that an earlier slot orders
already, counts as holding and is named among the refusals. An agency without an action holds.

**Rewards** are one of `REWARDS`. Both are choices of this program and no claim of what an agency ought to want; they are
the scenario's own yardsticks without weights or shaping. They are judged on the whole state and may tell a learner what
its seat could not see.

* ``objectives``: at the end, how many of the agency's objectives hold less how many held before the first turn; 0 until
  then. Source: the objectives of the scenario, judged on the final state as the review judges them.
* ``risk``: in each turn, by how many points risk fell, summed over the pairs of the agency's own side; a rise is
  negative. Over a whole run that is risk at the start less risk at the end. Source: the risk tracks of the scenario.

**Ends.** All agents terminate together, by an ending or when the turns are played; nothing is truncated. **Infos** are
``{"refusals": [...]}``: sentences for choices that counted as holding and for orders refused when they were carried out.

**Chance** is the engine's: each draw follows from the seed of the run and its address, none from numpy or Python.
"""

from collections.abc import Mapping, Sequence
from operator import index
from typing import Any

from game.core import Ended, Event, Game, Order, State, View, outcome, score, start, view
from game.core.chance import MASK, mix, turn_key
from game.core.events import REFUSAL
from game.core.orders import given_orders, over, put_orders
from game.core.resolve import order_events
from game.core.table import Recording, clear
from game.core.traced import compiled
from game.play.allowed import LOOKAHEAD, computers
from game.play.lookahead import orders_ahead
from game.play.playout import objectives_met, written_script
from game.play.session import Moment
from game.scenario.library import playable
from game.words import say

try:
    import numpy as np
    from gymnasium import spaces
    from gymnasium.utils import EzPickle
    from pettingzoo import ParallelEnv
    from pettingzoo.utils.conversions import parallel_to_aec

    from game.play.numbering import Cell, Numbering
except ModuleNotFoundError as missing:
    message = say("This needs the extra 'pettingzoo': pip install 'kuroshio[pettingzoo]'. ({missing})", missing=missing)
    raise ModuleNotFoundError(message, name=missing.name) from missing

OBJECTIVES, RISK = "objectives", "risk"
REWARDS = (OBJECTIVES, RISK)
"""What an agent may be rewarded by."""
POINT = 10
"""Steps of the track of risk in a point."""


class Kuroshio(ParallelEnv, EzPickle):
    """A scenario as a ParallelEnv; see the module. A copy or pickle of it is as it was before the first reset.

    Attributes:
        possible_agents, agents: all agents, and those of the run in progress: all of them, or none when it has ended.
        game: the scenario as it is played.
        run_seed: the seed of the run in progress; it is no part of any observation.
    """

    metadata: dict[str, Any] = {"name": "kuroshio_v0", "render_modes": ["ansi"], "is_parallelizable": True}  # noqa: RUF012

    def __init__(self, scenario: str, variants: Sequence[str] = (), agents: Sequence[str] | None = None,
                 render_mode: str | None = None, reward: str = OBJECTIVES, others: str = "doctrine") -> None:  # fmt: skip
        EzPickle.__init__(self, scenario, variants, agents, render_mode, reward, others)
        _one_of("reward", reward, REWARDS)
        _one_of("render_mode", render_mode, (None, *self.metadata["render_modes"]))
        self.game = playable(scenario, variants)
        known = [agency.id for agency in self.game.agencies]
        for name in known if agents is None else agents:
            _one_of("agents", name, known)
        self.possible_agents = [name for name in known if agents is None or name in agents]
        if not self.possible_agents:
            raise ValueError(say("An environment needs at least one agent."))
        self.metadata = {**self.metadata, "name": f"kuroshio_{self.game.id}_v0"}
        self.render_mode = render_mode
        self.agents: list[str] = []
        self.run_seed: int | None = None
        self._reward = reward
        self._seats = {name: Numbering(self.game, name) for name in self.possible_agents}
        self._spaces = {name: _spaces(seat) for name, seat in self._seats.items()}
        _one_of("others", others, computers(self.game))
        self._ahead = [name for name in known if name not in self.possible_agents and others == LOOKAHEAD]
        drawn = "" if others == LOOKAHEAD else others
        policies = tuple("" if name in self.possible_agents else drawn for name in known)
        self._traced = compiled(self.game, record=True, policies=policies)
        self._refusing = {k: site for k, site in enumerate(self._traced.sites) if site.kind == REFUSAL}
        self._masks: dict[str, Any] = {}
        self._stream: list[tuple[int, ...]] = []
        self._state = start(self.game, 0)
        self._rows: list[tuple[int, ...]] = []
        self._history: list[Moment] = []

    # ---- what there is
    def observation_space(self, agent: str) -> Any:
        """The same space at every call."""
        return self._spaces[agent][0]

    def action_space(self, agent: str) -> Any:
        """The same space at every call."""
        return self._spaces[agent][1]

    def cells(self, agent: str) -> tuple[Cell, ...]:
        """What stands at each place of the agent's observation."""
        return self._seats[agent].cells

    def orders(self, agent: str) -> tuple[Order | None, ...]:
        """What each number in a slot of the agent's action orders; *None* for holding, the first."""
        return self._seats[agent].orders

    # ---- playing
    def reset(self, seed: int | None = None, options: Mapping[str, Any] | None = None) -> tuple[Any, Any]:
        """Begin a run; *options* are not used.

        Without *seed* the next run's follows from that of the last, so that one seed fixes all later runs; an
        environment that never got one begins at 0.
        """
        if seed is None:
            seed = 0 if self.run_seed is None else mix((self.run_seed + 1) & MASK)
        self._state = start(self.game, index(seed))
        self._rows, self._stream, self.run_seed = [], [], self._state.seed
        self._history = []
        self.agents = list(self.possible_agents)
        return self._observed(), {name: {"refusals": []} for name in self.agents}

    def step(self, actions: Mapping[str, Any]) -> tuple[Any, Any, Any, Any, Any]:
        """Play one turn. Raises *ValueError* for actions of nobody here, or outside the agent's action space."""
        if not self.agents:
            return {}, {}, {}, {}, {}
        for name in actions:
            _one_of("agents", name, self.agents)
        before, row = self._state, clear(self.game, self._state.row)
        key = turn_key(before.seed, before.turn)
        self._traced.choose(row, key, before.turn)
        refusals = {}
        for name, seat in self._seats.items():
            codes, refusals[name] = seat.given(before, actions.get(name), self._masks[name])
            for action, number in codes:
                row[action.order] = number + 1
        if self._ahead:
            put_orders(self.game, row, orders_ahead(self.game, self._ahead, self._history, before))
        self._stream = []
        self._traced.play(row, key, before.turn, self._stream)
        self._state = State(before.seed, before.turn + 1, tuple(row))
        self._rows.append(self._state.row)
        if self._ahead:
            given = given_orders(self.game, self._state.row)
            self._history.append(Moment(before, given, self._events(), self._state, ""))
        self._add_refused(refusals)
        return self._result(before, refusals)

    def _result(self, before: State, refusals: Mapping[str, list[str]]) -> tuple[Any, Any, Any, Any, Any]:
        """What a step gives back."""
        names, ended = self.agents, self.ended is not None
        observations, rewards = self._observed(), self._rewards(before, ended)
        self.agents = [] if ended else names
        infos = {name: {"refusals": refusals[name]} for name in names}
        return observations, rewards, dict.fromkeys(names, ended), dict.fromkeys(names, False), infos

    def _add_refused(self, refusals: Mapping[str, list[str]]) -> None:
        """Add what agents learn of orders that were given and could not be carried out."""
        for site in (self._refusing[item[0]] for item in self._stream if item[0] in self._refusing):
            for name, seat in self._seats.items():
                if site.seen >> seat.number & 1:
                    refusals[name].append(site.labels[0])

    def _observed(self) -> dict[str, dict[str, Any]]:
        game, state = self.game, self._state
        numbers = np.array((*state.row, state.turn), dtype=np.int64)
        ended = over(game, state)
        table = Recording(game, clear(game, state.row), 0, min(state.turn, len(game.turns) - 1))
        observations = {}
        for name, seat in self._seats.items():
            # One of its own: what an agent does to the masks that it was given changes nothing here.
            mask = self._masks[name] = seat.nothing() if ended else seat.mask(table)
            masks = tuple(mask.copy() for _ in range(seat.slots))
            observations[name] = {"observation": numbers[seat.places], "action_mask": masks}
        return observations

    def _rewards(self, before: State, ended: bool) -> dict[str, float]:
        if self._reward == RISK:
            now, then = (_risk(self.game, state) for state in (self._state, before))
            sides = {name: self.game.agencies[seat.number].side for name, seat in self._seats.items()}
            return {name: (then[side] - now[side]) / POINT for name, side in sides.items()}
        if not ended:
            return dict.fromkeys(self.possible_agents, 0.0)
        first = start(self.game, before.seed)
        now, then = (_met(self.game, state) for state in (self._state, first))
        return {name: float(now[seat.number] - then[seat.number]) for name, seat in self._seats.items()}

    # ---- for people and records
    @property
    def ended(self) -> Ended | None:
        """How the run has ended, *None* while it goes on."""
        return outcome(self.game, self._state)

    def view(self, agent: str) -> View:
        """What the agent's seat sees now, in words, with what it was told of the last turn; for agents that read."""
        _one_of("agents", agent, self.possible_agents)
        return view(self.game, self._state, agent, self._events())

    def script(self) -> str:
        """The orders of the run so far as a file of orders, with which ``kuroshio run`` plays the same run again."""
        return written_script(self.game, [given_orders(self.game, row) for row in self._rows])

    def render(self) -> str | None:
        """With ``ansi``: the turn, and risk and rung of each pair of sides, as whoever runs the experiment may see
        them.
        """
        if self.render_mode is None:
            return None
        turn, ended = self._state.turn, self.ended
        told = ended.name if ended else self.game.turns[turn].clock
        lines = [say("After {turn} of {turns} turns: {told}", turn=turn, turns=len(self.game.turns), told=told)]
        for pair in score(self.game, self._state).pairs:
            lines.append(say("{one}-{other}: risk {risk}, rung {rung}, highest {peak}", one=pair.sides[0],
                             other=pair.sides[1], risk=pair.risk / POINT, rung=pair.rung, peak=pair.peak))  # fmt: skip
        return "\n".join(lines)

    def close(self) -> None:
        """Nothing is held open."""

    def _events(self) -> tuple[Event, ...]:
        ordered = order_events(self.game, self._state.row) if self._rows else []
        return (*ordered, *self._traced.events(self._stream))


def _one_of(what: str, one: object, known: Sequence[object]) -> None:
    """Raise *ValueError* for what is not known."""
    if one not in known:
        listed = ", ".join(map(str, known))
        raise ValueError(say("{what}: '{one}' is none of {known}.", what=what, one=one, known=listed))


def _spaces(seat: Numbering) -> tuple[Any, Any]:
    """The observation space and the action space of an agency."""
    low = np.array([cell.low for cell in seat.cells], dtype=np.int64)
    high = np.array([cell.high for cell in seat.cells], dtype=np.int64)
    count = len(seat.orders)
    masks = spaces.Tuple([spaces.MultiBinary(count) for _ in range(seat.slots)])
    seen = spaces.Dict({"observation": spaces.Box(low, high, dtype=np.int64), "action_mask": masks})
    return seen, spaces.MultiDiscrete([count] * seat.slots)


def _risk(game: Game, state: State) -> list[int]:
    """For each side the sum of risk of its pairs, in steps of the track."""
    sums = [0] * len(game.sides)
    for pair, sides in zip(score(game, state).pairs, game.pairs(), strict=True):
        for side in sides:
            sums[side] += pair.risk
    return sums


def _met(game: Game, state: State) -> list[int]:
    """For each agency how many of its objectives hold."""
    met = objectives_met(game, state)
    return [sum(met[agency.id].values()) for agency in game.agencies]


def parallel_env(scenario: str = "airspace-2024", variants: Sequence[str] = (), agents: Sequence[str] | None = None,
                 render_mode: str | None = None, reward: str = OBJECTIVES, others: str = "doctrine") -> Kuroshio:  # fmt: skip
    """A scenario, by id or folder, as a ParallelEnv.

    *agents*: the agencies that are agents, all when left out; *others* plays the rest: ``doctrine``, ``random`` or
    ``lookahead``. *render_mode*: ``ansi`` or none. *reward*: one of `REWARDS`. Raises *ScenarioProblem* for a scenario
    that cannot be played, *ValueError* for other words that are not known.
    """
    return Kuroshio(scenario, variants, agents, render_mode, reward, others)


def env(scenario: str = "airspace-2024", variants: Sequence[str] = (), agents: Sequence[str] | None = None,
        render_mode: str | None = None, reward: str = OBJECTIVES, others: str = "doctrine") -> Any:  # fmt: skip
    """The same as an AEC environment: one agent after the other, and the turn is played when the last has acted."""
    return parallel_to_aec(parallel_env(scenario, variants, agents, render_mode, reward, others))


raw_env = Kuroshio
