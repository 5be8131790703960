"""What search reads of a file and what readers get of it, in words for its editor."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.disclosure.attachments import matters_using
from intranet.disclosure.cleaning import Trace, Verdict
from intranet.disclosure.models import AttachedDocument, ExtractedText, MatterPage, PublicCopy
from intranet.disclosure.public_copies import kept_copy
from search.extraction import Reason, Status

TRACE_NAMES: dict[Trace, Promise] = {
    Trace.PROPERTIES: gettext_lazy("properties (author, editors, organisation, dates)"),
    Trace.EDITING: gettext_lazy("marks of editing"),
    Trace.PATHS: gettext_lazy("folders of the author’s computer"),
    Trace.THUMBNAIL: gettext_lazy("preview pictures"),
    Trace.LOCATION: gettext_lazy("the place where a photograph was taken"),
    Trace.CAMERA: gettext_lazy("camera and time of a photograph"),
    Trace.EARLIER_VERSIONS: gettext_lazy("earlier versions"),
    Trace.COMMENTS: gettext_lazy("comments"),
    Trace.TRACKED_CHANGES: gettext_lazy("tracked changes"),
    Trace.HIDDEN_SHEETS: gettext_lazy("hidden sheets"),
    Trace.HIDDEN_CELLS: gettext_lazy("hidden rows or columns"),
    Trace.HIDDEN_SLIDES: gettext_lazy("hidden slides"),
    Trace.HIDDEN_TEXT: gettext_lazy("hidden text"),
    Trace.HIDDEN_LAYERS: gettext_lazy("hidden layers"),
    Trace.NOTES: gettext_lazy("speaker’s notes"),
    Trace.EMBEDDED_FILES: gettext_lazy("embedded files"),
}

HANDED_OUT: dict[Verdict, Promise] = {
    Verdict.CLEAN: gettext_lazy("The file as it is: it tells no author, place or history."),
    Verdict.CLEANED: gettext_lazy("A copy of which everything listed here was removed. The original is kept."),
    Verdict.SIGNED: gettext_lazy(
        "The file as it is, because a change would break its signature. It may tell who wrote and edited it."
    ),
    Verdict.PROTECTED: gettext_lazy(
        "The file as it is, because it is protected. It may tell who wrote and edited it: attach an unprotected one."
    ),
    Verdict.UNSUPPORTED: gettext_lazy(
        "The file as it is, because files of its kind cannot be cleaned. It may tell who wrote and edited it: "
        "attach it as PDF, DOCX, XLSX or PPTX."
    ),
    Verdict.FAILED: gettext_lazy(
        "Nothing: what the file tells besides its text could not be found out. "
        "Save it again, for example as PDF, and attach that."
    ),
}

_SAFE, _DOUBTFUL, _WRONG = "positive", "warning", "critical"


@dataclass(frozen=True, slots=True)
class FileState:
    """One document as its editor has to know it."""

    document: AttachedDocument
    copy: PublicCopy | None
    matters: Sequence[MatterPage] = field(default_factory=list)

    @property
    def text(self) -> ExtractedText | None:
        return self.copy.text if self.copy else None

    @property
    def found_tone(self) -> str:
        if self.text is None:
            return ""
        if not self.text.reason:
            return _SAFE
        return _DOUBTFUL if self.text.status == Status.READ else _WRONG

    @property
    def found_label(self) -> str:
        """In two words, whether its text is found."""
        if self.text is None:
            return _("Not read yet")
        if not self.text.reason:
            return _("Found")
        return _("Partly found") if self.text.status == Status.READ else _("Not found")

    @property
    def found_words(self) -> str:
        """What to do so that its text is found."""
        if self.text is None:
            return _("It is read when the matter goes live, at the latest.")
        reason = self.text.reason
        if not reason:
            return _("The text was recognised in pictures and may be wrong in places.") if self.is_recognised else ""
        return Reason(reason).advice if reason in set(Reason) else _("The file could not be read.")

    @property
    def is_recognised(self) -> bool:
        return bool(self.text and self.text.is_recognised)

    @property
    def is_withheld(self) -> bool:
        return self.copy is None or self.copy.is_withheld

    @property
    def given_tone(self) -> str:
        if self.is_withheld:
            return _WRONG
        assert self.copy is not None
        is_clean = self.copy.verdict in {Verdict.CLEAN, Verdict.CLEANED}
        return _SAFE if is_clean and not self.copy.left else _DOUBTFUL

    @property
    def given_label(self) -> str:
        """In two words, what readers get."""
        if self.is_withheld:
            return _("Withheld")
        return {_SAFE: _("Handed out"), _DOUBTFUL: _("Handed out, look through it")}[self.given_tone]

    @property
    def given_words(self) -> str:
        """What readers get, and why."""
        if self.copy is None:
            return _("Nothing: the file has not been looked through yet. Save it again.")
        if self.copy.verdict == Verdict.FAILED and not self.copy.is_withheld:
            return _("The file as it is, on the word of %(person)s.") % {"person": self.copy.handed_out_by or "—"}
        return str(HANDED_OUT[Verdict(self.copy.verdict)])

    @property
    def removed(self) -> list[str]:
        """What the copy does not tell any more."""
        return _names(self.copy.removed) if self.copy else []

    @property
    def left(self) -> list[str]:
        """What readers find in it besides its text."""
        return _names(self.copy.left) if self.copy else []


def states_of(documents: Sequence[AttachedDocument]) -> list[FileState]:
    """The state of each document, in order, with the matters that use it."""
    matters = matters_using(documents)
    copies = (
        PublicCopy.objects.filter(document__in=[document.pk for document in documents])
        .select_related("text", "handed_out_by")
        .defer("text__text")
    )
    by_document = {copy.document_id: copy for copy in copies}
    return [FileState(d, by_document.get(d.pk), matters.get(d.pk, [])) for d in documents]


def state_of(document: AttachedDocument) -> FileState:
    """The state of one document."""
    return FileState(document, kept_copy(document), matters_using([document]).get(document.pk, []))


def _names(traces: Sequence[str]) -> list[str]:
    return [str(TRACE_NAMES[Trace(trace)]) for trace in traces if trace in set(Trace)]
