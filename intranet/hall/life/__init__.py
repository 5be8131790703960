"""The life of a case: the table of its moves, and a module for each part of it. Nothing else changes a case's state."""
