"""Which checks there are, and what they find in a draft."""

from collections.abc import Iterable

from intranet.access.tokens import AnyUser
from intranet.disclosure.models import MatterPage
from intranet.publication.scrutiny.conclusions import conclusions
from intranet.publication.scrutiny.corrections import corrections
from intranet.publication.scrutiny.dates import dates
from intranet.publication.scrutiny.document_numbers import document_numbers
from intranet.publication.scrutiny.elements import elements
from intranet.publication.scrutiny.fees import price_audits
from intranet.publication.scrutiny.files import files
from intranet.publication.scrutiny.finding import Check, CheckForReader, Finding
from intranet.publication.scrutiny.guide_elements import guide_elements
from intranet.publication.scrutiny.guide_translations import guide_translations
from intranet.publication.scrutiny.hints import hints
from intranet.publication.scrutiny.links import links
from intranet.publication.scrutiny.particulars import cells_left_empty, form_left_empty, totals
from intranet.publication.scrutiny.parties import bases_and_relief, parties
from intranet.publication.scrutiny.personal_data import identity_numbers, numbers_of_persons
from intranet.publication.scrutiny.pictures import pictures
from intranet.publication.scrutiny.prerequisites import prerequisites
from intranet.publication.scrutiny.route_records import route_records
from intranet.publication.scrutiny.similar_titles import similar_titles
from intranet.publication.scrutiny.tables import tables
from intranet.publication.scrutiny.texts_of_record import texts_of_record
from intranet.publication.scrutiny.vague_words import vague_words

STOPPING: tuple[Check, ...] = (
    prerequisites,
    conclusions,
    hints,
    corrections,
    dates,
    totals,
    price_audits,
    identity_numbers,
    links,
    guide_elements,
    guide_translations,
    texts_of_record,
    vague_words,
)
"""Those that find errors: asked at every step of a review."""
DOUBTING: tuple[Check, ...] = (
    elements,
    form_left_empty,
    cells_left_empty,
    document_numbers,
    parties,
    bases_and_relief,
    numbers_of_persons,
    pictures,
    route_records,
    tables,
    files,
)
DOUBTING_FOR_READER: tuple[CheckForReader, ...] = (similar_titles,)
AT_THE_GATE: tuple[Check, ...] = (identity_numbers, price_audits, hints, texts_of_record)
"""What nothing goes live with, an import or a scheduled version neither: what the law bans, and words to the author."""
AFTER_REVIEW: tuple[Check, ...] = (guide_elements, guide_translations, vague_words)
"""What nothing goes live with that the bureau releases now; a guide of former days is imported as it was."""
_of_apps_above: list[Check] = []
_bans_of_apps_above: list[Check] = []


def register_check(check: Check) -> None:
    """Ask this check, too, at every step of a review and at its end: only an app above knows what it asks."""
    _of_apps_above.append(check)


def register_ban(check: Check) -> None:
    """The same, and of what is imported as well: the law bans what it finds."""
    _bans_of_apps_above.append(check)


def _stopping() -> tuple[Check, ...]:
    return (*STOPPING, *_of_apps_above, *_bans_of_apps_above)


def findings_in(draft: MatterPage, *, reader: AnyUser) -> list[Finding]:
    """Everything found in the draft, errors first; of other matters only what the reader may read."""
    found = _found(draft, (*_stopping(), *DOUBTING))
    found += [finding for check in DOUBTING_FOR_READER for finding in check(draft, reader)]
    return sorted(found, key=lambda finding: finding.weight)


def errors_in(draft: MatterPage) -> list[str]:
    """What stops the draft, in words; the search engine is not asked."""
    return _errors(draft, _stopping())


def errors_at_the_gate(content: MatterPage, *, is_import: bool) -> list[str]:
    """What the version may not go live with, in words."""
    bans = (*AT_THE_GATE, *_bans_of_apps_above)
    return _errors(content, bans if is_import else (*AFTER_REVIEW, *_of_apps_above, *bans))


def warnings_in(draft: MatterPage, *, reader: AnyUser) -> list[Finding]:
    """What wants a word of reason."""
    return [finding for finding in findings_in(draft, reader=reader) if finding.is_warning]


def _errors(draft: MatterPage, checks: Iterable[Check]) -> list[str]:
    return [finding.told for finding in _found(draft, checks) if finding.is_error]


def _found(draft: MatterPage, checks: Iterable[Check]) -> list[Finding]:
    return [finding for check in checks for finding in check(draft)]
