"""Cases that are overdue, due today or due in two working days: the summary, and what people are reminded of."""
