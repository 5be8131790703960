"""The message catalogues without gettext's programs: extract, compare, compile.

`python -m tools.messages compile | check | update`. Babel reads and writes the catalogues; Django's own
`templatize` turns templates into something that Babel's Python extractor understands, as `makemessages` does. What
Wagtail leaves untranslated is kept beside our own messages (`tools.wagtail_messages`).
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from tools.catalogues import compile_file, first_form, is_translated, read, write
from tools.wagtail_messages import DOMAINS, LANGUAGE, faults_of_wagtail, path_of, update_wagtail

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("home", "intranet", "search", "templates")
LANGUAGES = {"zh_Hans": "zh_Hans"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def catalogue_path(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def extracted() -> Catalog:
    """Every message of the code and the templates, with the files that it stands in."""
    catalogue = Catalog(project="Gongkai")
    for path in _source_files():
        text = path.read_text(encoding="utf-8")
        if _is_template(path):
            blanked = templatize(text, origin=str(path))
            text = "\n".join(line.lstrip() for line in blanked.splitlines())
        source = io.BytesIO(text.encode())
        options = {"encoding": "utf-8"}
        found = extract("python", source, keywords=KEYWORDS, comment_tags=("Translators:",), options=options)
        for _line, message, comments, context in found:
            if message and message != ("", ""):
                name = str(path.relative_to(ROOT))
                catalogue.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalogue


def _source_files() -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if (path.suffix == ".py" or _is_template(path)) and "migrations" not in path.parts:
                yield path


def _is_template(path: Path) -> bool:
    """Whether it is a page or the text of an e-mail."""
    return path.suffix == ".html" or (path.suffix == ".txt" and "templates" in path.parts)


def update() -> int:
    """Add new messages to every catalogue and drop those that no source has any more."""
    template = extracted()
    for language in LANGUAGES:
        catalogue = read(catalogue_path(language), language=language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        write(catalogue_path(language), catalogue)
    update_wagtail()
    return 0


def compile_catalogues() -> int:
    """Write the binary catalogues that Django reads, where they are older than their source."""
    for language in LANGUAGES:
        compile_file(catalogue_path(language), language=language)
    for domain in DOMAINS:
        compile_file(path_of(domain), language=LANGUAGE)
    return 0


def check() -> int:
    """Name every message that lacks a translation; 1 if there is any."""
    template = extracted()
    failures = 0
    for language in LANGUAGES:
        catalogue = read(catalogue_path(language), language=language)
        for message in template:
            if not message.id:
                continue
            known = catalogue.get(first_form(message.id), message.context)
            if known is None or known.fuzzy or not is_translated(known.string):
                places = ", ".join(sorted({name for name, _line in message.locations})[:3])
                print(f"{language}: no translation of {first_form(message.id)!r} ({places})")
                failures += 1
        for message in catalogue:
            if message.id and message.string and (errors := list(message.check(catalogue))):
                print(f"{language}: {first_form(message.id)!r}: {errors[0]}")
                failures += 1
    for fault in faults_of_wagtail():
        print(fault)
        failures += 1
    if failures:
        print(f"{failures} messages to mend: run `make messages` and complete locale/.", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    commands = {"check": check, "compile": compile_catalogues, "update": update}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit("Usage: python -m tools.messages compile | check | update")
    sys.exit(commands[sys.argv[1]]())
