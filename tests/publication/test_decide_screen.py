"""The screen on which a step is decided: who gets it, what it shows, what its buttons do."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import PageLogEntry, WorkflowState

from intranet.disclosure.models import GuideStep
from intranet.organisation.models import Post
from intranet.publication.approval import current_step, return_to_author
from intranet.publication.withdrawal import withdraw
from tests.factories import approve, attach, draft_matter, fresh, guide_elements, live_matter, person_in, submit


@pytest.fixture
def at_head(bureau):
    matter = draft_matter(bureau.licensing, title="待审事项", summary="待审内容", author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    return fresh(matter)


@pytest.fixture
def url(at_head):
    return reverse("publication:decide", args=[current_step(at_head).pk])


@pytest.fixture
def head(bureau, client):
    client.force_login(bureau.head)
    return client


def told(response):
    """What the admin told the person on the way."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_a_head_finds_the_way_to_the_screen(head, url):
    assert url in head.get("/admin/").content.decode()


def test_a_head_has_the_screen_with_a_preview(head, url):
    assert reverse("publication:preview", args=[int(url.split("/")[-2])]) in head.get(url).content.decode()


def test_the_preview_shows_the_draft_as_its_readers_will_see_it(head, at_head):
    response = head.get(reverse("publication:preview", args=[current_step(at_head).pk]))
    assert (response.status_code, "待审内容" in response.content.decode()) == (200, True)


def test_a_link_in_the_preview_leads_out_of_its_frame(head, at_head):
    response = head.get(reverse("publication:preview", args=[current_step(at_head).pk]))
    assert '<head><base target="_blank">' in response.content.decode()


