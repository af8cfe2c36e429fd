"""The seat that a command looks from: an agency's, or control's, which sees all."""

from typing import Any

import click

from game.cli.common import MISUSE, fail
from game.words import say


def named(session: Any, agency: str | None) -> None:
    """Stop where no agency is called so."""
    if agency is not None and agency not in session.seats:
        fail(say("No agency is called '{name}'. Known: {known}.", name=agency, known=", ".join(session.seats)), MISUSE)


def admitted(session: Any, agency: str | None, control: bool, pin: str | None, otherwise: str) -> None:
    """Let only those see what a seat may know, or while the session goes on all of it, who know the seat's PIN or
    control's. *otherwise* is said to those who name neither.
    """
    named(session, agency)
    if session.ended is not None:
        return
    if agency is None and not control:
        fail(otherwise, MISUSE)
    seat = session.control if agency is None else session.seats[agency]
    if seat.pin and not seat.admits(pin if pin is not None else click.prompt(say("PIN"), hide_input=True, err=True)):
        fail(say("That is not the PIN."), MISUSE)
