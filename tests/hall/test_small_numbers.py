"""Numbers of few are hidden, and nobody computes them from what is told."""

from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.hall.small_numbers import Hidden, Sum, told

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


def test_two_of_few_that_leave_one_way_to_add_up_are_not_told_by_their_total():
    shown = told({"a": 4, "b": 4, "c": 0, "all": 8}, [Sum("all", ("a", "b", "c"))])
    assert shown["all"] is Hidden.WITHHELD


def test_a_table_without_few_is_told_whole():
    numbers, sums = table([[(9, 6), (12, 5)], [(7, 0)]])
    assert told(numbers, sums) == numbers
