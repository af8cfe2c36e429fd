"""The words of marks that rules know by their place: a track given for such a mark must begin with these words."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, ...]] = {
    "account": ("none", "verifying", "no_intention", "explained"),
    "clearance": ("none", "asked", "granted", "refused"),
    "custody": ("free", "held", "arrested", "sent", "detained", "extended", "indicted", "released", "deported"),
    "disclosed": ("secret", "reported", "announced"),
    "distance": ("wide", "standard", "close"),
    "facts": ("nothing", "part", "all"),
    "incident": ("none", "unreported", "known"),
    "legal_step": ("none", "arrest", "deport", "send", "ask_detention", "ask_extension", "indict", "release"),
    "line_policy": ("on_instructions", "as_usual", "at_once"),
    "mission": ("in_port", "patrol", "shadow", "escort", "warn_off", "expel", "arrest", "fish", "land"),
    "posture": ("base", "distant", "circling", "pressing", "close", "flares"),
    "report_to": ("own_agency", "own_side", "other_side"),
    "signals": ("silent", "in_use"),
    "stage": ("idle", "consulting", "ringing", "relaying"),
    "version": ("none", "partial", "blames_other"),
    "video": ("none", "held", "released", "leaked"),
}
"""By the name that a parameter has as its default."""
