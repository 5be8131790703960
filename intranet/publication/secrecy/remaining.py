"""What of the passages a version still tells that was made without them, and where.

It reads what readers get of the version, and knows nothing of how the passages were left out.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from intranet.disclosure.hints import texts_by_place
from intranet.disclosure.models import AttachedDocument, DisclosedImage, MatterPage, PublicCopy
from intranet.disclosure.particulars.form import rows_of
from intranet.disclosure.particulars.forms import Filled, filled_in
from intranet.publication.secrecy.passages import Passages
from intranet.publication.secrecy.redaction import mark_of


def left_in(
    version: MatterPage,
    passages: Sequence[str],
    *,
    documents: Sequence[AttachedDocument],
    images: Sequence[DisclosedImage],
) -> list[str]:
    """A sentence for each passage and each place where the version, with these files, still tells it."""
    wanted = Passages(passages, mark_of(version.language))
    found = [
        _("“%(passage)s” is left in: %(place)s.") % {"passage": passage, "place": place}
        for place, texts in _texts(version)
        for text in texts
        for passage in wanted.stand_in(text)
    ]
    found += [
        _("“%(passage)s” is left in the file “%(file)s”: leave the file out.") % {"passage": passage, "file": file}
        for file, passage in _in_files(wanted, documents, images)
    ]
    return list(dict.fromkeys(found))


def _texts(version: MatterPage) -> Iterator[tuple[str, list[str]]]:
    yield from texts_by_place(version)
    yield _("Address"), [version.slug]
    for filled in filled_in(version):
        yield str(filled.form.label), list(_shown(filled))


def _shown(filled: Filled) -> Iterator[str]:
    """The form's cells as its page shows them and as they are taken away."""
    above = (*filled.form.head, *(stated.column for stated in filled.form.stated))
    cells = [(column, filled.value) for column in above]
    cells += [(column, row) for row in rows_of(filled.value) for column in filled.form.columns]
    for column, row in cells:
        value = column.value_in(row)
        if value is not None:
            yield from (column.shown(value), column.written(value))


def _in_files(
    wanted: Passages, documents: Sequence[AttachedDocument], images: Sequence[DisclosedImage]
) -> Iterator[tuple[str, str]]:
    for image in images:
        for text in (image.title, image.description, image.filename):
            yield from ((image.title, passage) for passage in wanted.stand_in(text))
    copies = PublicCopy.objects.filter(document__in=[document.pk for document in documents]).exclude(text=None)
    read = dict(copies.values_list("document_id", "text__text"))
    for document in documents:
        for text in (document.title, document.filename):
            yield from ((document.title, passage) for passage in wanted.stand_in(text))
        yield from ((document.title, passage) for passage in wanted.stand_in_file(read.get(document.pk) or ""))
