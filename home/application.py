"""How to apply for what is not disclosed: the law's words, the office's address, a form to print. Nothing is stored."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from intranet.organisation.models import Department
from search.query import MAX_LENGTH, clean
from search.views import mark_private


class ApplicationForm(forms.Form):
    """What an application holds. It is filled in and printed; nobody sends it anywhere.

    Source: Regulations on Open Government Information (2019), article 29.
    """

    name = forms.CharField(label=_("Name of the person or organisation"))
    identification = forms.CharField(label=_("Proof of identity"), help_text=_("Kind and number of the document."))
    contact = forms.CharField(label=_("Contact"), help_text=_("Address, telephone or e-mail."))
    description = forms.CharField(
        label=_("Information applied for"),
        help_text=_("Its name, its document number, or other features by which it can be looked up."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    provision = forms.CharField(
        label=_("Form in which it is wanted"),
        help_text=_("How and by which channel, such as on paper by post or electronically by e-mail."),
    )


@require_safe
def apply(request: HttpRequest) -> HttpResponse:
    """`GET /apply/`; what was looked for in vain, `q`, stands in the form as the description."""
    context = {
        "office": Department.objects.offices().first(),
        "form": ApplicationForm(
            initial={"description": clean(request.GET.get("q", "")[:MAX_LENGTH])}, auto_id="application-%s"
        ),
    }
    return mark_private(request, render(request, "apply.html", context))
