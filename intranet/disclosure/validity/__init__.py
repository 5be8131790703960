"""Whether a regulation is in force on a day: the rule, the facts it reads, and the answer in words."""
