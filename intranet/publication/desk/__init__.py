"""My desk: what waits for whom, and why. The first page after signing in, in a fixed number of queries."""
