"""One mail a person and working day, with what waits for them and is due soon or late."""
