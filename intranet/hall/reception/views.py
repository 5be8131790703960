"""The window: one screen on which an application is received."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from wagtail.admin.auth import permission_denied

from intranet.access.handling import receives_at_all
from intranet.audit.recording import record
from intranet.hall.desk.doors import case_for, person_of
from intranet.hall.first_fault import begin_at_the_first_fault
from intranet.hall.life.receiving import receive as receive_application
from intranet.hall.models import Applicant, Case, ReceptionDraft, Scan
from intranet.hall.reception import drafts
from intranet.hall.reception.forms import ReceptionForm
from intranet.hall.refusals import MoveRefused, RepeatedApplication
from intranet.hall.scans import attach, hand_over
from intranet.hall.sealing import Unreadable
from intranet.hall.subjects import subject_key
from intranet.listed import listed
from intranet.organisation.models import User
from intranet.refusals import Refused

REMOVE = "remove:"


@cache_control(private=True, no_store=True)
def receive(request: HttpRequest) -> HttpResponse:
    """The form as it was left; looking up what its words mean; receiving."""
    user = person_of(request)
    if not receives_at_all(user):
        return permission_denied(request)
    if request.POST.get("clerk", str(user.pk)) != str(user.pk):
        # Typed by another clerk, whose session on this browser has ended: neither a draft nor a case of this one's.
        return HttpResponse(_("Another person has signed in on this browser meanwhile."), status=HTTPStatus.CONFLICT)
    action = request.POST.get("action", "") if request.method == "POST" else ""
    if action == "discard":
        drafts.throw_away(user)
        return redirect("window:receive")
    if action == "receive":
        return _received(request, user)
    draft = drafts.draft_of(user)
    faults: list[str] = []
    if action:
        drafts.keep(draft, request.POST)
        faults = _take_scans(request, user, draft=draft)
    if action.startswith(REMOVE):
        _remove_scan(draft, action.removeprefix(REMOVE))
    form = ReceptionForm(draft=draft, by=user)
    return _regions(request, form) if action == "check" else _screen(request, form, faults)


@cache_control(private=True, no_store=True)
def received(request: HttpRequest, number: str) -> HttpResponse:
    """What was made of the application: its number, and what comes next."""
    return render(request, "hall/reception/received.html", {"case": case_for(person_of(request), number)})


def _received(request: HttpRequest, user: User) -> HttpResponse:
    sent = _sent(request)
    draft = drafts.draft_of(user)
    form = ReceptionForm(request.POST, draft=draft, by=user)
    if sent is not None and _is_same(sent, form):
        for fault in _take_scans(request, user, case=sent):
            messages.error(request, fault)
        drafts.throw_away_like(draft, request.POST)
        return redirect("window:received", sent.number)
    drafts.keep(draft, request.POST)
    faults = [*_scans_of_elsewhere(draft, request.POST.getlist("shown_scan")), *_take_scans(request, user, draft=draft)]
    if sent is not None:
        drafts.begin_another(draft)
        form = ReceptionForm(draft=draft, by=user)
        words = _("This form made case %(number)s. What you typed is another application: receive it now.")
        messages.warning(request, words % {"number": sent.number})
        return _screen(request, form)
    if not form.is_valid() or faults:
        if form.known_case and "name" in form.errors:
            record("hall.name_compared", thing=form.known_case, person=user)
        return _screen(request, form, faults)
    assert form.asked.item is not None
    try:
        case = receive_application(form.asked.item, by=user, **form.application())
    except Unreadable:
        form.add_error("applicant_words", _("The number of this applicant cannot be read: its key is missing."))
    except (RepeatedApplication, MoveRefused) as refused:
        if sent := _sent(request):  # the same form, sent a moment earlier
            return redirect("window:received", sent.number)
        if isinstance(refused, RepeatedApplication):
            form.asked.first = refused.first
        form.add_error(None, refused.reasons)
    except ValidationError as wrong:
        for name, faults in wrong.message_dict.items():
            form.add_error(name if name in form.fields else None, faults)
    else:
        hand_over(draft, case)
        drafts.throw_away(user, token=draft.token)
        return redirect("window:received", case.number)
    return _screen(request, form)


def _sent(request: HttpRequest) -> Case | None:
    """The case that this form has made already."""
    token = ReceptionForm.base_fields["token"]
    try:
        return (
            Case.objects.select_related("applicant").filter(form_token=token.clean(request.POST.get("token"))).first()
        )
    except ValidationError:
        return None


def _is_same(sent: Case, form: ReceptionForm) -> bool:
    """Whether the form asks for what its case is about, so that sending it again was a slip of the hand."""
    if not form.is_valid():
        return False
    asked, said = form.asked, form.cleaned_data
    who = asked.applicant or _known(said["kind"], said["identifier"])
    return (sent.item, sent.applicant, sent.subject_key) == (asked.item, who, subject_key(said["subject"]))


def _known(kind: str, identifier: str) -> Applicant | None:
    return Applicant.objects.identified_by(kind or Applicant.Kind.PERSON, identifier).first()


def _scans_of_elsewhere(draft: ReceptionDraft, shown: list[str]) -> list[str]:
    """That the draft has scans which the sent form did not show: another window may have put them there."""
    names = [scan.name for scan in draft.scans.all() if str(scan.pk) not in shown]
    if not names:
        return []
    words = _("Attached meanwhile, perhaps for another applicant: %(names)s. Remove what does not belong here.")
    return [words % {"names": listed(names)}]


def _take_scans(
    request: HttpRequest, user: User, *, draft: ReceptionDraft | None = None, case: Case | None = None
) -> list[str]:
    """Keep the files with the draft, so that a fault elsewhere asks for none of them again, or with the case that the
    form has made already; why some are refused.
    """
    faults: list[str] = []
    for upload in request.FILES.getlist("scans"):
        try:
            attach(upload, by=user, draft=draft, case=case)
        except Refused as refused:
            faults += refused.reasons
    return faults


def _remove_scan(draft: ReceptionDraft, key: str) -> None:
    """Remove the draft's scan with this key, which may be anything."""
    for scan in draft.scans.all():
        if str(scan.pk) == key:
            scan.delete()


