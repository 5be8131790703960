"""A bound on what one browser, or one program, may send."""

from django.core.cache import cache

SECONDS = 60
ALLOWED = 60
"""More than anybody opens or judges in a minute; a program asks once a second."""


def is_allowed(session: str) -> bool:
    """Whether this session or address may send one more thing now.

    Counted a process, which is enough against a loop.
    """
    name = f"demand:{session}"
    cache.add(name, 0, SECONDS)
    try:
        return cache.incr(name) <= ALLOWED
    except ValueError:  # its minute ended in between
        return True
