"""Tags of the hall's screens."""

from django import template

from intranet.hall.case_links import linked

register = template.Library()
register.simple_tag(linked, name="linked_case")
