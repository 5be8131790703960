"""What a secrecy reviewer concludes, what is asked for it, and what stands in the register."""

import pytest
from django.urls import reverse

from intranet.publication.approval import (
    ApprovalRefused,
    approve,
    clear,
    current_step,
    reject,
    return_to_author,
)
from intranet.publication.authorship import authors_since_live
from intranet.publication.models import SecrecyReview
from intranet.publication.secrecy.in_part import disclose_in_part
from intranet.publication.secrecy.redaction import LeftOut
from tests.factories import attach, draft_matter, fresh, live_matter, submit
from tests.publication.secrecy.conftest import SECRET


def in_part(matter, by, *, basis="third_party", passages=(SECRET,), **more):
    disclose_in_part(matter, by=by, basis=basis, reason="涉及个人隐私", left_out=LeftOut(passages, **more))


def test_an_approved_review_is_registered_as_open(bureau, at_review):
    approve(at_review, by=bureau.reviewer, comment="可公开")
    review = SecrecyReview.objects.get()
    assert (review.conclusion, review.reviewer, review.reason) == ("open", bureau.reviewer, "可公开")


def test_a_rejected_review_is_registered_with_its_basis(bureau, at_review):
    reject(at_review, by=bureau.reviewer, reason="涉密", basis="state_secret")
    review = SecrecyReview.objects.get()
    assert (review.conclusion, review.basis, review.cleared) == ("closed", "state_secret", None)


def test_a_reviewer_rejects_nothing_without_a_basis(bureau, at_review):
    with pytest.raises(ApprovalRefused, match="basis"):
        reject(at_review, by=bureau.reviewer, reason="涉密")


def test_what_is_returned_to_its_author_is_no_conclusion(bureau, at_review):
    return_to_author(at_review, by=bureau.reviewer, comment="请说明")
    assert not SecrecyReview.objects.exists()


def test_a_third_partys_consent_is_registered(bureau, at_review):
    clear(at_review, by=bureau.reviewer, reason="书面同意", basis="third_party", third_party="consented")
    review = SecrecyReview.objects.get()
    assert (review.conclusion, review.basis, review.third_party) == ("open", "third_party", "consented")


def test_a_third_party_is_not_passed_over_in_silence(bureau, at_review):
    with pytest.raises(ApprovalRefused, match="consent"):
        clear(at_review, by=bureau.reviewer, reason="", basis="third_party")


def test_the_version_that_goes_on_has_nothing_of_what_was_left_out(bureau, at_review):
    in_part(at_review, bureau.reviewer)
    approve(fresh(at_review), by=bureau.head)
    live = fresh(at_review)
    assert (live.live, SECRET in f"{live.title}{live.summary}{live.body.raw_data[0]}{live.url}") == (True, False)


def test_the_version_that_goes_on_says_that_it_is_in_part(bureau, at_review, client):
    in_part(at_review, bureau.reviewer)
    approve(fresh(at_review), by=bureau.head)
    assert "Disclosed in part" in client.get(fresh(at_review).url).content.decode()


def test_a_matter_that_is_disclosed_whole_says_nothing_of_it(bureau, client):
    assert "Disclosed in part" not in client.get(live_matter(bureau.licensing).url).content.decode()


def test_the_head_decides_on_the_version_without_it(bureau, at_review, client):
    in_part(at_review, bureau.reviewer)
    client.force_login(bureau.head)
    step = current_step(fresh(at_review))
    text = client.get(reverse("publication:preview", args=[step.pk])).content.decode()
    assert (step.task.name, SECRET in text) == ("科室负责人审签", False)


def test_the_original_stays_among_the_versions_that_its_handlers_see(bureau, at_review, client):
    original = at_review.latest_revision
    in_part(at_review, bureau.reviewer)
    client.force_login(bureau.liaison)
    screen = client.get(reverse("wagtailadmin_pages:revisions_view", args=[at_review.pk, original.pk]))
    assert SECRET in screen.content.decode()


