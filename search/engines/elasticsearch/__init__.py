"""Elasticsearch as a search engine, with the settings of a stock node. See `engine.py`."""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
