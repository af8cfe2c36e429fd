"""Keys that mean the same everywhere."""

import pygame

ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER)
CHOOSE = (*ENTER, pygame.K_SPACE)
"""What chooses a thing that has the focus."""


def chooses(event: pygame.event.Event) -> bool:
    """Whether an event is one of these keys."""
    return event.type == pygame.KEYDOWN and event.key in CHOOSE
