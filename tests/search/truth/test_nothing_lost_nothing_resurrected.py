"""Whatever happens, in whatever order, and whoever dies meanwhile: the index ends as a rebuild would make it.

`INDEX_OPERATIONS=3000` makes it long, `INDEX_SEED=…` repeats a run.
"""

import uuid

from tests.search.truth.life import Life
from tests.search.truth.machinery import Machinery, verify

VERIFIED_EVERY = 100


def test_the_index_ends_as_a_rebuild_would_make_it(
    engine_in_service, settings, bureau, admin_user, monkeypatch, seed, operations, fresh_url
):
    if engine_in_service == "elasticsearch":
        settings.SEARCH_FALLBACK_URL = f"embedded:///stand-in-{uuid.uuid4().hex}"
    life = Life(seed, bureau, admin_user)
    machinery = Machinery(life, monkeypatch)
    try:
        for number in range(1, operations + 1):
            life.step()
            machinery.turn()
            if number % VERIFIED_EVERY == 0 or number == operations:
                machinery.start()
                verify(life, fresh_url=fresh_url)
    except BaseException:
        print(*life.story, sep="\n")
        raise
