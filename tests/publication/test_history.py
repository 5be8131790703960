"""Corrections that are told, and which versions were live from when to when."""

import pytest
from django.urls import reverse
from wagtail.log_actions import log

from intranet.disclosure.models import MatterPage
from intranet.publication.history import EXPIRED, versions_of
from intranet.publication.release import release_imported
from intranet.publication.submission import SubmissionRefused, submit
from intranet.publication.withdrawal import withdraw
from tests.factories import approve, correct, draft_matter, fresh, live_matter
from tests.publication.editor import post_editor, submit_from_editor

FIRST, SECOND, NOTE = "第一版摘要", "第二版摘要", "第三条的期限由十日改为十五日"


@pytest.fixture
def first(bureau):
    return live_matter(bureau.licensing, title="办法", summary=FIRST, author=bureau.liaison)


def corrected(matter, *, words=NOTE, summary=SECOND, **attributes):
    draft = fresh(matter).get_latest_revision_as_object()
    draft.summary, draft.correction, draft.corrects = summary, "", None
    for name, value in attributes.items():
        setattr(draft, name, value)
    draft.save_revision()
    correct(fresh(matter), words)
    release_imported(fresh(matter), by=None, reason="test")
    return fresh(matter)


@pytest.fixture
def second(first):
    return corrected(first)


def history(client, matter):
    return client.get(f"{matter.url}history/")


# What was corrected


def test_a_first_version_is_not_asked_what_was_corrected(bureau, client):
    draft = draft_matter(bureau.licensing, author=bureau.liaison)
    client.force_login(bureau.liaison)
    assert "correction" not in client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).context["form"].fields


def test_a_new_version_is_not_submitted_without_saying_what_was_corrected(bureau, first):
    first.save_revision(user=bureau.liaison)
    with pytest.raises(SubmissionRefused, match="what was corrected"):
        submit(fresh(first), by=bureau.liaison, reason="test")


def test_what_was_corrected_goes_through_review_and_stands_on_the_page(bureau, client, first):
    client.force_login(bureau.liaison)
    submit_from_editor(client, first, correction=NOTE)
    approve(fresh(first), by=bureau.reviewer)
    approve(fresh(first), by=bureau.head)
    client.logout()
    assert NOTE in client.get(first.url).content.decode()


def test_the_note_of_one_version_is_not_offered_for_the_next(bureau, client, second):
    client.force_login(bureau.liaison)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[second.pk])).context["form"]
    assert form["correction"].value() == ""


def test_the_note_of_one_version_is_not_carried_into_the_next_by_saving_it_anew(bureau, second):
    fresh(second).get_latest_revision_as_object().save_revision(user=bureau.liaison)
    with pytest.raises(SubmissionRefused, match="what was corrected"):
        submit(fresh(second), by=bureau.liaison, reason="test")


def test_the_note_of_one_version_is_not_carried_by_an_editor_left_open(bureau, client, first):
    client.force_login(bureau.liaison)
    corrected(first, words="别的更正")
    response = post_editor(client, first, correction=NOTE, corrects=str(first.live_revision_id))
    assert "correction" in response.context["form"].errors


def test_a_note_that_was_carried_by_an_import_is_not_shown(client, second):
    draft = fresh(second).get_latest_revision_as_object()
    draft.save_revision()
    release_imported(fresh(second), by=None, reason="test")
    assert [version.correction for version in versions_of(fresh(second))] == ["", NOTE, ""]


def test_corrections_stand_newest_first(client, second):
    third = corrected(second, words="附件更换")
    assert [one.words for one in client.get(third.url).context["corrections"]] == ["附件更换", NOTE]


def test_a_matter_that_was_withdrawn_says_what_was_corrected_when_it_comes_back(bureau, first):
    withdraw(first, by=bureau.head, reason="有误")
    fresh(first).save_revision(user=bureau.liaison)
    with pytest.raises(SubmissionRefused, match="what was corrected"):
        submit(fresh(first), by=bureau.liaison, reason="test")


# The versions


def test_each_version_was_live_until_the_next_one(second):
    newest, oldest = versions_of(second)
    assert (oldest.until, newest.until, newest.since > oldest.since) == (newest.since, None, True)


def test_the_page_tells_of_all_of_them(client, second):
    response = history(client, second)
    assert (len(response.context["rows"]), NOTE in response.content.decode()) == (2, True)


def test_a_reader_opens_the_version_that_was_replaced(client, second):
    old = versions_of(second)[1].revision.pk
    text = client.get(f"{second.url}history/{old}/").content.decode()
    assert (FIRST in text, SECOND in text) == (True, False)


def test_the_live_version_is_not_served_as_an_earlier_one(client, second):
    assert client.get(f"{second.url}history/{second.live_revision_id}/").status_code == 404


