"""How good finding is: judged queries, scored by kind on either engine."""
