import pytest

from tests.factories import Bureau
from tests.hall.cases import Hall


@pytest.fixture
def bureau(db) -> Bureau:
    return Bureau()


@pytest.fixture
def hall(bureau) -> Hall:
    return Hall(bureau)
