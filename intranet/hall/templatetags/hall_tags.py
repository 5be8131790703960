"""Tags of the hall's screens."""

from django import template

from intranet.hall.case_links import linked
from intranet.hall.manual.words import working_days
from intranet.hall.trail import hall_trail

register = template.Library()
register.simple_tag(linked, name="linked_case")
register.simple_tag(working_days)
register.simple_tag(hall_trail)
