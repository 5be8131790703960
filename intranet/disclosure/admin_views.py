"""Where a matter begins in the admin."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from intranet.access.rights import Right, departments_where
from intranet.disclosure.forms import NewMatterForm
from intranet.disclosure.models import MATTER_TYPES
from intranet.disclosure.sections import section_for
from intranet.organisation.models import Department


def new_matter(request: HttpRequest) -> HttpResponse:
    """Ask whose, in which category and of which type; make the section where it is the first; go on to the editor."""
    departments = (
        Department.objects.all()
        if request.user.is_superuser
        else departments_where(
            request.user,
            Right.DRAFT_MATTERS,
        )
    )
    if not departments.exists():
        raise PermissionDenied
    types = [(code, str(model._meta.verbose_name)) for code, model in MATTER_TYPES.items()]
    form = NewMatterForm(request.POST or None, departments=departments, types=types)
    if request.method == "POST" and form.is_valid():
        section = section_for(form.cleaned_data["department"], form.cleaned_data["category"])
        model = MATTER_TYPES[form.cleaned_data["type"]]
        return redirect("wagtailadmin_pages:add", model._meta.app_label, model._meta.model_name, section.pk)
    return render(request, "disclosure/admin/new_matter.html", {"form": form})
