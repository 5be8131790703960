"""What is offered while somebody types, as the outside face tells it."""

import pytest
from django.utils import timezone

from intranet.disclosure.models import Category
from intranet.publication.withdrawal import withdraw
from search import suggestions as suggesting
from search.engines import main_engine
from search.worker import drain
from tests.factories import fresh, live_matter

TITLE = "烟花爆竹经营许可办法"


@pytest.fixture
def matter(engine_in_service, bureau):
    matter = live_matter(bureau.licensing, title=TITLE, document_number="甘安监〔2007〕138号")
    written()
    return matter


def written() -> None:
    drain()
    main_engine().refresh()


def ask(client, typed, language="zh-hans"):
    return client.get("/api/search/suggest", {"q": typed}, headers={"accept-language": language}).json()


def offered(client, typed, **options):
    return [(item["kind"], item["text"]) for item in ask(client, typed, **options)["items"]]


@pytest.mark.parametrize(
    ("typed", "marked"),
    [("烟花", ["", "烟花", "爆竹经营许可办法"]), ("jingyingxuke", ["烟花爆竹", "经营许可", "办法"]),
     ("yhbz", ["", "烟花爆竹", "经营许可办法"]), ("煙花", ["", "烟花", "爆竹经营许可办法"])],
)  # fmt: skip
def test_a_title_leads_to_its_matter_with_what_agrees_marked(client, matter, typed, marked):
    item = ask(client, typed)["items"][0]
    assert (item["kind"], item["text"], item["url"], item["marked"]) == ("title", TITLE, matter.url, marked)


@pytest.mark.parametrize("typed", ["甘安监〔2007〕1", "gaj2007"])
def test_a_document_number_leads_to_its_matter_and_names_it(client, matter, typed):
    item = ask(client, typed)["items"][0]
    assert (item["kind"], item["text"], item["url"], item["note"]) == (
        "number", "甘安监〔2007〕138号", matter.url, TITLE
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["专项资金", "zhuanxiangzijin", "zxzj"])
def test_a_category_leads_to_its_page(client, bureau, typed):
    item = next(item for item in ask(client, typed)["items"] if item["kind"] == "category")
    assert (item["url"], item["marked"][1]) == ("/catalogue/E5/", "专项资金")


@pytest.mark.parametrize("typed", ["财务", "caiwu", "ghcwk"])
def test_a_department_leads_to_its_page(client, bureau, typed):
    assert ("department", "规划财务科") in offered(client, typed)


def test_a_name_in_another_language_is_known_too(client, bureau):
    assert ("department", "规划财务科") in offered(client, "Department fin")


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "1 条建议"), ("en", "1 suggestion")])
def test_how_many_there_are_is_said_in_the_readers_language(client, bureau, language, words):
    assert ask(client, "caiwuke", language=language)["status"] == words


def test_no_more_than_ten_are_shown_and_no_kind_fills_the_list(client, bureau):
    for number in range(12):
        live_matter(bureau.licensing, title=f"财务收支情况{number}")
    written()
    kinds = [kind for kind, _text in offered(client, "财务")]
    assert (len(kinds) <= suggesting.MOST, kinds.count("title"), "department" in kinds) == (True, 5, True)


@pytest.mark.parametrize("typed", ["", " ", "!?", "\x00", "a" * 500])
def test_odd_text_is_answered(client, bureau, typed):
    assert ask(client, typed)["suggestions"] == []


# Frequent queries


@pytest.fixture
def asked_often(monkeypatch):
    monkeypatch.setattr(suggesting, "frequent_queries", lambda limit: ["烟花爆竹", "许可证延期"][:limit])


@pytest.mark.parametrize("typed", ["许可", "xukezh", "xkz"])
def test_what_visitors_often_look_for_leads_to_its_results(client, bureau, asked_often, typed):
    item = next(item for item in ask(client, typed)["items"] if item["kind"] == "query")
    assert item["url"].startswith("/search/?q=%E8%AE%B8")


def test_a_query_that_is_typed_already_is_not_offered(client, bureau, asked_often):
    assert ("query", "烟花爆竹") not in offered(client, "烟花爆竹")


# What is not the reader's


def test_an_internal_category_is_offered_to_the_bureau_alone(client, bureau):
    name = Category.objects.get(code="N2").name_zh
    as_visitor = offered(client, name)
    client.force_login(bureau.cadre)
    assert (("category", name) in as_visitor, ("category", name) in offered(client, name)) == (False, True)


@pytest.mark.parametrize("typed", ["鸢尾", "yuanwei", "甘安监密", "gajm"])
def test_what_may_not_be_read_changes_nothing(client, engine_in_service, bureau, typed):
    before = ask(client, typed)
    live_matter(bureau.licensing, category="N2", type_code="notice", title="鸢尾花店", visibility="leaders",
                document_number="甘安监密〔2026〕7号")  # fmt: skip
    written()
    as_visitor = ask(client, typed)
    client.force_login(bureau.leader)
    assert (as_visitor, [kind for kind, _text in offered(client, typed)] != []) == (before, True)


@pytest.mark.parametrize("typed", ["烟花", "yanhua", "甘安监"])
def test_what_was_withdrawn_is_offered_no_more_although_the_index_lags(client, matter, bureau, typed):
    withdraw(fresh(matter), by=bureau.head, reason="更正")
    kinds = {kind for kind, _text in offered(client, typed)}
    assert kinds & {"title", "number"} == set()


def test_a_title_that_has_changed_is_not_offered_as_it_was(client, matter):
    type(matter).objects.filter(pk=matter.pk).update(title="另一个", latest_revision_created_at=timezone.now())
    assert offered(client, "yanhua") == []
