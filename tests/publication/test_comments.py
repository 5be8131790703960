"""Comments on a draft: for those who may open it, by mail too, and never for readers."""

import json

import pytest
from django.core import mail
from wagtail.models import Comment, CommentReply, PageSubscription

from intranet.disclosure.search import MatterAdapter, key_of
from intranet.organisation.closing import close_account
from intranet.organisation.models import Post
from intranet.publication.approval import clear, return_to_author
from intranet.publication.models import OutgoingMail
from intranet.publication.release import release_imported
from tests.exchange.conftest import Run
from tests.factories import approve, draft_matter, fresh, person_in, submit
from tests.publication.editor import Editor

WORDS = "此处数字请再核对"
NONE = {"-TOTAL_FORMS": "0", "-INITIAL_FORMS": "0", "-MIN_NUM_FORMS": "0", "-MAX_NUM_FORMS": ""}


def comment(text=WORDS, **more):
    """What the editor posts of one comment that is made."""
    replies = {f"comments-0-replies{key}": value for key, value in NONE.items()}
    return {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-0-id": "",
        "comments-0-text": text,
        "comments-0-contentpath": "title",
        "comments-0-position": "",
        "comments-0-resolved": "",
        **replies,
        **more,
    }


@pytest.fixture
def matter(bureau):
    return draft_matter(bureau.licensing, author=bureau.liaison)


@pytest.fixture
def second(bureau):
    return person_in(bureau.licensing, Post.Kind.LIAISON, username="second", last_name="卓", first_name="玛")


@pytest.fixture
def subscribed(matter, second):
    PageSubscription.objects.create(page=matter, user=second, comment_notifications=True)
    return second


def commented(bureau, matter):
    assert Editor(bureau.liaison, matter).save_by_itself(**comment()).status_code == 200
    return Comment.objects.get()


def addresses():
    return sorted(address for message in mail.outbox for address in message.to)


def test_a_comment_is_told_to_a_subscriber(bureau, matter, subscribed):
    commented(bureau, matter)
    assert (addresses(), WORDS in mail.outbox[0].body) == ([subscribed.email], True)


def test_a_comment_is_not_told_to_who_left_the_department(bureau, matter, subscribed, yesterday):
    subscribed.posts.update(ends_on=yesterday)
    commented(bureau, matter)
    assert addresses() == []


def test_a_comment_is_not_told_to_a_closed_account(bureau, matter, subscribed):
    close_account(subscribed, by=bureau.office)
    commented(bureau, matter)
    assert addresses() == []


def test_a_comment_is_not_told_to_who_reads_other_departments_only(bureau, matter):
    PageSubscription.objects.create(page=matter, user=bureau.cadre2, comment_notifications=True)
    commented(bureau, matter)
    assert addresses() == []


@pytest.mark.parametrize(("has_left", "told"), [(False, 1), (True, 0)])
def test_a_reply_is_told_to_who_wrote_in_the_thread_while_they_may_open_the_draft(
    bureau, matter, second, yesterday, has_left, told
):
    made = commented(bureau, matter)
    CommentReply.objects.create(comment=made, user=second, text="已核对")
    if has_left:
        second.posts.update(ends_on=yesterday)
    mail.outbox.clear()
    PageSubscription.objects.all().delete()
    reply = {
        "comments-INITIAL_FORMS": "1",
        "comments-0-id": str(made.pk),
        "comments-0-replies-TOTAL_FORMS": "2",
        "comments-0-replies-INITIAL_FORMS": "1",
        "comments-0-replies-0-id": str(made.replies.get().pk),
        "comments-0-replies-0-text": "已核对",
        "comments-0-replies-1-id": "",
        "comments-0-replies-1-text": "谢谢",
    }
    assert Editor(bureau.liaison, matter).save_by_itself(**comment(**reply)).status_code == 200
    assert len(mail.outbox) == told


def test_the_subscription_of_who_lost_access_ends_when_something_is_to_be_told(bureau, matter, subscribed, yesterday):
    subscribed.posts.update(ends_on=yesterday)
    commented(bureau, matter)
    assert not PageSubscription.objects.filter(user=subscribed).exists()


def test_the_subscriptions_of_a_closed_account_end_with_it(bureau, subscribed):
    close_account(subscribed, by=bureau.office)
    assert not PageSubscription.objects.filter(user=subscribed).exists()


def test_mail_about_a_comment_is_put_down_like_every_other(bureau, matter, subscribed, settings):
    settings.EMAIL_BACKEND = "intranet.publication.outgoing.backend.EmailBackend"
    commented(bureau, matter)
    assert [row.address for row in OutgoingMail.objects.all()] == [subscribed.email]


