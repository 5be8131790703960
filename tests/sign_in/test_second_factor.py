"""A second factor besides the password; who answers for the whole bureau opens the admin with nothing less."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse
from django.utils import timezone

from intranet.audit.models import AuditEntry
from intranet.sign_in.throttling import locks
from tests.factories import PASSWORD, Bureau

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
INDEX, SET_UP, ASKED = reverse("mfa_index"), reverse("mfa_activate_totp"), reverse("mfa_authenticate")


def code(secret: str = SECRET) -> str:
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def with_app(person):
    TOTP.activate(person, SECRET)
    return person


def password(client, person, then: str = ""):
    return client.post("/login/", {"username": person.username, "password": PASSWORD, "next": then})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def forced(settings):
    settings.REQUIRE_SECOND_FACTOR = True


# Signing in with one


def test_the_password_alone_does_not_sign_in_who_has_one(bureau, client):
    response = password(client, with_app(bureau.head))
    assert (response.url, is_signed_in(client)) == (ASKED, False)


def test_the_code_does(bureau, client):
    password(client, with_app(bureau.head), "/catalogue/")
    response = client.post(ASKED, {"code": code()})
    assert (response.url, is_signed_in(client)) == ("/catalogue/", True)


def test_without_a_wish_it_leads_to_the_first_page(bureau, client):
    password(client, with_app(bureau.head))
    assert client.post(ASKED, {"code": code()}, follow=True).request["PATH_INFO"] == "/admin/"


def test_a_wrong_code_does_not(bureau, client):
    password(client, with_app(bureau.head))
    page = client.post(ASKED, {"code": "000000"}).content.decode()
    assert ("This code is not right" in page, is_signed_in(client)) == (True, False)


def test_a_code_is_used_once(bureau, client):
    with_app(bureau.head)
    with time_machine.travel(timezone.now(), tick=False):
        password(client, bureau.head)
        client.post(ASKED, {"code": code()})
        client.logout()
        password(client, bureau.head)
        client.post(ASKED, {"code": code()})
    assert not is_signed_in(client)


def test_an_old_code_is_worth_nothing(bureau, client):
    password(client, with_app(bureau.head))
    with time_machine.travel(timezone.now() - timedelta(minutes=5), tick=False):
        old = code()
    client.post(ASKED, {"code": old})
    assert not is_signed_in(client)


def test_a_recovery_code_signs_in_once(bureau, client):
    with_app(bureau.head)
    one = RecoveryCodes.activate(bureau.head).get_unused_codes()[0]
    signed_in = []
    for _time in range(2):
        password(client, bureau.head)
        client.post(ASKED, {"code": one})
        signed_in.append(is_signed_in(client))
        client.logout()
    assert signed_in == [True, False]


def test_nobody_comes_to_the_second_step_without_the_first(bureau, client):
    with_app(bureau.head)
    assert client.post(ASKED, {"code": code()}).url == "/login/"


def test_wrong_codes_count_like_wrong_passwords_and_the_office_sees_the_lock(bureau, client):
    password(client, with_app(bureau.head))
    statuses = [client.post(ASKED, {"code": "000000"}).status_code for _time in range(5)]
    assert (statuses[-1], [lock.account for lock in locks()]) == (429, [bureau.head])
    client.post(ASKED, {"code": code()})
    assert not is_signed_in(client)


def test_the_last_visit_is_told_with_a_second_factor_too(bureau, client):
    from intranet.sign_in.accounts import LAST_VISIT

    bureau.head.last_login = timezone.now() - timedelta(days=3)
    bureau.head.save()
    password(client, with_app(bureau.head))
    client.post(ASKED, {"code": code()})
    assert client.session[LAST_VISIT] == bureau.head.last_login.isoformat()


# How it is kept


def test_the_database_alone_signs_nobody_in(bureau):
    with_app(bureau.head)
    RecoveryCodes.activate(bureau.head)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert (SECRET in kept, re.findall(r"[0-9a-f]{80}", kept)) == (False, [])


def test_with_another_key_no_code_fits(bureau, client, settings):
    with_app(bureau.head)
    settings.SECRET_KEY = "another"
    password(client, bureau.head)
    response = client.post(ASKED, {"code": code()})
    assert (response.status_code, is_signed_in(client)) == (200, False)


def test_with_the_old_key_as_fallback_it_does(bureau, client, settings):
    with_app(bureau.head)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    password(client, bureau.head)
    client.post(ASKED, {"code": code()})
    assert is_signed_in(client)


# Setting one up


def set_up_app(client):
    secret = client.get(SET_UP).context["form"].secret
    return client.post(SET_UP, {"code": code(secret)})


@pytest.mark.django_db(transaction=True)
def test_who_has_just_signed_in_sets_up_an_app_and_gets_recovery_codes(client):
    bureau = Bureau()
    password(client, bureau.cadre)
    response = set_up_app(client)
    page = client.get(response.url)
    assert (response.url, len(page.context["unused_codes"]), page.status_code) == (
        reverse("mfa_view_recovery_codes"),
        10,
        200,
    )
    assert AuditEntry.objects.filter(action="second_factor.added", person=bureau.cadre.pk).count() == 1


def test_recovery_codes_are_shown_once(bureau, client):
    password(client, bureau.cadre)
    codes_at = set_up_app(client).url
    client.post(reverse("mfa_reauthenticate"), {"code": RecoveryCodes.activate(bureau.cadre).get_unused_codes()[0]})
    shown = [re.findall(r"\b\d{8}\b", client.get(codes_at).content.decode()) for _time in range(2)]
    assert (len(shown[0]), shown[1]) == (9, [])


def test_a_wrong_code_sets_up_nothing(bureau, client):
    password(client, bureau.cadre)
    client.get(SET_UP)
    client.post(SET_UP, {"code": "000000"})
    assert not Authenticator.objects.exists()


def test_the_picture_is_in_the_page_itself(bureau, client):
    password(client, bureau.cadre)
    page = client.get(SET_UP).content.decode()
    assert 'src="data:image/svg+xml' in page


def test_a_session_of_long_ago_shows_the_password_first(bureau, client):
    password(client, bureau.cadre)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.get(SET_UP).url.startswith(reverse("account_reauthenticate"))


def test_who_has_one_confirms_with_it_before_removing_it(bureau, client):
    with_app(bureau.cadre)
    password(client, bureau.cadre)
    client.post(ASKED, {"code": code()})
    assert client.get(reverse("mfa_deactivate_totp")).url.startswith(reverse("mfa_reauthenticate"))


def test_a_stranger_is_sent_to_the_sign_in(client, db):
    assert client.get(INDEX).url.startswith("/login/")


# Where it is required


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/reports/audit/", "/admin/api/main/pages/"])
def test_the_office_is_led_to_setting_one_up_before_anything_of_the_admin_opens(bureau, client, forced, path):
    password(client, bureau.office)
    assert client.get(path).url == INDEX


def test_so_is_a_superuser(client, admin_user, forced):
    client.force_login(admin_user)
    assert client.get("/admin/").url == INDEX


def test_and_nothing_they_send_is_done(bureau, client, forced):
    client.force_login(bureau.office)
    client.post(reverse("people:close", args=[bureau.cadre.pk]), {"confirmed": "1"})
    bureau.cadre.refresh_from_db()
    assert bureau.cadre.is_active


@pytest.mark.parametrize("name", ["head", "liaison"])
def test_others_of_the_desk_are_not(bureau, client, forced, name):
    client.force_login(getattr(bureau, name))
    assert client.get("/admin/").status_code == 200


def test_without_the_setting_nobody_is(bureau, client):
    client.force_login(bureau.office)
    assert client.get("/admin/").status_code == 200


def test_the_rest_of_the_portal_is_open(bureau, client, forced):
    password(client, bureau.office)
    assert [client.get(path).status_code for path in ("/", "/intranet/", INDEX, SET_UP)] == [200] * 4


def test_with_a_code_shown_on_the_way_in_the_admin_opens(bureau, client, forced):
    password(client, with_app(bureau.office))
    client.post(ASKED, {"code": code()})
    assert client.get("/admin/").status_code == 200


def test_a_session_that_began_without_it_is_asked_for_it(bureau, client, forced):
    client.force_login(with_app(bureau.office))
    response = client.get("/admin/pages/")
    assert response.url == f"{reverse('mfa_reauthenticate')}?next=%2Fadmin%2Fpages%2F"
    assert client.post(response.url, {"code": code(), "next": "/admin/pages/"}).url == "/admin/pages/"
    assert client.get("/admin/").status_code == 200


def test_what_another_account_showed_in_this_session_does_not_count(bureau, client, forced):
    password(client, with_app(bureau.head))
    client.post(ASKED, {"code": code()})
    with_app(bureau.office)
    client.force_login(bureau.office)
    assert client.get("/admin/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_once_one_is_set_up_the_admin_opens_in_the_same_session(client, forced):
    password(client, Bureau().office)
    set_up_app(client)
    assert client.get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(bureau, client, forced):
    RecoveryCodes.activate(bureau.office)
    client.force_login(bureau.office)
    assert client.get("/admin/").url == INDEX


def test_who_cannot_set_one_up_can_sign_out(bureau, client, forced):
    client.force_login(bureau.office)
    client.post(reverse("wagtailadmin_logout"))
    assert not is_signed_in(client)


# Who has lost theirs


def test_the_office_removes_a_lost_one(bureau, client):
    with_app(bureau.head)
    client.force_login(bureau.office)
    client.post(reverse("sign_in:remove_second_factor", args=[bureau.head.pk]))
    entry = AuditEntry.objects.get(action="gongkai.remove_second_factor")
    assert (Authenticator.objects.exists(), entry.person_name) == (False, "office")


def test_it_is_asked_once_more_before(bureau, client):
    with_app(bureau.head)
    client.force_login(bureau.office)
    page = client.get(reverse("sign_in:remove_second_factor", args=[bureau.head.pk]))
    assert ("Authenticator app" in page.content.decode(), Authenticator.objects.count()) == (True, 1)


@pytest.mark.parametrize("name", ["head", "liaison", "office"])
def test_nobody_else_does_nor_does_the_office_for_itself_or_a_superuser(bureau, client, admin_user, name):
    own = {"office": bureau.office}.get(name, bureau.cadre)
    with_app(own)
    client.force_login(getattr(bureau, name))
    for person in (own, admin_user):
        client.post(reverse("sign_in:remove_second_factor", args=[person.pk]))
    assert Authenticator.objects.filter(user=own).exists()
