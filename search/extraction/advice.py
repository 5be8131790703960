"""The sentences that tell a file's owner why its text is not found, and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.extraction.outcome import Reason

ADVICE: dict[Reason, str | Promise] = {
    Reason.EMPTY: _("The file is empty. Attach it again."),
    Reason.PROTECTED: _("The file is protected by a password. Attach a copy without one."),
    Reason.SCANNED: _(
        "The file holds pictures of pages and no text. "
        "Attach the document that was scanned, or a scan with recognised text."
    ),
    Reason.NOT_RECOGNISED: _(
        "The file holds pictures of pages, and no text was recognised in them. Attach the document that was scanned."
    ),
    Reason.NO_TEXT: _("There is no text in the file. Check that it is the right one."),
    Reason.DAMAGED: _("The file is damaged or incomplete. Check that it opens, and attach it again."),
    Reason.OLD_FORMAT: _(
        "The file is in an old format that cannot be read. Save it as DOCX, XLSX, PPTX or PDF and attach that."
    ),
    Reason.ARCHIVE: _(
        "The file is an archive that is not opened. Attach it as ZIP, or the documents in it one by one."
    ),
    Reason.PARTLY: _("Not everything in the file can be read. Attach what is missing by itself."),
    Reason.PARTLY_SCANNED: _(
        "Some pages are pictures whose text is not found. Attach the document that was scanned, "
        "or a scan with recognised text."
    ),
    Reason.UNKNOWN_TYPE: _(
        "This type of file cannot be read. Attach the text as PDF, DOCX, XLSX, PPTX, ODT, HTML or plain text."
    ),
    Reason.CRASHED: _("The file could not be read. Save it again, for example as PDF, and attach that."),
    Reason.MISSING: _("The file is not in the store any more. Attach it again."),
    Reason.TOO_LARGE: _("The file is too large to be read. Attach it in smaller parts."),
    Reason.UNPACKS_TOO_FAR: _(
        "The file holds far more than its size shows, so it was not opened. Save it again, and attach that."
    ),
    Reason.TOO_SLOW: _("Reading the file took too long. Attach it in smaller parts, or save it as PDF."),
    Reason.TOO_MUCH_MEMORY: _("Reading the file took too much memory. Attach it in smaller parts."),
    Reason.CUT: _("The file is very long: only its beginning is found. Attach it in smaller parts."),
}
