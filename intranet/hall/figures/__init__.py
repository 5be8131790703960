"""The hall's figures of a period, counted from its cases: by item, by department, in all."""
