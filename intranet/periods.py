"""Filters from a day to a day."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_filters.fields import DateRangeField
from wagtail.admin.filters import DateRangePickerWidget


class DaysField(DateRangeField):
    """A period whose days lie in years that the bureau has seen, so that the moments of their ends are some."""

    def compress(self, data_list: Any) -> slice | None:
        if any(day is not None and not 1900 <= day.year <= 2999 for day in data_list or ()):
            raise ValidationError(_("Give days of the years 1900 to 2999."))
        return super().compress(data_list)


class DaysFilter(django_filters.DateFromToRangeFilter):
    field_class = DaysField


def period(label: Any) -> django_filters.Filter:
    """A filter from a day to a day."""
    return DaysFilter(label=label, widget=DateRangePickerWidget)
