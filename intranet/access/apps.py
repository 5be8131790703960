from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "intranet.access"
    label = "access"
    verbose_name = _("Access")

    def ready(self) -> None:
        from intranet.access import delegating, signals  # noqa: F401
