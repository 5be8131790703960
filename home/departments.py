"""Departments: what they are responsible for, how to reach them, what they disclose."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.listing import page_of
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Department
from search.views import mark_private


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return mark_private(request, render(request, "departments/index.html", {"departments": Department.objects.all()}))


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    department = get_object_or_404(Department, code=code)
    matters = MatterPage.objects.readable_by(request.user).of_department(code)
    context = {
        "department": department,
        "head": department.posts.in_office().heads().select_related("person").first(),
        "sections": department.sections.all(),
        "trail": [(_("Departments"), reverse("departments:index"))],
        **page_of(request, matters),
    }
    return mark_private(request, render(request, "departments/detail.html", context))
