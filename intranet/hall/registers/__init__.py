"""The hall's registers (台账): on the screen, on paper, and to take away."""
