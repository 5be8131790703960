import pytest
from django.db import models

from intranet.audit.models import AuditEntry
from tests.factories import Bureau


@pytest.fixture
def bureau(db) -> Bureau:
    return Bureau()


@pytest.fixture
def no_entries(db) -> None:
    """A log in which nothing stands, past what the model forbids."""
    models.QuerySet(AuditEntry).delete()


@pytest.fixture
def clean(bureau, no_entries) -> Bureau:
    """A bureau whose making is not counted."""
    return bureau
