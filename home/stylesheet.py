"""Production's one stylesheet: `site.css` with what it imports put in its place."""

import re
from collections.abc import Iterator
from posixpath import dirname, join
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

ENTRY = "home/css/site.css"
IMPORT = re.compile(r'@import url\("(?P<name>[^"]+)"\)(?P<medium>[^;]*);')

CollectedFiles = dict[str, tuple[Storage, str]]


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):
    """Collects `site.css` whole, so that a first visit asks for one file instead of one a component."""

    def post_process(self, paths: CollectedFiles, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if ENTRY in paths and not dry_run:
            whole = InMemoryStorage()
            whole.save(ENTRY, ContentFile(with_imports(paths, ENTRY)))
            paths = {**paths, ENTRY: (whole, ENTRY)}
        yield from super().post_process(paths, dry_run=dry_run, **options)


def with_imports(files: CollectedFiles, name: str) -> str:
    """The stylesheet with each import replaced by its text, in `@media` where the import names a medium.

    Raises `ValueError` where an imported file has an address of its own: from another folder it would not hold.
    """

    def text_of(found: re.Match[str]) -> str:
        imported = join(dirname(name), found["name"])
        text = _read(files, imported)
        if "url(" in text:
            raise ValueError(f"{imported} holds url(): write what it points to into site.css itself")
        medium = found["medium"].strip()
        return f"@media {medium} {{\n{text}}}\n" if medium else text

    return IMPORT.sub(text_of, _read(files, name))


def _read(files: CollectedFiles, name: str) -> str:
    storage, path = files[name]
    with storage.open(path) as file:
        return file.read().decode()
