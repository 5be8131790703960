"""The register of secrecy reviews: who sees which, what it tells, on paper and to take away."""

import pytest
from django.urls import reverse

from intranet.audit.models import AuditEntry
from intranet.organisation.models import Post
from intranet.publication.approval import reject
from tests.factories import approve, draft_matter, fresh, live_matter, person_in, submit

ADDRESS = "publication:secrecy_register"


def reviewed(bureau, **attributes):
    matter = draft_matter(bureau.licensing, author=bureau.liaison, **attributes)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer, comment="经审查可公开")
    return fresh(matter)


def seen(client, person, **asked):
    client.force_login(person)
    response = client.get(reverse(ADDRESS), asked)
    content = b"".join(response) if response.streaming else response.content
    return response.status_code, content.decode(errors="replace")


def test_a_reviewer_sees_what_they_reviewed_by_its_title(bureau, client):
    reviewed(bureau, title="某公司处罚决定")
    status, text = seen(client, bureau.reviewer)
    assert (status, "某公司处罚决定" in text, "经审查可公开" in text) == (200, True, True)


def test_the_office_is_told_a_number_where_it_may_not_know_the_matter(bureau, client):
    reviewed(bureau, title="某公司处罚决定")
    _status, text = seen(client, bureau.office)
    assert ("某公司处罚决定" in text, "№ " in text, "经审查可公开" in text) == (False, True, False)


def test_the_office_reads_the_title_of_what_everybody_reads(bureau, client):
    live_matter(bureau.licensing, title="安全生产通知")
    assert "安全生产通知" in seen(client, bureau.office)[1]


def test_a_departments_reviewer_sees_the_departments_reviews_alone(bureau, client):
    reviewed(bureau, title="许可科事项")
    other = person_in(bureau.finance, Post.Kind.SECRECY_REVIEWER)
    assert "行政许可科" not in seen(client, other)[1].split("<table")[-1]


@pytest.mark.parametrize("who", ["liaison", "head"])
def test_it_is_nobody_elses(bureau, client, who):
    assert seen(client, getattr(bureau, who))[0] == 302


def test_it_is_filtered_by_conclusion(bureau, client):
    reviewed(bureau, title="可公开的事项")
    closed = draft_matter(bureau.licensing, author=bureau.liaison, title="涉密的事项")
    submit(closed, by=bureau.liaison)
    reject(fresh(closed), by=bureau.reviewer, reason="涉密", basis="state_secret")
    text = seen(client, bureau.reviewer, conclusion="closed")[1]
    assert ("涉密的事项" in text, "可公开的事项" in text) == (True, False)


def test_it_is_printed_on_a_page_of_its_own(bureau, client):
    reviewed(bureau, title="某公司处罚决定")
    text = seen(client, bureau.reviewer, print="1")[1]
    assert ("某公司处罚决定" in text, "wagtail" in text) == (True, False)


@pytest.mark.parametrize("asked", [{"export": "csv"}, {"export": "xlsx"}, {"print": "1"}])
def test_taking_it_away_is_recorded(bureau, client, asked):
    seen(client, bureau.reviewer, **asked)
    assert AuditEntry.objects.filter(action="secrecy_register.export", person=bureau.reviewer.pk).exists()


def test_it_is_taken_away_as_csv(bureau, client):
    reviewed(bureau, title="某公司处罚决定")
    assert "某公司处罚决定" in seen(client, bureau.reviewer, export="csv")[1]


def test_a_review_stays_when_its_matter_is_deleted(bureau, client):
    matter = reviewed(bureau, title="某公司处罚决定")
    matter.delete()
    assert "某公司处罚决定" in seen(client, bureau.reviewer)[1]
