"""The forms of the moves: each asks what its operation needs, and makes the move."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intranet.hall.life import deciding, ending, materials, reviewing
from intranet.hall.life.dating_back import ENTERED_WITHIN
from intranet.hall.models import Act, Case, CaseMaterial, NegativeFiling, Pause
from intranet.hall.models.records import PAUSE_AT_MOST
from intranet.organisation.models import User


def day_field(label: Any, **said: Any) -> forms.DateField:
    """A day that is typed or chosen in the browser's own field."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **said)


def lines(label: Any, *, rows: int = 3, **said: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **said)


class MoveForm(forms.Form):
    """A move of a case; subclasses ask more than its day."""

    act: ClassVar[Act]
    on = day_field(_("Day"), initial=timezone.localdate, help_text=_("On which it happened: today, or earlier."))

    def __init__(self, case: Case, data: Mapping[str, Any] | None = None) -> None:
        self.case = case
        super().__init__(data, prefix=self.act)
        self.fields["on"].widget.attrs["max"] = timezone.localdate().isoformat()
        self.put_day_last()

    def put_day_last(self) -> None:
        """Most moves are of today: who types comes to the day after what has to be typed."""
        self.order_fields([*(name for name in self.fields if name != "on"), "on"])

    @property
    def is_pointless(self) -> bool:
        """Whether there is nothing in the case that it could be done to."""
        return False

    @property
    def obstacle(self) -> str:
        """What has to be done before it, in words; empty where nothing stands against it."""
        return ""

    def make(self, *, by: User) -> None:
        """Make the move as the valid form says. Raises `MoveRefused`."""
        raise NotImplementedError


class NotifyForm(MoveForm):
    act = Act.NOTIFY

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.nameable = materials.nameable(self.case)
        for each in self.nameable:
            missing = each.received_on is None and each.material.is_required
            words = _("Missing: say what is wanted.") if missing else _("Leave empty where it is in order.")
            self.fields[f"wanted_{each.pk}"] = forms.CharField(
                label=each.material.name, required=False, help_text=words, widget=forms.TextInput
            )
        self.put_day_last()

    def make(self, *, by: User) -> None:
        said = {each: self.cleaned_data[f"wanted_{each.pk}"].strip() for each in self.nameable}
        wanted = {each: words for each, words in said.items() if words}
        materials.notify(self.case, by=by, wanted=wanted, on=self.cleaned_data["on"])


class BroughtField(forms.ModelMultipleChoiceField):
    """Materials of a case, by keys that a browser may make up: one that is no number of a row is no choice."""

    def clean(self, value: Any) -> Any:
        known = {str(each.pk) for each in self.queryset or ()}
        for key in value or ():
            if str(key) not in known:
                raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": key})
        return super().clean(value)


