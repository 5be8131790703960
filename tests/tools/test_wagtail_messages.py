"""Wagtail's words in Chinese: ours complete what its own catalogues lack, no less and no more."""

import html
import json
import re

import pytest
from babel.messages.catalog import Catalog
from django.urls import reverse
from django.utils.translation import ngettext, override

from tests.factories import DepartmentFactory, person_in
from tools.catalogues import read, write
from tools.wagtail_messages import DOMAINS, LANGUAGE, faults, path_of, untranslated, update_wagtail


def catalogue_of(*messages):
    catalogue = Catalog(locale=LANGUAGE)
    for message_id, string, *context in messages:
        catalogue.add(message_id, string, context=context[0] if context else None)
    return catalogue


@pytest.fixture
def needed():
    return catalogue_of(("Any", ""), (("One page", "%(count)s pages"), ""), ("Any", "", "filter"))


@pytest.fixture
def complete():
    return [("Any", "不限"), (("One page", "%(count)s pages"), ("%(count)s 个页面",)), ("Any", "任意", "filter")]


@pytest.fixture
def chinese(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    return client


@pytest.mark.parametrize("domain", DOMAINS)
def test_ours_hold_exactly_what_wagtail_leaves_untranslated(domain):
    assert list(faults(read(path_of(domain), language=LANGUAGE), untranslated(domain))) == []


def test_only_installed_apps_count():
    places = {name for message in untranslated("django") for name, _line in message.locations}
    assert not [name for name in places if "styleguide" in name]


def test_complete_messages_are_faultless(needed, complete):
    assert list(faults(catalogue_of(*complete), needed)) == []


@pytest.mark.parametrize("left_out", [0, 1, 2])
def test_a_missing_message_is_a_fault_in_each_context(needed, complete, left_out):
    del complete[left_out]
    assert [fault for fault in faults(catalogue_of(*complete), needed) if fault.startswith("no translation of")]


def test_a_message_that_wagtail_translates_by_now_is_a_fault(needed, complete):
    complete.append(("Search", "搜索"))
    assert [fault for fault in faults(catalogue_of(*complete), needed) if "'Search' is translated by Wagtail" in fault]


@pytest.mark.parametrize("form", ["1 个页面", "%(counter)s 个页面", "<b>%(count)s</b> 个页面"])
def test_an_altered_placeholder_or_tag_is_a_fault(needed, complete, form):
    complete[1] = (complete[1][0], (form,))
    assert [fault for fault in faults(catalogue_of(*complete), needed) if "placeholders and tags" in fault]


def test_an_update_keeps_what_is_translated_and_drops_what_wagtail_has_learnt(tmp_path, monkeypatch):
    monkeypatch.setattr("tools.wagtail_messages.FOLDER", tmp_path)
    write(path_of("django"), catalogue_of(("Search all pages…", "搜索所有页面…"), ("Search", "查找")))
    update_wagtail()
    updated = read(path_of("django"), language=LANGUAGE)
    found = updated.get("Search all pages…").string, updated.get("Search"), updated.get("Choose parent").string
    assert found == ("搜索所有页面…", None, "")


def test_a_plural_speaks_chinese():
    with override("zh-hans"):
        assert ngettext("Referenced %(count)s time", "Referenced %(count)s times", 2) == "被引用 %(count)s 次"


@pytest.mark.django_db
def test_the_chinese_admin_of_a_liaison_officer_speaks_no_english(chinese):
    chinese.force_login(person_in(DepartmentFactory(), "liaison"))
    page = html.unescape(chinese.get(reverse("wagtailadmin_home"), follow=True).content.decode())
    assert "我的工作台" in page
    assert not re.findall(r"Search all pages|Pages\s*<|editor guide", page)


def test_the_scripts_of_the_chinese_admin_have_our_words(chinese):
    script = chinese.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    assert json.dumps("发生网络错误。") in script
