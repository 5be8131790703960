"""Materials: what is missing is said once and wholly, what was missing comes, the case is accepted or not."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from intranet.hall.life.receiving import consequence_of_day
from intranet.hall.life.step import begin
from intranet.hall.models.cases import Case, CaseMaterial
from intranet.hall.models.moves import Act
from intranet.hall.models.records import MaterialsNotice, NoticeLine
from intranet.organisation.models import User


def nameable(case: Case) -> list[CaseMaterial]:
    """The materials that a notice may name now: any in the first one, then only what the first one named.

    Source: Administrative Licensing Law, article 32: all that has to be supplemented is told at once.
    """
    materials = list(case.materials.select_related("material"))
    named = NoticeLine.objects.filter(notice__case=case, notice__ordinal=1).values_list("material_id", flat=True)
    first = set(named)
    return [each for each in materials if each.pk in first] if first else materials


def missing(case: Case) -> list[CaseMaterial]:
    """The required materials that have not come and without which the case is not accepted."""
    return [each for each in outstanding(case) if not each.material.is_deferrable]


def outstanding(case: Case) -> list[CaseMaterial]:
    """All required materials that have not come, those that may come later included: needed before a grant."""
    return list(case.materials.select_related("material").filter(received_on=None, material__is_required=True))


@transaction.atomic
def notify(case: Case, *, by: User, wanted: Mapping[CaseMaterial, str], on: date | None = None) -> MaterialsNotice:
    """Tell the applicant in writing what is missing: each material with what is wanted of it.

    The first notice names everything that is missing; a later one nothing that the first did not name, and only what
    is still not in order. A material that is named has not come in order, whatever was ticked. Raises `MoveRefused`.
    """
    step = begin(case, Act.NOTIFY, by=by, on=on)
    allowed = {each.pk for each in nameable(step.case)}
    foreign = [each for each in wanted if each.pk not in allowed]
    unsaid = [each for each, words in wanted.items() if not words.strip()]
    forgotten = [each for each in missing(step.case) if each not in wanted]
    step.refuse_where(not wanted, _("Name at least one material."))
    step.refuse_naming(foreign, _("The first notice could have named this, so that no later one does: %(names)s."))
    step.refuse_naming(unsaid, _("Say what is wanted of: %(names)s."))
    step.refuse_naming(forgotten, _("A notice names all that is missing; it lacks: %(names)s."))
    step.check()
    notice = MaterialsNotice.objects.create(
        case=step.case, ordinal=step.case.notices.count() + 1, given_on=step.on, by=by
    )
    NoticeLine.objects.bulk_create(
        NoticeLine(notice=notice, material=each, wanted=words.strip()) for each, words in wanted.items()
    )
    step.case.materials.filter(pk__in=[each.pk for each in wanted]).update(received_on=None, received_by=None)
    step.document_number = notice.number
    step.complete()
    return notice


@transaction.atomic
def supplement(
    case: Case,
    *,
    by: User,
    brought: Collection[CaseMaterial],
    on: date | None = None,
    late_is_confirmed: bool = False,
) -> Case:
    """Take in what the notice asked for, or some of it; silence counts anew from this day. Raises `MoveRefused`.

    A day so long ago that silence has accepted the case since is confirmed, as at the window.
    """
    step = begin(case, Act.SUPPLEMENT, by=by, on=on)
    consequence = consequence_of_day(step.case.version, step.on)
    step.refuse_where(
        bool(consequence) and not late_is_confirmed,
        _("%(consequence)s Confirm that the day is right.") % {"consequence": consequence},
    )
    notice = step.case.notices.get(supplemented_on=None)
    asked = set(notice.lines.values_list("material_id", flat=True))
    step.refuse_where(not brought, _("Tick what was brought."))
    step.refuse_naming([each for each in brought if each.pk not in asked], _("The notice did not ask for: %(names)s."))
    step.check()
    notice.supplemented_on = step.case.materials_on = step.on
    notice.save(update_fields=["supplemented_on"])
    _tick(step.case, brought, by, step.on)
    return step.complete("materials_on")


@transaction.atomic
def accept(case: Case, *, by: User, on: date | None = None) -> Case:
    """Accept the case: its materials are complete but for those that may come later. Raises `MoveRefused`."""
    step = begin(case, Act.ACCEPT, by=by, on=on)
    step.refuse_naming(missing(step.case), _("Not complete yet; missing: %(names)s."))
    step.case.accepted_on = step.on
    return step.complete("accepted_on")


@transaction.atomic
def not_accept(case: Case, *, by: User, reason: str, document_number: str, on: date | None = None) -> Case:
    """Tell the applicant in writing that the matter needs no licence, or is another organ's. Raises `MoveRefused`.

    Source: Administrative Licensing Law, article 32, numbers 1 and 2, and paragraph 2 (in writing, dated and sealed).
    """
    step = begin(case, Act.NOT_ACCEPT, by=by, on=on, reason=reason, document_number=document_number)
    step.case.ended_on = step.on
    return step.complete("ended_on")


@transaction.atomic
def take_in(case: Case, *, by: User, brought: Collection[CaseMaterial], on: date | None = None) -> Case:
    """Take in, after acceptance, materials that were to come later (容缺). Raises `MoveRefused`."""
    step = begin(case, Act.TAKE_IN, by=by, on=on)
    awaited = {each.pk for each in step.case.materials.filter(received_on=None)}
    step.refuse_where(not brought, _("Tick what was brought."))
    step.refuse_naming([each for each in brought if each.pk not in awaited], _("Not awaited: %(names)s."))
    step.check()
    _tick(step.case, brought, by, step.on)
    return step.complete()


def _tick(case: Case, brought: Collection[CaseMaterial], by: User, on: date) -> None:
    case.materials.filter(pk__in=[each.pk for each in brought]).update(received_on=on, received_by=by)