@pytest.fixture
def live(bureau, matter):
    """A live matter whose draft was commented on, and is still."""
    commented(bureau, matter)
    submit(fresh(matter), by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    approve(fresh(matter), by=bureau.head)
    assert Comment.objects.filter(page=matter, text=WORDS).exists()
    return fresh(matter)


@pytest.mark.parametrize("address", ["page", "history/", "/feeds/latest.atom", "/api/search/?q=", "/search/?q=再核对"])
def test_readers_see_no_comment(client, live, address):
    url = live.url if address == "page" else f"{live.url}{address}" if address == "history/" else address
    answer = client.get(url)
    assert (answer.status_code, WORDS in answer.content.decode()) == (200, False)


def test_the_index_has_no_comment(live):
    key = key_of(live.pk)
    (document,) = MatterAdapter().documents({key: 1})
    assert (live.title in str(document), WORDS in str(document)) == (True, False)


def test_an_export_has_no_comment(live):
    lines = Run("export_matters").out
    assert (live.title in lines, WORDS in lines) == (True, False)


def test_the_admins_api_tells_no_comment(bureau, client, live):
    client.force_login(bureau.liaison)
    answer = client.get(f"/admin/api/main/pages/{live.pk}/")
    assert (answer.status_code, WORDS in json.dumps(answer.json(), ensure_ascii=False)) == (200, False)


def test_another_department_sees_no_comment(bureau, client, matter):
    commented(bureau, matter)
    client.force_login(person_in(bureau.finance, Post.Kind.LIAISON))
    assert WORDS not in client.get(f"/admin/pages/{matter.pk}/edit/", follow=True).content.decode()


@pytest.mark.parametrize("outcome", ["approved", "returned"])
@pytest.mark.parametrize("is_gone", [True, False])
def test_what_became_of_a_draft_is_not_told_to_who_left_the_department(bureau, second, yesterday, outcome, is_gone):
    matter = draft_matter(bureau.licensing, author=second)
    submit(matter, by=second)
    if is_gone:
        second.posts.update(ends_on=yesterday)
    mail.outbox.clear()
    if outcome == "returned":
        return_to_author(fresh(matter), by=bureau.reviewer, comment=WORDS)
    else:
        clear(fresh(matter), by=bureau.reviewer, reason="可以公开")
        approve(matter, by=bureau.head)
    assert (second.email in addresses()) is not is_gone


# Resolved and deleted while another window is open


def kept(made, **more):
    """What a window posts that shows the comment as it was made."""
    return comment(**{"comments-INITIAL_FORMS": "1", "comments-0-id": str(made.pk), **more})


def resolve(person, matter, made):
    Editor(person, matter).save(**kept(made, **{"comments-0-resolved": "on"}))


def standing(made):
    """The text, the author and who resolved it."""
    now = Comment.objects.get(pk=made.pk)
    return now.text, now.user.get_username(), now.resolved_by and now.resolved_by.get_username()


def test_a_resolved_comment_is_kept_with_the_next_version(bureau, matter):
    made = commented(bureau, matter)
    resolve(bureau.head, matter, made)
    Editor(bureau.liaison, matter).save(title="又一稿")
    assert standing(made) == (WORDS, "liaison", "head")


def test_a_resolved_comment_is_kept_when_its_matter_goes_live(bureau, matter):
    made = commented(bureau, matter)
    resolve(bureau.head, matter, made)
    release_imported(fresh(matter), by=None, reason="test")
    assert (fresh(matter).live, standing(made)) == (True, (WORDS, "liaison", "head"))


def test_a_resolved_comment_is_shown_to_no_editor(bureau, matter):
    made = commented(bureau, matter)
    resolve(bureau.head, matter, made)
    assert WORDS not in Editor(bureau.liaison, matter).client.get(f"/admin/pages/{matter.pk}/edit/").text


def test_a_window_that_still_shows_it_leaves_it_resolved(bureau, matter):
    made = commented(bureau, matter)
    window = Editor(bureau.head, matter)
    resolve(bureau.liaison, matter, made)
    window.save(title="又一稿", **kept(made))
    assert ([one.pk for one in Comment.objects.all()], standing(made)) == ([made.pk], (WORDS, "liaison", "liaison"))


@pytest.mark.parametrize("how", ["save", "save_by_itself"])
def test_a_window_that_shows_a_deleted_one_saves_without_it(bureau, matter, how):
    made = commented(bureau, matter)
    window = Editor(bureau.head, matter)
    Comment.objects.filter(pk=made.pk).delete()
    getattr(window, how)(title="又一稿", **kept(made))
    assert (fresh(matter).get_latest_revision_as_object().title, Comment.objects.count()) == ("又一稿", 0)


def test_a_window_that_moves_it_leaves_it_resolved(bureau, matter):
    made = commented(bureau, matter)
    window = Editor(bureau.liaison, matter)
    resolve(bureau.head, matter, made)
    window.save(title="又一稿", **kept(made, **{"comments-0-text": "改", "comments-0-position": "[1,2]"}))
    assert standing(made) == (WORDS, "liaison", "head")


def replied(made, text, key=""):
    return kept(made, **{
        "comments-0-replies-TOTAL_FORMS": "1", "comments-0-replies-INITIAL_FORMS": "1" if key else "0",
        "comments-0-replies-0-id": str(key), "comments-0-replies-0-text": text,
    })  # fmt: skip


def test_a_reply_opens_it_again(bureau, matter):
    made = commented(bureau, matter)
    window = Editor(bureau.liaison, matter)
    resolve(bureau.head, matter, made)
    window.save(title="又一稿", **replied(made, "还有一处"))
    assert (standing(made)[2], CommentReply.objects.get().text) == (None, "还有一处")


@pytest.mark.parametrize("how", ["save", "save_by_itself"])
def test_a_window_that_shows_a_deleted_reply_saves_without_it(bureau, matter, how):
    made = commented(bureau, matter)
    reply = CommentReply.objects.create(comment=made, user=bureau.head, text="好")
    window = Editor(bureau.liaison, matter)
    reply.delete()
    getattr(window, how)(title="又一稿", **replied(made, "好", reply.pk or 1))
    assert fresh(matter).get_latest_revision_as_object().title == "又一稿"
    assert CommentReply.objects.count() == 0


def test_a_comment_of_another_matter_is_not_touched(bureau, matter):
    made = commented(bureau, matter)
    other = draft_matter(bureau.licensing, author=bureau.liaison, title="另一事项")
    Editor(bureau.liaison, other).save(title="又一稿", **kept(made, **{"comments-0-text": "改"}))
    assert (standing(made), Comment.objects.count()) == ((WORDS, "liaison", None), 1)
