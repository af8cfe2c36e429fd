"""The chart: the map of the East China Sea with the pieces on it, drawn in tiles."""
