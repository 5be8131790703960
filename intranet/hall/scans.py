"""Attaching scans: what a file is, is told by its content; who opens it, is asked at a door of their own."""

from hashlib import sha256
from pathlib import PurePath

import filetype
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.audit.recording import record
from intranet.hall.models import Case, ReceptionDraft, Scan
from intranet.organisation.models import User
from intranet.refusals import Refused

MOST_BYTES = 30 * 1024 * 1024
"""A hundred pages at 200 dots an inch in grey."""
SUFFIXES = {
    "pdf": {".pdf"},
    "jpg": {".jpg", ".jpeg"},
    "png": {".png"},
    "tif": {".tif", ".tiff"},
}
"""What a scanner makes: kinds by their content, and how they are called."""
FIRST_BYTES = 8192


def faults_of(upload: UploadedFile) -> list[str]:
    """Every reason why the file is no scan, in words for who chose it."""
    name = shown_name(upload)
    said = {"name": name, "size": filesizeformat(upload.size or 0), "most": filesizeformat(MOST_BYTES)}
    if not upload.size:
        return [_("“%(name)s” is empty.") % said]
    if upload.size > MOST_BYTES:
        words = _("“%(name)s” has %(size)s; a scan has at most %(most)s. Scan in grey at 200 dpi, or in parts.")
        return [words % said]
    suffix = PurePath(name).suffix.lower()
    if not any(suffix in suffixes for suffixes in SUFFIXES.values()):
        return [_("“%(name)s” is no scan: attach PDF, JPEG, PNG or TIFF files.") % said]
    upload.seek(0)
    found = filetype.guess(upload.read(FIRST_BYTES))
    upload.seek(0)
    if found is None or suffix not in SUFFIXES.get(found.extension, ()):
        return [_("“%(name)s” is not what its name says: its content is of another kind.") % said]
    return []


def shown_name(upload: UploadedFile) -> str:
    """The file's name without folders, and without signs that turn or hide a part of it."""
    name = (upload.name or "").replace("\\", "/").rpartition("/")[2]
    return "".join(each for each in name if each.isprintable())[-255:]


def attach(upload: UploadedFile, *, by: User, case: Case | None = None, draft: ReceptionDraft | None = None) -> Scan:
    """Keep the file with the case, or with the draft of one. Raises `Refused`; logged where there is a case.

    The same content sent again is the scan that is there already.
    """
    reasons = faults_of(upload)
    if case is not None and not Case.objects.readable_by(by).filter(pk=case.pk).exists():
        reasons.append(_("Only who handles the case attaches scans to it."))
    if reasons:
        raise Refused(reasons)
    name, content = shown_name(upload), _hash_of(upload)
    if (there := _attached(content, case, draft)) is not None:
        return there
    scan = Scan(case=case, draft=draft, name=name, size=upload.size or 0, by=by, content_hash=content)
    scan.file.save(name, upload, save=False)
    try:
        with transaction.atomic():
            scan.save()
            if case is not None:
                record("hall.scan_attached", thing=case, person=by, facts={"scan": scan.pk})
    except IntegrityError:
        scan.file.storage.delete(scan.file.name)
        there = _attached(content, case, draft)  # by the same form, at the same moment
        if there is None:
            raise
        return there
    return scan


def may_be_removed(scan: Scan, *, by: User) -> bool:
    """Whether the person attached it to a case that is still open."""
    return scan.case is not None and scan.removed_at is None and scan.by == by and scan.case.is_open


@transaction.atomic
def remove(scan: Scan, *, by: User, reason: str) -> None:
    """Mark a scan of a case as attached wrongly; it stays, with who said so and why. Raises `Refused`; logged."""
    held = Scan.objects.select_for_update(of=("self",)).select_related("case").get(pk=scan.pk)
    reasons = []
    if held.case is None or not Case.objects.readable_by(by).filter(pk=held.case.pk).exists():
        raise Refused([_("Only who attached a scan removes it, while its case is open.")])
    if held.removed_at is not None:
        reasons.append(_("This scan was removed already."))
    elif not may_be_removed(held, by=by):
        reasons.append(_("Only who attached a scan removes it, while its case is open."))
    if not reason.strip():
        reasons.append(_("Say why the scan is removed; it stays with the case."))
    if reasons:
        raise Refused(reasons)
    longest = Scan._meta.get_field("removal_reason").max_length
    held.removed_at, held.removed_by, held.removal_reason = timezone.now(), by, reason.strip()[:longest]
    held.save(update_fields=["removed_at", "removed_by", "removal_reason"])
    record("hall.scan_removed", thing=held.case, person=by, facts={"scan": held.pk})


def _attached(content: str, case: Case | None, draft: ReceptionDraft | None) -> Scan | None:
    return Scan.objects.filter(case=case, draft=draft, content_hash=content, removed_at=None).first()


def _hash_of(upload: UploadedFile) -> str:
    found = sha256()
    for chunk in upload.chunks():
        found.update(chunk)
    upload.seek(0)
    return found.hexdigest()


def hand_over(draft: ReceptionDraft, case: Case) -> None:
    """What was attached to the draft belongs to its case from now on."""
    Scan.objects.filter(draft=draft).update(draft=None, case=case)


def scans_opened_by(user: User) -> QuerySet[Scan]:
    """Those of the cases that the user reads, and of the own draft."""
    return Scan.objects.filter(Q(case__in=Case.objects.readable_by(user)) | Q(draft__clerk=user))
