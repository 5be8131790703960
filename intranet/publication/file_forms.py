"""The forms in which a document's or an image's title, tags and collection are changed, and its file never."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from intranet.publication.files_in_use import AnyFile, matters_held_by, reasons_against_deleting

READ_WITH_THE_FILE = ("title", "description")


class UploadedFile(forms.FileField):
    """The file as it was uploaded: whatever is sent in its place is left aside."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return initial


class FileInUseForm(forms.ModelForm):
    """Of what is uploaded already, the file stays; of what is in use, what is read with it stays too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        matters = matters_held_by(self.instance)
        for name in READ_WITH_THE_FILE:
            if matters and name in self.fields:
                self.fields[name].disabled = True
        if "file" in self.fields:
            self.fields["file"] = UploadedFile(
                label=capfirst(_("file")),
                help_text=_why_it_stays(self.instance),
                required=False,
                disabled=True,
            )


def _why_it_stays(file: AnyFile) -> str:
    told = _(
        "The file stays as it was uploaded. To disclose another one, upload it and put it into a new version of "
        "the matter, which is reviewed and approved."
    )
    return " ".join([told, *reasons_against_deleting(file)])


class DocumentForm(FileInUseForm, BaseDocumentForm):
    pass


class ImageForm(FileInUseForm, BaseImageForm):
    pass
