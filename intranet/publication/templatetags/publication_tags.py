"""What a matter's page shows of its publication."""

from django import template

from intranet.disclosure.models import MatterPage
from intranet.publication.route_records import objections

register = template.Library()


@register.filter
def takes_objections(matter: MatterPage) -> bool:
    """Whether the matter is a notice to which its readers may object today."""
    return objections.takes_objections(matter)
