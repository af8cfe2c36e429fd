"""Play: sessions with people, playouts without, journals, comparisons."""
