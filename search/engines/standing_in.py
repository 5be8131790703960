"""Which engine is asked: the main one, or the embedded one in its place."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from django.conf import settings

from search.engines import fallback_engine, main_engine
from search.engines.base import Engine, EngineRefused, EngineUnavailable
from search.engines.breaker import Breaker

logger = logging.getLogger("gongkai.search")

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Answer(Generic[Found]):
    """What was found, by which engine, and whether that stands in for the main one."""

    found: Found
    engine: Engine
    degraded: bool


@lru_cache(maxsize=64)
def _breaker(url: str, purpose: str) -> Breaker:
    return Breaker()


def asking() -> Breaker:
    """The breaker of searches and suggestions of the main engine in this process."""
    return _breaker(settings.SEARCH_URL, "asking")


def writing(engine: Engine) -> Breaker:
    """The breaker of writes: a cluster without a master takes none and still answers."""
    return _breaker(settings.SEARCH_URL, "writing" if engine is main_engine() else "writing the fallback")


def answered(ask: Callable[[Engine], Found]) -> Answer[Found]:
    """The main engine's answer; the fallback's where the main one fails, or has just failed several times in a row.

    Raises `EngineUnavailable` when neither answers. Without a fallback the main engine is asked every time.
    """
    main, fallback, breaker = main_engine(), fallback_engine(), asking()
    if fallback is None:
        return Answer(ask(main), main, degraded=False)
    if breaker.lets_through():
        try:
            found = ask(main)
        except EngineRefused as refused:
            breaker.succeeded()
            logger.warning("%s refused a search: %s", main.name, refused)
        except EngineUnavailable as unavailable:
            breaker.failed()
            logger.warning("%s does not answer: %s", main.name, unavailable)
        else:
            breaker.succeeded()
            return Answer(found, main, degraded=False)
    return Answer(ask(fallback), fallback, degraded=True)
