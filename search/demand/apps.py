from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemandConfig(AppConfig):
    name = "search.demand"
    label = "demand"
    verbose_name = _("What people look for")
    default_auto_field = "django.db.models.BigAutoField"
