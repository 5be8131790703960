"""Audiences and the ceiling that a category sets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.access.audience import Audience, is_within, narrowest, pairs_giving

audiences = st.sampled_from(Audience.values)


@given(audience=audiences, ceiling=audiences)
def test_what_remains_is_never_wider_than_the_audience_or_the_ceiling(audience, ceiling):
    remains = narrowest(audience, ceiling)
    assert remains is None or (is_within(remains, audience) and is_within(remains, ceiling))


@given(audience=audiences, ceiling=audiences)
def test_the_rule_for_one_thing_and_the_rule_for_queries_are_the_same(audience, ceiling):
    remains = narrowest(audience, ceiling)
    assert {a for a in Audience.values if (audience, ceiling) in pairs_giving(a)} == ({remains} if remains else set())


@pytest.mark.parametrize("ceiling", Audience.values)
def test_no_audience_remains_nobody(ceiling):
    assert narrowest("", ceiling) is None


def test_department_and_leading_group_have_nobody_in_common():
    assert narrowest(Audience.DEPARTMENT, Audience.LEADERS) is None
