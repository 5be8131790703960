import pytest

from intranet.publication.approval import current_step
from tests.factories import draft_matter, fresh, submit

SECRET = "张三的住址"


@pytest.fixture
def at_review(bureau):
    """A matter that awaits its secrecy review, with a secret in its title, summary and text."""
    matter = draft_matter(
        bureau.licensing,
        author=bureau.liaison,
        title=f"处罚决定：{SECRET}",
        summary=f"关于{SECRET}的处罚",
        body=[("paragraph", f"<p>查明{SECRET}属实，罚款一万元。</p>"), ("heading", "依据")],
    )
    submit(matter, by=bureau.liaison)
    return fresh(matter)


@pytest.fixture
def step(at_review):
    return current_step(at_review)
