from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import Bureau


@pytest.fixture
def bureau(db) -> Bureau:
    return Bureau()


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def yesterday(today) -> date:
    return today - timedelta(days=1)


@pytest.fixture
def tomorrow(today) -> date:
    return today + timedelta(days=1)
