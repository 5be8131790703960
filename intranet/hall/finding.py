"""Finding applicants, items and cases at the window: by a part of a name, by its sound or initials, by a code.

A person's identifier finds its holder when it is typed whole, through the lookup key; parts of it find nobody.
"""

from collections.abc import Iterable

from django.db.models import Q

from intranet.hall import identifiers
from intranet.hall.models import Applicant, Case, ServiceItem
from intranet.hall.models.applicants import ApplicantQuerySet, faults_of
from intranet.hall.models.cases import CaseQuerySet
from intranet.hall.sealing import lookup_key
from intranet.organisation.models import User
from search.normalisation import fold
from search.pinyin import place, readings

LEAST = 2
"""Characters from which applicants are looked for: one alone is in a tenth of all names."""


def applicants_q(words: str) -> Q:
    """The condition of applicants that the words mean.

    A part of the name, its sound (lixiao), its initials (lxm), or the whole identifier.
    """
    words = words.strip()
    if len(words) < LEAST:
        return Q(pk__in=[])
    found = Q(name__icontains=words)
    for reading in readings(words):
        if reading.kind == "initials":
            found |= Q(initials__contains="".join(reading.phrase))
        else:
            end = "" if reading.is_open else " "
            found |= Q(sound__contains=f" {' '.join(reading.phrase)}{end}")
    return found | Q(identifier_key__in=_keys_of(words))


def _keys_of(words: str) -> list[str]:
    """The lookup keys of what may be a whole identifier."""
    plain = identifiers.normalised(words)
    return [lookup_key(kind, plain) for kind in Applicant.Kind.values if not faults_of(kind, plain)]


def applicants_found(words: str, *, by: User) -> ApplicantQuerySet:
    """Who the words mean, of those who have a case that the person reads."""
    applicants: ApplicantQuerySet = Applicant.objects.filter(applicants_q(words))
    return applicants.filter(cases__in=Case.objects.readable_by(by)).distinct()


def is_identifier(words: str) -> bool:
    """Whether the words may be a whole identifier, which goes to no search engine."""
    return bool(_keys_of(words))


def cases_found(cases: CaseQuerySet, words: str, *, indexed: Iterable[int] = ()) -> CaseQuerySet:
    """Those with the words in their number or subject, or of an applicant whom the words mean; and those that the
    index has, by their primary keys."""
    words = words.strip()
    plain = Q(number__icontains=words) | Q(subject__icontains=words) | Q(applicant_name__icontains=words)
    applicants = Applicant.objects.filter(applicants_q(words))
    return cases.filter(plain | Q(applicant__in=applicants) | Q(pk__in=list(indexed)))


def items_found(items: Iterable[ServiceItem], words: str) -> list[ServiceItem]:
    """Those whose code or a name has the words, or whose Chinese name sounds or begins its syllables so.

    How names sound is kept by the process once it was asked for (`search.pinyin.sounds`).
    """
    typed, read = fold(words.strip()), readings(words.strip())
    exact = [item for item in items if fold(item.code) == typed]
    exact = exact or [item for item in items if _joined(item.code) == _joined(typed)]
    return exact or [item for item in items if _means(item, typed, read)]


def _joined(code: str) -> str:
    """A code as somebody types it who leaves its hyphens out."""
    return "".join(filter(str.isalnum, fold(code)))


def _means(item: ServiceItem, typed: str, read: tuple) -> bool:
    names = (item.code, item.name_zh, item.name_bo, item.name_en)
    return any(typed in fold(name) for name in names) or place(item.name_zh, read) is not None
