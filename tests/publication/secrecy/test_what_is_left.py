"""A version in which a passage is left, wherever it is, goes nowhere: the reviewer is told the place."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.urls import reverse
from django.utils.formats import date_format
from PIL import Image

from intranet.disclosure.attachment_text import prepare_texts
from intranet.disclosure.models import AttachedDocument, DisclosedImage
from intranet.disclosure.sections import collection_of
from intranet.publication.approval import ApprovalRefused, current_step
from intranet.publication.models import SecrecyReview
from intranet.publication.secrecy.in_part import disclose_in_part
from intranet.publication.secrecy.redaction import LeftOut
from intranet.publication.secrecy.remaining import left_in
from tests.disclosure.particulars.samples import SAMPLES, matter_with
from tests.factories import approve, attach, draft_matter, fresh, submit
from tests.publication.secrecy.conftest import SECRET

TOLD = f"<p>查明{SECRET}属实。</p>"


def drafted(bureau, *blocks, **attributes):
    return draft_matter(bureau.licensing, author=bureau.liaison, body=[("paragraph", TOLD), *blocks], **attributes)


def in_part(bureau, matter, *passages, **files):
    matter.save_revision(user=bureau.liaison)
    submit(fresh(matter), by=bureau.liaison)
    left_out = LeftOut(passages or (SECRET,), **files)
    disclose_in_part(fresh(matter), by=bureau.reviewer, basis="third_party", reason="隐私", left_out=left_out)


@pytest.mark.parametrize(
    ("name", "title"), [("a.txt", SECRET), (f"{SECRET}.txt", "附件"), ("a.txt", "张三 的\u00a0住址")]
)
def test_a_file_that_stays_is_not_named_after_a_passage(bureau, name, title):
    matter = drafted(bureau)
    attach(matter, b"text", name=name, title=title)
    with pytest.raises(ApprovalRefused, match="leave the file out"):
        in_part(bureau, matter)


def test_a_file_named_after_a_passage_is_left_out_with_it(bureau):
    matter = drafted(bureau)
    document = attach(matter, b"text", name=f"{SECRET}.txt", title=SECRET)
    in_part(bureau, matter, documents=frozenset({document.pk}))
    assert SecrecyReview.objects.get().files_left_out == 1


def test_a_file_that_the_text_links_to_is_not_named_after_a_passage(bureau):
    document = AttachedDocument(title=SECRET, collection=collection_of(bureau.licensing))
    document.file.save("a.txt", ContentFile(b"text"))
    document.save()
    matter = drafted(bureau, ("paragraph", f'<p>见<a linktype="document" id="{document.pk}">附件</a></p>'))
    with pytest.raises(ApprovalRefused, match="leave the file out"):
        in_part(bureau, matter)


def test_a_file_in_whose_text_the_passage_stands_does_not_stay(bureau):
    matter = drafted(bureau)
    prepare_texts([attach(matter, f"附：{SECRET}".encode())])
    with pytest.raises(ApprovalRefused, match="leave the file out"):
        in_part(bureau, matter)


@pytest.mark.parametrize("told", [{"title": SECRET}, {"description": SECRET}])
def test_an_image_that_stays_tells_no_passage_instead_of_itself(bureau, told):
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    image = DisclosedImage.objects.create(file=ImageFile(content, name="a.png"), **{"title": "现场", **told})
    matter = drafted(bureau, ("figure", {"image": image, "caption": "现场"}))
    with pytest.raises(ApprovalRefused, match="leave the file out"):
        in_part(bureau, matter)


def test_a_day_of_a_form_is_told_as_its_page_writes_it(bureau):
    form = SAMPLES["accountability"] | {"occurred_on": "2026-03-05"}
    version = matter_with(bureau.licensing, form, live=False)
    assert left_in(version, [date_format(date(2026, 3, 5), "DATE_FORMAT")], documents=(), images=())


def test_nothing_has_changed_where_a_passage_is_left(bureau):
    matter = drafted(bureau)
    attach(matter, b"text", title=SECRET)
    with pytest.raises(ApprovalRefused):
        in_part(bureau, matter)
    assert (SecrecyReview.objects.exists(), fresh(matter).latest_revision_id) == (False, matter.latest_revision_id)


def test_the_reviewer_sees_before_what_would_be_left(bureau, client):
    matter = drafted(bureau)
    attach(matter, b"text", title=SECRET)
    matter.save_revision(user=bureau.liaison)
    submit(fresh(matter), by=bureau.liaison)
    client.force_login(bureau.reviewer)
    address = reverse("publication:redacted_preview", args=[current_step(fresh(matter)).pk])
    assert "leave the file out" in client.post(address, {"passages": SECRET}).content.decode()


def test_the_page_that_goes_live_has_nothing_of_a_passage_with_markup_inside(bureau, client):
    matter = drafted(bureau, ("paragraph", "<p>张三<b>的住址</b>，张三&nbsp;的住址</p>"))
    in_part(bureau, matter)
    approve(fresh(matter), by=bureau.head)
    assert "的住址" not in client.get(fresh(matter).url).content.decode()
