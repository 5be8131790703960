"""What a regulation's page, the lists and the index say of its validity, to each reader what they may know."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from intranet.disclosure.models import MatterPage, RegulationRelation
from intranet.disclosure.search import adapter, key_of
from intranet.disclosure.validity.reading import validity_on
from intranet.publication.release import release_imported
from intranet.publication.withdrawal import withdraw
from search.consistency import check
from search.models import IndexTask
from search.outbox import enqueue_overtaken
from search.worker import drain
from tests.factories import Bureau, draft_matter, fresh, live_matter

pytestmark = pytest.mark.django_db

OLD, NEW = "旧办法", "新办法"


@pytest.fixture
def bureau(settings, tmp_path) -> Bureau:
    settings.SEARCH_URL = f"embedded:///{tmp_path}/index"
    return Bureau()


@pytest.fixture
def old(bureau):
    return live_matter(bureau.licensing, title=OLD, effective_from=date(2000, 1, 1), author=bureau.liaison)


def bearing(bureau, target, *, kind="repeals", since=date(2007, 6, 1), **attributes):
    matter = draft_matter(bureau.licensing, title=NEW, effective_from=since, **attributes)
    matter.relations.add(RegulationRelation(kind=kind, target=target))
    matter.save_revision()
    release_imported(matter, by=None, reason="test")
    return fresh(matter)


def indexed(matter) -> str:
    (found,) = adapter.documents({key_of(matter.pk): 1})
    return found.validity


def asked(client, matter, day) -> str:
    return client.get(matter.url, {"on": day}).context["life"].answer.words


def test_a_draft_repeals_nothing(bureau, old):
    draft = draft_matter(bureau.licensing, title=NEW, effective_from=date(2007, 6, 1))
    draft.relations.add(RegulationRelation(kind="repeals", target=old))
    draft.save_revision()
    assert old.validity_today == "in_force"


def test_a_live_one_repeals_from_its_day_of_effect_on(bureau, old):
    bearing(bureau, old)
    assert [validity_on(old, date(2007, 5, 31)).validity, validity_on(old, date(2007, 6, 1)).validity] == [
        "in_force",
        "repealed",
    ]


def test_one_that_is_withdrawn_repeals_no_more(bureau, old):
    withdraw(bearing(bureau, old), by=bureau.head, reason="有误")
    assert fresh(old).validity_today == "in_force"


@pytest.mark.parametrize("change", [{"ending": "retention"}, {"expired": True}], ids=["by its term", "by its last day"])
def test_one_whose_disclosure_has_ended_still_repeals_and_is_named_to_nobody(bureau, client, old, change):
    MatterPage.objects.filter(pk=bearing(bureau, old).pk).update(live=False, **change)
    words = asked(client, old, "2008-01-01")
    assert (fresh(old).validity_today, words.startswith("No"), NEW in words) == ("repealed", True, False)


def test_the_page_answers_for_a_day_with_the_reason(bureau, client, old):
    bearing(bureau, old)
    words = asked(client, old, "2008-01-01")
    assert words.startswith("No")
    assert NEW in words
    assert "2007" in words


def test_the_page_answers_yes_for_a_day_before(bureau, client, old):
    bearing(bureau, old)
    assert asked(client, old, "2007-05-31").startswith("Yes")


def test_a_day_that_is_none_is_named_as_wrong(client, old):
    response = client.get(old.url, {"on": "yesterday"})
    assert "2007-06-01" in response.content.decode()
    assert response.context["life"].answer is None


def test_what_stands_in_its_place_is_linked_on_top(bureau, client, old):
    new = bearing(bureau, old)
    life = client.get(old.url).context["life"]
    assert (life.successor.matter.pk, life.successor.lies_ahead) == (new.pk, False)


def test_a_repeal_that_lies_ahead_is_told_and_leaves_it_in_force(bureau, client, old):
    bearing(bureau, old, since=timezone.localdate() + timedelta(days=5))
    life = client.get(old.url).context["life"]
    assert (life.successor.lies_ahead, life.today.validity) == (True, "in_force")


def test_a_regulation_for_the_bureau_alone_does_not_tell_the_public_that_it_repeals(bureau, client, old):
    bearing(bureau, old, visibility="staff")
    text = client.get(old.url, {"on": "2008-01-01"}).content.decode()
    assert (NEW in text, fresh(old).validity_today) == (False, "in_force")


@pytest.mark.parametrize("kind", ["repeals", "amends", "implements"])
def test_a_relation_is_shown_on_both_pages(bureau, client, old, kind):
    new = bearing(bureau, old, kind=kind)
    both = [[relation.matter.pk for relation in client.get(page.url).context["relations"]] for page in (old, new)]
    assert both == [[new.pk], [old.pk]]


def test_the_index_follows_a_repeal_at_once(bureau, old):
    drain()
    bearing(bureau, old)
    task = IndexTask.objects.get(key=key_of(old.pk))
    assert (task.version > task.written_version, indexed(old)) == (True, "repealed")


def test_the_index_follows_the_withdrawal_of_what_repealed(bureau, old):
    new = bearing(bureau, old)
    drain()
    withdraw(new, by=bureau.head, reason="有误")
    task = IndexTask.objects.get(key=key_of(old.pk))
    assert (task.version > task.written_version, indexed(old)) == (True, "in_force")


def test_the_index_follows_the_calendar(bureau, old):
    bearing(bureau, old, since=timezone.localdate() + timedelta(days=2))
    drain()
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        enqueue_overtaken()
        task = IndexTask.objects.get(key=key_of(old.pk))
        assert (task.version > task.written_version, indexed(old)) == (True, "repealed")


def test_the_search_finds_it_among_the_repealed(bureau, client, old):
    bearing(bureau, old)
    drain()
    found = client.get("/api/search/", {"q": OLD, "validity": "repealed"}).json()["results"]
    assert [one["title"] for one in found] == [OLD]


def test_lists_say_what_is_repealed(bureau, client, old):
    bearing(bureau, old)
    text = client.get("/catalogue/E2/").content.decode()
    assert "tag--repealed" in text


def test_a_word_that_its_dates_do_not_bear_out_is_doubtful(bureau):
    from intranet.publication.scrutiny.checks import findings_in

    draft = draft_matter(bureau.licensing, validity="not_yet", effective_from=date(2001, 1, 1))
    found = [finding for finding in findings_in(draft, reader=bureau.liaison) if finding.kind == "dates"]
    assert any("in force" in finding.words for finding in found)


def test_the_index_and_the_database_agree_on_it(bureau, old):
    bearing(bureau, old)
    drain()
    assert [difference.altered for difference in check()] == [[]]
