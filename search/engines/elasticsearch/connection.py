"""The client: which hosts, for how long, and what is tried again."""

import time
from collections.abc import Callable

from elasticsearch import Elasticsearch

from search.engines.base import EngineUnavailable

WRITE_SECONDS = 60


def connect(hosts: list[str], *, ca_certs: str, api_key: str) -> Elasticsearch:
    """A client of these hosts and no others: it does not look for more (no sniffing).

    Every request of ours is safe to repeat, since writes carry external versions. One that failed goes to another
    host after a short pause that grows. A node that says 503 has waited already: the write is for the outbox then.
    """
    return Elasticsearch(
        hosts,
        request_timeout=WRITE_SECONDS,
        max_retries=max(2, len(hosts)),
        retry_on_timeout=len(hosts) > 1,
        retry_on_status=(502, 504),
        retry_backoff_base=0.2,
        retry_backoff_cap=2,
        api_key=api_key or None,
        **({"ca_certs": ca_certs} if ca_certs else {}),  # type: ignore[arg-type]
    )


def within(seconds: float, client: Elasticsearch) -> Callable[[], Elasticsearch]:
    """A client for each of the requests that together may take so long, because somebody waits.

    Another host is tried at once; what timed out is not repeated. Once the time is over: `EngineUnavailable`.
    """
    end = time.monotonic() + seconds

    def bounded() -> Elasticsearch:
        if (left := end - time.monotonic()) <= 0:
            raise EngineUnavailable(f"Elasticsearch: no answer within {seconds:g} s")
        return client.options(
            request_timeout=left, retry_on_timeout=False, retry_on_status=(502, 503, 504), retry_backoff_base=0
        )

    return bounded
