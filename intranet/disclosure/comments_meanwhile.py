"""Comments on a draft that others resolved or deleted while an editor was open.

Wagtail's versions know of open comments alone: they would delete the resolved ones when they are saved or go live. Its
form would take one that was resolved meanwhile for a new one of whoever saves, and refuse to save at all where one was
deleted.
"""

import re
from collections.abc import Mapping

from django.http import HttpRequest, QueryDict
from wagtail.models import COMMENTS_RELATION_NAME, Comment, CommentReply, Page

from intranet.disclosure.primary_keys import is_primary_key

REPLIES = "-replies-"
_KEY = re.compile(r"comments-\d+(?:-replies-\d+)?-id")
"""The names that primary keys of comments and replies have in what the editor posts."""


def keep_resolved_comments(page: Page) -> None:
    """Let a version that knows of open comments alone know of the resolved ones, which it would delete when saved."""
    if page.pk is None or COMMENTS_RELATION_NAME not in getattr(page, "_cluster_related_objects", {}):
        return
    comments = getattr(page, COMMENTS_RELATION_NAME)
    known = {comment.pk for comment in comments.all()}
    resolved = Comment.objects.filter(page=page.pk, resolved_at__isnull=False).exclude(pk__in=known)
    comments.add(*resolved)


def pass_over_closed_comments(request: HttpRequest, page: Page) -> None:
    """Take what is posted of comments and replies that were deleted meanwhile for deleted; of resolved comments, too.

    A new reply opens a resolved comment again.
    """
    if request.method != "POST":
        return
    posted = request.POST.copy()
    keys = {name: str(posted[name]) for name in posted if _KEY.fullmatch(name) and posted[name]}
    comments = {name: key for name, key in keys.items() if REPLIES not in name}
    replies = {name: key for name, key in keys.items() if REPLIES in name}
    there = Comment.objects.filter(page=page.pk, pk__in=_numbers(comments))
    answered = {key for name, key in comments.items() if _has_a_new_reply(posted, name)}
    open_ones = {str(one.pk) for one in there if one.resolved_at is None or str(one.pk) in answered}
    kept = CommentReply.objects.filter(comment__page=page.pk, pk__in=_numbers(replies))
    known = {str(pk) for pk in kept.values_list("pk", flat=True)}
    for name, key in keys.items():
        if key not in (known if name in replies else open_ones):
            posted[name] = ""
            posted[f"{name.removesuffix('-id')}-DELETE"] = "on"
    request.POST = posted  # type: ignore[assignment]


def _numbers(keys: Mapping[str, str]) -> list[int]:
    return [int(key) for key in keys.values() if is_primary_key(key)]


def _has_a_new_reply(posted: QueryDict, name: str) -> bool:
    """Whether the comment of which `name` is the key was answered in this window."""
    begins = f"{name.removesuffix('-id')}{REPLIES}"
    texts = [other for other in posted if other.startswith(begins) and other.endswith("-text") and posted[other]]
    return any(not posted.get(f"{text.removesuffix('-text')}-id") for text in texts)
