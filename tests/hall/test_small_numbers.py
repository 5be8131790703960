"""Numbers of few are hidden, and nobody computes them from what is told."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.hall.looking_alike import Sum
from intranet.hall.small_numbers import Hidden, told

MEASURES = ("granted", "refused", "completed")
departments = st.lists(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6)), min_size=1, max_size=5), max_size=4)


def table(found):
    """Numbers and sums of items in departments: granted and refused are completed, items add up to departments."""
    numbers, sums = {}, []
    rows = {(place, item): row for place, some in enumerate(found) for item, row in enumerate(some)}
    keys = {("all",): [(place,) for place in range(len(found))]}
    keys |= {(place,): [key for key in rows if key[0] == place] for place in range(len(found))}
    for key, (granted, refused) in rows.items():
        numbers |= {("granted", key): granted, ("refused", key): refused, ("completed", key): granted + refused}
    for key in [*(key for key in keys if key != ("all",)), ("all",)]:
        for name in MEASURES:
            numbers[name, key] = sum(numbers[name, part] for part in keys[key])
            sums.append(Sum((name, key), tuple((name, part) for part in keys[key])))
    sums += [Sum(("completed", key), (("granted", key), ("refused", key))) for key in [*keys, *rows]]
    return numbers, sums


def learnt_by_subtracting(shown, sums):
    """All that somebody knows who subtracts as often as it leads to anything."""
    known = {key: number for key, number in shown.items() if not isinstance(number, Hidden)}
    grows = True
    while grows:
        grows = False
        for each in sums:
            missing = [key for key in each.keys if key not in known]
            if len(missing) == 1:
                others = sum(known[part] for part in each.parts if part not in missing)
                known[missing[0]] = others if missing[0] == each.total else known[each.total] - others
                grows = True
    return known


@settings(max_examples=150, deadline=None)
@given(departments)
def test_nobody_learns_a_hidden_number_by_subtracting(found):
    numbers, sums = table(found)
    shown = told(numbers, sums)
    hidden = {key for key, number in shown.items() if isinstance(number, Hidden)}
    assert not hidden & learnt_by_subtracting(shown, sums).keys()


@settings(max_examples=100, deadline=None)
@given(departments)
def test_what_is_told_is_true_and_never_one_to_four(found):
    numbers, sums = table(found)
    for key, number in told(numbers, sums).items():
        assert isinstance(number, Hidden) or (number == numbers[key] and not 1 <= number <= 4)
        assert number is not Hidden.FEW or 1 <= numbers[key] <= 4


def narrowed(limits, sums):
    """What the sums leave of the least and the most of each number; None where they leave nothing."""
    limits, grows = dict(limits), True
    while grows:
        grows = False
        for each in sums:
            for key in each.keys:
                others = [limits[part] for part in each.parts if part != key]
                least, most = sum(low for low, _high in others), sum(high for _low, high in others)
                if key != each.total:
                    least, most = limits[each.total][0] - most, limits[each.total][1] - least
                left = max(least, limits[key][0]), min(most, limits[key][1])
                if left[0] > left[1]:
                    return None
                if left != limits[key]:
                    limits[key], grows = left, True
    return limits


def is_possible(limits, sums):
    """Whether there are whole numbers within the limits for which the sums hold: each is tried."""
    limits = narrowed(limits, sums)
    if limits is None:
        return False
    open_ones = [key for key, (least, most) in limits.items() if least < most]
    if not open_ones:
        return True
    key = min(open_ones, key=lambda one: limits[one][1] - limits[one][0])
    least, most = limits[key]
    return any(is_possible(limits | {key: (value, value)}, sums) for value in range(least, most + 1))


def learnt_by_reckoning(shown, numbers, sums):
    """The hidden numbers that somebody finds who knows that few are one to four and what is withheld is five or more.

    Of what is few and told as withheld he is told that it may be any; he could not know that.
    """
    top = sum(numbers.values()) + 10
    limits = {
        key: (one, one) if isinstance(one, int) else (1, 4) if one is Hidden.FEW else (min(5, numbers[key]), top)
        for key, one in shown.items()
    }
    return {
        key
        for key, one in shown.items()
        if isinstance(one, Hidden)
        and not any(
            is_possible(limits | {key: (value, value)}, sums)
            for value in sorted(range(limits[key][0], limits[key][1] + 1), key=lambda it: abs(it - numbers[key]))
            if value != numbers[key]
        )
    }


def one_sum(parts):
    return {**dict(enumerate(parts)), "all": sum(parts)}, [Sum("all", tuple(range(len(parts))))]


@pytest.mark.parametrize("parts", [(1, 5, 20), (1, 1, 5, 20), (4, 4), (1, 1, 1, 1), (1, 6, 20), (2, 5, 5)])
def test_nobody_learns_one_of_few_because_what_is_withheld_is_not(parts):
    numbers, sums = one_sum(parts)
    assert learnt_by_reckoning(told(numbers, sums), numbers, sums) == set()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=6).map(one_sum))
def test_nobody_learns_a_part_by_reckoning(found):
    numbers, sums = found
    assert learnt_by_reckoning(told(numbers, sums), numbers, sums) == set()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 6)), min_size=1, max_size=3), max_size=3))
def test_nobody_learns_a_number_of_a_table_by_reckoning(found):
    numbers, sums = table(found)
    assert learnt_by_reckoning(told(numbers, sums), numbers, sums) == set()


def two_departments(*parts):
    numbers = dict(enumerate(parts)) | {"one": sum(parts[:2]), "other": sum(parts[2:]), "all": sum(parts)}
    return numbers, [Sum("one", (0, 1)), Sum("other", (2, 3)), Sum("all", ("one", "other"))]


@pytest.mark.parametrize(("make", "width", "most"), [(lambda *parts: one_sum(parts), 3, 14), (two_departments, 4, 9)])
def test_who_knows_the_rule_learns_no_small_number_of_a_small_table(make, width, most):
    """Every table of the size is told. None that looks like another has a small number in which it does not differ."""
    alike = defaultdict(list)
    for parts in product(range(most + 1), repeat=width):
        numbers, sums = make(*parts)
        alike[tuple(told(numbers, sums).values())].append((max(parts), list(numbers.values())))
    for shown, found in alike.items():
        # The tables that look like one of the largest are not all there.
        if max(largest for largest, _values in found) <= most - 4:
            known = [{values[place] for _largest, values in found} for place in range(len(shown))]
            assert not [each for each in known if len(each) == 1 and 1 <= min(each) <= 4], shown


def test_which_of_several_is_withheld_does_not_tell_that_it_is_the_smallest():
    first, second = (told(*one_sum(parts)) for parts in ((1, 9, 30), (1, 30, 9)))
    assert (first[1], second[1]) == (Hidden.WITHHELD, Hidden.WITHHELD)


def test_two_of_few_that_leave_one_way_to_add_up_are_not_told_by_their_total():
    shown = told({"a": 4, "b": 4, "c": 0, "all": 8}, [Sum("all", ("a", "b", "c"))])
    assert shown["all"] is Hidden.WITHHELD


def test_a_table_without_few_is_told_whole():
    numbers, sums = table([[(9, 6), (12, 5)], [(7, 0)]])
    assert told(numbers, sums) == numbers
