"""What a route wants on record: price audits, decisions of the meeting, notice periods and their objections."""
