"""A bureau's life: random changes of matters, readers and categories, drawn from one seed."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser, Group
from django.db import transaction
from django.utils import timezone

from intranet.access.audience import Audience, is_within
from intranet.access.sharing import ShareRefused, revoke
from intranet.disclosure.models import AttachedDocument, Category, CategoryTerms, MatterPage
from intranet.disclosure.sections import section_for
from intranet.organisation.models import User
from intranet.publication.release import release_imported
from intranet.publication.withdrawal import withdraw
from tests.factories import Bureau, PostFactory, attach, draft_matter, fresh, live_matter, name_reader, replace_file

WORDS = ("安全", "生产", "许可", "矿山", "烟花", "爆竹", "检查", "通知", "预案", "车辆", "mine", "2026", "བདེ་འཇགས")
MOST = 24
"""Matters that live at once; with more, they are deleted as fast as they are made."""


class Life:
    """What may happen in the bureau. The same seed brings the same life; `story` is what has happened."""

    def __init__(self, seed: int, bureau: Bureau, superuser: User) -> None:
        self.source = random.Random(seed)
        self.bureau = bureau
        self.story: list[str] = []
        party = Group.objects.create(name="党支部")
        party.user_set.add(bureau.cadre2)
        self.holders = [bureau.cadre, bureau.cadre2, party]
        names = ("cadre", "cadre2", "liaison", "head", "leader", "office", "reviewer")
        self.readers = {"visitor": AnonymousUser(), "superuser": superuser, **{n: getattr(bureau, n) for n in names}}
        self.changes: dict[Callable[[], object], int] = {
            self.publish: 6, self.draft: 2, self.edit: 6, self.move: 2, self.withdraw: 4, self.restore: 4,
            self.share: 3, self.unshare: 3, self.begin_post: 1, self.end_post: 1, self.change_ceiling: 1,
            self.attach: 2, self.replace_file: 2, self.delete: 2, self.rename_department: 1,
        }  # fmt: skip

    def step(self) -> None:
        """One change, in a transaction of its own."""
        change = self.source.choices(list(self.changes), list(self.changes.values()))[0]
        if MatterPage.objects.count() > MOST:
            change = self.delete
        with transaction.atomic():
            subject = change()
        self.story.append(f"{change.__name__} {getattr(subject, 'pk', '-')}")

    def text(self, words: int) -> str:
        return "".join(self.source.choices(WORDS, k=words))

    def any_matter(self, **conditions: object) -> MatterPage | None:
        found = list(MatterPage.objects.filter(**conditions).order_by("pk"))
        return self.source.choice(found).specific if found else None

    def _department(self):
        return self.source.choice([self.bureau.licensing, self.bureau.finance])

    def _fields(self) -> dict:
        """A category with an audience that it allows today; everybody's where it has no terms."""
        category = self.source.choice(["E2", "N2"])
        ceiling = CategoryTerms.objects.get(category__code=category).widest_audience
        allowed = [audience for audience in Audience.values if is_within(audience, ceiling)]
        return {"category": category, "visibility": self.source.choice(allowed), "type_code": "notice",
                "title": self.text(4), "summary": self.text(9)}  # fmt: skip

    def publish(self) -> MatterPage:
        return live_matter(self._department(), **self._fields())

    def draft(self) -> MatterPage:
        return draft_matter(self._department(), **self._fields())

    def _within(self, matter: MatterPage) -> MatterPage:
        """The matter with no wider audience than its category allows today."""
        ceiling = matter.category.terms_on().widest_audience
        if not is_within(matter.visibility, ceiling):
            matter.visibility = ceiling
        return matter

    def _release(self, matter: MatterPage) -> None:
        self._within(matter).save_revision()
        release_imported(matter, by=None, reason="test")

    def edit(self) -> MatterPage | None:
        if matter := self.any_matter(live=True):
            matter.title, matter.summary = self.text(5), self.text(7)
            self._release(matter)
        return matter

    def move(self) -> MatterPage | None:
        if matter := self.any_matter(live=False, withdrawn_at=None):
            category = Category.objects.get(code=self.source.choice(["E2", "N2"]))
            target = section_for(self._department(), category)
            if target.pk != matter.get_parent().pk:
                matter.move(target, pos="last-child")
            self._release(fresh(matter))
        return matter

    def withdraw(self) -> MatterPage | None:
        if matter := self.any_matter(live=True):
            withdraw(matter, by=self.bureau.office, reason="更正")
        return matter

    def restore(self) -> MatterPage | None:
        if matter := self.any_matter(live=False, withdrawn_at__isnull=False):
            self._release(matter)
        return matter

    def share(self) -> MatterPage | None:
        if matter := self.any_matter():
            with suppress(ShareRefused):
                name_reader(matter, self.source.choice(self.holders), by=self.bureau.head)
        return matter

    def unshare(self) -> MatterPage | None:
        if matter := self.any_matter():
            revoke(matter.as_matter(), of=self.source.choice(self.holders), by=self.bureau.head)
        return matter

    def begin_post(self) -> User:
        person = self.source.choice([self.bureau.cadre, self.bureau.cadre2, self.bureau.leader])
        PostFactory(person=person, department=self._department())
        return person

    def end_post(self) -> User:
        person = self.source.choice([self.bureau.cadre, self.bureau.cadre2, self.bureau.leader])
        for post in person.posts.filter(ends_on=None):
            post.ends_on = timezone.localdate() - timedelta(days=1)
            post.save()
        return person

    def change_ceiling(self) -> CategoryTerms:
        terms = CategoryTerms.objects.get(category__code=self.source.choice(["E2", "N2"]))
        terms.widest_audience = self.source.choice(Audience.values)
        terms.save()
        return terms

    def attach(self) -> MatterPage | None:
        if matter := self.any_matter(live=True):
            attach(self._within(matter), self.text(12).encode(), name=f"{self.source.getrandbits(40):x}.txt")
            self._release(fresh(matter))
        return matter

    def replace_file(self) -> AttachedDocument | None:
        files = list(AttachedDocument.objects.order_by("pk"))
        if not files:
            return None
        document = self.source.choice(files)
        replace_file(document, self.text(12).encode(), name=f"{self.source.getrandbits(40):x}.txt")
        return document

    def delete(self) -> MatterPage | None:
        if matter := self.any_matter():
            pk = matter.pk
            matter.delete()
            matter.pk = pk
        return matter

    def rename_department(self):
        department = self._department()
        department.name_zh = self.text(3)
        department.save()
        return department
