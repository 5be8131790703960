"""Secrecy review: its conclusions, versions with passages left out, and the register of all of them."""
