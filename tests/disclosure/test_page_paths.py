"""Pages below a page, found through the index of paths."""

import pytest
from django.db import connection
from django.db.models import F
from wagtail.models import Page

from intranet.disclosure.models import Category, CategorySection
from intranet.disclosure.sections import section_for


@pytest.fixture
def section(bureau) -> CategorySection:
    section_for(bureau.finance, Category.objects.get(code="E2"))
    return section_for(bureau.licensing, Category.objects.get(code="E2"))


def test_what_is_below_a_page_is_found_as_its_path_says(section):
    below = [page.path for page in Page.objects.all() if page.path.startswith(section.get_parent().path)]
    found = Page.objects.filter(path__startswith=section.get_parent().path)
    assert sorted(found.values_list("path", flat=True)) == sorted(below)


def test_the_page_after_it_is_not_below_it(section):
    parent = section.get_parent()
    neighbours = list(parent.get_siblings(inclusive=False))
    assert neighbours
    assert not set(neighbours) & set(Page.objects.descendant_of(parent, inclusive=True))


def test_a_path_that_ends_with_the_last_digit_of_its_alphabet_has_its_pages(section):
    Page.objects.filter(pk=section.pk).update(path="000Z")
    assert list(Page.objects.filter(path__startswith="000Z")) == [section.page_ptr]


def test_another_pages_path_may_be_compared_with(section):
    assert section.page_ptr in Page.objects.filter(path__startswith=F("path"))


def test_no_path_at_all_leaves_out_nothing(section):
    assert Page.objects.filter(path__startswith="").count() == Page.objects.count()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by how much there is")
def test_sqlite_takes_the_index(section):
    assert "(path>? AND path<?)" in Page.objects.child_of(section.get_parent()).explain()