@pytest.mark.parametrize("who", ["cadre", "cadre2", "leader"])
def test_nobody_else_sees_the_original(bureau, at_review, client, who):
    original = at_review.latest_revision
    in_part(at_review, bureau.reviewer)
    approve(fresh(at_review), by=bureau.head)
    client.force_login(getattr(bureau, who))
    response = client.get(reverse("wagtailadmin_pages:revisions_view", args=[at_review.pk, original.pk]))
    assert response.status_code in (302, 403, 404)


def test_leaving_passages_out_makes_the_reviewer_no_author(bureau, at_review):
    """Else a bureau whose office reviews could not stand in for a head any more."""
    in_part(at_review, bureau.reviewer)
    assert set(authors_since_live(fresh(at_review))) == {bureau.liaison}


def test_an_attachment_that_was_left_out_is_not_served(bureau, client):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    document = attach(matter, b"secret", name="a.txt")
    matter.save_revision(user=bureau.liaison)
    submit(matter, by=bureau.liaison)
    in_part(fresh(matter), bureau.reviewer, passages=(), documents=frozenset({document.pk}))
    approve(fresh(matter), by=bureau.head)
    assert (fresh(matter).live, client.get(document.url).status_code) == (True, 404)


def test_a_passage_that_is_not_there_changes_nothing(bureau, at_review):
    with pytest.raises(ApprovalRefused, match="stands nowhere"):
        in_part(at_review, bureau.reviewer, passages=("没有的话",))
    assert fresh(at_review).latest_revision_id == at_review.latest_revision_id


def test_in_part_needs_a_basis(bureau, at_review):
    with pytest.raises(ApprovalRefused, match="basis"):
        in_part(at_review, bureau.reviewer, basis="")


def test_in_part_leaves_something_out(bureau, at_review):
    with pytest.raises(ApprovalRefused, match="what is left out"):
        in_part(at_review, bureau.reviewer, passages=())


def test_a_head_leaves_nothing_out(bureau, at_review):
    approve(at_review, by=bureau.reviewer)
    with pytest.raises(ApprovalRefused, match="awaits no secrecy review"):
        in_part(fresh(at_review), bureau.head)


def test_the_register_counts_what_was_left_out_and_does_not_repeat_it(bureau, at_review):
    in_part(at_review, bureau.reviewer)
    review = SecrecyReview.objects.get()
    assert (review.passages_left_out, SECRET in review.reason) == (4, False)


def test_the_reviewer_discloses_in_part_on_the_screen(bureau, at_review, step, client):
    client.force_login(bureau.reviewer)
    posted = {"decision": "in_part", "basis": "third_party", "comment": "隐私", "passages": SECRET}
    client.post(reverse("publication:decide", args=[step.pk]), posted)
    assert SecrecyReview.objects.get().conclusion == "in_part"


def test_the_reviewer_sees_what_readers_would_get(bureau, at_review, step, client):
    client.force_login(bureau.reviewer)
    shown = client.post(reverse("publication:redacted_preview", args=[step.pk]), {"passages": SECRET})
    assert (SECRET in shown.content.decode(), "罚款一万元" in shown.content.decode()) == (False, True)


def test_looking_at_what_readers_would_get_saves_nothing(bureau, at_review, step, client):
    client.force_login(bureau.reviewer)
    client.post(reverse("publication:redacted_preview", args=[step.pk]), {"passages": SECRET})
    assert fresh(at_review).latest_revision_id == at_review.latest_revision_id


def test_the_reviewer_is_told_which_passage_was_not_found(bureau, at_review, step, client):
    client.force_login(bureau.reviewer)
    shown = client.post(reverse("publication:redacted_preview", args=[step.pk]), {"passages": "没有的话"})
    assert "没有的话" in shown.content.decode()


@pytest.mark.parametrize("who", ["liaison", "head"])
def test_nobody_else_gets_that_preview(bureau, step, client, who):
    client.force_login(getattr(bureau, who))
    assert client.post(reverse("publication:redacted_preview", args=[step.pk]), {}).status_code == 404


def test_the_reviewer_is_asked_for_the_basis_on_the_screen(bureau, at_review, step, client):
    client.force_login(bureau.reviewer)
    posted = {"decision": "reject", "comment": "涉密"}
    screen = client.post(reverse("publication:decide", args=[step.pk]), posted).content.decode()
    assert "Choose the basis" in screen
