"""The file that is sent, and the file that was looked at."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.hall.item_files.tables import Rows, rows_of_file
from intranet.organisation.models import User

SALT = "hall.item_files"
SECONDS = 3600
"""How long a file that was looked at may be taken in."""
LONGEST = 2_000_000
"""Characters that a browser sends back."""


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX or CSV, as the template or the export has it. Nothing is changed yet."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean(self) -> dict[str, Any]:
        """Adds the `rows` of the file."""
        cleaned = super().clean() or {}
        if file := cleaned.get("file"):
            try:
                cleaned["rows"] = rows_of_file(file.name, file.read())
            except ValidationError as error:
                self.add_error("file", error)
        return cleaned


def sealed(rows: Rows, *, digest: str, name: str, by: User) -> str:
    """What a page carries of the file that its reader looked at; empty where it is too much."""
    seen = signing.dumps([rows, digest, name], salt=f"{SALT}.{by.pk}", compress=True)
    return seen if len(seen) <= LONGEST else ""


def opened(seen: str, *, by: User) -> tuple[Rows, str, str]:
    """Rows, digest and name. Raises `ValidationError` where somebody else looked at it, or long ago."""
    try:
        rows, digest, name = signing.loads(seen, salt=f"{SALT}.{by.pk}", max_age=SECONDS)
    except signing.BadSignature as error:
        raise ValidationError(_("This was looked at more than an hour ago; send the file again.")) from error
    return rows, digest, name
