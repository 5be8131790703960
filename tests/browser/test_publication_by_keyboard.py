"""A matter goes from its first word to the public through every role, and nobody touches a pointer."""

import pytest
from django.utils import timezone

from intranet.disclosure.models import DraftTemplate, MatterPage
from tests.browser.keyboard import open_tab, overwrite, press, tab_to, write

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_from_draft_to_live_through_every_role(bureau, sit_down, visit):
    DraftTemplate.objects.all().delete()  # its hints would have to be filled in first
    liaison = sit_down(bureau.liaison)
    press(liaison, "New matter")
    write(liaison, "category", "E2")
    write(liaison, "type", "notice")
    press(liaison, "Begin")
    write(liaison, "title", "汛期安全提示")
    write(liaison, "summary", "暴雨期间停止露天作业。")
    open_tab(liaison, "Disclosure")
    write(liaison, "visibility", "the public")
    write(liaison, "formed_on", timezone.localdate().isoformat())
    liaison.keyboard.press("Escape")
    overwrite(liaison, "elements-0-value", "甘南州安监局")
    overwrite(liaison, "elements-1-value", timezone.localdate().isoformat())
    tab_to(liaison, lambda focused: focused["words"] == "More actions")
    liaison.keyboard.press("Enter")
    press(liaison, "Check and submit")
    liaison.wait_for_url("**/submit/")
    write(liaison, "reason", "依据文件没有文号。")
    press(liaison, "Submit")

    reviewer = sit_down(bureau.reviewer)
    press(reviewer, "汛期安全提示")
    write(reviewer, "comment", "不涉密。")
    press(reviewer, "May be disclosed")

    head = sit_down(bureau.head)
    press(head, "汛期安全提示")
    press(head, "Approve")

    matter = MatterPage.objects.get()
    assert "暴雨期间停止露天作业" in visit(matter.url).content()
