"""Kuroshio: a crisis-management wargame for the East China Sea."""

__version__ = "0.1.0"
