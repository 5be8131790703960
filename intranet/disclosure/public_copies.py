"""Making and finding what readers get of a file. Until it is made, they get nothing."""

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterable
from typing import IO

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from intranet.disclosure.cleaning import VERSION, Cleaning, CleaningLimits, CleaningUnavailable, Verdict, clean
from intranet.disclosure.models import AttachedDocument, DisclosedImage, PublicCopy
from intranet.organisation.models import User

logger = logging.getLogger("gongkai.disclosure")

OwnFile = AttachedDocument | DisclosedImage


def copy_of(file: OwnFile) -> PublicCopy | None:
    """What readers get of the file as it is now; None while that is not made, or is withheld."""
    copy = kept_copy(file)
    return None if copy is None or not copy.is_of(file) or copy.is_withheld else copy


def kept_copy(file: OwnFile) -> PublicCopy | None:
    """What was last made of the file, whether or not readers get it."""
    try:
        return file.public_copy
    except PublicCopy.DoesNotExist:
        return None


def ensure_copy(file: OwnFile) -> PublicCopy | None:
    """Make what readers get of the file, unless that was done; None where the file itself is gone.

    Waits no longer than `CLEANING_SECONDS`; whatever goes wrong until then, the file is withheld, and its editor told.
    """
    file.get_file_hash()
    copy = kept_copy(file)
    if copy is not None and copy.is_of(file):
        return copy
    try:
        return _make(file, copy)
    except OSError:
        logger.warning("%s is not in the store, so nothing could be made of it", file.file.name)
        return None


def ensure_copies(files: Iterable[OwnFile]) -> int:
    """Make what is missing; return how many that were. For uploads from before, and after an upgrade."""
    made = 0
    for file in files:
        copy = kept_copy(file)
        if copy is None or not copy.is_of(file):
            made += ensure_copy(file) is not None
    return made


def withheld_files() -> QuerySet[PublicCopy]:
    """Those of which readers get nothing."""
    return PublicCopy.objects.filter(verdict=Verdict.FAILED, handed_out_at=None).order_by("source_name")


def hand_out_as_it_is(copy: PublicCopy, *, by: User) -> None:
    """Let readers have a withheld file as it was uploaded, on the word of an editor who has looked through it."""
    copy.handed_out_by, copy.handed_out_at = by, timezone.now()
    copy.save(update_fields=["handed_out_by", "handed_out_at"])
    log(instance=copy.source, action="gongkai.file_handed_out", user=by)


def _make(file: OwnFile, copy: PublicCopy | None) -> PublicCopy:
    suffix = os.path.splitext(file.file.name)[1]
    with tempfile.NamedTemporaryFile(suffix=suffix) as target:
        cleaning = _cleaning(file, target)
        is_copy = cleaning.verdict is Verdict.CLEANED
        old_file = copy.file.name if copy else ""
        copy = copy or PublicCopy(**{"document" if isinstance(file, AttachedDocument) else "image": file})
        copy.source_name, copy.source_hash, copy.version = file.file.name, file.file_hash, VERSION
        copy.verdict, copy.removed, copy.left = cleaning.verdict, list(cleaning.removed), list(cleaning.left)
        copy.handed_out_by = copy.handed_out_at = None
        copy.text = None
        copy.file = ""
        if is_copy:
            copy.content_hash = _sha256(target)
            copy.file.save(os.path.basename(file.file.name), File(target), save=False)
        else:
            with file.file.storage.open(file.file.name, "rb") as original:
                copy.content_hash = _sha256(original)
        copy.save()
    forget_file(copy, old_file)
    return copy


def _cleaning(file: OwnFile, target: IO[bytes]) -> Cleaning:
    limits = CleaningLimits(seconds=settings.CLEANING_SECONDS, cpu_seconds=int(settings.CLEANING_SECONDS) + 1)
    try:
        return clean(file.file.path, target, file_name=file.file.name, limits=limits)
    except CleaningUnavailable:
        logger.exception("No file can be cleaned: the child process does not start")
        return Cleaning(Verdict.FAILED)


def forget_file(copy: PublicCopy, name: str) -> None:
    """Delete a copy from the store once nothing can bring it back."""
    if name:
        transaction.on_commit(lambda: copy.file.storage.delete(name))


def _sha256(stream: IO[bytes]) -> str:
    stream.seek(0)
    digest = hashlib.file_digest(stream, "sha256")  # type: ignore[arg-type]
    stream.seek(0)
    return digest.hexdigest()
