"""Two editors on one draft: both texts stay as versions, and whoever saves second is told whose lies between."""

import pytest
from django.urls import reverse

from intranet.disclosure.models.catalogue import Category
from intranet.disclosure.sections import section_for
from intranet.organisation.models import Post
from intranet.publication.approval import current_step, return_to_author
from tests.disclosure.particulars.samples import VEHICLES, matter_with
from tests.factories import draft_matter, fresh, person_in, submit
from tests.publication.editor import Editor

TOLD = "While you were writing"


@pytest.fixture
def second(bureau):
    return person_in(bureau.licensing, Post.Kind.LIAISON, username="second", last_name="卓", first_name="玛")


@pytest.fixture
def matter(bureau):
    return draft_matter(bureau.licensing, author=bureau.liaison, title="原题")


@pytest.fixture
def editors(bureau, second, matter):
    return Editor(bureau.liaison, matter), Editor(second, matter)


def titles(matter):
    return [revision.content["title"] for revision in matter.revisions.order_by("pk")]


def text(response):
    return response.content.decode()


def test_both_texts_stay_as_versions(matter, editors):
    first, second = editors
    first.save(title="甲题")
    second.save(title="乙题")
    assert titles(matter) == ["原题", "甲题", "乙题"]


def test_the_second_is_told_whose_version_lies_between(bureau, editors):
    first, second = editors
    first.save(title="甲题")
    page = text(second.save(title="乙题"))
    assert (TOLD in page, str(bureau.liaison) in page) == (True, True)


def test_the_second_is_led_to_the_comparison_of_the_two(matter, editors):
    first, second = editors
    first.save(title="甲题")
    page = text(second.save(title="乙题"))
    _original, one, other = matter.revisions.order_by("pk")
    assert reverse("wagtailadmin_pages:revisions_compare", args=[matter.pk, one.pk, other.pk]) in page


def test_the_first_is_told_of_the_second_in_turn(editors, second):
    first, other = editors
    first.save(title="甲题")
    other.save(title="乙题")
    page = text(first.save(title="甲题二"))
    assert (TOLD in page, str(second) in page) == (True, True)


def test_who_is_alone_is_told_nothing(editors):
    first, _second = editors
    assert TOLD not in text(first.save(title="甲题"))


def test_who_has_opened_the_newest_version_is_told_nothing(second, matter, editors):
    editors[0].save(title="甲题")
    assert TOLD not in text(Editor(second, matter).save(title="乙题"))


def test_what_was_saved_over_somebodys_version_is_not_submitted_unseen(matter, editors):
    first, second = editors
    first.save(title="甲题")
    answer = second.save(title="乙题", **{"action-check-and-submit": "1"})
    assert (answer.redirect_chain[-1][0], fresh(matter).workflow_in_progress) == (second.url, False)


def test_what_saves_by_itself_never_goes_over_somebodys_version(matter, editors):
    first, second = editors
    first.save(title="甲题")
    answer = second.save_by_itself(title="乙题")
    assert (answer.status_code, titles(matter)) == (400, ["原题", "甲题"])


def test_what_had_saved_itself_before_stays_a_version_when_its_author_presses_save(matter, editors):
    first, second = editors
    second.save_by_itself(title="乙题")
    Editor(first.client.get(first.url).wsgi_request.user, matter).save(title="甲题")
    second.save(title="乙题二")
    assert titles(matter) == ["原题", "乙题", "甲题", "乙题二"]


def test_the_own_text_that_saved_itself_is_no_strangers(editors):
    first, _second = editors
    first.save_by_itself(title="甲题")
    assert TOLD not in text(first.save(title="甲题二"))


def test_who_saves_after_a_colleague_submitted_is_told_and_keeps_the_text_on_the_screen(bureau, matter, editors):
    submit(fresh(matter), by=bureau.liaison)
    page = text(editors[1].save(title="乙题"))
    assert ("乙题" in page, "locked" in page, titles(matter)) == (True, True, ["原题"])
    assert current_step(fresh(matter)).revision.content["title"] == "原题"


def came_back(matter, bureau):
    submit(fresh(matter), by=bureau.liaison)
    return_to_author(fresh(matter), by=bureau.reviewer, comment="请补充")


def test_nobody_is_told_of_versions_of_the_same_window(bureau, matter):
    window = Editor(bureau.liaison, matter)
    window.save_by_itself(title="第一稿")
    came_back(matter, bureau)
    window.save_by_itself(title="第二稿")
    assert TOLD not in text(window.save(title="第三稿"))


def test_another_window_of_the_same_person_is_told_of_them(bureau, matter):
    window, other = Editor(bureau.liaison, matter), Editor(bureau.liaison, matter)
    window.save_by_itself(title="第一稿")
    came_back(matter, bureau)
    window.save_by_itself(title="第二稿")
    assert TOLD in text(other.save(title="另一稿"))


def test_the_form_of_the_category_is_kept_that_an_open_window_knows_nothing_of(bureau):
    matter = matter_with(bureau.licensing, VEHICLES, live=False, author=bureau.liaison)
    home = matter.get_parent()
    other = section_for(bureau.licensing, Category.objects.get(code="N10"))
    client = Editor(bureau.liaison, matter).client
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[matter.pk, other.pk]))
    window = Editor(bureau.liaison, matter)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[matter.pk, home.pk]))
    window.save(title="乙题")
    now = fresh(matter).get_latest_revision_as_object()
    assert (now.title, len(now.particulars)) == ("乙题", 1)


@pytest.mark.parametrize("category", ["E5", "E3"])
def test_what_is_typed_while_the_matter_moves_to_another_category_is_kept(bureau, category):
    matter = draft_matter(bureau.licensing, author=bureau.liaison, type_code="notice", title="原题")
    window = Editor(bureau.liaison, matter)
    section = section_for(bureau.licensing, Category.objects.get(code=category))
    Editor(bureau.liaison, matter).client.post(reverse("wagtailadmin_pages:move_confirm", args=[matter.pk, section.pk]))
    assert window.save_by_itself(title="甲题").status_code == 200
    window.save(title="乙题")
    now = fresh(matter).get_latest_revision_as_object()
    assert (now.title, now.category.code) == ("乙题", category)
