"""Doing what was planned: all of it in one transaction, or nothing."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import RevisionMixin

from intranet.audit.recording import record
from intranet.hall.item_files.parts import Part
from intranet.hall.item_files.planning import ItemPlan, Plan, VersionPlan, What, planned
from intranet.hall.item_files.reading import Fault, read_rows
from intranet.hall.item_files.tables import Rows
from intranet.hall.models import ItemMaterial, ItemStage, ItemVersion, ServiceItem
from intranet.organisation.models import User
from intranet.refusals import Refused


class PlanChanged(Exception):
    """Something else has changed the items meanwhile: the file would do something else than was looked at."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(plan)


def look_at(rows: Rows, *, by: User | None) -> Plan:
    """What the rows would do; nothing is written."""
    return planned(read_rows(rows, by=by))


@transaction.atomic
def take_in(rows: Rows, *, by: User | None, looked_at: str = "", file_name: str = "") -> Plan:
    """Do what the rows ask for, and write down who did it.

    `looked_at` is the digest of the plan that was shown. Raises `PlanChanged` where it would be another, and `Refused`
    with every fault; nothing has changed then.
    """
    list(ServiceItem.objects.select_for_update().order_by("pk").values_list("pk"))
    plan = look_at(rows, by=by)
    if plan.faults:
        raise Refused([str(fault) for fault in plan.faults])
    if looked_at and plan.digest != looked_at:
        raise PlanChanged(plan)
    try:
        with transaction.atomic():
            for item in plan.items:
                _do(item, by)
    except IntegrityError as error:
        raise Refused([_("Somebody else has entered the same just now. Send the file again.")]) from error
    if plan.does_something:
        record("hall.items_imported", person=by, facts={"file": file_name, **plan.counts})
    return plan


def _do(plan: ItemPlan, by: User | None) -> None:
    if plan.what is What.UNCHANGED:
        return
    item = plan.stored or ServiceItem()
    if plan.stored is None or plan.changes:
        for name, value in plan.entry.item.items():
            setattr(item, name, value or None if name == "guide" else value)
        _save(item, plan.entry.row, by, is_new=plan.stored is None)
    # What ends first: no day is held twice, not even in between.
    for version in sorted(plan.versions, key=lambda one: (one.ends is None, one.valid_from)):
        if version.ends is not None:
            version.ends.valid_to = version.ends_on
            _save(version.ends, version.entry.row, by, is_new=False)
        if version.what is not What.UNCHANGED:
            _do_version(version, item, by)


def _do_version(plan: VersionPlan, item: ServiceItem, by: User | None) -> None:
    version = plan.stored or ItemVersion(item=item)
    if not plan.is_end_alone:
        earlier = plan.stored or plan.ends
        templates = {row.name: row.template for row in earlier.materials.all()} if earlier else {}
        for name, value in plan.entry.version.items():
            setattr(version, name, value)
        version.materials = list(_rows(ItemMaterial, plan.entry.materials, templates))
        version.stages = list(_rows(ItemStage, plan.entry.stages, {}))
    version.valid_from, version.valid_to = plan.valid_from, plan.valid_to
    _save(version, plan.entry.row, by, is_new=plan.stored is None)


def _rows(model: type[Any], parts: Iterable[Part], templates: dict[str, Any]) -> Iterable[Any]:
    """The rows in their order; a material keeps the form to fill in that it had under the same name."""
    for place, part in enumerate(parts):
        row = model(**part, sort_order=place)
        if part["name"] in templates:
            row.template = templates[part["name"]]
        yield row


def _save(thing: RevisionMixin, row: int, by: User | None, *, is_new: bool) -> None:
    """Save it as its screen would: checked, with a version in its history and a line in the log."""
    try:
        thing.full_clean()
    except ValidationError as error:
        raise Refused([str(Fault(row, "", words)) for words in error.messages]) from error
    thing.save()
    revision = thing.save_revision(user=by)
    log(thing, "wagtail.create" if is_new else "wagtail.edit", user=by, revision=revision, content_changed=True)
