"""What agencies are known by: a plate in the colour of their side with an icon of what they do."""

from typing import TYPE_CHECKING

from game.window.kit.kit import Kit
from game.window.kit.node import Node
from game.window.kit.rows import badge
from game.window.kit.theme import Colour

if TYPE_CHECKING:
    from game.core.model import Agency, Side

ICONS = (
    ("anchor", ("coast guard", "surveillance", "fisheries", "maritime")),
    ("gavel", ("prosecutor", "justice", "court")),
    ("shield", ("defense", "defence", "navy", "army", "air force", "theater", "theatre", "military", "command,")),
    ("landmark", ("prime minister", "president", "cabinet", "politburo", "government")),
    ("globe", ("foreign", "state department", "embass", "diplomacy")),
)
"""An icon, and words in the name of an agency that call for it. The first line that fits counts."""

OTHER = "building-2"


def icon_of(agency: "Agency") -> str:
    """The icon of an agency, by its name."""
    # A government that speaks through several houses is known by its embassies.
    head, _, rest = agency.name.lower().partition(":")
    name = rest.split(",")[0] if rest else head
    return next((icon for icon, words in ICONS if any(word in name for word in words)), OTHER)


def ink_on(kit: Kit) -> Colour:
    """What is written on the colour of a side."""
    return kit.theme.page if kit.theme.dark else (255, 255, 255)


def face(kit: Kit, agency: "Agency", side: "Side", size: float = 40) -> Node:
    """The plate of an agency."""
    return badge(icon_of(agency), kit.theme.side(side.id), ink_on(kit), size)
