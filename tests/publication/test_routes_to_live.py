"""Every way of Wagtail's by which a page goes live, tried with a matter that nobody has approved."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.models import Locale, Page

from intranet.disclosure import going_live
from intranet.disclosure.going_live import PublicationRefused, passage
from intranet.disclosure.models import Category, NoticePage
from intranet.disclosure.sections import section_for
from intranet.publication.models import Release
from intranet.publication.secrecy.concluding import keep
from tests.factories import approve, draft_matter, fresh, live_matter, submit


@pytest.fixture
def draft(bureau):
    return draft_matter(bureau.licensing, author=bureau.liaison)


@pytest.fixture
def live(bureau):
    return live_matter(bureau.licensing, title="旧标题", author=bureau.liaison)


@pytest.fixture
def edited(bureau, live):
    """A live matter with a newer version that nobody has approved."""
    live.title = "新标题"
    live.save_revision(user=bureau.liaison)
    return fresh(live)


def test_a_matter_cannot_be_saved_as_live(draft):
    draft.live = True
    with pytest.raises(PublicationRefused, match="review and approval"):
        draft.save()


def test_the_common_page_of_a_matter_cannot_be_saved_as_live(draft):
    page = Page.objects.get(pk=draft.pk)
    page.live = True
    with pytest.raises(PublicationRefused, match="review and approval"):
        page.save()


def test_a_matter_cannot_be_made_live(bureau):
    section = section_for(bureau.licensing, Category.objects.get(code="E2"))
    with pytest.raises(PublicationRefused, match="review and approval"):
        section.add_child(instance=NoticePage(title="通知", slug="notice", live=True))


def test_a_version_that_nobody_released_cannot_be_published(draft):
    with pytest.raises(PublicationRefused, match="not been released"):
        draft.get_latest_revision().publish()


def test_a_superuser_cannot_publish_a_version_that_nobody_released(draft, admin_user):
    with pytest.raises(PublicationRefused, match="not been released"):
        draft.get_latest_revision().publish(user=admin_user, skip_permission_checks=True)


def test_what_is_submitted_cannot_be_published_before_it_is_approved(bureau, draft):
    submit(draft, by=bureau.liaison)
    with pytest.raises(PublicationRefused, match="not been released"):
        fresh(draft).get_latest_revision().publish()


def test_nothing_passes_while_no_check_is_installed(bureau, draft, monkeypatch):
    monkeypatch.setattr(going_live, "_gates", [])
    with pytest.raises(PublicationRefused, match="No check of approvals"):
        draft.get_latest_revision().publish()


def test_a_refused_publication_gives_no_index_number(draft):
    with pytest.raises(PublicationRefused):
        draft.get_latest_revision().publish()
    assert fresh(draft).index_number == ""


def test_the_passage_of_one_matter_lets_no_other_pass(bureau, draft):
    other = draft_matter(bureau.licensing)
    revision = other.get_latest_revision()
    Release.objects.create(matter=other.as_matter(), revision=revision, kind=Release.Kind.IMPORT)
    keep(other, reviewed=revision, cleared=revision, by=None)
    draft.live = True
    with passage(other, revision, None), pytest.raises(PublicationRefused):
        draft.save()


def test_an_edit_of_a_live_matter_cannot_be_published(edited):
    with pytest.raises(PublicationRefused, match="not been released"):
        edited.get_latest_revision().publish()


def test_an_edit_of_a_live_matter_does_not_come_up_by_wagtails_action(edited):
    with pytest.raises(PublicationRefused):
        PublishPageRevisionAction(edited.get_latest_revision()).execute()


def test_a_refused_edit_leaves_the_live_text_up(client, edited):
    with pytest.raises(PublicationRefused):
        edited.get_latest_revision().publish()
    assert "旧标题" in client.get(edited.url).content.decode()


def test_the_release_of_one_version_lets_no_other_version_pass(bureau, draft):
    Release.objects.create(matter=draft.as_matter(), revision=draft.get_latest_revision(), kind=Release.Kind.IMPORT)
    with pytest.raises(PublicationRefused, match="not been released"):
        draft.save_revision(user=bureau.liaison).publish()


def test_a_released_version_is_refused_once_there_is_a_newer_one(bureau, draft):
    released = draft.get_latest_revision()
    Release.objects.create(matter=draft.as_matter(), revision=released, kind=Release.Kind.IMPORT)
    draft.save_revision(user=bureau.liaison)
    released.refresh_from_db()
    with pytest.raises(PublicationRefused, match="newer version"):
        released.publish()


def test_a_version_that_was_live_before_cannot_be_published_again(bureau, edited):
    before = edited.live_revision
    submit(edited, by=bureau.liaison)
    approve(fresh(edited), by=bureau.reviewer)
    approve(fresh(edited), by=bureau.head)
    before.refresh_from_db()
    with pytest.raises(PublicationRefused, match="not been released"):
        before.publish()


def test_going_back_to_a_version_that_was_live_makes_a_draft(bureau, edited):
    reverted = RevertToPageRevisionAction(edited, edited.live_revision, user=bureau.liaison).execute()
    with pytest.raises(PublicationRefused, match="not been released"):
        reverted.publish()


def test_a_release_by_approval_passes_only_with_every_step_approved(bureau, draft):
    state = submit(draft, by=bureau.liaison)
    revision = fresh(draft).get_latest_revision()
    Release.objects.create(
        matter=draft.as_matter(), revision=revision, kind=Release.Kind.APPROVAL, workflow_state=state
    )
    with pytest.raises(PublicationRefused, match="Not every step"):
        revision.publish()


def test_what_is_approved_is_refused_once_its_category_is_narrower(bureau, draft):
    submit(draft, by=bureau.liaison)
    approve(fresh(draft), by=bureau.reviewer)
    draft.category.terms.update(widest_audience="staff")
    with pytest.raises(PublicationRefused, match="wider than category E2 allows"):
        approve(fresh(draft), by=bureau.head)


def test_a_refused_release_undoes_the_approval(bureau, draft):
    submit(draft, by=bureau.liaison)
    approve(fresh(draft), by=bureau.reviewer)
    draft.category.terms.update(widest_audience="staff")
    with pytest.raises(PublicationRefused):
        approve(fresh(draft), by=bureau.head)
    assert fresh(draft).workflow_in_progress


def test_a_copy_cannot_be_kept_live(live):
    with pytest.raises(PublicationRefused):
        live.copy(update_attrs={"slug": "copy"}, keep_live=True)


def test_a_copy_as_a_draft_does_not_take_the_release_along(live):
    copy = live.copy(update_attrs={"slug": "copy"}, keep_live=False)
    with pytest.raises(PublicationRefused, match="not been released"):
        copy.get_latest_revision().publish()


def test_a_live_matter_has_no_alias(bureau, live):
    elsewhere = section_for(bureau.finance, Category.objects.get(code="E2"))
    with pytest.raises(PublicationRefused):
        live.create_alias(parent=elsewhere)


def test_a_draft_has_no_alias_that_could_follow_it_up(bureau, draft):
    elsewhere = section_for(bureau.finance, Category.objects.get(code="E2"))
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.create_alias(parent=elsewhere)


@pytest.mark.parametrize("alias", [False, True])
def test_a_live_matter_is_not_copied_to_another_tree_for_translation(bureau, live, alias):
    english, _created = Locale.objects.get_or_create(language_code="en")
    with pytest.raises(ValidationError), transaction.atomic():
        live.copy_for_translation(english, copy_parents=True, alias=alias)


def test_a_live_matter_does_not_move_to_a_section_with_a_wider_audience(bureau):
    inside = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff")
    outside = section_for(bureau.licensing, Category.objects.get(code="E2"))
    with pytest.raises(PublicationRefused, match="cannot be moved"):
        inside.move(outside, pos="last-child")


def test_the_common_page_of_a_live_matter_does_not_move_either(bureau):
    inside = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff")
    outside = section_for(bureau.licensing, Category.objects.get(code="E2"))
    with pytest.raises(PublicationRefused, match="cannot be moved"):
        Page.objects.get(pk=inside.pk).move(outside, pos="last-child")


def test_what_is_approved_for_a_later_moment_does_not_move(bureau, draft):
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision(user=bureau.liaison)
    submit(fresh(draft), by=bureau.liaison)
    approve(fresh(draft), by=bureau.reviewer)
    approve(fresh(draft), by=bureau.head)
    with pytest.raises(PublicationRefused, match="cannot be moved"):
        fresh(draft).move(section_for(bureau.finance, Category.objects.get(code="E1")), pos="last-child")


def test_a_moved_draft_belongs_to_its_new_category(bureau):
    inside = draft_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff")
    inside.move(section_for(bureau.finance, Category.objects.get(code="N3")), pos="last-child")
    matter = fresh(inside)
    assert (matter.category.code, matter.department) == ("N3", bureau.finance)
