"""The particulars (明细) of a matter: the small structured form that its category asks for.

A form is a module: `funds`, `accounts`, `goals`, `acts`, `fees`, `accountability`, `selection`, `rewards`, `vehicles`.
It says which categories ask for it, its columns, which columns add up, what must hold, and what is plotted. Its block
in the editor, its table, its words for search, its CSV and its place in the exchange format follow from that.

Source: DOMAIN, the catalogue of disclosure (elements of E3, E5, E6, E9, E10, N4, N5, N7, N8, N9).
"""
