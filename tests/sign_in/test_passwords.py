"""A password that a person chooses is not easy to guess; what it lacks is said plainly."""

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from intranet.organisation.models import User
from tests.factories import PASSWORD, UserFactory

GOOD = "tusnig-orda-kelvin-8814"


@pytest.mark.parametrize("password", [GOOD, "草原上的马跑得比风还快", "correct-horse-battery-staple", GOOD * 9])
def test_a_password_that_is_hard_to_guess_is_taken(db, password):
    validate_password(password, UserFactory())


@pytest.mark.parametrize("password", ["password1234", "qwertyuiop", "1234567890", "aaaaaaaaaaaa", "gongkai2026"])
def test_one_that_is_easy_to_guess_is_not(db, password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, UserFactory())
    assert "easy to guess" in " ".join(refused.value.messages)


def test_one_made_of_the_persons_own_name_is_not(db):
    with pytest.raises(ValidationError):
        validate_password("zhaxidanzeng1", UserFactory(username="zhaxidanzeng"))


def test_a_short_one_is_not(db):
    with pytest.raises(ValidationError, match="too short"):
        validate_password("x9$kQ2", UserFactory())


def test_what_is_expected_is_said_before():
    assert any("four or more words" in text for text in password_validators_help_texts())


def new_account(**changes):
    return {
        "username": "new", "email": "new@example.org", "first_name": "新", "last_name": "李",
        "password1": GOOD, "password2": GOOD, **changes,
    }  # fmt: skip


@pytest.mark.parametrize(("password", "is_made"), [(GOOD, True), ("password1234", False)])
def test_the_office_gives_an_account_no_password_that_is_easy_to_guess(bureau, client, password, is_made):
    client.force_login(bureau.office)
    client.post(reverse("wagtailusers_users:add"), new_account(password1=password, password2=password))
    assert User.objects.filter(username="new").exists() is is_made


@pytest.mark.parametrize(("password", "is_changed"), [(GOOD, True), ("password1234", False)])
def test_nobody_gives_themselves_one(bureau, client, password, is_changed):
    client.force_login(bureau.head)
    form = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    client.post(reverse("change_password"), form)
    bureau.head.refresh_from_db()
    assert bureau.head.check_password(password) is is_changed


def test_the_admins_account_screen_is_no_second_way(bureau, client):
    client.force_login(bureau.head)
    assert "new_password1" not in client.get(reverse("wagtailadmin_account")).content.decode()


def test_a_new_account_is_asked_for_no_more_than_name_address_and_password(bureau, client):
    client.force_login(bureau.office)
    form = client.get(reverse("wagtailusers_users:add")).context["form"]
    assert set(form.fields) == {"username", "email", "first_name", "last_name", "password1", "password2"}
