"""From a change to a hit: the outbox, the worker and the door."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from intranet.access.tokens import tokens_of
from intranet.disclosure.models import CategoryTerms, MatterPage
from intranet.disclosure.search import adapter, key_of
from intranet.publication.withdrawal import withdraw
from search import worker
from search.consistency import check
from search.engines import main_engine
from search.models import IndexTask
from search.outbox import enqueue_overtaken
from search.query import SearchQuery
from search.rebuilding import rebuild
from search.results import find
from search.suggestions import suggestions
from search.worker import drain
from tests.factories import draft_matter, fresh, live_matter, name_reader


def titles(text, user=None, **params):
    query = SearchQuery.parse({"q": text, **params})
    return [result.card.title for result in find(query, user or AnonymousUser()).results]


def test_a_live_matter_is_found_once_the_outbox_is_drained(bureau):
    live_matter(bureau.licensing, title="烟花爆竹经营许可办法")
    drain()
    assert titles("烟花爆竹") == ["烟花爆竹经营许可办法"]


def test_a_draft_is_not_found(bureau):
    draft_matter(bureau.licensing, title="烟花爆竹经营许可办法", author=bureau.liaison)
    drain()
    assert titles("烟花爆竹", bureau.liaison) == []


def test_an_internal_matter_is_found_by_the_bureau(bureau):
    live_matter(bureau.licensing, category="N2", type_code="notice", title="会议制度执行情况", visibility="staff")
    drain()
    assert titles("会议制度", bureau.cadre2) == ["会议制度执行情况"]


def test_an_internal_matter_is_not_found_by_a_visitor(bureau):
    live_matter(bureau.licensing, category="N2", type_code="notice", title="会议制度执行情况", visibility="staff")
    drain()
    assert titles("会议制度") == []


def test_counts_do_not_tell_a_visitor_of_internal_matters(bureau):
    live_matter(bureau.licensing, category="N2", type_code="notice", title="会议制度执行情况", visibility="staff")
    drain()
    found = find(SearchQuery.parse({"q": "会议制度"}), AnonymousUser())
    assert (found.total, [value for values in found.facets.values() for value in values]) == (0, [])


def test_a_withdrawn_matter_is_found_no_more_although_the_index_lags(bureau):
    matter = live_matter(bureau.licensing, title="烟花爆竹经营许可办法")
    drain()
    withdraw(matter, by=bureau.head, reason="更正")
    found = find(SearchQuery.parse({"q": "烟花爆竹"}), AnonymousUser())
    assert (found.results, found.total, found.total_is_exact) == ([], 0, False)


def test_the_title_of_a_withdrawn_matter_is_suggested_no_more_although_the_index_lags(bureau):
    matter = live_matter(bureau.licensing, title="烟花爆竹经营许可办法")
    drain()
    withdraw(matter, by=bureau.head, reason="更正")
    assert suggestions("烟花", AnonymousUser()).titles == []


def test_the_title_of_a_withdrawn_matter_was_not_meant_although_the_index_lags(bureau):
    matter = live_matter(bureau.licensing, title="烟花爆竹经营许可办法")
    drain()
    slip = SearchQuery.parse({"q": "烟花爆竹经菅许可办发x"})
    assert find(slip, AnonymousUser()).suggestion == "烟花爆竹经营许可办法"
    withdraw(matter, by=bureau.head, reason="更正")
    assert find(slip, AnonymousUser()).suggestion == ""


def test_a_withdrawn_matter_becomes_a_tombstone(bureau):
    matter = live_matter(bureau.licensing)
    drain()
    withdraw(matter, by=bureau.head, reason="更正")
    drain()
    assert [deleted for _key, _version, deleted in main_engine().versions()] == [True]


def test_a_narrowed_category_hides_its_matters_at_once(bureau):
    live_matter(bureau.licensing, title="烟花爆竹经营许可办法")
    drain()
    CategoryTerms.objects.filter(category__code="E2").update(widest_audience="staff")
    assert titles("烟花爆竹") == []


def widen_from(day, category="N2"):
    """The category's terms end before the day, from which on it is the public's."""
    terms = CategoryTerms.objects.get(category__code=category)
    terms.valid_to = day - timedelta(days=1)
    terms.save()
    terms.pk, terms.valid_from, terms.valid_to, terms.widest_audience = None, day, None, "public"
    terms.save(force_insert=True)


def test_what_a_new_day_opens_is_found_once_the_calendar_was_read(bureau):
    matter = live_matter(bureau.licensing, category="N2", type_code="notice", title="会议制度", visibility="staff")
    MatterPage.objects.filter(pk=matter.pk).update(visibility="public")
    tomorrow = timezone.localdate() + timedelta(days=1)
    widen_from(tomorrow)
    drain()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert titles("会议制度") == []
        enqueue_overtaken()
        drain()
        assert titles("会议制度") == ["会议制度"]


def test_a_share_that_ran_out_is_not_counted_once_the_calendar_was_read(bureau):
    matter = live_matter(bureau.licensing, category="N2", type_code="notice", title="会议制度", visibility="leaders")
    name_reader(matter, bureau.cadre2, until=timezone.localdate())
    drain()
    asked = SearchQuery.parse({"q": "会议制度"})
    assert main_engine().search(asked, tokens_of(bureau.cadre2)).total == 1
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        enqueue_overtaken()
        drain()
        assert main_engine().search(asked, tokens_of(bureau.cadre2)).total == 0
        enqueue_overtaken()
        assert not IndexTask.objects.pending().exists()


def test_what_was_read_before_midnight_and_written_after_it_is_of_the_day_before(bureau, monkeypatch):
    matter = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="leaders")
    name_reader(matter, bureau.cadre2, until=timezone.localdate())
    midnight = timezone.localtime().replace(hour=23, minute=59, second=59)
    with time_machine.travel(midnight, tick=False) as clock:
        written = worker._write

        def slowly(documents):
            clock.shift(timedelta(seconds=5))
            return written(documents)

        monkeypatch.setattr(worker, "_write", slowly)
        drain()
        assert list(adapter.overtaken()) == [key_of(matter.pk)]


def test_the_calendar_changes_nothing_twice(bureau):
    live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff")
    widen_from(timezone.localdate() + timedelta(days=1))
    drain()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        enqueue_overtaken()
        drain()
        enqueue_overtaken()
        assert not IndexTask.objects.pending().exists()


def test_many_changes_of_one_matter_are_one_task(bureau):
    matter = live_matter(bureau.licensing)
    for _count in range(3):
        fresh(matter).save()
    assert IndexTask.objects.filter(key=f"matter:{matter.pk}").count() == 1


def test_a_change_that_is_rolled_back_leaves_no_task(bureau):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        live_matter(bureau.licensing)
        raise ZeroDivisionError
    assert not IndexTask.objects.exists()


def test_versions_grow_although_the_task_was_written(bureau):
    matter = live_matter(bureau.licensing)
    drain()
    before = IndexTask.objects.get().version
    fresh(matter).save()
    assert IndexTask.objects.get().version == before + 1


def test_check_finds_nothing_to_mend_after_a_rebuild(bureau):
    live_matter(bureau.licensing)
    draft_matter(bureau.licensing)
    rebuild()
    assert not any(check())


def test_check_finds_what_the_index_lacks(bureau):
    live_matter(bureau.licensing)
    rebuild()
    MatterPage.objects.all()
    live_matter(bureau.licensing, title="另一件")
    assert [len(difference.missing) for difference in check()] == [1]


def test_repair_mends_what_check_found(bureau):
    rebuild()
    live_matter(bureau.licensing, title="烟花爆竹经营许可办法")
    assert not any(check(repair=True))
    assert titles("烟花爆竹") == ["烟花爆竹经营许可办法"]


@pytest.mark.parametrize(
    "text",
    [
        "甘安监〔2007〕138号",
        "甘安监[2007]138号",
        "甘安监(2007)138",
        "甘安监（２００７）１３８号",
        "甘安監〔2007〕138號",
    ],
)
def test_a_document_number_is_found_in_every_writing(bureau, text):
    live_matter(bureau.licensing, title="关于开展检查的通知", document_number="甘安监〔2007〕138号")
    live_matter(bureau.licensing, title="别的通知", document_number="甘安监〔2007〕139号")
    drain()
    assert titles(text)[0] == "关于开展检查的通知"


@pytest.mark.parametrize("text", ["矿", "矿山", "非煤矿山", "非煤礦山"])
def test_chinese_is_found_by_one_two_or_more_characters_in_either_script(bureau, text):
    live_matter(bureau.licensing, title="非煤矿山检查")
    drain()
    assert titles(text) == ["非煤矿山检查"]


def test_english_is_found_by_stem(bureau):
    live_matter(bureau.licensing, title="Licensing of mines", language="en")
    drain()
    assert titles("licensed mine") == ["Licensing of mines"]


@pytest.mark.parametrize("text", ["བདེ་འཇགས", "བདེ་འཇགས་", "བདེ་འཇགས།"])
def test_tibetan_is_found_by_phrase_with_or_without_closing_marks(bureau, text):
    live_matter(bureau.licensing, title="ཐོན་སྐྱེད་བདེ་འཇགས་ཀྱི་སྒྲིག་ཡིག", language="bo")
    drain()
    assert titles(text) == ["ཐོན་སྐྱེད་བདེ་འཇགས་ཀྱི་སྒྲིག་ཡིག"]
