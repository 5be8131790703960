"""Receiving an application: its number, its check code, what was brought; and never the same one twice."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.access.handling import Actor, actors_of
from intranet.audit.recording import record
from intranet.hall.deemed import notice_due_after
from intranet.hall.life.step import write_down
from intranet.hall.models.applicants import Applicant, shown_name
from intranet.hall.models.cases import Case, CaseMaterial, CaseSerial, RepeatedAttempt, State, new_check_code
from intranet.hall.models.items import ItemMaterial, ItemVersion, ServiceItem
from intranet.hall.models.moves import Act
from intranet.hall.refusals import KnownByAnotherName, MoveRefused, RepeatedApplication
from intranet.hall.sealing import seal
from intranet.hall.subjects import subject_key
from intranet.listed import listed
from intranet.organisation.models import User
from intranet.serials import next_serial


def open_case_of(applicant: Applicant, item: ServiceItem, subject: str) -> Case | None:
    """The open case of the same applicant, item and subject, however the subject is written."""
    return Case.objects.open().filter(applicant=applicant, item=item, subject_key=subject_key(subject)).first()


def receive(
    item: ServiceItem,
    *,
    kind: str,
    name: str,
    identifier: str,
    by: User,
    subject: str = "",
    phone: str = "",
    materials: Collection[ItemMaterial] = (),
    channel: str = Case.Channel.WINDOW,
    on: date | None = None,
    late_is_confirmed: bool = False,
    token: UUID | None = None,
    renames: bool = False,
) -> Case:
    """Receive an application of today, or of an earlier day on which it came by post or online; returns its case.

    Where silence has accepted it since that day, whoever receives confirms it (`consequence_of_day`). The same form
    sent twice, by its token, is the same case. An applicant who is known by another name is called by this one from now
    on where it `renames`, which is logged. Raises `RepeatedApplication` where there is an open case of the same
    applicant, item and subject, which is written down too; `KnownByAnotherName`; `MoveRefused` with the reasons; and
    `ValidationError` for an identifier that cannot be one. Source: DOMAIN of the hall, no repeated acceptance.
    """
    if token is not None and (sent := Case.objects.filter(form_token=token).first()):
        return sent
    try:
        with transaction.atomic():
            return _received(
                item,
                kind=kind,
                name=name,
                identifier=identifier,
                by=by,
                subject=subject,
                phone=phone,
                materials=materials,
                channel=channel,
                on=on or timezone.localdate(),
                late_is_confirmed=late_is_confirmed,
                token=token,
                renames=renames,
            )
    except RepeatedApplication as refused:
        RepeatedAttempt.objects.create(first=refused.first, by=by, channel=channel)
        record("hall.repeated", thing=refused.first, person=by)
        raise


def _received(
    item: ServiceItem,
    *,
    kind: str,
    name: str,
    identifier: str,
    by: User,
    subject: str,
    phone: str,
    materials: Collection[ItemMaterial],
    channel: str,
    on: date,
    late_is_confirmed: bool,
    token: UUID | None,
    renames: bool,
) -> Case:
    version = item.version_on(on)
    reasons = _reasons_against(item, version, materials, by=by)
    if reasons := reasons + reasons_against_day(version, on, channel=channel, late_is_confirmed=late_is_confirmed):
        raise MoveRefused(reasons)
    assert version is not None
    applicant = Applicant.objects.get_or_register(kind=kind, name=name, identifier=identifier, phone=phone)
    known_name = _rename(applicant, name, renames=renames)
    _refuse_a_second(open_case_of(applicant, item, subject))
    case = Case(
        item=item,
        version=version,
        applicant=applicant,
        applicant_name=applicant.name,
        subject=" ".join(subject.split()),
        subject_key=subject_key(subject),
        channel=channel,
        clerk=by,
        received_on=on,
        materials_on=on,
        check_code_sealed=seal(new_check_code()),
        form_token=token,
        number=_next_number(item, on.year),
    )
    if (longest := Case._meta.get_field("subject").max_length or 0) < len(case.subject):
        raise ValidationError({"subject": _("Describe the subject in %(count)d characters.") % {"count": longest}})
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError:
        # Two clerks at the same second: the other one was first, and only the database knew.
        _refuse_a_second(open_case_of(applicant, item, subject))
        if token is not None and (sent := Case.objects.filter(form_token=token).first()):
            raise MoveRefused([_("This form was sent already: case %(number)s.") % {"number": sent}]) from None
        raise
    brought = {material.pk for material in materials}
    CaseMaterial.objects.bulk_create(
        CaseMaterial(
            case=case,
            material=material,
            received_on=on if material.pk in brought else None,
            received_by=by if material.pk in brought else None,
        )
        for material in version.materials.all()
    )
    write_down(case, Act.RECEIVE, before="", on=on, by=by)
    if known_name:
        facts = {"from": shown_name(kind, known_name), "to": applicant.shown_name}
        record("hall.renamed", thing=case, person=by, facts=facts)
    return case


def _rename(applicant: Applicant, name: str, *, renames: bool) -> str:
    """Call the applicant by another name where that is wanted; returns the one before, empty where it is the same."""
    if applicant.is_called(name):
        return ""
    if not renames:
        raise KnownByAnotherName([_("This number is known under another name: confirm which one is right.")])
    known, applicant.name = applicant.name, name.strip()
    applicant.full_clean()
    applicant.save()
    return known


def _reasons_against(
    item: ServiceItem, version: ItemVersion | None, materials: Collection[ItemMaterial], *, by: User
) -> list[str]:
    reasons = []
    if not actors_of(by, item.department) & {Actor.CLERK, Actor.HANDLER}:
        reasons.append(_("Only the hall's clerks and the handlers of the item's department do this."))
    if version is not None and (foreign := [each for each in materials if each.version_id != version.pk]):
        names = listed(foreign)
        reasons.append(_("The item does not ask for: %(names)s.") % {"names": names})
    return reasons


def reasons_against_day(
    version: ItemVersion | None, on: date, *, channel: str, late_is_confirmed: bool = False
) -> list[str]:
    """Why nothing is received as of the day that way, by the version of the item that is in force then."""
    today = timezone.localdate()
    if on > today:
        return [_("This day lies in the future.")]
    reasons = []
    if on < today and channel == Case.Channel.WINDOW:
        reasons.append(_("What is handed in at the window is received today; only by post or online it came earlier."))
    if version is None:
        reasons.append(_("The item is not offered on %(day)s: no version of it is in force.") % {"day": on})
    elif not reasons and not late_is_confirmed and (consequence := consequence_of_day(version, on)):
        reasons += [consequence, _("Check the day, and confirm it.")]
    return reasons


def consequence_of_day(version: ItemVersion, on: date) -> str:
    """What it means that an application came so long ago: silence has accepted it. Empty where it has not.

    Source: Administrative Licensing Law, article 32, paragraph 1, number 4.
    """
    today = timezone.localdate()
    if on >= today:
        return ""
    last = notice_due_after(on, version)
    if last >= today:
        return ""
    words = _(
        "What was missing had to be told by %(last)s. Received on %(day)s, the application counts as accepted on that "
        "day, and nothing can be asked for any more."
    )
    return words % {"last": last, "day": on}


def _refuse_a_second(first: Case | None) -> None:
    if first is None:
        return
    said = {"number": first.number, "day": first.received_on, "state": State(first.state).label}
    words = _(
        "The same applicant has an open case for this item and subject: %(number)s, received on %(day)s, %(state)s."
    )
    raise RepeatedApplication([words % said], first=first)


def _next_number(item: ServiceItem, year: int) -> str:
    """The next number of the item's kind in the year, `2007-LIC-000123`; without a gap."""
    sign = ServiceItem.SIGNS[ServiceItem.Kind(item.kind)]
    return f"{year}-{sign}-{next_serial(CaseSerial, sign=sign, year=year):06d}"
