"""What people paste from Word, WPS and Excel, as it is kept and as its readers get it.

The clipboards beside this file are what these programs put there, shortened.
"""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.factories import draft_matter, fresh

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CLIPBOARDS = Path(__file__).parent / "clipboard"
PASTE = """(target, html) => {
  const carried = new DataTransfer();
  carried.setData('text/html', html);
  carried.setData('text/plain', new DOMParser().parseFromString(html, 'text/html').body.innerText);
  target.dispatchEvent(new ClipboardEvent('paste', {clipboardData: carried, bubbles: true, cancelable: true}));
}"""
HANDED_OVER = """() => {
  const begins = document.querySelector('.public-DraftEditor-content').innerText.trim().slice(0, 4);
  const held = [...document.querySelectorAll('input[name^=body-][name$=-value]')].map(each => each.value);
  return begins !== '' && !begins.startsWith('旧文') && held.some(value => value.includes(begins));
}"""
"""Whether the form has what the editor shows, which it is given a moment later; as sent, it has letters by number."""
EMPTY_TABLE = {
    "data": [["", "", ""], ["", "", ""], ["", "", ""]],
    "table_header_choice": "row",
    "table_caption": "电话",
}


@pytest.fixture
def edit(visit, bureau):
    """Open a draft with this body in the editor of its author."""

    def opened(body):
        matter = draft_matter(bureau.licensing, author=bureau.liaison, body=[body])
        return matter, visit(f"/admin/pages/{matter.pk}/edit/", bureau.liaison)

    return opened


def clipboard(name):
    return (CLIPBOARDS / f"{name}.html").read_text()


def save(page):
    with page.expect_navigation():
        page.click("button.action-save")


def newest(matter):
    return fresh(matter).get_latest_revision().content


def kept(matter):
    """The first block of the newest version, as it is stored."""
    return json.loads(newest(matter)["body"])[0]["value"]


def paste_into_text(page, name):
    text = page.locator(".public-DraftEditor-content").first
    text.click()
    page.keyboard.press("Control+A")
    page.wait_for_function("getSelection().toString().includes('旧文')")
    text.evaluate(PASTE, clipboard(name))
    page.wait_for_function(HANDED_OVER)


def paragraphs(html):
    """Rich text without the keys that the editor gives its blocks."""
    soup = BeautifulSoup(html, "html.parser")
    for block in soup.find_all(attrs={"data-block-key": True}):
        del block["data-block-key"]
    return [str(each) for each in soup]


def shown(page, matter):
    """What its readers will see of the body."""
    page.goto(f"{page.url.partition('/admin/')[0]}/admin/pages/{matter.pk}/view_draft/")
    return page.locator("main")


FROM_WORD = [
    "<p><b>关于开展烟花爆竹安全检查的通知</b></p>",
    "<p>根据《烟花爆竹安全管理条例》（国务院令第455号），现就２０２６年“春节”前检查的有关事项通知如下：</p>",
    "<ul><li>零售点的许可证；</li><li>仓库的消防设施。</li></ul>",
    "<ol><li>检查前先通知，不得收费。</li></ol>",
    "<p>（一） 各县市于３月１日前报送总结。</p>",
    "<p>联系电话：0941-8212345，零宽；软连字符；不换行 空格。<br/>传真同上。</p>",
    "<p>བོད་ཡིག་གི་ཡིག་ཆ།</p>",
    '<p><a href="https://www.gov.cn/zhengce/">国务院政策文件库</a></p>',
    "<p>甘南藏族自治州应急管理局</p>",
]


def test_text_from_word_is_kept_without_rubbish(edit):
    matter, page = edit(("paragraph", "<p>旧文</p>"))
    paste_into_text(page, "word")
    assert page.get_by_text("Pictures of the pasted text were left out").count() == 1
    save(page)
    assert paragraphs(kept(matter)) == FROM_WORD
    body = shown(page, matter)
    assert body.get_by_role("listitem").filter(has_text="仓库的消防设施。").count() == 1
    assert not set(body.inner_text()) & set("\u3000\u200b\u00ad\u00a0\ufeff")


def test_text_from_wps_is_kept_without_rubbish(edit):
    matter, page = edit(("paragraph", "<p>旧文</p>"))
    paste_into_text(page, "wps")
    assert page.get_by_text("Pictures of the pasted text were left out").count() == 0
    save(page)
    assert paragraphs(kept(matter)) == [
        "<p><b>预算公开情况说明</b></p>",
        "<p>一、收入１２３４.56万元，支出与上年持平。</p>",
        "<ul><li>基本支出</li><li>项目支出</li></ul>",
        "<p>二、“三公”经费只减不增。</p>",
    ]


def test_a_title_is_kept_without_what_cannot_be_seen(edit):
    matter, page = edit(("paragraph", "<p>旧文</p>"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", "\ufeff　关于开展\u200b安全\u00ad检查的通知\u00a0")
    page.focus("input[name=title]")
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+V")
    save(page)
    assert newest(matter)["title"] == "关于开展安全检查的通知"
    assert shown(page, matter).locator("h1").inner_text() == "关于开展安全检查的通知"


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (
            "excel",
            [["科室", "电话", "备   注"], ["办公室", "0941-8212345", "２４小时"], ["许可科", "0941-8213456", ""]],
        ),
        ("word-table", [["科室", "电话", ""], ["　　办公室", "0941-8212345", ""], ["", "", ""]]),
    ],
)
def test_cells_from_a_table_are_kept_without_rubbish(edit, name, rows):
    matter, page = edit(("table", EMPTY_TABLE))
    page.locator(".handsontable td").first.click()
    page.wait_for_function("document.activeElement.classList.contains('handsontableInput')")
    page.evaluate(f"html => ({PASTE})(document.activeElement, html)", clipboard(name))
    page.wait_for_function("document.querySelector('.handsontable').innerText.includes('8212345')")
    save(page)
    assert kept(matter)["data"] == rows
    table = shown(page, matter).get_by_role("table", name="电话")
    headers = [" ".join(cell.split()) for cell in rows[0] if cell]
    assert table.get_by_role("columnheader").all_inner_texts() == headers
