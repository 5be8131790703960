"""Administrative acts: a natural person is masked, the basis names law and article, relief has a time limit.

Source: Regulations on Open Government Information (2019), articles 15 and 20; Administrative Penalty Law (2021),
article 48; Administrative Reconsideration Law (2023), article 20.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from intranet.access.audience import Audience
from intranet.disclosure.models import MatterPage
from intranet.disclosure.particulars.acts import Acts
from intranet.disclosure.particulars.form import rows_of
from intranet.disclosure.particulars.forms import stored_form
from intranet.publication.scrutiny.finding import Finding, Weight

MASKED = re.compile(r"[某*＊×xX〇○]")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_SEPARATORS = re.compile(r"[、，,；;\s]+|[和与及](?=[\u4e00-\u9fff]{2,4}$)")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{2,6}·[\u4e00-\u9fff]{2,6}")
_OF_AN_ORGANISATION = (
    "公司", "企业", "集团", "厂", "矿", "矿山", "站", "店", "场", "社", "局", "所", "部", "院", "校", "中心", "协会",
    "政府", "委", "委员会", "队", "科", "股", "室", "馆", "行", "库", "园", "户", "单位", "人员", "当事人", "负责人",
    "法人", "职工", "干部", "同志",
)  # fmt: skip
_ARTICLE = re.compile(r"第[0-9一二三四五六七八九十百千零〇]+条")
_LIMIT = re.compile(r"[0-9一二三四五六七八九十两]+\s*(?:个)?(?:工作)?(?:日|天|月|年)")


def persons_named(text: str) -> list[str]:
    """What reads as the full Chinese name of a natural person, nothing of it masked.

    A short name of an organisation may read so too: whoever looks at it decides.
    """
    parts = (part.strip() for part in _SEPARATORS.split(_ASIDE.sub("", text)))
    return [
        part
        for part in parts
        if _NAME.fullmatch(part) and not MASKED.search(part) and not part.endswith(_OF_AN_ORGANISATION)
    ]


def parties(draft: MatterPage) -> Iterator[Finding]:
    """One warning with all the parties of a public matter that read as full names."""
    if draft.visibility != Audience.PUBLIC:
        return
    named = [name for party in _texts_of(draft, "party") for name in persons_named(party)]
    if named:
        words = _("Is this a natural person? Mask the name, like 李*: the act is disclosed, not the person.")
        shown = "、".join(f"{name[0]}…" for name in dict.fromkeys(named))
        yield Finding(Weight.WARNING, words, "parties", quoted=shown)


def bases_and_relief(draft: MatterPage) -> Iterator[Finding]:
    """Warnings for a basis without an article, and for relief without a time limit, of the acts of E6."""
    if draft.category.code not in Acts.categories:
        return
    if without := [text for text in _texts_of(draft, "basis") if not _ARTICLE.search(text)]:
        words = _("The basis names no article: say which law and which article of it.")
        yield Finding(Weight.WARNING, words, "parties", quoted=without[0][:60])
    if without := [text for text in _texts_of(draft, "relief") if not _LIMIT.search(text)]:
        words = _("The relief names no time limit: say within how many days or months, and where.")
        yield Finding(Weight.WARNING, words, "parties", quoted=without[0][:60])


def _texts_of(draft: MatterPage, name: str) -> Iterator[str]:
    """What the matter says under this name: in a field of its type, and in the rows of its form."""
    values = [getattr(draft, name, "")]
    if filled := stored_form(draft):
        values += [row.get(name) or "" for row in rows_of(filled.value)]
    yield from (str(value) for value in values if value)
