from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignInConfig(AppConfig):
    name = "intranet.sign_in"
    label = "sign_in"
    verbose_name = _("Signing in")

    def ready(self) -> None:
        from intranet.sign_in import signals  # noqa: F401