def test_the_preview_shows_in_a_frame_of_the_portal_alone(head, at_head):
    response = head.get(reverse("publication:preview", args=[current_step(at_head).pk]))
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_the_preview_shows_the_version_under_review_and_not_the_live_one(bureau, head):
    matter = live_matter(bureau.licensing, summary="现行内容")
    matter.summary = "送审内容"
    matter.save_revision(user=bureau.liaison)
    submit(fresh(matter), by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    text = head.get(reverse("publication:preview", args=[current_step(fresh(matter)).pk])).content.decode()
    assert ("送审内容" in text, "现行内容" in text) == (True, False)


@pytest.fixture
def page_of_changed(bureau, head) -> BeautifulSoup:
    """The decision on a new version of a live matter whose summary alone was changed."""
    matter = live_matter(bureau.licensing, summary="一九九七年的摘要")
    matter.summary = "二零二四年的摘要"
    matter.save_revision(user=bureau.liaison)
    submit(fresh(matter), by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    response = head.get(reverse("publication:decide", args=[current_step(fresh(matter)).pk]))
    return BeautifulSoup(response.content, "html.parser")


def test_the_screen_tells_which_fields_were_changed_since_the_live_version(page_of_changed):
    rows = page_of_changed.select(".gk-beside tbody th")
    assert [row.get_text(strip=True) for row in rows] == ["What was corrected", "Summary"]


@pytest.mark.parametrize(
    ("column", "left_out", "text"),
    [("was", "addition", "一九九七年的摘要"), ("is", "deletion", "二零二四年的摘要")],
)
def test_the_screen_has_both_versions_side_by_side(page_of_changed, column, left_out, text):
    cell = page_of_changed.select(f".gk-beside__{column}")[-1]
    for half in cell.select(f".{left_out}"):
        half.decompose()
    assert cell.get_text(strip=True) == text


def test_of_rows_those_that_changed_came_or_went_are_shown(bureau, head):
    steps = [GuideStep(name=name, sort_order=place) for place, name in enumerate(["受理", "审查", "决定"])]
    guide = live_matter(bureau.licensing, **guide_elements(steps=steps))
    draft = guide.get_latest_revision_as_object()
    kept, _gone, changed = draft.steps.all()
    changed.name = "审批"
    draft.steps = [kept, changed, GuideStep(name="送达", sort_order=3)]
    draft.save_revision(user=bureau.liaison)
    submit(fresh(guide), by=bureau.liaison)
    approve(fresh(guide), by=bureau.reviewer)
    page = head.get(reverse("publication:decide", args=[current_step(fresh(guide)).pk])).content.decode()
    compared = BeautifulSoup(page, "html.parser").select_one(".gk-beside").text
    assert [name for name in ("受理", "审查", "送达") if name in compared] == ["审查", "送达"]


def test_the_screen_of_a_first_version_compares_nothing(head, url):
    assert "gk-beside" not in head.get(url).content.decode()


def test_looking_at_the_screen_decides_nothing(head, at_head, url):
    head.get(url)
    assert fresh(at_head).workflow_in_progress


def test_a_head_approves(head, at_head, url):
    head.post(url, {"decision": "approve"})
    assert fresh(at_head).live


def test_a_head_returns_with_a_comment(head, at_head, url):
    head.post(url, {"decision": "return", "comment": "请补充依据"})
    state = fresh(at_head).current_workflow_state
    assert (state.status, state.current_task_state.comment) == (WorkflowState.STATUS_NEEDS_CHANGES, "请补充依据")


def test_a_head_rejects_with_reason_and_basis(head, at_head, url):
    head.post(url, {"decision": "reject", "comment": "内部分工", "basis": "internal_affairs"})
    entry = PageLogEntry.objects.get(action="gongkai.reject")
    assert (entry.data["reason"], entry.data["basis"]) == ("内部分工", "internal_affairs")


@pytest.mark.parametrize("decision", ["return", "reject"])
def test_a_return_or_rejection_without_a_reason_is_asked_for_it(head, at_head, url, decision):
    response = head.post(url, {"decision": decision, "comment": " "})
    assert "Say what has to change" in response.content.decode()


@pytest.mark.parametrize("decision", ["return", "reject"])
def test_a_return_or_rejection_without_a_reason_decides_nothing(head, at_head, url, decision):
    head.post(url, {"decision": decision, "comment": " "})
    assert fresh(at_head).workflow_in_progress


@pytest.mark.parametrize("fields", [{}, {"decision": "publish"}, {"decision": "reject", "comment": "x", "basis": "?"}])
def test_a_form_that_makes_no_sense_decides_nothing(head, at_head, url, fields):
    response = head.post(url, fields)
    assert (response.status_code, fresh(at_head).workflow_in_progress) == (200, True)


def test_the_second_of_two_heads_at_once_is_told_what_the_first_did(bureau, client, at_head, url):
    deputy = person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD)
    client.force_login(deputy)
    client.get(url)
    approve(at_head, by=bureau.head)
    response = client.post(url, {"decision": "approve"})
    assert f"{bureau.head} already approved this step" in told(response)


def test_the_second_of_two_heads_does_not_undo_what_the_first_did(bureau, client, at_head, url):
    client.force_login(person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD))
    approve(at_head, by=bureau.head)
    client.post(url, {"decision": "reject", "comment": "不公开"})
    assert fresh(at_head).live


def test_the_second_of_two_heads_is_told_of_a_return(bureau, client, at_head, url):
    client.force_login(person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD))
    return_to_author(at_head, by=bureau.head, comment="请修改")
    assert f"{bureau.head} already returned the matter" in told(client.post(url, {"decision": "approve"}))


def test_an_old_form_does_not_approve_what_was_changed_and_submitted_again(bureau, head, at_head, url):
    return_to_author(at_head, by=bureau.head, comment="请修改")
    fresh(at_head).save_revision(user=bureau.liaison)
    submit(fresh(at_head), by=bureau.liaison)
    head.post(url, {"decision": "approve"})
    assert fresh(at_head).current_workflow_task_state.status == "in_progress"


def test_a_head_is_told_that_the_draft_was_changed_after_it_was_submitted(bureau, head, at_head, url):
    at_head.save_revision(user=bureau.liaison)
    assert "changed after it was submitted" in head.post(url, {"decision": "approve"}).content.decode()


