"""Numbers that the public is shown."""

from django import template

from intranet.hall import small_numbers

register = template.Library()


@register.filter
def in_public(number: int) -> str:
    """The number, or that it is of too few to be told."""
    return small_numbers.in_words(small_numbers.alone(number))
