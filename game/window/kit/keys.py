"""Keys that mean the same everywhere."""

import pygame

ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER)
CHOOSE = (*ENTER, pygame.K_SPACE)
"""What chooses a thing that has the focus."""
