from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from home import signals  # noqa: F401
        from home.defused_exports import defuse_exports

        defuse_exports()
