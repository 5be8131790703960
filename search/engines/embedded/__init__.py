"""The embedded engine: SQLite FTS5 in a folder of its own, no set-up. See `engine.py`."""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
