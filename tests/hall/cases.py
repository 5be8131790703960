"""A hall with its people, one item, and cases in any state, reached by the moves that reach it in the product."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from itertools import count

from django.utils import timezone

from intranet.hall.identifiers import CREDIT_CODE_CHARACTERS
from intranet.hall.life import deciding, ending, materials, receiving, reviewing
from intranet.hall.models import Case, CaseMaterial, ItemMaterial, ItemVersion, ServiceItem
from intranet.organisation.models import Department, Post, User
from tests.factories import Bureau, DepartmentFactory, person_in
from tests.recalled import named, recalled

_serial = count(1)
LONG_AGO = date(2020, 1, 1)


def id_number(first: str) -> str:
    """A citizen's number of these seventeen digits. Weights as GB 11643-1999 prints them."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True))
    return first + "10X98765432"[total % 11]


def credit_code(first: str) -> str:
    """A credit code of these seventeen characters. Weights as GB 32100-2015 prints them."""
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = sum(CREDIT_CODE_CHARACTERS.index(each) * weight for each, weight in zip(first, weights, strict=True))
    return first + CREDIT_CODE_CHARACTERS[(31 - total % 31) % 31]


def a_persons_number() -> str:
    """Another one each time."""
    return id_number(f"62300119800101{next(_serial) % 1000:03d}")


def item_of(department, *, code="AQ-001", kind="licence", asks=("申请书", "营业执照"), later=("环评批复",), **terms):
    """An item with one version since long ago, with these materials, the later ones deferrable."""
    item = ServiceItem.objects.create(code=code, kind=kind, department=department, name_zh="安全生产许可证核发")
    terms = {"legal_days": 20, "promised_days": 15, "legal_basis": "行政许可法", "who_may_apply": "企业"} | terms
    version = ItemVersion.objects.create(item=item, valid_from=LONG_AGO, **terms)
    for place, name in enumerate((*asks, *later)):
        ItemMaterial.objects.create(version=version, name=name, sort_order=place, is_deferrable=name in later)
    return item


def once(reach: Callable[..., Case]) -> Callable[..., Case]:
    """Have a case of a hall reached once a run, and recalled after that."""

    @wraps(reach)
    def recall(hall: "Hall", *arguments: object, **said: object) -> Case:
        name = reach.__name__, named(hall.unit), named(arguments), named(said)
        return recalled(name, lambda: reach(hall, *arguments, **said))

    return recall


class Hall:
    """The hall, a clerk at its window, a handler and a head of licensing, and an item of licensing's."""

    unit: Department
    clerk: User
    handler: User
    item: ServiceItem

    def __init__(self, bureau: Bureau) -> None:
        def build() -> dict[str, Department | User | ServiceItem]:
            unit = DepartmentFactory(code="hall", kind="hall", name_zh="政务大厅窗口")
            return {
                "unit": unit,
                "clerk": person_in(unit, Post.Kind.CLERK, username="window-clerk"),
                "handler": person_in(bureau.licensing, Post.Kind.CLERK, username="handler"),
                "item": item_of(bureau.licensing),
            }

        self.bureau = bureau
        self.head = bureau.head
        self.__dict__.update(recalled("hall", build))
        self.version = self.item.versions.get()

    def materials(self, *names: str) -> list[ItemMaterial]:
        """The item's materials of these names; all where none is said."""
        found = self.version.materials.all()
        return list(found.filter(name__in=names) if names else found)

    @once
    def received(self, *, brought: tuple[str, ...] | None = None, by=None, item=None, **said) -> Case:
        """A case of a person, with all materials unless said."""
        said = {"kind": "person", "name": "李小明", "subject": "一号井", "identifier": a_persons_number()} | said
        item = item or self.item
        asked = list(item.versions.get().materials.all())
        ticked = [each for each in asked if brought is None or each.name in brought]
        return receiving.receive(item, by=by or self.clerk, materials=ticked, **said)

    @once
    def notified(self, **said) -> Case:
        case = self.received(brought=("申请书",), **said)
        materials.notify(case, by=self.clerk, wanted={row(case, "营业执照"): "复印件加盖公章"})
        return case

    @once
    def supplemented(self, **said) -> Case:
        case = self.notified(**said)
        materials.supplement(case, by=self.clerk, brought=[row(case, "营业执照")])
        return case

    @once
    def accepted(self, **said) -> Case:
        case = self.received(brought=("申请书", "营业执照"), **said)
        materials.accept(case, by=self.clerk)
        return case

    @once
    def not_accepted(self, **said) -> Case:
        case = self.received(**said)
        materials.not_accept(case, by=self.clerk, reason="不属本局职权", document_number="不受理1号")
        return case

    @once
    def in_review(self, **said) -> Case:
        case = self.received(**said)
        materials.accept(case, by=self.clerk)
        reviewing.begin_review(case, by=self.handler)
        return case

    @once
    def paused(self, **said) -> Case:
        case = self.in_review(**said)
        said = {"kind": "test", "reason": "送检", "notice_number": "检1号", "expected_days": 10}
        reviewing.pause(case, by=self.handler, **said)
        return case

    @once
    def filed(self, **said) -> Case:
        case = self.in_review(**said)
        deciding.file_refusal(case, by=self.handler, basis="条例第六条", reasons="无安全设施", relief="六十日内复议")
        return case

    @once
    def granted(self, **said) -> Case:
        case = self.in_review(**said)
        deciding.grant(case, by=self.handler, document_number=f"甘安许〔2026〕{decided()}号")
        return case

    @once
    def refused(self, **said) -> Case:
        case = self.filed(**said)
        deciding.sign_refusal(case, by=self.head)
        deciding.refuse(case, by=self.handler, document_number=f"甘安不许〔2026〕{decided()}号")
        return case

    @once
    def delivered(self, **said) -> Case:
        case = self.granted(**said)
        ending.deliver(case, by=self.clerk, manner="signed", evidence="李小明")
        return case

    @once
    def closed(self, **said) -> Case:
        case = self.delivered(**said)
        ending.close(case, by=self.clerk)
        return case

    @once
    def withdrawn(self, **said) -> Case:
        case = self.received(**said)
        ending.withdraw(case, by=self.clerk, reason="申请人书面撤回")
        return case


def decided() -> int:
    """The serial of the next decision."""
    return Case.objects.exclude(outcome="").count() + 1


def row(case: Case, name: str) -> CaseMaterial:
    """The case's material of this name."""
    return case.materials.get(material__name=name)


def now(case: Case) -> Case:
    """The case as the database has it now."""
    return Case.objects.with_clocks().get(pk=case.pk)


def today() -> date:
    return timezone.localdate()
