"""A PostgreSQL cluster of its own for a test run: `python -m tools.postgresql -- COMMAND`."""
