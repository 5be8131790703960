"""Registrations with Wagtail: the doors of pages and documents."""

from wagtail import hooks

from intranet.disclosure import doors

hooks.register("before_serve_page", doors.check_page)
hooks.register("before_serve_document", doors.check_document)
