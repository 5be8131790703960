"""Screens of ours in the admin: beginning a matter, naming its readers."""

from django.contrib import messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from intranet.access.rights import Right, departments_where, may
from intranet.access.sharing import grant, revoke, share_tokens
from intranet.access.tokens import group_token, user_token
from intranet.disclosure.forms import NewMatterForm
from intranet.disclosure.models import MATTER_TYPES, MatterPage
from intranet.disclosure.sections import section_for
from intranet.organisation.models import Department, User


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


def sharing(request: HttpRequest, page_id: int) -> HttpResponse:
    """Who may read the matter besides its audience; its department's drafters name them."""
    matter = get_object_or_404(MatterPage, pk=page_id)
    if not (request.user.is_superuser or may(request.user, Right.DRAFT_MATTERS, matter.department)):
        raise Http404
    if request.method == "POST":
        _change_shares(request, matter)
        return redirect("disclosure:sharing", matter.pk)
    tokens = share_tokens(MatterPage, matter.pk, MatterPage.READ_RIGHT)
    people = [person for person in User.objects.filter(is_active=True) if user_token(person.pk) in tokens]
    groups = [group for group in Group.objects.all() if group_token(group.pk) in tokens]
    context = {
        "matter": matter,
        "terms": matter.category.terms_on(),
        "people": people,
        "groups": groups,
        "others": User.objects.filter(is_active=True).exclude(pk__in=[person.pk for person in people]),
        "other_groups": Group.objects.exclude(pk__in=[group.pk for group in groups]).filter(
            department_group__isnull=True
        ),
    }
    return render(request, "disclosure/admin/sharing.html", context)


def _change_shares(request: HttpRequest, matter: MatterPage) -> None:
    kind, _colon, key = request.POST.get("who", "").partition(":")
    models: dict[str, type[User] | type[Group]] = {"user": User, "group": Group}
    if kind not in models or not key.isdigit():
        messages.error(request, _("Choose a person or a group."))
        return
    who = get_object_or_404(models[kind], pk=int(key))
    by: User = request.user  # type: ignore[assignment]
    if "end" in request.POST:
        revoke(matter, MatterPage.READ_RIGHT, of=who, by=by)  # type: ignore[arg-type]
        messages.success(request, _("No longer named as reader: %(name)s") % {"name": who})
    else:
        grant(matter, MatterPage.READ_RIGHT, to=who, by=by)  # type: ignore[arg-type]
        messages.success(request, _("Named as reader: %(name)s") % {"name": who})
