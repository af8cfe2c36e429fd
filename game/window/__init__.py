"""The table in a window: pygame. Read app.py (the loop), kit/ (the toolkit), chart/ (the map), screens/ (what people see)."""
