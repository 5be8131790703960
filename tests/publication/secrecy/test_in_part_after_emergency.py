"""What was released in an emergency and is to be disclosed in part: readers never get the whole of it again."""

import pytest
from django.urls import reverse

from intranet.publication.approval import current_step, return_to_author
from intranet.publication.emergency import debts, release_in_emergency
from intranet.publication.history import versions_of
from intranet.publication.secrecy.in_part import disclose_in_part
from intranet.publication.secrecy.redaction import CORRECTIONS, LeftOut
from tests.factories import approve, draft_matter, fresh, live_matter, submit
from tests.publication.secrecy.conftest import SECRET


@pytest.fixture
def released(bureau):
    draft = draft_matter(
        bureau.licensing, author=bureau.liaison, title="险情通报", body=[("paragraph", f"<p>{SECRET}附近有险情。</p>")]
    )
    release_in_emergency(draft, by=bureau.head, reason="急")
    return fresh(draft)


def in_part(bureau, matter, passage=SECRET):
    left_out = LeftOut((passage,))
    disclose_in_part(fresh(matter), by=bureau.reviewer, basis="third_party", reason="隐私", left_out=left_out)
    return fresh(matter)


def test_it_comes_down_at_once(bureau, released, client):
    in_part(bureau, released)
    answer = client.get(released.url)
    assert (answer.status_code, SECRET in answer.content.decode()) == (410, False)


def test_the_reviewers_reason_is_not_told_at_its_address(bureau, released, client):
    in_part(bureau, released)
    assert "隐私" not in client.get(released.url).content.decode()


def test_it_is_live_again_without_the_passage_when_the_next_step_has_approved_it(bureau, released, client):
    approve(in_part(bureau, released), by=bureau.head)
    page = client.get(released.url)
    assert (page.status_code, SECRET in page.content.decode(), "附近有险情" in page.content.decode()) == (
        200,
        False,
        True,
    )


def test_nothing_is_owed_then(bureau, released):
    approve(in_part(bureau, released), by=bureau.head)
    assert not debts().filter(matter=released.pk).exists()


def test_its_readers_are_told_that_passages_were_left_out(bureau, released, client):
    approve(in_part(bureau, released), by=bureau.head)
    assert [one.words for one in client.get(released.url).context["corrections"]] == [CORRECTIONS["zh-hans"]]


def test_the_whole_version_is_opened_from_no_history(bureau, released, client):
    approve(in_part(bureau, released), by=bureau.head)
    whole = versions_of(fresh(released))[-1].revision.pk
    assert client.get(f"{released.url}history/{whole}/").status_code == 404


def test_it_comes_down_also_where_a_mended_version_is_what_was_reviewed(bureau, released):
    return_to_author(released, by=bureau.reviewer, comment="请补充")
    draft = fresh(released).get_latest_revision_as_object()
    draft.summary = "已补充"
    draft.save_revision(user=bureau.liaison)
    submit(fresh(released), by=bureau.liaison)
    assert not in_part(bureau, released).live


def test_what_its_author_says_was_corrected_stays(bureau, released):
    return_to_author(released, by=bureau.reviewer, comment="请补充")
    fresh(released).save_revision(user=bureau.liaison)
    submit(fresh(released), by=bureau.liaison)
    assert in_part(bureau, released).get_latest_revision_as_object().correction == "更正"


def test_what_was_confirmed_before_stays_live_beside_a_correction_in_part(bureau):
    matter = live_matter(bureau.licensing, author=bureau.liaison)
    draft = fresh(matter)
    draft.summary = f"关于{SECRET}"
    draft.save_revision(user=bureau.liaison)
    submit(fresh(matter), by=bureau.liaison)
    assert in_part(bureau, matter).live


@pytest.mark.parametrize("is_live", [True, False])
def test_the_reviewer_is_told_that_it_comes_down(bureau, released, client, is_live):
    matter = released
    if not is_live:
        matter = draft_matter(bureau.licensing, author=bureau.liaison)
        submit(matter, by=bureau.liaison)
    client.force_login(bureau.reviewer)
    screen = client.get(reverse("publication:decide", args=[current_step(fresh(matter)).pk])).content.decode()
    assert ("this takes it down at once" in screen) is is_live


def test_the_reviewer_discloses_in_part_on_the_screen(bureau, released, client):
    client.force_login(bureau.reviewer)
    posted = {"decision": "in_part", "basis": "third_party", "comment": "隐私", "passages": SECRET}
    client.post(reverse("publication:decide", args=[current_step(released).pk]), posted)
    assert current_step(fresh(released)).task.name == "科室负责人审签"


def test_a_live_translation_comes_down_with_the_conclusion(bureau):
    record = live_matter(bureau.licensing, summary="张三的住址是五号")
    translation = live_matter(bureau.licensing, title="Measures", language="en", translation_of=record.as_matter())
    draft = fresh(record).get_latest_revision_as_object()
    draft.title = "新题"
    draft.save_revision(user=bureau.liaison)
    submit(fresh(record), by=bureau.liaison)
    left_out = LeftOut(["张三的住址是五号"])
    disclose_in_part(fresh(record), by=bureau.reviewer, basis="third_party", reason="隐私", left_out=left_out)
    assert not fresh(translation).live
