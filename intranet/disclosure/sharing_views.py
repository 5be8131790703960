"""The sharing panel: who may read a matter and why, who is named until when, and past shares."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from intranet.access.explaining import Answer, end_in_words, explain, label_of, narrowing_in_words
from intranet.access.models import Share
from intranet.access.readers_list import entries
from intranet.access.rights import Right, may
from intranet.access.sharing import ShareRefused, end, grant, prolong, shares_of
from intranet.access.tokens import AnyUser, tokens_of, user_token
from intranet.disclosure.models import MatterPage
from intranet.disclosure.sharing_forms import CheckForm, LastDayForm, NameReaderForm
from intranet.organisation.models import User

PAST_SHOWN = 100
"""Past shares that are listed."""
PUBLIC_READER = "public"
"""`check` of somebody without an account."""


def may_share(user: AnyUser, matter: MatterPage) -> bool:
    """Whether the user names readers of the matter: its department's drafters, and superusers."""
    return bool(user.is_superuser) or may(user, Right.DRAFT_MATTERS, matter.department)


def sharing(request: HttpRequest, page_id: int) -> HttpResponse:
    """Who may read the matter and why; name a reader; ask of one reader with `check`."""
    matter = _matter(request, page_id)
    facts = matter.rule_facts()
    form = NameReaderForm(request.POST or None) if facts.counts_shares else None
    if request.method == "POST" and form is not None and form.is_valid() and _name(request, matter, form):
        return redirect("disclosure:sharing", matter.pk)
    asked = CheckForm(request.GET) if request.GET.get("check") == "person" else CheckForm()
    shares = shares_of(matter).with_names()
    context = {
        "matter": matter,
        "facts": facts,
        "audience": label_of(facts.audience),
        "widest": label_of(facts.ceiling) if facts.ceiling else "",
        "narrowing": narrowing_in_words(facts),
        "form": form,
        "shares": [(share, _gives_nothing(share)) for share in shares.in_force()],
        "past": [(share, end_in_words(share)) for share in shares.over()[:PAST_SHOWN]],
        "entries": entries(matter),
        "check_form": asked,
        "answer": _answer(request, matter, asked),
    }
    return render(request, "disclosure/admin/sharing.html", context)


def prolong_share(request: HttpRequest, page_id: int, share_id: int) -> HttpResponse:
    """Give a share another last day."""
    matter = _matter(request, page_id)
    share = _share(matter, share_id)
    initial = {"until": share.until, "without_end": share.until is None}
    form = LastDayForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            prolong(share, until=form.cleaned_data["until"], by=_person(request))
        except ShareRefused as refused:
            form.add_error("until", refused.reasons)
        else:
            messages.success(request, _("Last day changed: %(name)s") % {"name": share.holder})
            return redirect("disclosure:sharing", matter.pk)
    return render(request, "disclosure/admin/prolong_share.html", {"matter": matter, "share": share, "form": form})


def end_share(request: HttpRequest, page_id: int, share_id: int) -> HttpResponse:
    """End a share now, once it is confirmed."""
    matter = _matter(request, page_id)
    share = _share(matter, share_id)
    if request.method != "POST":
        return render(request, "disclosure/admin/end_share.html", {"matter": matter, "share": share})
    if end(share, by=_person(request)):
        messages.success(request, _("No longer named as reader: %(name)s") % {"name": share.holder})
    else:
        messages.info(request, _("This share was over already: %(name)s") % {"name": share.holder})
    return redirect("disclosure:sharing", matter.pk)


def _name(request: HttpRequest, matter: MatterPage, form: NameReaderForm) -> bool:
    """Name the reader whom the form holds; False with the reasons in the form where it was refused."""
    said = {"until": form.cleaned_data["until"], "reason": form.cleaned_data["reason"]}
    try:
        grant(matter, to=form.holder, by=_person(request), **said)
    except ShareRefused as refused:
        form.add_error(None, refused.reasons)
        return False
    messages.success(request, _("Named as reader: %(name)s") % {"name": form.holder})
    return True


def _answer(request: HttpRequest, matter: MatterPage, asked: CheckForm) -> tuple[str, Answer] | None:
    if request.GET.get("check") == PUBLIC_READER:
        return _("The public"), explain(AnonymousUser(), matter)
    if asked.is_bound and asked.is_valid():
        reader: User = asked.cleaned_data["reader"]
        return str(reader), explain(reader, matter)
    return None


def _gives_nothing(share: Share) -> bool:
    """Whether the person named can read nothing today: no post, or a closed account."""
    return share.user is not None and user_token(share.user.pk) not in tokens_of(share.user)


def _matter(request: HttpRequest, page_id: int) -> MatterPage:
    matter = get_object_or_404(MatterPage.objects.select_related("category", "department"), pk=page_id)
    if not may_share(request.user, matter):
        raise Http404
    return matter


def _share(matter: MatterPage, share_id: int) -> Share:
    return get_object_or_404(shares_of(matter).with_names(), pk=share_id)


def _person(request: HttpRequest) -> Any:
    return request.user
