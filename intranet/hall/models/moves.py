"""What has happened to a case: each move once, never changed."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.audit.append_only import AppendOnly, AppendOnlyQuerySet
from intranet.hall.models.cases import Case, State


class Act(models.TextChoices):
    """What is done to a case."""

    RECEIVE = "receive", _("receive the application")
    NOTIFY = "notify", _("tell what is missing")
    SUPPLEMENT = "supplement", _("take in what was missing")
    ACCEPT = "accept", _("accept")
    DEEM = "deem", _("accepted by silence")
    NOT_ACCEPT = "not_accept", _("not accept")
    BEGIN = "begin", _("begin the review")
    TAKE_IN = "take_in", _("take in what was to come later")
    PAUSE = "pause", _("pause the clock")
    RESUME = "resume", _("resume")
    EXTEND = "extend", _("extend the time limit")
    FILE = "file", _("file a refusal")
    SIGN = "sign", _("sign the refusal's filing")
    UNSIGN = "unsign", _("take back the signature of the refusal")
    GRANT = "grant", _("grant")
    REFUSE = "refuse", _("refuse")
    DELIVER = "deliver", _("deliver")
    CLOSE = "close", _("close the case")
    WITHDRAW = "withdraw", _("withdraw at the applicant's wish")


class Move(AppendOnly):
    """One move: what, from where to where, of which day, when and by whom it was entered."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="moves", verbose_name=_("case"))
    act = models.CharField(_("act"), max_length=12, choices=Act)
    from_state = models.CharField(_("from"), max_length=14, choices=State, blank=True)
    to_state = models.CharField(_("to"), max_length=14, choices=State)
    on = models.DateField(_("day"))
    at = models.DateTimeField(_("entered at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    """None for what the law itself does."""
    in_place_of = models.CharField(_("in the place of"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    document_number = models.CharField(_("document number"), max_length=100, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("move of a case")
        verbose_name_plural = _("moves of cases")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.case} {self.get_act_display()}"

    @property
    def entered_on(self) -> date:
        """The day of its entry: another than `on` where an earlier day was said, or silence came before."""
        return timezone.localdate(self.at)
