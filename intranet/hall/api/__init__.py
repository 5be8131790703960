"""The hall in the data interface: what the public may read, as JSON; nothing is written through it."""
