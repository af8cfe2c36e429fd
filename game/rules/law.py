"""The law at home as clocks: leave that an agency asks of its superior, and custody from the boat to a court or home."""

from typing import Any

from attrs import frozen

from game.core.model import Look, Track
from game.rules import fields
from game.rules.mechanisms import known_to
from game.words import say

NONE, ASKED, GRANTED, REFUSED = range(4)
"""Words of the mark *clearance*."""

DAY = 1440
"""Minutes."""


@frozen
class Clearance:
    """Parameters of *clearance*."""

    agency: int = fields.ref("agency", "the agency that needs leave to act")
    superior: int = fields.ref("agency", "the one that gives it")
    deadline: int = fields.number("how long the superior may take, once it has read the request", "hours", 1, 1600)
    lapse: str = fields.word("what silence until the deadline means", ("granted", "refused"))
    holds: int = fields.number("how long leave holds, once the agency has read of it", "hours", 1, 1600, default=48)
    known_to: tuple[int, ...] = fields.several("agency", "the agencies that learn of it beside the two", default=[])
    clearance: Track = fields.track(
        "by agency: whether it has leave to act (none, asked, granted, refused)", ("agency",), default="clearance"
    )
    clearance_due: Track = fields.track(
        "by agency: until when its request waits for an answer, in minutes since the first turn", ("agency",),
        default="clearance_due")  # fmt: skip
    clearance_ends: Track = fields.track(
        "by agency: until when its leave holds, in minutes since the first turn", ("agency",), default="clearance_ends"
    )
    clearance_moved: Track = fields.track(
        "by agency: its request was made, answered or lapsed in this turn, or its leave ended", ("agency",),
        default="clearance_moved")  # fmt: skip


def clearance(table: Any, p: Clearance) -> None:
    """An agency asks leave of its superior, who grants or refuses it; silence until the deadline decides too.

    Agency and superior put the mark by their orders: asked, granted, refused. Both read of it when the turn is told, so
    deadlines run from the end of a turn, and an answer in the turn that begins at the deadline is in time. Source:
    Masuda 2012 on coordination that is needed inside a side before any mechanism can work; Kyodo, September 2024, on
    consultation before a call. What silence means and the hours are designers' choices.
    """
    one, end = p.agency, table.clock + table.minutes
    word, due, ends = (table.track(kept, one) for kept in (p.clearance, p.clearance_due, p.clearance_ends))
    begins = (word == ASKED) & (due == 0)
    lapses = (word == ASKED) & (due > 0) & (due < end)
    by_silence = lapses if p.lapse == "granted" else False
    granted = (word == GRANTED) & ((due > 0) | (ends == 0))
    refused = (word == REFUSED) & (due > 0)
    withdrawn = (word == REFUSED) & (due == 0) & (ends > 0)
    worn = (word == GRANTED) & (due == 0) & (ends > 0) & (ends <= end)
    tell_clearance(table, p, begins, granted, refused, withdrawn, lapses, worn)
    silence = GRANTED if p.lapse == "granted" else REFUSED
    table.put(p.clearance, one, to=table.where(lapses, silence, table.where(worn, NONE, word)))
    answered = granted | refused | lapses | (word == NONE)
    table.due(p.clearance_due, one, at=table.where(begins, end + p.deadline * 60, table.where(answered, 0, due)))
    over = begins | refused | withdrawn | worn | (word == NONE)
    holds = end + p.holds * 60
    table.due(p.clearance_ends, one, at=table.where(granted | by_silence, holds, table.where(over, 0, ends)))


def tell_clearance(table: Any, p: Clearance, begins: Any, granted: Any, refused: Any, withdrawn: Any, lapses: Any,
                   worn: Any) -> None:  # fmt: skip
    """What the agency, its superior and those beside them are told."""
    names = [table.game.agencies[one].name for one in (p.agency, p.superior)]
    silence = (
        say("{superior} has not answered in time: {agency} has leave to act.", superior=names[1], agency=names[0])
        if p.lapse == "granted"
        else say(
            "{superior} has not answered in time: {agency} has no leave to act.", superior=names[1], agency=names[0]
        )
    )
    for when, sentence in (
        (begins, say("{agency} asks {superior} for leave to act.", agency=names[0], superior=names[1])),
        (granted, say("{superior} gives {agency} leave to act.", superior=names[1], agency=names[0])),
        (refused, say("{superior} refuses {agency} leave to act.", superior=names[1], agency=names[0])),
        (withdrawn, say("{superior} takes back the leave that {agency} had.", superior=names[1], agency=names[0])),
        (lapses, silence),
        (worn, say("The leave that {agency} had has run out.", agency=names[0])),
    ):
        table.note(p.clearance_moved, p.agency, when=when, label=sentence,
                   seen=known_to((p.agency, p.superior, *p.known_to)))  # fmt: skip


FREE, HELD, ARRESTED, SENT, DETAINED, EXTENDED, INDICTED, RELEASED, DEPORTED = range(9)
"""Words of the mark *custody*."""

