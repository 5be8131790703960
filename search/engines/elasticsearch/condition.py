"""How the cluster is: copies, nodes, shards."""

from elasticsearch import Elasticsearch


def concerns(client: Elasticsearch, index: str, *, shards: int, replicas: int) -> list[str]:
    """What is not as the settings ask although the index may answer."""
    health = client.cluster.health(index=index, level="indices").body
    nodes, missing = health["number_of_data_nodes"], health["unassigned_shards"]
    there = {one["number_of_shards"] for one in health["indices"].values()}
    found = []
    if replicas > nodes - 1:
        found.append(f"SEARCH_REPLICAS is {replicas} and wants {replicas + 1} nodes; the cluster has {nodes}")
    if missing:
        found.append(f"copies of shards that are on no node: {missing}; the index is {health['status']}")
    if there != {shards}:
        found.append(f"SEARCH_SHARDS is {shards}, the index has {min(there)} until the next “search rebuild”")
    return found


def give_replicas(client: Elasticsearch, index: str, replicas: int) -> None:
    """Let the index behind this alias have so many copies beside the first one; shards need a rebuild."""
    for name, found in client.indices.get_settings(index=index, flat_settings=True).items():
        if found["settings"]["index.number_of_replicas"] != str(replicas):
            client.indices.put_settings(index=name, settings={"number_of_replicas": replicas})
