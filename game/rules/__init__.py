"""The shelf: every building block that a scenario may use, by name.

A block is a plain function of a table and an attrs class of its parameters; the class is the only schema. To add one,
write both, and add a row here. A third party's package offers a `SHELF` of its own through the entry point
``game.rules``.
"""

from collections.abc import Callable
from typing import Any

from attrs import frozen

from game.rules import channels, effects, encounters, hotline, ladder, movement, reactions, risk


@frozen
class Block:
    """One row of the shelf: the word an author writes after ``use``, where it may stand, parameters and body."""

    use: str
    place: str
    parameters: type
    body: Callable[[Any, Any], None]


SHELF: tuple[Block, ...] = (
    Block("shift", "effect", effects.Shift, effects.shift),
    Block("put", "effect", effects.Put, effects.put),
    Block("note", "effect", effects.Note, effects.note),
    Block("ask", "effect", effects.Ask, effects.ask),
    Block("task", "effect", effects.Task, effects.task),
    Block("sail", "effect", effects.Sail, effects.sail),
    Block("sailing", "movement", movement.Sailing, movement.sailing),
    Block("watch", "movement", movement.Watch, movement.watch),
    Block("code_of_conduct", "encounters", channels.CodeOfConduct, channels.code_of_conduct),
    Block("crossing", "encounters", encounters.Crossing, encounters.crossing),
    Block("intercept", "encounters", encounters.Intercept, encounters.intercept),
    Block("hotline", "mechanisms", hotline.Hotline, hotline.hotline),
    Block("notification", "mechanisms", channels.Notification, channels.notification),
    Block("consultation", "mechanisms", channels.Consultation, channels.consultation),
    Block("exchange", "mechanisms", channels.Exchange, channels.exchange),
    Block("protest", "mechanisms", channels.Protest, channels.protest),
    Block("agreement", "mechanisms", channels.Agreement, channels.agreement),
    Block("tally", "home", reactions.Tally, reactions.tally),
    Block("press", "home", reactions.Press, reactions.press),
    Block("home", "home", reactions.Home, reactions.home),
    Block("climate", "home", reactions.Climate, reactions.climate),
    Block("observe", "beliefs", reactions.Observe, reactions.observe),
    Block("words", "beliefs", reactions.Words, reactions.words),
    Block("ladder", "ladder", ladder.Ladder, ladder.ladder),
    Block("incidents", "risk", risk.Incidents, risk.incidents),
    Block("spiral", "risk", risk.Spiral, risk.spiral),
    Block("unanswered_call", "risk", risk.UnansweredCall, risk.unanswered_call),
    Block("mutual_fear", "risk", risk.MutualFear, risk.mutual_fear),
    Block("closed_channels", "risk", risk.ClosedChannels, risk.closed_channels),
    Block("rhetoric", "risk", risk.Rhetoric, risk.rhetoric),
    Block("proximity", "risk", risk.Proximity, risk.proximity),
    Block("silence", "risk", risk.Silence, risk.silence),
    Block("contradiction", "risk", risk.Contradiction, risk.contradiction),
    Block("alliance", "risk", risk.Alliance, risk.alliance),
    Block("understanding", "risk", risk.Understanding, risk.understanding),
    Block("calm", "risk", risk.Calm, risk.calm),
)
