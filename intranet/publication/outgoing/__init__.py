"""Mail that leaves a request: it waits in the database until it is delivered, so that no request waits for a server."""
