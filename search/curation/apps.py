from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    name = "search.curation"
    label = "curation"
    verbose_name = _("Search upkeep")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search.curation import signals  # noqa: F401
