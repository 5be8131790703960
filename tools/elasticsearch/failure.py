"""What the tools say when there can be no node."""


class ElasticsearchUnavailable(RuntimeError):
    """No node can be built or started here; the message says why and what to do, in one line."""
