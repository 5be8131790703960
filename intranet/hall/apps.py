from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HallConfig(AppConfig):
    name = "intranet.hall"
    label = "hall"
    verbose_name = _("Government affairs hall")

    def ready(self) -> None:
        from intranet.disclosure.page_parts import register_page_part
        from intranet.hall.guide_part import guide_part

        register_page_part(guide_part)
        from intranet.hall import signals  # noqa: F401
