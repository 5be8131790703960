"""The synonyms that a portal begins with. A migration writes them once; from then on they are the office's.

Words, what else is looked for (nothing: they are equal among themselves), and why. `python -m bench.relevance` asks
with these: no kind of query loses by them.
"""

from collections.abc import Iterator

EQUAL = (
    ("工伤 工伤保险", "同一制度的全称与简称"),
    ("举报 投诉", "群众不区分两词，文件中也并用"),
    ("安监局 安全生产监督管理局 应急管理局", "机构的简称、全称和改革后的名称"),
    ("危化品 危险化学品", "行业简称与法定名称"),
    ("安责险 安全生产责任保险", "行业简称与法定名称"),
    ("采石场 石料厂", "同一类企业的两种叫法"),
)
ONE_WAY = (
    ("执照", "许可证", "群众把许可证叫执照"),
    ("办证", "许可", "群众把申请许可叫办证"),
    ("煤窑", "煤矿", "旧称"),
    ("鞭炮 炮仗", "烟花爆竹", "口头说法与法定名称"),
    ("罚钱", "行政处罚", "口头说法"),
    ("续期", "延期", "许可证到期继续办理，文件称延期"),
    ("老板", "主要负责人", "口头说法与法定称谓"),
    ("安全员", "安全生产管理人员", "岗位俗称与法定称谓"),
    ("出事", "事故", "口头说法"),
    ("上访", "信访", "口头说法与法定称谓"),
)
LEFT_ALONE = (("营业执照", "由市场监管部门核发，不是许可证"),)


def entries() -> Iterator[tuple[str, list[str]]]:
    """Each word with what is also looked for where it is asked."""
    for words, _why in EQUAL:
        for word in words.split():
            yield word, [other for other in words.split() if other != word]
    for words, others, _why in ONE_WAY:
        for word in words.split():
            yield word, others.split()
    for words, _why in LEFT_ALONE:
        for word in words.split():
            yield word, []
