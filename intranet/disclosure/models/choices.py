"""What a matter says of itself by one of a few words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """The language of a matter's text; zh-hans is the text of record."""

    ZH_HANS = "zh-hans", "简体中文"
    BO = "bo", "བོད་ཡིག"
    EN = "en", "English"


class Validity(models.TextChoices):
    """Whether a document still holds."""

    IN_FORCE = "in_force", _("in force")
    NOT_YET = "not_yet", _("not yet in force")
    AMENDED = "amended", _("amended")
    REPEALED = "repealed", _("repealed")
    LAPSED = "lapsed", _("lapsed")


class Ending(models.TextChoices):
    """Why a matter that was disclosed is no longer, beyond its own last moment."""

    WITHDRAWAL = "withdrawal", _("withdrawn")
    RETENTION = "retention", _("its term of disclosure ended")
    REVIEW = "review", _("the review after its emergency release ended with a no")
