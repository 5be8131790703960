from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import Bureau


@pytest.fixture
def bureau(db) -> Bureau:
    return Bureau()


@pytest.fixture
def yesterday():
    return timezone.localdate() - timedelta(days=1)
