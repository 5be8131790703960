"""Why something is kept back from disclosure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SecrecyBasis(models.TextChoices):
    """The grounds. Source: Regulations on Open Government Information (2019), articles 14 to 16."""

    STATE_SECRET = "state_secret", _("state secret")
    LAW_FORBIDS = "law_forbids", _("another law forbids disclosure")
    SECURITY = "security", _("national, public or economic security, social stability")
    THIRD_PARTY = "third_party", _("a third party's trade secret or privacy")
    INTERNAL_AFFAIRS = "internal_affairs", _("internal affairs")
    PROCESS = "process", _("process information")
    CASE_FILE = "case_file", _("case file")
