"""The one form of the window."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.hall import identifiers
from intranet.hall.desk.move_forms import day_field
from intranet.hall.life.receiving import consequence_of_day, reasons_against_day
from intranet.hall.models import Applicant, Case, ReceptionDraft
from intranet.hall.models.applicants import faults_of
from intranet.hall.reception.asking import asked_for, identified
from intranet.hall.reception.drafts import content_of
from intranet.hall.sealing import unseal
from intranet.organisation.models import User

EARLIER = (Case.Channel.POST, Case.Channel.ONLINE)
"""The ways by which an application may have come before it is received."""
KNOWN = "known"
WORDS = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})


class ReceptionForm(forms.Form):
    """Who applies for what with what. What the words mean is in `asked`; a draft is shown without complaints."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    item_words = forms.CharField(
        label=gettext_lazy("Service item"),
        required=False,
        widget=WORDS,
        help_text=gettext_lazy("Its code, a part of its name, pinyin, or initials."),
    )
    item = forms.CharField(required=False)
    applicant_words = forms.CharField(
        label=gettext_lazy("Known applicant"),
        required=False,
        widget=WORDS,
        help_text=gettext_lazy("A part of the name, pinyin, initials, or the whole number. Leave empty for a new one."),
    )
    applicant = forms.CharField(required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of applicant"), choices=Applicant.Kind.choices, required=False, initial="person"
    )
    identifier = forms.CharField(
        label=gettext_lazy("Citizen's number or unified social credit code"),
        required=False,
        max_length=60,
        widget=WORDS,
        help_text=gettext_lazy("Kept encrypted, and masked on every screen."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=200, widget=WORDS)
    right_name = forms.CharField(required=False, max_length=200)
    """Where the number is known under another name: `KNOWN`, or the new name, which is confirmed as it was typed."""
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=40, widget=WORDS)
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        required=False,
        max_length=200,
        widget=WORDS,
        help_text=gettext_lazy("The site or the equipment."),
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How it came"), choices=Case.Channel.choices, required=False, initial=Case.Channel.WINDOW
    )
    received_on = day_field(
        gettext_lazy("Received on"),
        initial=timezone.localdate,
        help_text=gettext_lazy("Earlier only if it came by post or online."),
    )

    def __init__(self, data: QueryDict | None = None, *, draft: ReceptionDraft, by: User) -> None:
        typed = data if data is not None else content_of(draft)
        shown = {name: value for name, value in typed.items() if name in self.base_fields}
        super().__init__(data, initial=shown | {"token": draft.token})
        self.fields["received_on"].widget.attrs["max"] = timezone.localdate().isoformat()
        self.asked = asked_for(typed, by=by)
        self.ticked = {key for key in typed.getlist("materials") if key.isdecimal()}
        self.late_day, self.lateness = self._lateness(typed.get("channel", ""))
        self.late_is_confirmed = bool(self.late_day) and self.late_day in typed.getlist("late_day")
        self.by = by
        self.known_name = ""
        """The name of whoever has the number that was typed with another one, as the person may see it."""
        self.known_case: Case | None = None

    def _lateness(self, channel: str) -> tuple[str, str]:
        """The day of receipt and what follows from it, where it is so early that this has to be confirmed."""
        day, version = self.asked.received_on, self.asked.version
        if day is None or version is None or channel not in EARLIER:
            return "", ""
        words = consequence_of_day(version, day)
        return (day.isoformat(), words) if words else ("", "")

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"])
        if phone and not identifiers.is_phone(phone):
            raise forms.ValidationError(_("This is no telephone number. Where there is none, leave it empty."))
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.asked.item is None:
            self.add_error("item_words", self._about_the_item(cleaned.get("item_words", "")))
        elif day := cleaned.get("received_on"):
            channel = cleaned.get("channel") or Case.Channel.WINDOW
            confirmed = self.late_is_confirmed
            for reason in reasons_against_day(self.asked.version, day, channel=channel, late_is_confirmed=confirmed):
                self.add_error("received_on", reason)
        if self.asked.applicant is None and "identifier" not in self.errors:
            self._check_new_applicant(cleaned)
        return cleaned

    def _about_the_item(self, words: str) -> str:
        if not words:
            return _("Say which item it is.")
        if self.asked.items:
            return _("Several items are called so: choose one.")
        return _("No item that you receive for is called so.")

    def _check_new_applicant(self, cleaned: dict[str, Any]) -> None:
        kind = cleaned.get("kind") or Applicant.Kind.PERSON
        plain = identifiers.normalised(cleaned.get("identifier", ""))
        if not plain:
            self.add_error("identifier", _("Enter the number, or choose a known applicant."))
        elif faults := faults_of(kind, plain):
            self.add_error("identifier", faults)
        if not cleaned.get("name", "").strip():
            self.add_error("name", _("Enter the name."))
        elif known := identified(self.data):
            self._check_known_name(known, cleaned)

    def _check_known_name(self, known: Applicant, cleaned: dict[str, Any]) -> None:
        """Ask which name is right where two are; the known one is shown in full to who reads a case of theirs."""
        if known.is_called(cleaned["name"]):
            return
        self.known_case = Case.objects.readable_by(self.by).filter(applicant=known).order_by("-pk").first()
        self.known_name = known.name if self.known_case else known.shown_name
        if cleaned.get("right_name") in (KNOWN, cleaned["name"]):
            return
        words = _("This number is known under the name “%(name)s”: say below which name is right.")
        self.add_error("name", words % {"name": self.known_name})

    def application(self) -> dict[str, Any]:
        """What the valid form asks `receive` for. Raises `Unreadable` for a known applicant whose key is missing."""
        said, known = self.cleaned_data, self.asked.applicant
        if known is not None:
            who = {"kind": known.kind, "name": known.name, "identifier": unseal(known.identifier_sealed)}
        else:
            who = {"kind": said["kind"] or "person", "name": said["name"], "identifier": said["identifier"]}
            if said["right_name"] == KNOWN and (holder := identified(self.data)):
                who["name"] = holder.name
            elif said["right_name"]:
                who["renames"] = said["right_name"] == said["name"]
        return who | {
            "subject": said["subject"],
            "phone": said["phone"],
            "materials": [each for each in self.asked.materials if str(each.pk) in self.ticked],
            "channel": said["channel"] or Case.Channel.WINDOW,
            "on": said["received_on"],
            "late_is_confirmed": self.late_is_confirmed,
            "token": said["token"],
        }
