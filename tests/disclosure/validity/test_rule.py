"""Whether a regulation is in force on a day: properties of the rule, and what each fact does."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from intranet.disclosure.models import Validity
from intranet.disclosure.validity.rule import AMENDS, REPEALS, Bearing, Facts, standing_on

DAY = timedelta(days=1)
ORDER = {"not_yet": 0, "in_force": 1, "amended": 2, "repealed": 3, "lapsed": 3}

days = st.dates(date(2000, 1, 1), date(2030, 12, 31))
bearings = st.lists(
    st.builds(Bearing, kind=st.sampled_from([REPEALS, AMENDS]), since=days, by=st.integers(1, 5)), max_size=4
)
facts = st.builds(
    Facts,
    effective_from=st.none() | days,
    effective_until=st.none() | days,
    stated=st.sampled_from(["", *Validity.values]),
    stated_on=days,
    bearings=bearings,
)
dated = st.builds(Facts, effective_from=days, effective_until=st.none() | days, stated=st.just(""), bearings=bearings)


@given(dated, days, days)
def test_by_its_dates_a_regulation_goes_through_its_life_in_one_direction(record, one, other):
    earlier, later = standing_on(record, min(one, other)), standing_on(record, max(one, other))
    assert ORDER[earlier.validity] <= ORDER[later.validity]


@given(facts, days)
def test_what_is_repealed_from_a_day_on_holds_on_no_later_day(record, day):
    repealed = Facts(
        record.effective_from, record.effective_until, record.stated, record.stated_on,
        (*record.bearings, Bearing(REPEALS, day, 9)),
    )  # fmt: skip
    assert standing_on(repealed, day + DAY).holds is False


@given(facts, days, days)
def test_a_repeal_changes_nothing_before_its_day(record, repeal, day):
    repealed = Facts(
        record.effective_from, record.effective_until, record.stated, record.stated_on,
        (*record.bearings, Bearing(REPEALS, repeal, 9)),
    )  # fmt: skip
    if day < repeal:
        assert standing_on(repealed, day) == standing_on(record, day)


@given(facts, days)
def test_a_word_never_brings_back_what_has_ended_by_its_dates(record, day):
    silent = Facts(record.effective_from, record.effective_until, "", None, record.bearings)
    if standing_on(silent, day).holds is False:
        assert standing_on(record, day) == standing_on(silent, day)


@given(facts, days)
def test_nothing_is_in_force_before_its_day_of_effect(record, day):
    if record.effective_from and day < record.effective_from:
        assert standing_on(record, day).holds is False


@given(facts, days)
def test_an_ended_one_says_so_whatever_else_is_said(record, day):
    if record.stated in ("repealed", "lapsed") and day >= record.stated_on:
        assert standing_on(record, day).holds is False


@given(facts, days)
def test_the_order_in_which_regulations_bear_on_it_does_not_matter(record, day):
    turned = Facts(
        record.effective_from, record.effective_until, record.stated, record.stated_on, record.bearings[::-1]
    )
    assert standing_on(record, day).validity == standing_on(turned, day).validity


@given(facts, days)
def test_what_made_it_so_began_on_that_day_or_before(record, day):
    since = standing_on(record, day).since
    assert since is None or since <= day


def test_of_two_repeals_the_first_one_counts():
    record = Facts(bearings=(Bearing(REPEALS, date(2010, 1, 1), 1), Bearing(REPEALS, date(2008, 1, 1), 2)))
    assert standing_on(record, date(2012, 1, 1)).by == 2


def test_it_holds_on_its_last_day_and_not_on_the_next():
    record = Facts(date(2000, 1, 1), date(2007, 5, 31))
    assert [standing_on(record, day).validity for day in (date(2007, 5, 31), date(2007, 6, 1))] == [
        "in_force",
        "lapsed",
    ]


def test_where_its_end_is_only_said_the_days_before_are_not_known():
    record = Facts(date(2000, 1, 1), stated="repealed", stated_on=date(2020, 1, 1))
    assert standing_on(record, date(2007, 6, 1)).holds is None
