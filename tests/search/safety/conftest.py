"""A small portal with markup in its texts and one matter that is nobody's but the leaders'."""

import os

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from intranet.disclosure.models import MatterPage
from intranet.publication.release import release_imported
from search.engines import main_engine
from search.worker import drain
from tests.factories import attach, fresh, live_matter

MARKED_UP = '<xss onxss=1>烟花爆竹</xss> 安全生产 & "许可证" <mark>办法</mark>'
SECRET = "鸢尾密件"
settings.register_profile("suite", max_examples=12)
settings.register_profile("long", max_examples=500)
few = settings(
    settings.get_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Each example asks a whole portal: a dozen in every run, 500 with `HYPOTHESIS_PROFILE=long`."""


@pytest.fixture
def secret(engine_in_service, bureau) -> MatterPage:
    """The matter that a visitor may not read, beside three that everybody may."""
    live_matter(
        bureau.licensing, title=MARKED_UP, summary=f"{MARKED_UP}鸢尾花会", document_number="甘安监〔2007〕138号"
    )
    body = [
        {"type": "heading", "value": MARKED_UP},
        {"type": "paragraph", "value": "<p>烟花爆竹 &lt;xss onxss=1&gt;</p>"},
    ]
    with_file = live_matter(bureau.finance, title="Permit for fireworks 安全生产许可证", body=body)
    attach(with_file, f"附件 {MARKED_UP} 采石场".encode(), name="采石场.txt")
    release_imported(fresh(with_file), by=None, reason="test")
    live_matter(bureau.finance, title="བདེ་འཇགས་ཀྱི་སྲོལ", language="bo", type_code="notice")
    kept = live_matter(
        bureau.licensing,
        category="N2",
        type_code="notice",
        title=f"{SECRET}烟花爆竹 title 安全生产",
        visibility="leaders",
    )
    drain()
    main_engine().refresh()
    return kept


@pytest.fixture
def visitor() -> Client:
    return Client()
