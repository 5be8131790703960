"""The demo's applicants: invented enterprises and people, with identifiers whose check characters fit."""

import random

from intranet.hall.identifiers import CREDIT_CODE_CHARACTERS, check_character
from intranet.hall.models import Applicant
from intranet.hall.sealing import lookup_key, seal

PLACES = ("合作市", "临潭县", "卓尼县", "舟曲县", "迭部县", "玛曲县", "碌曲县", "夏河县")
WORDS = ("洮源", "雪域", "金峰", "白龙江", "草原红", "格桑", "腊子口", "尕海", "郎木", "鑫达", "宏远", "安泰")
TRADES = ("矿业有限责任公司", "石料厂", "加油站", "烟花爆竹门市部", "化工有限公司", "商贸有限公司", "建材有限公司")
SURNAMES = "李王张刘陈杨赵马丁白"
GIVEN = ("小明", "建国", "桂英", "卓玛", "扎西", "才让", "淑芬", "永强", "拉毛", "德吉")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Applicants:
    """Makes up applicants; those with the same identifier are one."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def organisation(self) -> Applicant:
        """An enterprise of the prefecture, of which there are some hundred."""
        place, word, trade = (self._chance.choice(some) for some in (PLACES, WORDS, TRADES))
        number = f"{PLACES.index(place):02d}{WORDS.index(word):02d}{TRADES.index(trade):02d}"
        first = f"91623001MA{number}{CREDIT_CODE_CHARACTERS[TRADES.index(trade)]}"
        return self._known(Applicant.Kind.ORGANISATION, f"{place}{word}{trade}", first + check_character(first))

    def person(self) -> Applicant:
        """Somebody from one of the counties."""
        born = f"19{self._chance.randint(62, 99)}{self._chance.randint(1, 12):02d}{self._chance.randint(1, 28):02d}"
        first = f"6230{self._chance.randint(1, 8):02d}{born}{self._chance.randint(1, 999):03d}"
        last = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True)) % 11]
        name = self._chance.choice(SURNAMES) + self._chance.choice(GIVEN)
        return self._known(Applicant.Kind.PERSON, name, first + last)

    def _known(self, kind: str, name: str, identifier: str) -> Applicant:
        made = {"kind": kind, "name": name, "identifier_sealed": seal(identifier), "phone_sealed": seal(self._phone())}
        applicant, _is_new = Applicant.objects.get_or_create(identifier_key=lookup_key(kind, identifier), defaults=made)
        return applicant

    def _phone(self) -> str:
        return f"139{self._chance.randint(0, 99999999):08d}"
