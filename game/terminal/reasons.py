"""Why a number moved, in lines for people; and finding the number that somebody means."""

from collections.abc import Sequence

from game.core import Explanation, Game
from game.core.view import Reading
from game.play.session import Session, SessionProblem
from game.play.wording import roll_text, signed, sum_of
from game.terminal.listen import did_you_mean
from game.words import say


def lines_of(explanations: Sequence[Explanation], turn: int) -> list[str]:
    """Explanations as lines: each change with its parts, draws, rule and source."""
    lines = []
    for one in explanations:
        if not one.reasons:
            continue
        unit = f" ({one.unit})" if one.unit else ""
        lines.append(say("{title}{unit}, turn {turn} [{name}]", title=one.title, unit=unit, turn=turn, name=one.name))
        for reason in one.reasons:
            because = sum_of(reason.parts) or reason.label
            net = signed(reason.after - reason.before)
            lines.append(f"  {reason.before} -> {reason.after} ({net})  {because}".rstrip())
            lines += [f"      {roll_text(roll)}" for roll in reason.rolls]
            lines += [f"      {sentence}" for sentence in reason.told]
            source = say("; source: {source}", source=reason.source) if reason.source else ""
            lines.append(say("      rule: {rule}{source}", rule=reason.rule, source=source))
    return lines or [say("Nothing of that moved in turn {turn}.", turn=turn)]


def why_lines(session: Session, typed: str, known: Sequence[Reading], agency: str | None) -> list[str]:
    """The answer to ``why NAME [TURN]`` as lines. Raises *SessionProblem* with a sentence."""
    played = len(session.history)
    if not played:
        raise SessionProblem(say("No turn has been played yet, so nothing has moved."))
    words = typed.split()
    turn = played
    if len(words) > 1 and words[-1].isascii() and words[-1].isdigit():
        turn = int(words.pop()[:6])
    if not words:
        raise SessionProblem(say("Type why and the name of a value, such as: why {name}", name=known[0].name))
    return lines_of(session.why(turn, name_typed(session.game, " ".join(words), known), agency), turn)


def name_typed(game: Game, typed: str, known: Sequence[Reading]) -> str:
    """The dotted name of a value, or of several, that somebody means. Raises *SessionProblem* when none is meant."""
    wanted = typed.lower()
    names = [one.name for one in known]
    tracks = list(dict.fromkeys(name.partition(".")[0] for name in names))
    if wanted in names or wanted in tracks:
        return wanted
    found = [one.name for one in known if wanted in one.title.lower()]
    of_tracks = list(dict.fromkeys(name.partition(".")[0] for name in found))
    if len(found) == 1 or len(of_tracks) == 1:
        return found[0] if len(found) == 1 else of_tracks[0]
    begun = [name for name in (*tracks, *names) if name.startswith(wanted)]
    if begun:
        return begun[0]
    raise SessionProblem(did_you_mean(typed, (*tracks, *names)))
