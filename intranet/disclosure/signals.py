"""Wiring: what changes a matter's readers or text."""