class BroughtForm(MoveForm):
    """Of a move that takes materials in."""

    brought = BroughtField(
        label=_("What was brought"), queryset=CaseMaterial.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        field = self.fields["brought"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = self.awaited().select_related("material")

    def awaited(self) -> Any:
        """The materials that may be taken in."""
        raise NotImplementedError

    @property
    def is_pointless(self) -> bool:
        return not self.awaited().exists()


class SupplementForm(BroughtForm):
    act = Act.SUPPLEMENT
    late_is_confirmed = forms.BooleanField(
        label=_("The day is right, though silence has accepted the case since"),
        required=False,
        help_text=_("Only where the day lies so far back that it is asked."),
    )

    def awaited(self) -> Any:
        return self.case.materials.filter(
            pk__in=self.case.notices.filter(supplemented_on=None).values("lines__material")
        )

    def make(self, *, by: User) -> None:
        said = self.cleaned_data
        materials.supplement(
            self.case,
            by=by,
            brought=list(said["brought"]),
            on=said["on"],
            late_is_confirmed=said["late_is_confirmed"],
        )


class TakeInForm(BroughtForm):
    act = Act.TAKE_IN

    def awaited(self) -> Any:
        return self.case.materials.filter(received_on=None)

    def make(self, *, by: User) -> None:
        said = self.cleaned_data
        materials.take_in(self.case, by=by, brought=list(said["brought"]), on=said["on"])


class AcceptForm(MoveForm):
    act = Act.ACCEPT

    def make(self, *, by: User) -> None:
        materials.accept(self.case, by=by, on=self.cleaned_data["on"])


class NotAcceptForm(MoveForm):
    act = Act.NOT_ACCEPT
    reason = lines(_("Reason"), help_text=_("That it needs no licence, or which organ it belongs to."))
    document_number = forms.CharField(label=_("Number of the written notice"), max_length=100)

    def make(self, *, by: User) -> None:
        materials.not_accept(self.case, by=by, **self.cleaned_data)


class BeginForm(MoveForm):
    act = Act.BEGIN

    def make(self, *, by: User) -> None:
        reviewing.begin_review(self.case, by=by, on=self.cleaned_data["on"])


class PauseForm(MoveForm):
    act = Act.PAUSE
    kind = forms.ChoiceField(
        label=_("What the clock stops for"),
        choices=Pause.Kind.choices,
        help_text=_("Verification on the spot is none of these: its time counts."),
    )
    reason = lines(_("Reason"), help_text=_("As the applicant is told in writing."))
    expected_days = forms.IntegerField(
        label=_("Expected to take (working days)"),
        min_value=1,
        max_value=PAUSE_AT_MOST,
        help_text=_("As the applicant is told in writing."),
    )
    notice_number = forms.CharField(label=_("Number of the written notice"), max_length=100)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["on"].label = _("Day of the written notice")
        self.fields["on"].help_text = _("Today, or at most %(days)d working days ago while nothing is overdue.") % {
            "days": ENTERED_WITHIN
        }

    def make(self, *, by: User) -> None:
        reviewing.pause(self.case, by=by, **self.cleaned_data)


class ResumeForm(MoveForm):
    act = Act.RESUME

    def make(self, *, by: User) -> None:
        reviewing.resume(self.case, by=by, on=self.cleaned_data["on"])


class ExtendForm(MoveForm):
    act = Act.EXTEND
    days = forms.IntegerField(label=_("Working days"), min_value=1)
    reason = lines(_("Reason"), help_text=_("As the applicant is told in writing."))
    notice_number = forms.CharField(label=_("Number of the written notice"), max_length=100)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        most = self.case.version.extension_days
        self.fields["days"].help_text = _("At most %(most)d, and once.") % {"most": most}

    @property
    def is_pointless(self) -> bool:
        return hasattr(self.case, "extension")

    def make(self, *, by: User) -> None:
        reviewing.extend(self.case, by=by, **self.cleaned_data)


def _filing_of(case: Case) -> NegativeFiling | None:
    """Read once for all forms of the screen."""
    return getattr(case, "filing", None)


def _is_signed(case: Case) -> bool:
    filing = _filing_of(case)
    return filing is not None and filing.is_signed


class OfThePage(forms.CharField):
    """What the page shows when it is shown, again too: never what an earlier page has sent."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial


def _prepared_at(filing: NegativeFiling | None) -> str:
    return filing.prepared_at.isoformat() if filing else ""


def _moment_of_the_page(sent: str) -> datetime:
    try:
        moment = parse_datetime(sent)
    except ValueError:
        moment = None
    if moment is None or timezone.is_naive(moment):
        raise ValidationError(gettext("Open the case again: it is not known which filing you have read."))
    return moment


class FileForm(MoveForm):
    act = Act.FILE
    basis = lines(_("Legal basis"), help_text=_("Law and article."))
    reasons = lines(_("Reasons"))
    relief = lines(_("Relief and its time limit"), help_text=_("Where and until when the applicant can object."))
    seen = OfThePage(widget=forms.HiddenInput, required=False)
    """When the filing was prepared that the page shows; empty where it shows none."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        del self.fields["on"]  # it is filed when it is written
        filing = _filing_of(self.case)
        for name in ("basis", "reasons", "relief"):
            self.initial[name] = getattr(filing, name, "")
        self.initial["seen"] = _prepared_at(filing)

    def clean_seen(self) -> datetime:
        seen = self.cleaned_data["seen"]
        return _moment_of_the_page(seen) if seen else deciding.NOTHING_FILED

    @property
    def is_pointless(self) -> bool:
        return _is_signed(self.case)

    def make(self, *, by: User) -> None:
        deciding.file_refusal(self.case, by=by, **self.cleaned_data)


class SignForm(MoveForm):
    act = Act.SIGN
    seen = OfThePage(widget=forms.HiddenInput, required=False)
    """When the filing was prepared that the page shows."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        del self.fields["on"]  # a signature is of its moment
        filing = _filing_of(self.case)
        self.initial["seen"] = _prepared_at(filing)

    def clean_seen(self) -> datetime:
        return _moment_of_the_page(self.cleaned_data["seen"])

    @property
    def is_pointless(self) -> bool:
        filing = _filing_of(self.case)
        return filing is None or filing.is_signed

    def make(self, *, by: User) -> None:
        deciding.sign_refusal(self.case, by=by, seen=self.cleaned_data["seen"])


class UnsignForm(MoveForm):
    act = Act.UNSIGN
    reason = lines(_("Reason"))

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        del self.fields["on"]  # it counts from its moment

    @property
    def is_pointless(self) -> bool:
        return not _is_signed(self.case)

    def make(self, *, by: User) -> None:
        deciding.unsign_refusal(self.case, by=by, **self.cleaned_data)


class GrantForm(MoveForm):
    act = Act.GRANT
    document_number = forms.CharField(label=_("Number of the decision"), max_length=100)

    @property
    def obstacle(self) -> str:
        return gettext("The head has signed that it be refused.") if _is_signed(self.case) else ""

    def make(self, *, by: User) -> None:
        deciding.grant(self.case, by=by, **self.cleaned_data)


class RefuseForm(MoveForm):
    act = Act.REFUSE
    document_number = forms.CharField(label=_("Number of the decision"), max_length=100)

    @property
    def obstacle(self) -> str:
        return "" if _is_signed(self.case) else gettext("First it is filed, and the head signs what is filed.")

    def make(self, *, by: User) -> None:
        deciding.refuse(self.case, by=by, **self.cleaned_data)


class DeliverForm(MoveForm):
    act = Act.DELIVER
    manner = forms.ChoiceField(label=_("How it was delivered"), choices=Case.Delivery.choices)
    evidence = forms.CharField(label=_("Who signed, or the tracking number"), max_length=100)

    def make(self, *, by: User) -> None:
        ending.deliver(self.case, by=by, **self.cleaned_data)


class CloseForm(MoveForm):
    act = Act.CLOSE

    def make(self, *, by: User) -> None:
        ending.close(self.case, by=by, on=self.cleaned_data["on"])


class WithdrawForm(MoveForm):
    act = Act.WITHDRAW
    reason = lines(_("Reason"), help_text=_("As the applicant says in writing."))

    def make(self, *, by: User) -> None:
        ending.withdraw(self.case, by=by, **self.cleaned_data)


FORMS: Mapping[Act, type[MoveForm]] = {
    form.act: form
    for form in (
        NotifyForm, SupplementForm, AcceptForm, NotAcceptForm, TakeInForm, BeginForm, PauseForm, ResumeForm,
        ExtendForm, FileForm, SignForm, UnsignForm, GrantForm, RefuseForm, DeliverForm, CloseForm, WithdrawForm,
    )
}  # fmt: skip
