"""The engines in service, chosen by the settings."""

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from search.engines.base import Engine

DEFAULT_INDEX = "gongkai"


def engine_from_url(url: str) -> Engine:
    """The engine that a `SEARCH_URL` names. Raises `ValueError` for a scheme that none has.

    `embedded:///search` is a folder below `VAR_DIR` (`embedded:///var/search` names the same),
    `embedded:////srv/search` an absolute one; `https://user:pass@host:9200/gongkai` is Elasticsearch, several
    hosts separated by commas.
    """
    scheme = url.partition(":")[0]
    if scheme == "embedded":
        from search.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(_folder(urlsplit(url).path))
    if scheme in ("http", "https"):
        from search.engines.elasticsearch import ElasticsearchEngine

        hosts, _slash, index = url.removeprefix(f"{scheme}://").partition("/")
        if settings.SEARCH_API_KEY and "@" in hosts:
            raise ValueError("SEARCH_URL holds an account and SEARCH_API_KEY is set: keep one of the two")
        addresses = _addresses(scheme, hosts)
        return ElasticsearchEngine(
            addresses,
            index or DEFAULT_INDEX,
            ca_certs=settings.SEARCH_CA_CERTS,
            api_key=settings.SEARCH_API_KEY,
            shards=settings.SEARCH_SHARDS,
            replicas=settings.SEARCH_REPLICAS,
            seconds=settings.SEARCH_SECONDS,
        )
    raise ValueError(f"SEARCH_URL begins with embedded:, http: or https:, not {scheme}:")


def _addresses(scheme: str, hosts: str) -> list[str]:
    """One address a host; the account is written once and goes for all."""
    account, at, names = hosts.rpartition("@")
    return [f"{scheme}://{account}{at}{name}" for name in names.split(",")]


def _folder(path: str) -> Path:
    if path.startswith("//"):
        return Path(path[1:])
    relative = path.strip("/").removeprefix("var/") or "search"
    return Path(settings.VAR_DIR) / relative


@lru_cache(maxsize=8)
def _kept(url: str) -> Engine:
    return engine_from_url(url)


def main_engine() -> Engine:
    """The engine that answers."""
    return _kept(settings.SEARCH_URL)


def fallback_engine() -> Engine | None:
    """The embedded engine that answers while the main one does not; None where the main one is embedded."""
    if settings.SEARCH_URL.startswith("embedded:") or not settings.SEARCH_FALLBACK_URL:
        return None
    return _kept(settings.SEARCH_FALLBACK_URL)


def engines_written() -> list[Engine]:
    """Every engine that is kept up to date, the fallback first: it is there when the main one is not."""
    fallback = fallback_engine()
    return [*([fallback] if fallback else []), main_engine()]
