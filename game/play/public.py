"""What everybody may see: what stands in the view of every agency, and nothing else."""

from collections import Counter
from collections.abc import Sequence

from attrs import evolve

from game.core.events import SHIFT, Part
from game.core.view import Told
from game.play.session import Session
from game.words import say


def public_news(session: Session) -> tuple[Told, ...]:
    """What all agencies learned of the last turn. Of a number's causes, those that all know; the others as one sum."""
    views = [session.view(agency.id).told for agency in session.game.agencies]
    counts = [Counter(map(_bare, told)) for told in views]
    shared = counts[0]
    for count in counts[1:]:
        shared &= count
    news = []
    for item in views[0]:
        bare = _bare(item)
        if not shared[bare]:
            continue
        shared[bare] -= 1
        if item.kind == SHIFT:
            same = [next(one.parts for one in told if _bare(one) == bare) for told in views]
            news.append(evolve(item, parts=_common(item.after - item.before, same)))
        else:
            news.append(item)
    return tuple(news)


def _bare(item: Told) -> Told:
    return evolve(item, parts=())


def _common(change: int, known: Sequence[tuple[Part, ...]]) -> tuple[Part, ...]:
    """The parts that everybody knows, and what they leave of the change."""
    parts = tuple(part for part in known[0] if all(part in other for other in known[1:]))
    left = change - sum(part.amount for part in parts)
    return (*parts, Part(say("other causes"), left)) if left else parts
