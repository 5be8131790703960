"""A real Elasticsearch node for development and tests, built from the artifacts on Maven Central.

Production runs the official image or packages. This node has the same server and the same index settings, without the
modules that are published nowhere else: no scripts, no delete-by-query, no reindex; `GET /` answers 405.
"""

from tools.elasticsearch.cluster import Cluster, running_cluster
from tools.elasticsearch.failure import ElasticsearchUnavailable
from tools.elasticsearch.node import running_node
from tools.elasticsearch.sharing import shared_node

__all__ = ["Cluster", "ElasticsearchUnavailable", "running_cluster", "running_node", "shared_node"]
