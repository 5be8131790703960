"""What answers at an address of the portal: a page, a screen, or nothing."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.urls import Resolver404, ResolverMatch, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from intranet.disclosure.models import AttachedDocument, Category, DisclosedImage, DisclosedRendition
from intranet.disclosure.primary_keys import is_primary_key
from intranet.organisation.models import Department


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an address leads."""

    page: int | None = None
    """The page whose readers may follow; None where everybody may, or nobody."""
    is_there: bool = True


NOWHERE = Destination(is_there=False)


def destinations_of(paths: Collection[str]) -> dict[str, Destination]:
    """Where each of the paths, as links have them, leads now; by a redirect too: an address of before leads on."""
    if not paths:
        return {}
    plain = {path: unquote(path) for path in paths}
    pages, redirects = _pages_at(plain.values()), _redirects_at(plain.values())
    return {path: _destination(address, pages, redirects) for path, address in plain.items()}


def _destination(path: str, pages: Mapping[str, int], redirects: Mapping[str, Redirect]) -> Destination:
    if (page := pages.get(path)) is not None:
        return Destination(page)
    if (redirect := redirects.get(path)) is not None:
        return Destination(
            redirect.redirect_page_id, is_there=bool(redirect.redirect_page_id or redirect.redirect_link)
        )
    try:
        found = resolve(path)
    except Resolver404:
        return NOWHERE
    look = _BY_NAME.get(found.view_name)
    return look(found) if look else Destination()


def _pages_at(paths: Iterable[str]) -> dict[str, int]:
    """The pages that have these paths now."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return {}
    root = site.root_page.url_path.rstrip("/")
    url_paths = {path: f"{root}/{path.strip('/')}/".replace("//", "/") for path in paths}
    found = dict(Page.objects.filter(url_path__in=set(url_paths.values())).values_list("url_path", "pk"))
    return {path: found[url_path] for path, url_path in url_paths.items() if url_path in found}


def _redirects_at(paths: Iterable[str]) -> dict[str, Redirect]:
    old_paths = {path: Redirect.normalise_path(path) for path in paths}
    found = {one.old_path: one for one in Redirect.objects.filter(old_path__in=set(old_paths.values()))}
    return {path: found[old_path] for path, old_path in old_paths.items() if old_path in found}


def _of_matter(found: ResolverMatch) -> Destination:
    """Of an address below a matter's."""
    page = _pages_at([found.args[0]]).get(found.args[0])
    return Destination(page, is_there=page is not None)


def _of_notice(found: ResolverMatch) -> Destination:
    key = found.kwargs["notice_id"]
    is_there = is_primary_key(str(key)) and Page.objects.filter(pk=key).exists()
    return Destination(key if is_there else None, is_there=is_there)


def _of_document(found: ResolverMatch) -> Destination:
    key = found.args[0]
    return Destination(is_there=is_primary_key(key) and AttachedDocument.objects.filter(pk=key).exists())


def _of_file(found: ResolverMatch) -> Destination:
    models: tuple[Any, ...] = (AttachedDocument, DisclosedImage, DisclosedRendition)
    return Destination(is_there=any(model.objects.filter(file=found.kwargs["path"]).exists() for model in models))


def _of_code(model: Any) -> Callable[[ResolverMatch], Destination]:
    return lambda found: Destination(is_there=model.objects.filter(code__iexact=found.kwargs["code"]).exists())


_BY_NAME: Mapping[str, Callable[[ResolverMatch], Destination]] = {
    "wagtail_serve": lambda found: NOWHERE,
    "matter": lambda found: NOWHERE,
    "matter_history": _of_matter,
    "earlier_version": _of_matter,
    "matter_table": _of_matter,
    "object_to": _of_notice,
    "wagtaildocs_serve": _of_document,
    "stored_file": _of_file,
    "departments:detail": _of_code(Department),
    "catalogue:category": _of_code(Category),
    "feeds:category": _of_code(Category),
}
"""Screens with something in their address that may be there or not; every other one answers as it is."""
