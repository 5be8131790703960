"""The messages that Wagtail's own Chinese catalogues leave untranslated, and ours that complete them.

Wagtail's English catalogues name every message that it has. Django merges the catalogues of all apps and then those
of LOCALE_PATHS, so a message counts as translated when any installed part of Wagtail translates it, and ours hold
exactly the rest: one that Wagtail has learnt by now would be overruled by ours for good.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from tools.catalogues import first_form, is_translated, read, write

FOLDER = Path(__file__).resolve().parent.parent / "locale" / "wagtail"
LANGUAGE = "zh_Hans"
DOMAINS = ("django", "djangojs")
# Placeholders, and the tags of messages that are HTML: links and their attributes must come through unchanged.
KEPT = re.compile(r"</?[a-z][^<>]*>|%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def path_of(domain: str) -> Path:
    """Our own catalogue of a domain (`django` for Python and templates, `djangojs` for scripts)."""
    return FOLDER / LANGUAGE / "LC_MESSAGES" / f"{domain}.po"


def untranslated(domain: str) -> Catalog:
    """The messages of every installed part of Wagtail that none of them translates, with their places."""
    known: set[tuple[str, str | None, bool]] = set()
    for _app, folder in _installed():
        for message in _messages(folder, LANGUAGE, domain):
            if is_translated(message.string) and not message.fuzzy:
                known.add((first_form(message.id), message.context, False))
                known.add((first_form(message.id), message.context, message.pluralizable))
    rest = Catalog(project="Gongkai")
    for app, folder in _installed():
        for message in _messages(folder, "en", domain):
            if (first_form(message.id), message.context, message.pluralizable) not in known:
                rest.add(
                    message.id,
                    locations=[(f"{app}/{name}", 0) for name, _line in message.locations],
                    flags=message.flags,
                    auto_comments=message.auto_comments,
                    context=message.context,
                )
    return rest


def update_wagtail() -> None:
    """Add what Wagtail leaves untranslated to our catalogues, empty, and drop what it has learnt or lost."""
    for domain in DOMAINS:
        catalogue = read(path_of(domain), language=LANGUAGE)
        catalogue.update(untranslated(domain), no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        write(path_of(domain), catalogue)


def faults_of_wagtail() -> list[str]:
    """What is wrong with our catalogues, a line for each message: missing, needless, or altered placeholders."""
    return [
        f"wagtail {domain}: {fault}"
        for domain in DOMAINS
        for fault in faults(read(path_of(domain), language=LANGUAGE), untranslated(domain))
    ]


def faults(catalogue: Catalog, needed: Catalog) -> Iterator[str]:
    """What keeps `catalogue` from holding a faithful translation of exactly the messages of `needed`."""
    for message in needed:
        ours = catalogue.get(first_form(message.id), message.context)
        if message.id and (ours is None or ours.fuzzy or not is_translated(ours.string)):
            yield f"no translation of {first_form(message.id)!r}"
    for message in catalogue:
        if not message.id:
            continue
        wanted = needed.get(first_form(message.id), message.context)
        if wanted is None or wanted.id != message.id:
            yield f"{first_form(message.id)!r} is translated by Wagtail itself, or gone: `make messages` drops it"
        elif is_translated(message.string) and (fault := _altered(message)):
            yield f"{first_form(message.id)!r}: {fault}"


def _altered(message: Message) -> str:
    # Chinese has one form for every number: it must say what the plural says.
    plural = message.id if isinstance(message.id, str) else message.id[-1]
    wanted = sorted(set(KEPT.findall(plural)))
    for form in [message.string] if isinstance(message.string, str) else message.string or ():
        if sorted(set(KEPT.findall(form))) != wanted:
            return f"the placeholders and tags must be {', '.join(wanted) or 'none'}"
    return ""


def _messages(folder: Path, language: str, domain: str) -> Iterator[Message]:
    path = folder / language / "LC_MESSAGES" / f"{domain}.po"
    if path.exists():
        yield from (message for message in read(path, language=language) if message.id)


def _installed() -> list[tuple[str, Path]]:
    """The name and the locale folder of every installed app of Wagtail."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings.development")
    import django
    from django.apps import apps

    django.setup()
    found = [(app.name, Path(app.path) / "locale") for app in apps.get_app_configs()]
    return sorted(item for item in found if item[0].split(".")[0] == "wagtail")
