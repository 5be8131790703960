"""Words that leave open what to bring or who may come: in the texts of service items and guides they are refused.

They are looked for as a reader sees them: in either script and whatever width, with spaces between the characters or
without. Source: Regulations on Optimising the Business Environment (2020), article 37: no catch-all terms in service
guides.
"""

import re
from collections.abc import Iterator

from search.normalisation import fold

VAGUE = re.compile(r"其他|其它|有关|相关|等")
VAGUE_IN_ENGLISH = re.compile(r"\bother relevant\b|\brelevant (?:documents|materials|papers)\b|\betc\b|\band so on\b")
EXACT = re.compile(
    # Degrees and kinds. What stands before tells 同等 from 合同 + 等, 平等 from 水平 + 等, 中等 from 高中 + 等.
    r"(?<![合共相不会胡如协连伙陪视雷])同等|(?<![照真互])相等|(?<![水公和太])平等|(?<![人户平])均等|(?<![核校面针应])对等"
    r"|(?<![身提])高等(?=[学院教职专师级法数])|(?<![年月])初等(?=[学教职])|(?<![高初])中等(?=[学教职专收强规水程以城])"
    r"|(?<![以之制])上等(?=[级品货兵])|[优劣]等(?=[级品生])|不等|何等"
    r"|(?<![之第唯万统期周件表图项款条号])[一二三四五六]等|[甲乙丙丁头次]等|(?<!独)特等"
    # Words that begin with it. What follows tells 等待 from 等 + 待遇, 等保 from 等 + 保险单.
    r"|等级(?!别)|等次|等第|等号|等于|等候|等离子|等距|等比|等边|等腰|等份|等速|等高线|等深线|等电位|等势"
    r"|等同(?![意行志类])|等效(?!力)|等值(?!班)|等价(?!格)|等额(?![度外])|等待(?!遇)|等温(?!度)|等压(?!力)|等量(?!具)"
    r"|等位(?!置)|等保(?![险证密护障安洁单管全])"
    r"|有关联|(?<=拥)有关键|相关性|相关系数"
)
"""Words in which the characters of a vague one say something exact."""
_TITLE = re.compile(r"《[^《》]*》")
"""The name of a law, which is as it is."""
_TAKEN_OUT = "\ufffc"
AROUND = 8


def vague_places(text: str) -> list[str]:
    """Each vague word with what stands around it, as it is written, in the order of the text."""
    return [_around(text, start, end) for start, end in sorted({*_in_chinese(text), *_in_english(text)})]


def _in_chinese(text: str) -> Iterator[tuple[int, int]]:
    folded = fold(_without(_TITLE, text))
    places = [place for place, character in enumerate(folded) if not character.isspace()]
    squeezed = "".join(folded[place] for place in places)
    for found in VAGUE.finditer(_without(EXACT, squeezed)):
        yield places[found.start()], places[found.end() - 1] + 1


def _in_english(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in VAGUE_IN_ENGLISH.finditer(fold(_without(_TITLE, text))))


def _without(pattern: re.Pattern[str], text: str) -> str:
    """The text, of the same length, without what the pattern finds."""
    return pattern.sub(lambda found: _TAKEN_OUT * len(found[0]), text)


def _around(text: str, start: int, end: int) -> str:
    before = "…" if start > AROUND else ""
    after = "…" if end + AROUND < len(text) else ""
    return f"{before}{text[max(0, start - AROUND) : end + AROUND]}{after}"
