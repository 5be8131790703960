"""The steps of an appointment: for what and when; who comes; the code that cancels it."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from intranet.hall.appointments.offering import NOT_OFFERED_THEN, days_ahead, items_with_appointments, slots_of
from intranet.hall.progress.forms import LONGEST, TYPED_OFF_PAPER


class ChoiceForm(forms.Form):
    """For which item, on which day."""

    item: forms.ModelChoiceField = forms.ModelChoiceField(label=_("What do you come for?"), queryset=None)
    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)

    def __init__(self, asked: Any = None) -> None:
        super().__init__(asked or None, auto_id="appointment-%s")
        self.fields["item"].queryset = items_with_appointments()  # type: ignore[attr-defined]
        self.fields["day"].choices = [(day.isoformat(), date_format(day, "DATE_FORMAT")) for day in days_ahead()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        item, day = cleaned.get("item"), cleaned.get("day")
        if item is not None and day is not None and item.version_on(day) is None:
            self.add_error("day", NOT_OFFERED_THEN)
        return cleaned


class Times(forms.RadioSelect):
    """The times of a day; the full ones are there, and cannot be chosen."""

    full: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, label: Any, selected: bool, *args: Any, **kwargs: Any) -> dict:
        is_full = value in self.full
        option = super().create_option(name, value, label, selected and not is_full, *args, **kwargs)
        if is_full:
            option["attrs"]["disabled"] = True
        return option


class BookingForm(forms.Form):
    """At what time, and under which name."""

    begins = forms.TypedChoiceField(
        label=_("Time"),
        coerce=time.fromisoformat,
        widget=Times,
        error_messages={"invalid_choice": _("No appointment is given at this time. Choose another one.")},
    )
    name = forms.CharField(
        label=_("Name by which you are called"),
        max_length=30,
        help_text=_("Your surname is enough. It is kept encrypted and deleted when the day is over."),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, day: date, asked: Any = None) -> None:
        super().__init__(asked, auto_id="appointment-%s", initial={"token": uuid4()})
        self._day = day
        self._offer()

    def refuse(self, reasons: Sequence[str]) -> None:
        """Say why nothing was made, beside the times as they are now; sent once more, it is another form."""
        self._offer()
        self.data = {**dict(self.data.items()), "token": uuid4()}
        self.add_error("begins", list(reasons))

    def _offer(self) -> None:
        slots = slots_of(self._day)
        times = self.fields["begins"]
        times.choices = [  # type: ignore[attr-defined]
            (slot.begins.isoformat("minutes"), f"{time_format(slot.begins, 'H:i')} · {_places(slot.free)}")
            for slot in slots
        ]
        times.widget.full = frozenset(slot.begins.isoformat("minutes") for slot in slots if not slot.free)
        self.is_full = not any(slot.free for slot in slots)


class CancelForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the appointment"),
        help_text=_("Ten letters and digits, shown when you made it."),
        max_length=LONGEST,
        widget=forms.TextInput(attrs=TYPED_OFF_PAPER),
    )


def _places(free: int) -> str:
    if not free:
        return gettext("taken")
    return ngettext("%(free)d place", "%(free)d places", free) % {"free": free}
