"""Factories of the domain. States are reached through the operations that reach them in the product."""

from collections.abc import Mapping
from datetime import date, timedelta

import factory
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import WorkflowState

from intranet.access.models import Share
from intranet.access.sharing import grant
from intranet.disclosure.corrections import last_live_version
from intranet.disclosure.models import (
    MATTER_TYPES,
    AttachedDocument,
    Category,
    GuideMaterial,
    GuideStep,
    MatterAttachment,
    MatterPage,
)
from intranet.disclosure.sections import collection_of, section_for
from intranet.organisation.models import Department, Post, User
from intranet.publication import approval, submission
from intranet.publication.release import release_imported
from tests.recalled import named, recalled

PASSWORD = "a-password-for-tests"


class DepartmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Department
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"department-{n}")
    name_zh = factory.LazyAttribute(lambda o: f"{o.code}科")
    name_en = factory.LazyAttribute(lambda o: f"Department {o.code}")


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person-{n}")
    last_name = "李"
    first_name = factory.Sequence(lambda n: f"某{n}")
    email = factory.LazyAttribute(lambda o: f"{o.username}@example.org")
    password = factory.django.Password(PASSWORD)


class PostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Post

    person = factory.SubFactory(UserFactory)
    department = factory.SubFactory(DepartmentFactory)
    kind = Post.Kind.MEMBER
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=365))


def person_in(department: Department, kind: str = Post.Kind.MEMBER, **attributes: object) -> User:
    """A person who holds a post of the kind in the department today."""
    user = UserFactory(**attributes)
    PostFactory(person=user, department=department, kind=kind)
    return user


def fresh_account(person: User) -> User:
    """The account as another request loads it: nothing is kept of what it may do."""
    return User.objects.get(pk=person.pk)


def office() -> Department:
    """The leading group's office."""
    return DepartmentFactory(code="leading-group-office", kind="leading_group_office", name_zh="公开办")


def leading_group() -> Department:
    return DepartmentFactory(code="leading-group", kind="leading_group", name_zh="领导小组")


def draft_matter(
    department: Department,
    *,
    category: str = "E2",
    type_code: str = "regulation",
    title: str = "安全生产管理办法",
    visibility: str = "public",
    author: User | None = None,
    **attributes: object,
) -> MatterPage:
    """A draft with one revision by its author, as the admin would have saved it."""
    attributes.setdefault("formed_on", date(2026, 1, 5))

    def build() -> MatterPage:
        section = section_for(department, Category.objects.get(code=category))
        matter = MATTER_TYPES[type_code](
            title=title,
            visibility=visibility,
            live=False,
            has_unpublished_changes=True,
            owner=author,
            **attributes,
        )
        matter.slug = matter.identifier
        section.add_child(instance=matter)
        matter.save_revision(user=author)
        return matter

    name = "draft", named([department, category, type_code, title, visibility, author, attributes])
    return recalled(name, build)


def guide_elements(**other: object) -> dict[str, object]:
    """What makes a service guide of licensing complete, with these values in place of its own."""
    return {
        "category": "E4",
        "type_code": "guide",
        "title": "安全生产许可证办事指南",
        "conditions": "依法取得采矿许可证。",
        "materials": [GuideMaterial(name="申请书", form="原件", copies="1份", sort_order=0)],
        "steps": [GuideStep(name="受理", who="窗口", days="当场", sort_order=0)],
        "legal_limit_days": 20,
        "promised_limit_days": 15,
        "fee_text": "不收费。",
        "result_text": "安全生产许可证，窗口领取。",
        "place": "合作市人民街138号",
        "hours": "周一至周五",
        "phone": "0941-5550131",
        "complaint": "纪检监察室",
    } | other


def live_matter(department: Department, **attributes: object) -> MatterPage:
    """A disclosed matter, released as an operator's import."""

    def build() -> MatterPage:
        matter = draft_matter(department, **attributes)
        release_imported(matter, by=None, reason="test")
        return fresh(matter)

    return recalled(("live", named([department, attributes])), build)


def submit(matter: MatterPage, *, by: User) -> WorkflowState:
    """Submit it with a word of reason, which a matter of a factory needs: it has few of its category's elements.

    Of what was disclosed before, its newest version says that something was corrected.
    """

    def enter_review() -> WorkflowState:
        correct(matter)
        return submission.submit(matter, by=by, reason="test")

    state = recalled(("submit", named([matter, by])), enter_review)
    matter.refresh_from_db()
    return state


def approve(matter: MatterPage, *, by: User, comment: str = "") -> None:
    """Approve the matter's current step, on the way to what a test is about."""

    def decide() -> MatterPage:
        approval.approve(matter, by=by, comment=comment)
        return fresh(matter)

    recalled(("approve", named([matter, by, comment])), decide)


def correct(matter: MatterPage, words: str = "更正") -> None:
    """Have the newest version say what was corrected, where the matter was disclosed before."""
    replaced = last_live_version(matter)
    revision = matter.get_latest_revision()
    if replaced is not None and not revision.content.get("correction"):
        revision.content |= {"correction": words, "corrects": replaced}
        revision.save()


def attach(matter: MatterPage, content: bytes, *, name: str = "a.txt", title: str = "附件") -> AttachedDocument:
    """Give the matter's draft a file of its department with this content; saved as a revision."""
    document = AttachedDocument(title=title, collection=collection_of(matter.department))
    document.file.save(name, ContentFile(content))
    document.save()
    matter.attachments.add(MatterAttachment(document=document))
    matter.save_revision()
    return document


def replace_file(document: AttachedDocument, content: bytes, *, name: str) -> None:
    """Have the record name another file, which nothing of the product does: somebody has written into the database."""
    document.file.save(name, ContentFile(content), save=False)
    document.file_hash = ""
    AttachedDocument.objects.filter(pk=document.pk).update(file=document.file.name)
    document.save()


def fresh(matter: MatterPage) -> MatterPage:
    """The matter as the database has it now."""
    return MatterPage.objects.get(pk=matter.pk).specific


def name_reader(
    matter: MatterPage, reader: User | Group, *, until: date | None = None, by: User | None = None
) -> Share:
    """Name a person or a group as reader of the matter, without an end unless a last day is given."""
    return grant(matter, to=reader, until=until, reason="列席会议", by=by)


class Bureau:
    """A small bureau: licensing with everyone it needs, finance, the leading group and its office."""

    licensing: Department
    finance: Department
    office_unit: Department
    leading_group: Department
    liaison: User
    head: User
    cadre: User
    cadre2: User
    reviewer: User
    office: User
    leader: User

    def __init__(self) -> None:
        self.__dict__.update(recalled("bureau", _build_bureau))


def _build_bureau() -> Mapping[str, Department | User]:
    units = {
        "licensing": DepartmentFactory(code="licensing", name_zh="行政许可科"),
        "finance": DepartmentFactory(code="finance", name_zh="规划财务科"),
        "office_unit": office(),
        "leading_group": leading_group(),
    }
    posts = {
        "liaison": ("licensing", Post.Kind.LIAISON),
        "head": ("licensing", Post.Kind.HEAD),
        "cadre": ("licensing", Post.Kind.MEMBER),
        "cadre2": ("finance", Post.Kind.MEMBER),
        "reviewer": ("office_unit", Post.Kind.SECRECY_REVIEWER),
        "office": ("office_unit", Post.Kind.OFFICE_STAFF),
        "leader": ("leading_group", Post.Kind.LEADING_GROUP_MEMBER),
    }
    people = {name: person_in(units[unit], kind, username=name) for name, (unit, kind) in posts.items()}
    return units | people
