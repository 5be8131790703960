"""Paper: HTML to PDF, with its fonts in it."""
