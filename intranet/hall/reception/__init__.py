"""Receiving applications at the window: one screen, from who comes to the receipt."""
