"""The steps of an appointment: for what and when; who comes; the code that cancels it."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from intranet.hall.appointments.offering import days_ahead, items_with_appointments, slots_of
from intranet.hall.progress.forms import LONGEST, TYPED_OFF_PAPER


class ChoiceForm(forms.Form):
    """For which item, on which day."""

    item: forms.ModelChoiceField = forms.ModelChoiceField(label=_("What do you come for?"), queryset=None)
    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)

    def __init__(self, asked: Any = None) -> None:
        super().__init__(asked or None, auto_id="appointment-%s")
        self.fields["item"].queryset = items_with_appointments()  # type: ignore[attr-defined]
        self.fields["day"].choices = [(day.isoformat(), date_format(day, "DATE_FORMAT")) for day in days_ahead()]  # type: ignore[attr-defined]


class BookingForm(forms.Form):
    """At what time, and under which name."""

    begins = forms.TypedChoiceField(label=_("Time"), coerce=time.fromisoformat, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name by which you are called"),
        max_length=30,
        help_text=_("Your surname is enough. It is kept encrypted and deleted when the day is over."),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )

    def __init__(self, day: date, asked: Any = None) -> None:
        super().__init__(asked, auto_id="appointment-%s")
        free = [slot for slot in slots_of(day) if slot.free]
        self.fields["begins"].choices = [  # type: ignore[attr-defined]
            (slot.begins.isoformat("minutes"), f"{time_format(slot.begins, 'H:i')} · {_places(slot.free)}")
            for slot in free
        ]
        self.is_full = not free


class CancelForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the appointment"),
        help_text=_("Ten letters and digits, shown when you made it."),
        max_length=LONGEST,
        widget=forms.TextInput(attrs=TYPED_OFF_PAPER),
    )


def _places(free: int) -> str:
    return ngettext("%(free)d place", "%(free)d places", free) % {"free": free}
