"""Comments on a draft that others resolved or deleted while an editor was open.

Wagtail's versions know of open comments alone: they would delete the resolved ones when they are saved or go live. Its
form would take one that was resolved meanwhile for a new one of whoever saves, and refuse to save at all where one was
deleted.
"""

from django.http import HttpRequest
from wagtail.models import COMMENTS_RELATION_NAME, Comment, Page

FORMS = "comments"
"""The prefix of what the editor posts of them."""


def keep_resolved_comments(page: Page) -> None:
    """Let a version that knows of open comments alone know of the resolved ones, which it would delete when saved."""
    if page.pk is None or COMMENTS_RELATION_NAME not in getattr(page, "_cluster_related_objects", {}):
        return
    comments = getattr(page, COMMENTS_RELATION_NAME)
    known = {comment.pk for comment in comments.all()}
    resolved = Comment.objects.filter(page=page.pk, resolved_at__isnull=False).exclude(pk__in=known)
    comments.add(*resolved)


def pass_over_deleted_comments(request: HttpRequest, page: Page) -> None:
    """Take what is posted of comments that are there no more for deleted, which they are."""
    if request.method != "POST":
        return
    posted = request.POST.copy()
    names = {name: str(posted[name]) for name in posted if _is_key(name) and posted[name]}
    keys = [int(key) for key in names.values() if key.isdecimal() and len(key) < 19]
    there = {str(key) for key in Comment.objects.filter(page=page.pk, pk__in=keys).values_list("pk", flat=True)}
    for name in (name for name, key in names.items() if key not in there):
        posted[name] = ""
        posted[f"{name.removesuffix('-id')}-DELETE"] = "on"
    request.POST = posted  # type: ignore[assignment]


def _is_key(name: str) -> bool:
    prefix, _dash, rest = name.partition("-")
    return prefix == FORMS and rest.endswith("-id") and rest.removesuffix("-id").isdecimal()
