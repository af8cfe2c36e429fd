"""The shelf: every building block that a scenario may use, by name.

A block is a plain function of a table and an attrs class of its parameters; the class is the only schema. To add one,
write both, and add a row here. A third party's package offers a `SHELF` of its own through the entry point
``game.rules``.
"""

from collections.abc import Callable
from typing import Any

from attrs import frozen

from game.rules import (
    channels,
    effects,
    encounters,
    hotline,
    ladder,
    law,
    meetings,
    movement,
    politics,
    reactions,
    risk,
    risk_at_sea,
    risk_politics,
    rivalry,
    sea,
)


@frozen
class Block:
    """One row of the shelf: the word an author writes after ``use``, where it may stand, parameters and body.

    *untraced* says of a body that it cannot be traced, because it branches on the state: a game with such a rule is played
    by the recording table alone, some hundred times slower, and nobody is told of what its changes were made.
    """

    use: str
    place: str
    parameters: type
    body: Callable[[Any, Any], None]
    untraced: bool = False


SHELF: tuple[Block, ...] = (
    Block("shift", "effect", effects.Shift, effects.shift),
    Block("put", "effect", effects.Put, effects.put),
    Block("note", "effect", effects.Note, effects.note),
    Block("ask", "effect", effects.Ask, effects.ask),
    Block("task", "effect", effects.Task, effects.task),
    Block("sail", "effect", effects.Sail, effects.sail),
    Block("sailing", "movement", movement.Sailing, movement.sailing),
    Block("watch", "movement", movement.Watch, movement.watch),
    Block("weather", "movement", sea.Weather, sea.weather),
    Block("endurance", "movement", sea.Endurance, sea.endurance),
    Block("drift", "movement", sea.Drift, sea.drift),
    Block("presence", "encounters", sea.Presence, sea.presence),
    Block("meeting", "encounters", meetings.Meeting, meetings.meeting),
    Block("armed_meeting", "encounters", meetings.ArmedMeeting, meetings.armed_meeting),
    Block("inspection", "encounters", meetings.Inspection, meetings.inspection),
    Block("landing", "encounters", meetings.Landing, meetings.landing),
    Block("code_of_conduct", "encounters", channels.CodeOfConduct, channels.code_of_conduct),
    Block("crossing", "encounters", encounters.Crossing, encounters.crossing),
    Block("intercept", "encounters", encounters.Intercept, encounters.intercept),
    Block("hotline", "mechanisms", hotline.Hotline, hotline.hotline),
    Block("notification", "mechanisms", channels.Notification, channels.notification),
    Block("consultation", "mechanisms", channels.Consultation, channels.consultation),
    Block("exchange", "mechanisms", channels.Exchange, channels.exchange),
    Block("protest", "mechanisms", channels.Protest, channels.protest),
    Block("agreement", "mechanisms", channels.Agreement, channels.agreement),
    Block("clearance", "mechanisms", law.Clearance, law.clearance),
    Block("custody", "mechanisms", law.Custody, law.custody),
    Block("tally", "home", reactions.Tally, reactions.tally),
    Block("press", "home", reactions.Press, reactions.press),
    Block("home", "home", reactions.Home, reactions.home),
    Block("climate", "home", reactions.Climate, reactions.climate),
    Block("word_from_sea", "home", meetings.WordFromSea, meetings.word_from_sea),
    Block("memory", "home", politics.Memory, politics.memory),
    Block("calendar", "home", politics.Calendar, politics.calendar),
    Block("media_filter", "home", politics.MediaFilter, politics.media_filter),
    Block("new_government", "home", politics.NewGovernment, politics.new_government),
    Block("leaders", "home", politics.Leaders, politics.leaders),
    Block("leak", "home", politics.Leak, politics.leak),
    Block("versions", "home", politics.Versions, politics.versions),
    Block("rivalry", "home", rivalry.Rivalry, rivalry.rivalry),
    Block("central_design", "home", rivalry.CentralDesign, rivalry.central_design),
    Block("ratchet", "home", risk_at_sea.Ratchet, risk_at_sea.ratchet),
    Block("rupture", "home", risk_politics.Rupture, risk_politics.rupture),
    Block("novelty", "home", risk_politics.Novelty, risk_politics.novelty),
    Block("commitment", "home", risk_politics.Commitment, risk_politics.commitment),
    Block("balancing", "home", risk_politics.Balancing, risk_politics.balancing),
    Block("waiting", "home", reactions.Waiting, reactions.waiting),
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
    Block("detention", "risk", risk_at_sea.Detention, risk_at_sea.detention),
    Block("deadline_pressure", "risk", risk_at_sea.DeadlinePressure, risk_at_sea.deadline_pressure),
    Block("armed_presence", "risk", risk_at_sea.ArmedPresence, risk_at_sea.armed_presence),
    Block("belt_presence", "risk", risk_at_sea.BeltPresence, risk_at_sea.belt_presence),
    Block("accident", "risk", risk_at_sea.Accident, risk_at_sea.accident),
    Block("third_parties", "risk", risk_at_sea.ThirdParties, risk_at_sea.third_parties),
    Block("window_pressure", "risk", risk_at_sea.WindowPressure, risk_at_sea.window_pressure),
    Block("contested_versions", "risk", risk_politics.ContestedVersions, risk_politics.contested_versions),
    Block("coercion", "risk", risk_politics.Coercion, risk_politics.coercion),
    Block("interdependence", "risk", risk_politics.Interdependence, risk_politics.interdependence),
    Block("cornered", "risk", risk_politics.Cornered, risk_politics.cornered),
    Block("first_of_its_kind", "risk", risk_politics.FirstOfItsKind, risk_politics.first_of_its_kind),
    Block("coalition", "risk", risk_politics.Coalition, risk_politics.coalition),
    Block("settlement", "risk", risk_politics.Settlement, risk_politics.settlement),
    Block("novice", "risk", risk_politics.Novice, risk_politics.novice),
    Block("calm", "risk", risk.Calm, risk.calm),
)
