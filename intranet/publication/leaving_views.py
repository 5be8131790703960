"""The office's screen for somebody who leaves: what they have in hand, and who takes it over."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intranet.disclosure.admin_doors import names_in_the_audit_log
from intranet.organisation.closing import reasons_against_closing
from intranet.organisation.models import Post, User
from intranet.publication.desk.undisclosed import Undisclosed
from intranet.publication.leaving import (
    drafts_in_hand,
    end_shares,
    further_parts,
    hand_over_many,
    shares_of,
    steps_of_nobody_else,
    successors,
)


class HandingOverForm(forms.Form):
    """Which drafts go to whom."""

    draft = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick what is to be handed over.")},
    )
    to = forms.ModelChoiceField(
        label=gettext_lazy("Goes to"),
        queryset=User.objects.none(),
        error_messages={"required": gettext_lazy("Choose who takes it over.")},
        help_text=gettext_lazy("Those who draft for one of these departments today."),
    )

    def __init__(self, *args: Any, drafts: list[Undisclosed], leaving: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [person.pk for person in successors(drafts, of=leaving)]
        self.fields["draft"].choices = [(one.matter.pk, one.matter.pk) for one in drafts]  # type: ignore[attr-defined]
        self.fields["to"].queryset = User.objects.filter(pk__in=people)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Row:
    """A draft as the office may be told of it: by its number, unless it may read or edit it."""

    draft: Undisclosed
    name: str


def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """List what the person has in hand; hand over what is ticked once that is confirmed; tell what became of each."""
    if not request.user.has_perm("organisation.change_user"):
        raise PermissionDenied
    person = get_object_or_404(User, pk=pk)
    by: User = request.user  # type: ignore[assignment]
    if request.method == "POST" and "end_shares" in request.POST:
        return _end_shares(request, person, by)
    drafts = drafts_in_hand(person)
    form = HandingOverForm(request.POST if request.method == "POST" else None, drafts=drafts, leaving=person)
    context = {"person": person, "form": form}
    if request.method == "POST" and form.is_valid():
        chosen = [one for one in drafts if str(one.matter.pk) in form.cleaned_data["draft"]]
        to = form.cleaned_data["to"]
        if "confirmed" not in request.POST:
            rows = _rows(request, chosen)
            return render(request, "publication/leaving_confirm.html", {**context, "rows": rows, "to": to})
        outcomes = hand_over_many(chosen, of=person, to=to, by=by)
        names = names_in_the_audit_log(request, [one.matter.pk for one in chosen])
        told = [(one, _called(one.draft.matter.pk, names)) for one in outcomes]
        return render(request, "publication/leaving_done.html", {**context, "told": told, "to": to})
    steps, shares = steps_of_nobody_else(person), shares_of(person)
    names = names_in_the_audit_log(request, [step.matter.pk for step in steps] + [matter.pk for matter in shares])
    context |= {
        "rows": _rows(request, drafts),
        "steps": [(step, _called(step.matter.pk, names)) for step in steps],
        "shares": [_called(matter.pk, names) for matter in shares],
        "parts": further_parts(person),
        "posts": Post.objects.of_person(person).in_office().select_related("department"),
        "may_be_closed": not reasons_against_closing(person, by=by),
    }
    return render(request, "publication/leaving.html", context)


def _end_shares(request: HttpRequest, person: User, by: User) -> HttpResponse:
    count = end_shares(person, by=by)
    told = ngettext("Ended: %(count)d share.", "Ended: %(count)d shares.", count) % {"count": count}
    messages.success(request, told)
    return redirect("publication:leaving", person.pk)


def _rows(request: HttpRequest, drafts: list[Undisclosed]) -> list[Row]:
    names = names_in_the_audit_log(request, [one.matter.pk for one in drafts])
    return [Row(one, _called(one.matter.pk, names)) for one in drafts]


def _called(pk: int, names: dict[int, str]) -> str:
    return names.get(pk) or _("Matter № %(number)d") % {"number": pk}
