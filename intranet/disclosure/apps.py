from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosureConfig(AppConfig):
    name = "intranet.disclosure"
    label = "disclosure"
    verbose_name = _("Disclosure")

    def ready(self) -> None:
        from intranet.disclosure import figures, places, search, signals  # noqa: F401
        from intranet.disclosure.page_paths import look_below_through_the_index
        from intranet.disclosure.pasted_fields import clean_what_is_typed
        from intranet.disclosure.validity import signals as validity_signals  # noqa: F401

        look_below_through_the_index()
        clean_what_is_typed()
