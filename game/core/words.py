"""Moved to game.words."""

from game.words import say as say
