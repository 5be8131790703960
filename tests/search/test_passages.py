"""A found passage says where it stands: in which article, below which heading, on which page of a file."""

from io import BytesIO

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from intranet.publication.release import release_imported
from search.document import Section
from search.engines import main_engine
from search.passages import Passage, page_of, placed
from search.worker import drain
from tests.factories import attach, draft_matter, live_matter

ARTICLES = [
    Section("article-第一条", "第一条", "为了加强烟花爆竹安全管理，预防爆炸事故，制定本办法。"),
    Section("article-第二条", "第二条", "零售网点不得与居住场所设置在同一建筑物内。"),
]


@pytest.mark.parametrize(
    ("html", "place"),
    [
        ("…预防<mark>爆炸事故</mark>，制定本办法。", "第一条"),
        ("第二条 <mark>零售网点</mark>不得与居住场所", "第二条"),
        ("事故，制定本办法。 第二条 <mark>零售网点</mark>不得…", "第二条"),
        ("…制定<mark>本办法</mark>。 第二条 零售网点不得与居住场所设置…", "第一条"),
        ("<mark>零售網點</mark>不得與居住場所", "第二条"),
        ("<mark>别处</mark>的文字", ""),
        ("没有标记", ""),
    ],
)
def test_an_excerpt_is_placed_by_what_is_marked(html, place):
    assert [passage.heading for passage in placed([html], ARTICLES)] == [place]


@pytest.mark.parametrize("html", ["第二条 <mark>零售网点</mark>不得", "…第二条 <mark>零售网点</mark>不得"])
def test_the_number_is_not_said_twice(html):
    passages = placed([html], ARTICLES)
    assert passages == [Passage("<mark>零售网点</mark>不得", "第二条", "article-第二条")]


@pytest.mark.parametrize(("text", "page"), [("甲\f乙烟花\f丙", 2), ("甲烟花乙", None), ("甲\f乙", None)])
def test_a_page_is_counted_where_there_are_pages(text, page):
    assert page_of("…<mark>烟花</mark>", text) == page


def published(matter):
    matter.save_revision()
    release_imported(matter, by=None, reason="test")
    drain()
    main_engine().refresh()


@pytest.fixture
def regulation(engine_in_service, bureau):
    matter = draft_matter(bureau.licensing, title="零售管理办法")
    matter.body = [
        ("article", {"number": article.heading, "text": f"<p>{article.text}</p>"}) for article in ARTICLES
    ]  # fmt: skip
    published(matter)
    return matter


def test_the_page_of_results_leads_to_the_article(regulation, client):
    page = client.get("/search/?q=居住场所").text
    assert f'href="{regulation.url}#article-第二条">第二条</a>' in page


def test_the_article_is_at_the_address_that_the_results_lead_to(regulation, client):
    assert 'id="article-第二条"' in client.get(regulation.url).text


def test_the_json_names_the_article(regulation, client):
    passages = client.get("/api/search/?q=居住场所").json()["results"][0]["passages"]
    assert [(passage["heading"], passage["anchor"]) for passage in passages] == [("第二条", "article-第二条")]


def test_a_regulation_with_many_matching_articles_is_one_result(regulation, client):
    assert client.get("/api/search/?q=烟花爆竹 居住场所").json()["total"] == 1


def pdf(*pages: str) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = BytesIO()
    canvas = Canvas(buffer)
    for text in pages:
        canvas.setFont("STSong-Light", 14)
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_a_match_in_a_pdf_leads_to_its_page(engine_in_service, bureau, client):
    matter = live_matter(bureau.licensing, title="检查通知")
    document = attach(matter, pdf("第一页说明", "第二页登记采石场名单", "第三页"), name="a.pdf", title="附表")
    published(matter)
    attachment = client.get("/api/search/?q=采石场名单").json()["results"][0]["attachment"]
    assert attachment == {"title": "附表", "url": f"{document.url}#page=2"}
