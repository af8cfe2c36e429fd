"""What the people around the laptop share: the session, the screen, the keyboard, and which seats have a PIN."""

from pathlib import Path

from attrs import frozen

from game.core import Agency
from game.play.journal import Journal
from game.play.session import PERSON, Seat, Session
from game.terminal.listen import Listener, one_of
from game.terminal.paper import Paper
from game.words import say

CONTROL_PIN = "control-pin"
"""The reason under which the scrambled PIN of control stands in the journal: told to nobody."""
TRIES = 3