def test_a_draft_is_no_version_of_the_history(bureau, client, second):
    draft = second.save_revision(user=bureau.liaison)
    assert client.get(f"{second.url}history/{draft.pk}/").status_code == 404


def test_the_history_is_absent_where_the_matter_is(bureau, client):
    secret = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff")
    assert history(client, secret).status_code == 404
    client.force_login(bureau.cadre2)
    assert history(client, secret).status_code == 200


def test_a_draft_has_no_history(bureau, client):
    assert history(client, draft_matter(bureau.licensing)).status_code == 404


def test_a_withdrawn_matter_tells_days_and_reasons_and_no_texts(bureau, client, second):
    withdraw(second, by=bureau.head, reason="数据有误")
    text = history(client, fresh(second)).content.decode()
    assert ("数据有误" in text, "办法" in text.split("<main")[1], NOTE in text) == (True, False, False)


def test_no_version_of_a_withdrawn_matter_is_opened(bureau, client, second):
    old = versions_of(second)[1].revision.pk
    withdraw(second, by=bureau.head, reason="数据有误")
    assert client.get(f"{second.url}history/{old}/").status_code == 404


def test_a_version_that_was_withdrawn_is_not_opened_after_it_came_back(bureau, client, first):
    withdraw(first, by=bureau.head, reason="数据有误")
    back = corrected(first)
    old = versions_of(back)[1]
    assert (old.is_withdrawn, client.get(f"{back.url}history/{old.revision.pk}/").status_code) == (True, 404)


def test_a_version_before_one_that_was_withdrawn_is_not_opened_after_it_came_back(bureau, client, second):
    old = versions_of(second)[1].revision.pk
    assert client.get(f"{second.url}history/{old}/").status_code == 200
    withdraw(second, by=bureau.head, reason="泄露个人信息")
    back = corrected(second, words="删去姓名", summary="第三版摘要")
    assert client.get(f"{back.url}history/{old}/").status_code == 404


def test_a_version_before_one_that_expired_is_opened_after_it_came_back(client, second):
    old = versions_of(second)[1].revision.pk
    log(instance=second, action=EXPIRED)
    MatterPage.objects.filter(pk=second.pk).update(live=False, expired=True)
    back = corrected(second, summary="第三版摘要")
    assert client.get(f"{back.url}history/{old}/").status_code == 200


@pytest.mark.parametrize(("name", "status"), [("cadre", 404), ("leader", 200)])
def test_a_version_before_one_for_fewer_readers_is_opened_by_these_alone(bureau, client, name, status):
    wide = live_matter(bureau.licensing, category="N2", summary=FIRST, visibility="staff", author=bureau.liaison)
    old = versions_of(wide)[0].revision.pk
    wide_again = corrected(corrected(wide, visibility="leaders"), summary="第三版摘要", visibility="staff")
    client.force_login(getattr(bureau, name))
    assert client.get(f"{wide_again.url}history/{old}/").status_code == status


def test_a_version_for_fewer_readers_is_neither_told_of_nor_opened(bureau, client):
    narrow = live_matter(bureau.licensing, category="E2", visibility="department", summary=FIRST, author=bureau.liaison)
    wide = corrected(narrow, visibility="public")
    old = versions_of(wide)[1].revision.pk
    public = (len(history(client, wide).context["rows"]), client.get(f"{wide.url}history/{old}/").status_code)
    client.force_login(bureau.cadre)
    own = (len(history(client, wide).context["rows"]), client.get(f"{wide.url}history/{old}/").status_code)
    assert (public, own) == ((1, 404), (2, 200))


def test_a_correction_of_a_version_for_fewer_readers_is_not_told(bureau, client):
    narrow = live_matter(bureau.licensing, visibility="department", author=bureau.liaison)
    wide = corrected(corrected(narrow, words="内部更正"), words="公开", visibility="public")
    assert [one.words for one in client.get(wide.url).context["corrections"]] == ["公开"]


def test_no_text_is_opened_of_which_a_later_version_left_something_out(client, second):
    third = corrected(second, withheld_basis="third_party")
    old = versions_of(third)[1].revision.pk
    assert client.get(f"{third.url}history/{old}/").status_code == 404


def test_a_version_of_another_category_is_not_opened(bureau, client, second):
    old = versions_of(second)[1]
    old.revision.content["category"] = 999
    old.revision.save()
    assert client.get(f"{second.url}history/{old.revision.pk}/").status_code == 404


def test_what_is_not_the_publics_is_kept_by_nobody(bureau, client):
    secret = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff")
    client.force_login(bureau.cadre)
    assert "no-store" in history(client, secret).headers["Cache-Control"]


def test_an_expired_matter_has_no_history(client, second):
    MatterPage.objects.filter(pk=second.pk).update(live=False, expired=True)
    assert history(client, second).status_code == 404