NO_STEP, ARREST, DEPORT, SEND, ASK_DETENTION, ASK_EXTENSION, INDICT, RELEASE = range(8)
"""Words of the mark *legal_step*."""

AFTER = (
    *(0, 0, 0, 0, 0, 0, 0, 0),
    *(0, ARRESTED, DEPORTED, 0, 0, 0, 0, RELEASED),
    *(0, 0, DEPORTED, SENT, 0, 0, 0, RELEASED),
    *(0, 0, DEPORTED, 0, DETAINED, 0, INDICTED, RELEASED),
    *(0, 0, DEPORTED, 0, 0, EXTENDED, INDICTED, RELEASED),
    *(0, 0, DEPORTED, 0, 0, 0, INDICTED, RELEASED),
    *(0, 0, 0, 0, 0, 0, 0, RELEASED),
    *(0, 0, 0, 0, 0, 0, 0, 0),
    *(0, 0, 0, 0, 0, 0, 0, 0),
)
"""What a step leads to, a row for each word of *custody*, a column for each of *legal_step*; 0 where it is not possible."""

RUNNING = (0, 1, 1, 1, 1, 1, 0, 0, 0)
"""For each word of *custody*, 1 while a term runs."""


@frozen
class Custody:
    """Parameters of *custody*."""

    agencies: tuple[int, ...] = fields.several(
        "agency", "the agencies that may take steps, in the order in which their steps of one turn are taken"
    )
    known_to: tuple[int, ...] = fields.several(
        "agency", "the agencies that learn of steps refused, of what a judge decides, and of terms about to run out"
    )
    persons: str = fields.text("who is held, at the beginning of a sentence", default="Persons held")
    held: int = fields.number("how long persons may be held before an arrest", "hours", 1, 240, default=24)
    sending: int = fields.number("from the arrest to the prosecutors", "hours", 1, 240, default=48)
    asking: int = fields.number("from there to the request for detention", "hours", 1, 240, default=24)
    detention: int = fields.number("how long detention lasts, the day of the request included", "days", 1, 60,
                                   default=10)  # fmt: skip
    extension: int = fields.number("how much longer an extension lasts", "days", 1, 60, default=10)
    within: int = fields.number("how long before the end of detention an extension may be asked for at the earliest",
                                "hours", 1, 1440, default=72)  # fmt: skip
    midnight: int = fields.number("from the first turn to the next midnight, at which days end", "minutes", 0, 1440,
                                  default=0)  # fmt: skip
    grants_detention: int = fields.number("a judge grants detention", "permille", 0, 1000, default=980)
    grants_extension: int = fields.number("a judge grants an extension", "permille", 0, 1000, default=950)
    barred: Look = fields.condition(
        "an offence beside illegal entry is suspected, so that the prosecutors come before immigration officers",
        default=False)  # fmt: skip
    custody: Track = fields.track("how far the procedure is", (), default="custody")
    custody_due: Track = fields.track("when its term ends, in minutes since the first turn", (), default="custody_due")
    custody_count: Track = fields.track("how many persons are held", (), default="custody_count")
    legal_step: Track = fields.track(
        "by agency: the step that it takes in this turn", ("agency",), default="legal_step"
    )
    custody_moved: Track = fields.track("what changed in this turn", (), default="custody_moved")
    released_now: Track = fields.track("persons were released or sent back in this turn", (), default="released_now")
    term_near: Track = fields.track("the term ends before the next turn does", (), default="term_near")


def custody(table: Any, p: Custody) -> None:
    """Custody under criminal procedure is a row of terms: each needs a step in time, or those held are released by law.

    A step counts from the beginning of the turn in which it is ordered, one of each agency in a turn, and one in the
    turn that begins at the end of the term is in time. Source: Code of Criminal Procedure of Japan, articles 203 and 205
    (48 hours to the prosecutors, 24 more to a judge), 207 and 208 (detention of 10 days, extended by up to 10), 257
    (a prosecution may be withdrawn); Immigration Control and Refugee Recognition Act, articles 64 and 65 (handed over
    to immigration officers instead, when no other offence is suspected, or when nobody is prosecuted). September 2010:
    arrest on the 8th, sent on the 9th, detention granted on the 10th until the 19th, extended until the 29th, release
    on the 24th (Kyodo, China Daily). August 2012: arrests on the 15th, sent back on the 17th (Okinawa Times). How long
    persons are held before an arrest, and what judges grant, are designers' choices.
    """
    end = table.clock + table.minutes
    before, kept = table.track(p.custody), table.track(p.custody_due)
    # Whoever is held late in a long turn is not free by law before anybody could take a step.
    fresh = term(table, p, before, kept)
    fresh = table.where(before == HELD, table.most(fresh, end), fresh)
    due = table.where(kept == 0, fresh, kept)
    stage = before
    for agency in p.agencies:
        stage, due = step(table, p, agency, stage, due)
    runs = table.look(RUNNING, stage) > 0
    lapses = runs & (due < end)
    table.note(p.custody_moved, when=lapses,
               label=say("{persons}: the term ran out without a step; released by law.", persons=p.persons))  # fmt: skip
    last = len(table.game.turns) - 1
    ends = tuple(turn.begins + turn.minutes for turn in table.game.turns)
    next_end = table.look(tuple(ends[min(number + 1, last)] for number in range(last + 1)), table.turn)
    table.note(p.term_near, when=runs & table.no(lapses) & (due < next_end), seen=known_to(p.known_to),
               label=say("{persons}: the term ends before the next turn does. Without a step at its beginning they are "
                         "released by law.", persons=p.persons))  # fmt: skip
    stage = table.where(lapses, RELEASED, stage)
    out = table.no(stage == before) & (stage >= RELEASED)
    table.note(p.released_now, when=out)
    table.put(p.custody_count, to=0, when=out)
    table.put(p.custody, to=stage)
    table.due(p.custody_due, at=table.where(table.look(RUNNING, stage) > 0, due, 0))


