"""Links within the portal that lead nowhere, or where not every reader of the draft may follow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page

from intranet.access.tokens import PUBLIC
from intranet.disclosure.body import plain_text, rich_texts
from intranet.disclosure.models import AttachedDocument, MatterPage
from intranet.disclosure.primary_keys import is_primary_key
from intranet.publication.scrutiny.finding import Finding, Weight
from intranet.publication.scrutiny.own_addresses import destinations_of

_ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.S)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Link:
    """A link as rich text keeps it."""

    text: str
    page: int | None = None
    document: int | None = None
    path: str = ""


def links(draft: MatterPage) -> Iterator[Finding]:
    """Errors for links to what is not there, warnings for links to what is not live or not for all its readers."""
    found = list(_links(draft))
    by_path = destinations_of({link.path for link in found if link.path})
    wanted = {link.page for link in found if link.page} | {led.page for led in by_path.values() if led.page}
    pages = {page.pk: page for page in Page.objects.filter(pk__in=wanted).specific()}
    documents = set(
        AttachedDocument.objects.filter(pk__in=[link.document for link in found if link.document]).values_list(
            "pk", flat=True
        )
    )
    readers = _readers_to_be(draft)
    for link in dict.fromkeys(found):
        if link.document:
            if link.document not in documents:
                yield _nowhere(link)
            continue
        key = link.page or by_path[link.path].page
        if key is None and by_path[link.path].is_there:
            continue
        page = pages.get(key) if key else None
        if page is None:
            yield _nowhere(link)
        elif isinstance(page, MatterPage) and not page.is_disclosed:
            yield Finding(Weight.WARNING, _("The link leads to a matter that is not live."), "links", quoted=link.text)
        elif isinstance(page, MatterPage) and not _all_may_follow(readers, page):
            words = _("Not everybody who will read this matter may read the one that the link leads to.")
            yield Finding(Weight.WARNING, words, "links", quoted=link.text)


def _nowhere(link: Link) -> Finding:
    return Finding(Weight.ERROR, _("The link leads nowhere: correct it or take it out."), "links", quoted=link.text)


def _links(draft: MatterPage) -> Iterator[Link]:
    """The links of the body that lead into the portal."""
    for html in rich_texts(draft.body):
        for attributes, inner in _ANCHOR.findall(html):
            has = dict(_ATTRIBUTE.findall(attributes))
            text = plain_text(inner) or unescape(has.get("href", ""))
            if has.get("linktype") == "page":
                yield Link(text, page=_number(has.get("id")))
            elif has.get("linktype") == "document":
                yield Link(text, document=_number(has.get("id")))
            elif path := _own_path(unescape(has.get("href", ""))):
                yield Link(text, path=path)


def _number(written: str | None) -> int:
    """A primary key; -1, which nothing has, for what is none."""
    return int(written) if written and is_primary_key(written) else -1


def _own_path(address: str) -> str:
    """The path of an address within the portal, empty for any other address."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    if base and address.startswith(f"{base}/"):
        address = address.removeprefix(base)
    if not address.startswith("/") or address.startswith("//"):
        return ""
    return re.split(r"[?#]", address, maxsplit=1)[0]


def _readers_to_be(draft: MatterPage) -> frozenset[str]:
    terms = draft.category.terms_on()
    return draft.tokens_below(terms.widest_audience if terms else None, shares=tuple)


def _all_may_follow(readers: frozenset[str], page: MatterPage) -> bool:
    may = page.reader_tokens()
    return PUBLIC in may or readers <= may
