"""Attachments of imported matters: found below one folder, checked before they are read, kept once."""

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _
from wagtail.models import Collection

from intranet.disclosure.models import AttachedDocument
from intranet.exchange.lines import MEBIBYTE, LineRefused


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be attached. `title` is what its readers see; `content_hash` is Wagtail's, SHA-1."""

    path: Path
    title: str
    content_hash: str
    size: int


def find_file(name: str, *, folder: Path | None) -> FoundFile:
    """The file of this name below the folder. Raises `LineRefused` with the reason; nothing large is read then."""
    if folder is None:
        raise LineRefused(
            _("The attachment %(name)s cannot be looked for: name its folder with --files.") % {"name": name}
        )
    root = folder.resolve()
    try:
        path = (root / name).resolve()
        if not path.is_relative_to(root) or path == root:
            raise LineRefused(_("The attachment %(name)s lies outside of the folder of files.") % {"name": name})
        facts = path.stat()
    except (OSError, RuntimeError, ValueError) as error:
        raise LineRefused(_("There is no attachment %(name)s below the folder of files.") % {"name": name}) from error
    if reason := _against(path, facts.st_mode, facts.st_size):
        raise LineRefused(_("The attachment %(name)s %(reason)s.") % {"name": name, "reason": reason})
    try:
        with path.open("rb") as content:
            content_hash = hashlib.file_digest(content, "sha1").hexdigest()
    except OSError as error:
        raise LineRefused(_("The attachment %(name)s cannot be read.") % {"name": name}) from error
    return FoundFile(path=path, title=Path(name).name, content_hash=content_hash, size=facts.st_size)


def _against(path: Path, mode: int, size: int) -> str:
    largest = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if not stat.S_ISREG(mode):
        return _("is not a file")
    if path.suffix.lower().removeprefix(".") not in settings.WAGTAILDOCS_EXTENSIONS:
        return _("is of no allowed type (%(allowed)s)") % {"allowed": ", ".join(settings.WAGTAILDOCS_EXTENSIONS)}
    if size > largest:
        return _("is larger than %(size)s MB") % {"size": largest // MEBIBYTE}
    if size == 0:
        return _("is empty")
    return ""


def document_of(file: FoundFile, *, collection: Collection) -> AttachedDocument:
    """The collection's document with the file's content, made now if there is none."""
    found = AttachedDocument.objects.filter(collection=collection, file_hash=file.content_hash).first()
    if found is not None:
        return found
    with file.path.open("rb") as content:
        document = AttachedDocument(
            title=file.title, collection=collection, file_size=file.size, file_hash=file.content_hash
        )
        document.file = File(content, name=file.title)
        document.full_clean(exclude=["file"])
        document.save()
    return document
