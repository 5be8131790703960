"""The filings of refusals that wait for a head's signature: on the head's desk and in the day's mail."""
