"""A matter that a reader may not read changes nothing of what the reader can see, on either engine."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intranet.access.sharing import revoke
from intranet.disclosure.models import Category, CategoryTerms, MatterPage
from intranet.disclosure.sections import section_for
from intranet.organisation.models import Post
from intranet.publication.release import release_imported
from intranet.publication.withdrawal import withdraw
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.embedded.engine import EmbeddedEngine
from tests.factories import PostFactory, approve, attach, draft_matter, fresh, live_matter, name_reader, submit
from tests.hall.cases import Hall
from tests.search.leaks.conftest import CHANGING, NUMBER, PROBES, TITLE, WORD, secret, seen_by, write_index


@pytest.fixture
def bureau(background):
    return background


def test_a_matter_of_the_leading_group(bureau, nothing_changes):
    with nothing_changes(None, bureau.cadre, bureau.liaison):
        secret(bureau)
        write_index()


def test_a_matter_of_another_department(bureau, nothing_changes):
    with nothing_changes(None, bureau.cadre2):
        secret(bureau, visibility="department")
        write_index()


def test_a_matter_of_the_bureau(bureau, nothing_changes):
    with nothing_changes(None):
        secret(bureau, visibility="staff")
        write_index()


def test_a_case_at_the_hall(bureau, nothing_changes):
    hall = Hall(bureau)
    with nothing_changes(None, hall.clerk):
        hall.received(subject=TITLE, name=f"{WORD}矿业公司")
        write_index()


def test_the_text_of_its_attachment(bureau, nothing_changes):
    with nothing_changes(None, bureau.cadre):
        matter = secret(bureau)
        attach(matter, f"{WORD}附件".encode())
        release_imported(fresh(matter), by=None, reason="test")
        write_index()


def test_a_draft(bureau, nothing_changes):
    with nothing_changes(None, bureau.liaison):
        draft_matter(bureau.licensing, title=TITLE, document_number=NUMBER, author=bureau.liaison)
        write_index()


def test_what_is_under_review(bureau, nothing_changes):
    with nothing_changes(None, bureau.cadre, bureau.office):
        matter = draft_matter(bureau.licensing, title=TITLE, document_number=NUMBER, author=bureau.liaison)
        submit(matter, by=bureau.liaison)
        approve(fresh(matter), by=bureau.reviewer)
        write_index()


def test_the_draft_of_a_live_matter_under_review(bureau, nothing_changes):
    live = live_matter(bureau.licensing, title="采石场检查通知")
    write_index()
    with nothing_changes(None, bureau.cadre):
        draft = fresh(live)
        draft.title, draft.summary, draft.document_number = TITLE, f"{WORD}的情况", NUMBER
        draft.save_revision(user=bureau.liaison)
        submit(fresh(live), by=bureau.liaison)
        write_index()


def test_the_file_of_the_draft_of_a_live_matter_under_review(bureau, nothing_changes):
    live = live_matter(bureau.licensing, title="采石场检查通知")
    write_index()
    with nothing_changes(None, bureau.cadre):
        attach(fresh(live), f"{WORD}附件".encode(), name=f"{WORD}.txt", title=f"{WORD}附件")
        submit(fresh(live), by=bureau.liaison)
        write_index()


def test_what_is_approved_for_a_later_moment(bureau, nothing_changes):
    with nothing_changes(None, bureau.cadre):
        later = timezone.now() + timedelta(days=1)
        matter = draft_matter(bureau.licensing, title=TITLE, author=bureau.liaison, go_live_at=later)
        submit(matter, by=bureau.liaison)
        approve(fresh(matter), by=bureau.reviewer)
        approve(fresh(matter), by=bureau.head)
        write_index()


@pytest.mark.parametrize("is_written", [True, False], ids=["index written", "worker stopped"])
def test_an_expired_matter(bureau, nothing_changes, is_written):
    with nothing_changes(None, bureau.cadre):
        matter = live_matter(bureau.licensing, title=TITLE, expire_at=timezone.now() + timedelta(seconds=2))
        write_index()
        MatterPage.objects.filter(pk=matter.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
        if is_written:
            fresh(matter).save()
            write_index()
        else:
            time.sleep(2.5)  # the engine has its own copy of the last moment


def test_a_withdrawn_matter(bureau, nothing_changes):
    with nothing_changes(None, bureau.cadre):
        matter = live_matter(bureau.licensing, title=TITLE, document_number=NUMBER)
        write_index()
        withdraw(fresh(matter), by=bureau.head, reason="更正")
        write_index()


def test_a_share_that_was_ended(bureau, nothing_changes):
    matter = secret(bureau)
    write_index()
    with nothing_changes(bureau.cadre2):
        name_reader(matter, bureau.cadre2, by=bureau.head)
        write_index()
        revoke(matter.as_matter(), of=bureau.cadre2, by=bureau.head)
        write_index()


def test_what_is_shared_with_a_group_that_the_reader_has_left(bureau, nothing_changes):
    party = Group.objects.create(name="党支部")
    with nothing_changes(bureau.cadre2):
        matter = secret(bureau)
        name_reader(matter, party, by=bureau.head)
        party.user_set.add(bureau.cadre2)
        write_index()
        party.user_set.remove(bureau.cadre2)


def test_a_category_that_was_narrowed(bureau, nothing_changes):
    terms = CategoryTerms.objects.get(category__code="N10")
    with nothing_changes(None, bureau.cadre):
        secret(bureau, category="N10", visibility="staff")
        write_index()
        terms.widest_audience = "leaders"
        terms.save()
        write_index()


def test_a_draft_that_was_moved_to_another_department(bureau, nothing_changes):
    with nothing_changes(None, bureau.cadre, bureau.cadre2):
        matter = draft_matter(bureau.licensing, title=TITLE, author=bureau.liaison)
        matter.move(section_for(bureau.finance, Category.objects.get(code="E2")), pos="last-child")
        write_index()


def test_what_was_moved_to_another_department(bureau, nothing_changes):
    with nothing_changes(None, bureau.cadre):
        matter = secret(bureau, visibility="department")
        write_index()
        withdraw(fresh(matter), by=bureau.head, reason="更正")
        moved = fresh(matter)
        moved.move(section_for(bureau.finance, moved.category), pos="last-child")
        release_imported(fresh(matter), by=None, reason="test")
        assert WORD not in str(seen_by(bureau.cadre)["json 烟花爆竹"]), "while the worker is stopped"
        write_index()
        assert WORD in str(seen_by(bureau.cadre2)["json 烟花爆竹"])


def test_what_an_ended_post_gave(bureau):
    secret(bureau, visibility="department")
    write_index()
    assert WORD in str(seen_by(bureau.cadre))
    bureau.cadre.posts.update(ends_on=timezone.localdate() - timedelta(days=1))
    as_visitor = {name: seen for name, seen in seen_by(None).items() if name.startswith(("json", "suggestions"))}
    as_former = seen_by(bureau.cadre)
    assert {name: as_former[name] for name in as_visitor} == as_visitor


def test_what_the_former_department_has(bureau):
    secret(bureau, visibility="department")
    write_index()
    bureau.cadre.posts.update(ends_on=timezone.localdate() - timedelta(days=1))
    PostFactory(person=bureau.cadre, department=bureau.finance, kind=Post.Kind.MEMBER)
    colleague, mover = seen_by(bureau.cadre2), seen_by(bureau.cadre)
    names = [name for name in colleague if name.startswith(("json", "suggestions"))]
    assert {name: mover[name] for name in names} == {name: colleague[name] for name in names}


@pytest.mark.parametrize("end", ["withdrawn", "unshared", "narrowed", "expired", "post ended", "taken down"])
def test_while_the_worker_is_stopped_its_word_is_nowhere(bureau, end):
    matter = secret(bureau, category="N10", visibility="staff" if end == "narrowed" else "leaders")
    attach(matter, f"{WORD}附件".encode(), name=f"{WORD}.txt")
    release_imported(fresh(matter), by=None, reason="test")
    name_reader(matter, bureau.cadre2, by=bureau.head)
    write_index()
    assert WORD in str(seen_by(bureau.cadre2)["json 烟花爆竹"])
    match end:
        case "withdrawn":
            withdraw(fresh(matter), by=bureau.office, reason="更正")
        case "unshared":
            revoke(matter.as_matter(), of=bureau.cadre2, by=bureau.head)
        case "narrowed":
            CategoryTerms.objects.filter(category__code="N10").update(widest_audience="leaders")
        case "post ended":
            bureau.cadre2.posts.update(ends_on=timezone.localdate() - timedelta(days=1))
        case "taken down":
            MatterPage.objects.filter(pk=matter.pk).update(live=False)
        case "expired":
            MatterPage.objects.filter(pk=matter.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    told = {}
    for name, seen in seen_by(bureau.cadre2).items():
        text = str({**seen, "query": ""}) if name.startswith("json") else str(seen)
        if not name.startswith("/search/") and WORD in text:
            told[name] = text
    assert told == {}


@pytest.mark.parametrize("narrowed", [{"department": "finance"}, {"type": "plan", "year": "1999"}, {"page": "2"}])
def test_while_the_worker_is_stopped_no_number_tells_of_it(bureau, client, narrowed):
    def numbers():
        params = {"q": f"{WORD}花店", **narrowed}
        answer = client.get("/api/search/", params).json()
        page = CHANGING.sub("", client.get("/search/", params).text)
        return {name: answer[name] for name in ("total", "pages", "facets", "suggestion")}, page

    before = numbers()
    matter = live_matter(bureau.licensing, title=TITLE)
    write_index()
    assert numbers() != before
    MatterPage.objects.filter(pk=matter.pk).update(visibility="leaders")
    assert numbers() == before


def test_the_time_of_an_answer_is_told_in_coarse_steps(bureau, client):
    assert client.get("/api/search/?q=烟花爆竹").json()["took_ms"] % 50 == 0


def test_an_answer_is_no_more_work_for_what_is_not_theirs(bureau, client, monkeypatch):
    """What time is made of: questions to the engine and to the database."""
    asked = []
    for engine, name in ((EmbeddedEngine, "search"), (ElasticsearchEngine, "_found")):
        ask = getattr(engine, name)
        monkeypatch.setattr(engine, name, lambda *args, _ask=ask, **kw: asked.append(args) or _ask(*args, **kw))

    def work():
        done = {}
        for text in PROBES:
            asked.clear()
            with CaptureQueriesContext(connection) as queries:
                client.get("/api/search/", {"q": text})
            done[text] = (len(asked), len(queries))
        return done

    work()
    before = work()
    secret(bureau)
    write_index()
    work()
    assert work() == before
