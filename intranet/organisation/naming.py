"""Names in three languages: the reader's where there is one, else Chinese, the text of record."""

from django.utils.translation import get_language


def in_the_readers_language(*, zh: str, bo: str = "", en: str = "") -> str:
    """The text in the language of the interface, else the Chinese one."""
    return {"bo": bo, "en": en}.get((get_language() or "").partition("-")[0]) or zh
