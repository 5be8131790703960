"""What bears on access: who did what to what, appended in the act's own transaction and sealed in a chain.

The lowest app: whatever happens above is recorded here, and nothing here knows what it means.
"""
