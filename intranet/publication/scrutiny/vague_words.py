"""Words that tell nobody what to do: which law, which office, which paper, by when."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from intranet.disclosure.models import GuidePage, Language, MatterPage
from intranet.disclosure.vague_places import vague_places
from intranet.disclosure.wording import wording_of
from intranet.publication.scrutiny.finding import Finding, Weight
from search.normalisation import fold

NO_LAW = ("有关规定", "相关规定", "有关法律", "相关法律", "有关法规", "相关法规")
NO_OFFICE = ("有关部门", "相关部门", "有关单位", "相关单位")
NO_PAPER = ("其他材料", "其它材料", "有关材料", "相关材料", "有关证明", "相关证明", "必要的材料")
NO_TIME = ("尽快", "适时", "近期", "酌情", "视情况", "原则上", "一般情况下")
BANNED: dict[str, tuple[str, ...]] = {
    "guide": (*NO_LAW, *NO_OFFICE, *NO_PAPER, *NO_TIME),
    "result": NO_LAW,
    "notice": NO_TIME,
}
"""By type. A statute may refer to what other law provides; a guide is read by who stands at the window."""


def vague_words(draft: MatterPage) -> Iterator[Finding]:
    """An error with the places of a guide's conditions and materials, a warning with the words of a Chinese text."""
    asked = [draft.conditions, *(row.name for row in draft.materials.all())] if isinstance(draft, GuidePage) else []
    words = _("Say exactly what is meant: which law and article, which office, which paper, by which day.")
    if places := [place for text in asked for place in vague_places(text)]:
        yield Finding(Weight.ERROR, words, "vague_words", quoted="; ".join(places))
    if draft.language != Language.ZH_HANS:
        return
    text = fold("\n".join(part for part in wording_of(draft) if part not in asked))
    found = [word for word in BANNED.get(draft.type_code, ()) if word in text]
    if found:
        yield Finding(Weight.WARNING, words, "vague_words", quoted="、".join(found))
