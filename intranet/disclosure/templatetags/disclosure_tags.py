"""Template filters of disclosure."""

from django import template

from intranet.disclosure.body import article_anchor

register = template.Library()
register.filter("article_anchor", article_anchor)