def term(table: Any, p: Custody, stage: Any, due: Any) -> Any:
    """When the term of a stage ends that begins now; an extension is added to the term that it extends."""
    now = table.clock
    hours = table.look((0, p.held, p.sending, p.asking, 0, 0, 0, 0, 0), stage)
    day = p.midnight + ((now - p.midnight) // DAY + p.detention) * DAY
    longer = table.most(due, now) + p.extension * DAY
    return table.where(stage == DETAINED, day, table.where(stage == EXTENDED, longer, now + hours * 60))


def step(table: Any, p: Custody, agency: int, stage: Any, due: Any) -> tuple[Any, Any]:
    """The step of one agency: whether the law allows it now, what a judge says of it, and where that leads."""
    seen = known_to(p.known_to)
    asked = table.track(p.legal_step, agency)
    after = table.look(AFTER, stage * (RELEASE + 1) + asked)
    early = (after == EXTENDED) & (due - table.clock > p.within * 60)
    barred = (after == DEPORTED) & (stage < SENT) & p.barred(table)
    refuse_step(table, p, agency, (asked > 0) & (after == 0), early, barred, asked)
    possible = (after > 0) & table.no(early | barred)
    court = possible & ((after == DETAINED) | (after == EXTENDED))
    chance = table.where(after == EXTENDED, p.grants_extension, p.grants_detention)
    granted = table.roll("a judge grants it", chance=chance, when=court, subject=agency, seen=seen)
    denied = court & table.no(granted)
    table.note(p.custody_moved, when=denied & (stage == SENT),
               label=say("{persons}: a judge refuses detention; released.", persons=p.persons))  # fmt: skip
    table.refuse(say("{persons}: a judge refuses an extension; the term goes on.", persons=p.persons), seen=seen | 1 << agency,
                 when=denied & (stage == DETAINED))  # fmt: skip
    moved = (possible & table.no(court)) | granted
    for number, sentence in enumerate(sentences(p, table.game.agencies[agency].name), ARRESTED):
        table.note(p.custody_moved, when=moved & (after == number), label=sentence)
    now = table.where(moved, after, table.where(denied & (stage == SENT), RELEASED, stage))
    return now, table.where(moved, term(table, p, now, due), due)


def sentences(p: Custody, agency: str) -> tuple[str, ...]:
    """What is told of each stage that is reached, from *arrested* on."""
    return (
        say("{persons}: arrested by {agency}.", persons=p.persons, agency=agency),
        say("{persons}: sent to the prosecutors by {agency}.", persons=p.persons, agency=agency),
        say("{persons}: a judge grants detention for {days} days.", persons=p.persons, days=p.detention),
        say("{persons}: a judge extends detention by {days} days.", persons=p.persons, days=p.extension),
        say("{persons}: indicted by {agency}.", persons=p.persons, agency=agency),
        say("{persons}: released by {agency}.", persons=p.persons, agency=agency),
        say("{persons}: sent back under immigration law by {agency}.", persons=p.persons, agency=agency),
    )


def refuse_step(table: Any, p: Custody, agency: int, impossible: Any, early: Any, barred: Any, asked: Any) -> None:
    """Tell the agency and those who are to know why a step is not taken."""
    names = (
        say("an arrest"),
        say("sending back under immigration law"),
        say("sending to the prosecutors"),
        say("a request for detention"),
        say("a request for an extension"),
        say("an indictment"),
        say("a release"),
    )
    seen = known_to((agency, *p.known_to))
    for number, name in enumerate(names, ARREST):
        label = say("{persons}: {step} is not possible at this stage.", persons=p.persons, step=name)
        table.refuse(label, seen=seen, when=impossible & (asked == number))
    table.refuse(say("{persons}: it is too early to ask for an extension.", persons=p.persons), seen=seen, when=early)
    table.refuse(say("{persons}: another offence is suspected, so the prosecutors must be asked first.", persons=p.persons),
                 seen=seen, when=barred)  # fmt: skip
