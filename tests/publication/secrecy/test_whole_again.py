"""A page says that it was disclosed in part as long as its version is in part, and no longer."""

import pytest

from intranet.publication.approval import reject
from intranet.publication.emergency import release_in_emergency
from intranet.publication.history import versions_of
from intranet.publication.secrecy.in_part import disclose_in_part
from intranet.publication.secrecy.redaction import LeftOut
from tests.factories import approve, attach, correct, draft_matter, fresh, submit
from tests.publication.secrecy.conftest import SECRET

TOLD = "Disclosed in part"


@pytest.fixture
def in_part(bureau, at_review):
    """Live without the secret."""
    left_out = LeftOut((SECRET,))
    disclose_in_part(at_review, by=bureau.reviewer, basis="third_party", reason="隐私", left_out=left_out)
    approve(fresh(at_review), by=bureau.head)
    return fresh(at_review)


def written(matter, by, **texts):
    draft = fresh(matter).get_latest_revision_as_object()
    draft.correction, draft.corrects = "", None
    for name, text in texts.items():
        setattr(draft, name, text)
    draft.save_revision(user=by)
    return fresh(matter)


def written_whole(matter, by):
    body = [("paragraph", f"<p>查明{SECRET}属实，罚款一万元。</p>")]
    return written(matter, by, title=f"处罚决定：{SECRET}", summary="全文", body=body)


def reviewed(bureau, matter):
    submit(fresh(matter), by=bureau.liaison)
    for person in (bureau.reviewer, bureau.head):
        approve(fresh(matter), by=person)
    return fresh(matter)


def test_a_whole_version_that_may_be_disclosed_says_nothing_of_it(bureau, in_part, client):
    reviewed(bureau, written_whole(in_part, bureau.liaison))
    text = client.get(fresh(in_part).url).content.decode()
    assert (SECRET in text, TOLD in text) == (True, False)


def test_a_version_in_which_the_marks_still_stand_says_it(bureau, in_part, client):
    reviewed(bureau, written(in_part, bureau.liaison, contact="办公室"))
    assert TOLD in client.get(fresh(in_part).url).content.decode()


def test_writing_alone_takes_nothing_away(bureau, in_part):
    draft = written_whole(in_part, bureau.liaison).get_latest_revision_as_object()
    assert draft.withheld_basis == "third_party"


def test_what_a_redaction_made_says_it_however_often_it_is_reviewed(bureau, client):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    document = attach(matter, b"secret")
    submit(fresh(matter), by=bureau.liaison)
    left_out = LeftOut(documents=frozenset({document.pk}))
    disclose_in_part(fresh(matter), by=bureau.reviewer, basis="third_party", reason="隐私", left_out=left_out)
    reject(fresh(matter), by=bureau.head, reason="暂缓")
    assert TOLD in client.get(reviewed(bureau, matter).url).content.decode()


def test_a_whole_version_that_is_live_already_says_nothing_of_it_once_it_is_reviewed(bureau, in_part, client):
    correct(written_whole(in_part, bureau.liaison))
    release_in_emergency(fresh(in_part), by=bureau.head, reason="急")
    approve(fresh(in_part), by=bureau.reviewer)
    assert TOLD not in client.get(fresh(in_part).url).content.decode()


def test_what_was_whole_before_the_redaction_stays_closed_in_the_history(bureau, in_part, client):
    whole = reviewed(bureau, written_whole(in_part, bureau.liaison))
    redaction = versions_of(whole)[1]
    assert redaction.closes_earlier_ones
