"""First inquiry: what may be done with a question at the window (`asking.py`), and its screens."""
