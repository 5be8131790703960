"""Service items as a table, in CSV or XLSX: taken away, changed in a spreadsheet, looked at, and taken in again."""
