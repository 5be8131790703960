"""What the desk gives away as CSV runs no formula in the spreadsheet that opens it.

Titles and questions asked of the search are written by people of all kinds. Wagtail takes the formulas out of its XLSX
exports and not out of its CSV; every export of ours and of its own is written by the module that is replaced here.
"""

from defusedcsv import csv
from wagtail.admin.views import mixins


def defuse_exports() -> None:
    """Have all CSV exports of the desk written so that a cell that begins like a formula is text."""
    mixins.csv = csv