def _screen(request: HttpRequest, form: ReceptionForm, faults: Sequence[str] = ()) -> HttpResponse:
    if not faults and not form.non_field_errors():
        begin_at_the_first_fault(form)
    context = {
        "form": form,
        "asked": form.asked,
        "ticked": form.ticked,
        "keys": dict(_keys(form)),
        "scans": Scan.objects.filter(draft__clerk=person_of(request)),
        "faults": faults,
    }
    return render(request, "hall/reception/receive.html", context)


def _regions(request: HttpRequest, form: ReceptionForm) -> JsonResponse:
    """What the form shows of what was typed, a part each with the key by which a browser tells that it changed."""
    context = {"form": form, "asked": form.asked, "ticked": form.ticked}
    regions = {
        name: {"key": key, "html": render_to_string(f"hall/reception/{name}.html", context, request)}
        for name, key in _keys(form)
    }
    moment = date_format(timezone.localtime(), "TIME_FORMAT")
    return JsonResponse({"regions": regions, "told": _("Draft saved at %(moment)s.") % {"moment": moment}})


def _keys(form: ReceptionForm) -> Iterator[tuple[str, str]]:
    asked = form.asked
    yield "lateness", form.late_day
    yield "items", _key_of(asked.items, asked.more_items)
    yield "applicants", _key_of(asked.applicants, asked.more_applicants)
    yield "materials", f"{asked.version.pk}" if asked.version else ""
    yield "first", asked.first.number if asked.first else ""


def _key_of(shown: Sequence[Model], more: int) -> str:
    return ",".join([*(str(one.pk) for one in shown), *([f"+{more}"] if more else [])])