def test_a_head_is_told_why_an_approval_cannot_go_live(head, at_head, url):
    at_head.category.terms.update(widest_audience="staff")
    assert "wider than category E2 allows" in head.post(url, {"decision": "approve"}).content.decode()


@pytest.mark.parametrize("view", ["decide", "preview"])
def test_the_author_does_not_get_the_screen_of_the_own_draft(bureau, client, view):
    matter = draft_matter(bureau.licensing, author=bureau.head)
    submit(matter, by=bureau.head)
    approve(fresh(matter), by=bureau.reviewer)
    client.force_login(bureau.head)
    response = client.get(reverse(f"publication:{view}", args=[current_step(fresh(matter)).pk]))
    assert response.status_code == 404


def test_the_author_does_not_decide_on_the_own_draft_by_a_form_posted_by_hand(bureau, client):
    matter = draft_matter(bureau.licensing, author=bureau.head)
    submit(matter, by=bureau.head)
    approve(fresh(matter), by=bureau.reviewer)
    client.force_login(bureau.head)
    client.post(reverse("publication:decide", args=[current_step(fresh(matter)).pk]), {"decision": "approve"})
    assert not fresh(matter).live


@pytest.mark.parametrize("who", ["liaison", "reviewer", "office"])
@pytest.mark.parametrize("view", ["decide", "preview"])
def test_who_does_not_decide_the_step_does_not_get_the_screen(bureau, client, at_head, who, view):
    client.force_login(getattr(bureau, who))
    assert client.get(reverse(f"publication:{view}", args=[current_step(at_head).pk])).status_code == 404


def test_a_superuser_without_a_post_does_not_get_the_screen(admin_client, url):
    assert admin_client.post(url, {"decision": "approve"}).status_code == 404


def test_a_head_of_another_department_does_not_get_the_screen(bureau, client, url):
    client.force_login(person_in(bureau.finance, Post.Kind.HEAD))
    assert client.post(url, {"decision": "approve"}).status_code == 404


def test_a_head_whose_post_ended_decides_nothing(bureau, head, at_head, url, yesterday):
    bureau.head.posts.update(ends_on=yesterday)
    head.post(url, {"decision": "approve"})
    assert not fresh(at_head).live


def test_a_decision_posted_without_a_sign_in_decides_nothing(client, at_head, url):
    client.post(url, {"decision": "approve"})
    assert not fresh(at_head).live


def test_the_screen_of_no_step_is_absent(head):
    assert head.get(reverse("publication:decide", args=[999999])).status_code == 404


def test_the_screen_names_what_is_other_than_in_the_live_version(bureau, client):
    matter = live_matter(bureau.licensing, title="原题")
    matter.title = "新题"
    attach(matter, b"x", title="新附件")
    submit(matter, by=bureau.liaison)
    client.force_login(bureau.reviewer)
    screen = client.get(reverse("publication:decide", args=[current_step(fresh(matter)).pk]))
    assert {"Title", "Attachments"} <= {str(each.field_label()) for each in screen.context["compared"]}


def test_whoever_decides_on_what_was_taken_down_meanwhile_reads_when_and_why(bureau, head):
    matter = live_matter(bureau.licensing, author=bureau.liaison)
    version = fresh(matter).get_latest_revision_as_object()
    version.summary = "改"
    version.save_revision(user=bureau.liaison)
    submit(fresh(matter), by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    withdraw(fresh(matter), by=bureau.office, reason="依据有误。")
    step = current_step(fresh(matter)).pk
    screens = [
        reverse("publication:decide", args=[step]),
        f"{reverse('publication:decide_many')}?state={step}",
        reverse("wagtailadmin_home"),
    ]
    said = [head.get(screen, headers={"accept-language": "en"}).text for screen in screens]
    assert "依据有误。 The last approval discloses it again." in said[0]
    assert ["approval discloses it again" in text for text in said] == [True, True, True]
