"""Index numbers: given at publication, by category and year, once and for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from intranet.disclosure.first_disclosure import give_index_number
from intranet.disclosure.models import IndexNumber, IndexSerial, MatterPage
from intranet.publication.release import release_imported
from intranet.publication.withdrawal import withdraw
from tests.factories import Bureau, approve, draft_matter, fresh, live_matter, submit


def disclose(matter: MatterPage) -> MatterPage:
    """Save a version of the matter and bring it live."""
    matter.save_revision()
    release_imported(matter, by=None, reason="test")
    return fresh(matter)


def serial_of(number: str) -> int:
    return int(number.rpartition("-")[2])


def test_a_draft_has_no_number(bureau):
    assert draft_matter(bureau.licensing).index_number == ""


def test_a_submitted_matter_has_no_number(bureau):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    assert fresh(matter).index_number == ""


def test_the_last_approval_gives_the_number(bureau):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    approve(fresh(matter), by=bureau.head)
    assert fresh(matter).index_number


def test_a_number_is_made_of_category_year_and_serial(bureau):
    year = timezone.localdate().year
    assert live_matter(bureau.licensing).index_number == f"GK-E2-{year}-00001"


def test_the_next_matter_of_the_category_has_the_next_number(bureau):
    first, second = (live_matter(bureau.licensing).index_number for _ in range(2))
    assert serial_of(second) == serial_of(first) + 1


def test_departments_share_the_series_of_a_category(bureau):
    first = live_matter(bureau.licensing).index_number
    assert serial_of(live_matter(bureau.finance).index_number) == serial_of(first) + 1


def test_each_category_has_a_series_of_its_own(bureau):
    live_matter(bureau.licensing)
    assert serial_of(live_matter(bureau.licensing, category="E6", type_code="notice").index_number) == 1


def test_each_year_has_a_series_of_its_own(bureau):
    IndexSerial.objects.create(category_code="E2", year=timezone.localdate().year - 1, last=77)
    assert serial_of(live_matter(bureau.licensing).index_number) == 1


def test_a_matter_published_again_keeps_its_number(bureau):
    matter = live_matter(bureau.licensing)
    matter.title = "安全生产管理办法（修订）"
    assert disclose(matter).index_number == matter.index_number


def test_a_matter_published_again_takes_no_number_from_the_series(bureau):
    disclose(live_matter(bureau.licensing))
    assert IndexNumber.objects.count() == 1


def test_a_withdrawn_matter_keeps_its_number(bureau):
    matter = live_matter(bureau.licensing)
    withdraw(matter, by=bureau.head, reason="更正")
    assert fresh(matter).index_number == matter.index_number


def test_a_withdrawn_matter_published_again_keeps_its_number(bureau):
    matter = live_matter(bureau.licensing)
    withdraw(matter, by=bureau.head, reason="更正")
    assert disclose(fresh(matter)).index_number == matter.index_number


def test_a_version_from_before_the_disclosure_does_not_take_the_number_away(bureau):
    matter = draft_matter(bureau.licensing)
    earlier = matter.get_latest_revision()
    number = disclose(matter).index_number
    again = earlier.as_object()
    assert (bool(number), disclose(again).index_number) == (True, number)


def test_a_copy_has_a_number_of_its_own(bureau):
    matter = live_matter(bureau.licensing)
    copy = matter.copy(update_attrs={"slug": "copy"}, keep_live=False)
    assert disclose(fresh(copy)).index_number not in ("", matter.index_number)


def test_the_number_of_a_deleted_matter_stays_given(bureau):
    matter = live_matter(bureau.licensing)
    matter.delete()
    assert IndexNumber.objects.get(number=matter.index_number).matter_id is None


def test_the_number_of_a_deleted_matter_is_not_given_again(bureau):
    matter = live_matter(bureau.licensing)
    matter.delete()
    assert live_matter(bureau.licensing).index_number != matter.index_number


def test_the_database_takes_no_number_twice(bureau):
    first, second = live_matter(bureau.licensing), live_matter(bureau.licensing)
    with pytest.raises(IntegrityError), transaction.atomic():
        MatterPage.objects.filter(pk=second.pk).update(index_number=first.index_number)


def test_a_publication_that_fails_leaves_no_gap(bureau):
    draft = draft_matter(bureau.licensing)
    with pytest.raises(RuntimeError), transaction.atomic():
        give_index_number(draft)
        raise RuntimeError("the disk is full")
    assert serial_of(live_matter(bureau.licensing).index_number) == 1


def test_nobody_chooses_a_number_in_the_editor():
    assert not MatterPage._meta.get_field("index_number").editable


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one write at a time, so there is no at once")
@pytest.mark.django_db(transaction=True)
def test_two_publications_at_once_get_two_numbers():
    bureau = Bureau()
    drafts = [draft_matter(bureau.licensing) for _ in range(4)]
    together = Barrier(len(drafts))

    def publish(draft: MatterPage) -> None:
        try:
            together.wait(timeout=20)
            release_imported(draft, by=None, reason="test")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(drafts)) as pool:
        list(pool.map(publish, drafts))
    assert len({fresh(draft).index_number for draft in drafts} - {""}) == len(drafts)
