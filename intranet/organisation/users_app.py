"""Wagtail's accounts screen, with the form of ours."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleAppConfig(WagtailUsersAppConfig):
    user_viewset = "intranet.organisation.viewsets.PeopleViewSet"
