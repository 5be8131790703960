"""Fees: read from the matters of E9 that disclose them, shown on the board and on guides while they may be charged.

A fee is a row of such a matter's form and nothing else: what is charged went through review and price audit with the
matter, and its history is the matter's. Beside it there is only what takes a fee away (`LostAudit`).
"""
