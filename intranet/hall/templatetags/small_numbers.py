"""Numbers that the public is shown."""

from django import template

from intranet.hall import small_numbers

register = template.Library()
register.filter("fives", small_numbers.fives_in_words)
