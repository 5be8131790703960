"""A manual as a page of HTML, from which its PDF is made. The same manual is the same HTML, letter by letter."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from intranet.hall.manual.reading import Manual
from intranet.hall.manual.words import true_on, words_of


def html_of(manual: Manual) -> str:
    """The whole book: title, contents, guides by department, service items by code."""
    language = manual.language
    with translation.override(language):
        context = {
            "manual": manual,
            "words": words_of(language),
            "true_on": true_on(manual.day, language),
            "base": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
        }
        return render_to_string("hall/manual/book.html", context)


def name_of(manual: Manual) -> str:
    """What its file is called."""
    with translation.override(manual.language):
        words = words_of(manual.language)
        whose = manual.department.name if manual.department else words["whole_hall"]
        return f"{whose} {words['manual']} {manual.day:%Y-%m-%d}.pdf"
