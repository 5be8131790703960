"""Signing in by an identity provider, against a real one over HTTP: it says who somebody is, never what they may."""

from datetime import timedelta
from urllib.parse import urlsplit

import oidc_provider_mock
import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.urls import reverse
from django.utils import timezone

from intranet.access.tokens import tokens_of
from intranet.audit.models import AuditEntry
from intranet.organisation.closing import close_account
from intranet.organisation.models import User
from tests.factories import PostFactory, UserFactory

LOGIN = "/account/oidc/bureau/login/"
CLAIMS = {
    "preferred_username": "zhaxi",
    "family_name": "扎",
    "given_name": "西",
    "email": "zhaxi@example.org",
    "groups": ["admins", "leading-group-office"],
    "phone_number": "13812345678",
}


@pytest.fixture(scope="module")
def provider():
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def configured(settings, provider):
    app = {"provider_id": "bureau", "name": "州统一认证", "client_id": "gongkai", "secret": "secret",
           "settings": {"server_url": provider}}  # fmt: skip
    settings.OIDC_NAME = "州统一认证"
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def known(provider, sub="42", **claims):
    """Let the provider know a person."""
    requests.put(f"{provider}/users/{sub}", json={**CLAIMS, **claims}, timeout=10).raise_for_status()


def sign_in(client, sub="42", then=""):
    """Go the way of a browser: to the provider, there say who one is, and back."""
    asked = client.post(f"{LOGIN}?next={then}" if then else LOGIN)
    back = requests.post(asked.url, data={"sub": sub}, allow_redirects=False, timeout=10).headers["Location"]
    found = urlsplit(back)
    return client.get(f"{found.path}?{found.query}")


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_the_sign_in_offers_it(client, db):
    page = client.get("/login/").content.decode()
    assert ("Sign in with 州统一认证" in page, 'name="password"' in page) == (True, True)


def test_without_the_setting_it_does_not(client, db, settings):
    settings.OIDC_NAME = ""
    assert LOGIN not in client.get("/login/").content.decode()


def test_a_new_person_gets_an_account_without_posts_that_reads_as_a_visitor(client, db, provider):
    known(provider)
    response = sign_in(client)
    person = User.objects.get(username="zhaxi")
    assert (response.url, is_signed_in(client)) == ("/welcome/", True)
    assert (str(person), person.email, person.has_usable_password()) == ("扎西", "zhaxi@example.org", False)
    assert (tokens_of(person), person.posts.count(), person.groups.count()) == (frozenset({"public"}), 0, 0)


def test_groups_of_the_provider_give_no_right(client, bureau, provider):
    known(provider)
    sign_in(client)
    person = User.objects.get(username="zhaxi")
    assert (person.is_superuser, person.is_staff, client.get("/admin/").status_code) == (False, False, 302)


def test_of_its_claims_no_more_is_kept_than_the_account_needs(client, db, provider):
    known(provider)
    sign_in(client)
    kept = SocialAccount.objects.get()
    assert (kept.uid, kept.extra_data, SocialToken.objects.count(), EmailAddress.objects.count()) == ("42", {}, 0, 0)


def test_the_account_that_was_made_is_in_the_log(client, db, provider):
    known(provider)
    sign_in(client)
    assert AuditEntry.objects.get(action="gongkai.account_from_directory").person_name == "zhaxi"


def test_the_second_time_it_is_the_same_account_whatever_the_name_has_become(client, db, provider):
    known(provider)
    sign_in(client)
    client.logout()
    known(provider, preferred_username="other", email="other@example.org")
    sign_in(client)
    assert (User.objects.count(), is_signed_in(client)) == (1, True)


def test_once_appointed_the_person_works_like_everybody(client, bureau, provider):
    known(provider)
    sign_in(client)
    client.logout()
    PostFactory(person=User.objects.get(username="zhaxi"), department=bureau.licensing, kind="liaison")
    sign_in(client)
    assert client.get("/admin/").status_code == 200


def test_whom_it_vouches_for_need_not_change_a_password_that_the_office_set_besides(client, bureau, provider):
    known(provider)
    sign_in(client)
    client.logout()
    person = User.objects.get(username="zhaxi")
    person.set_password("tusnig-orda-kelvin-8814")
    person.password_was_given = True
    person.save()
    PostFactory(person=person, department=bureau.licensing)
    sign_in(client)
    assert client.get("/intranet/").status_code == 200


@pytest.mark.parametrize("name", ["office", "admin"])
def test_a_name_or_address_that_is_taken_takes_over_no_account(client, bureau, admin_user, provider, name):
    taken = User.objects.get(username=name)
    known(provider, preferred_username=name, email=taken.email)
    sign_in(client)
    assert client.session["_auth_user_id"] != str(taken.pk)
    assert not SocialAccount.objects.filter(user=taken).exists()


def test_it_is_not_joined_to_the_account_that_is_signed_in(client, bureau, provider):
    known(provider)
    client.force_login(bureau.office)
    asked = client.post(f"{LOGIN}?process=connect")
    back = requests.post(asked.url, data={"sub": "42"}, allow_redirects=False, timeout=10).headers["Location"]
    found = urlsplit(back)
    client.get(f"{found.path}?{found.query}")
    assert not SocialAccount.objects.filter(user=bureau.office).exists()


def test_it_leads_where_the_person_wanted_to_go(client, db, provider):
    known(provider)
    assert sign_in(client, then="/catalogue/").url == "/catalogue/"


def test_it_leads_nobody_away(client, db, provider):
    known(provider)
    assert sign_in(client, then="https://example.org/").url == "/welcome/"


def test_who_has_a_second_factor_shows_it_all_the_same(client, db, provider):
    known(provider)
    sign_in(client)
    client.logout()
    TOTP.activate(User.objects.get(username="zhaxi"), "JBSWY3DPEHPK3PXP")
    assert (sign_in(client).url, is_signed_in(client)) == (reverse("mfa_authenticate"), False)


def test_who_was_just_signed_in_by_it_sets_up_a_second_factor_without_a_password(client, db, provider):
    known(provider)
    sign_in(client)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


@pytest.mark.parametrize("how", ["closed", "left"])
def test_who_has_left_is_refused(client, bureau, provider, how):
    known(provider)
    sign_in(client)
    client.logout()
    person = User.objects.get(username="zhaxi")
    if how == "closed":
        close_account(person, by=bureau.office)
    else:
        yesterday = timezone.localdate() - timedelta(days=1)
        PostFactory(person=person, department=bureau.licensing, ends_on=yesterday)
    page = client.get(sign_in(client).url).content.decode()
    assert ("This account is closed" in page, is_signed_in(client)) == (True, False)


def test_who_says_no_there_comes_back_to_the_sign_in(client, db, provider):
    asked = client.post(LOGIN)
    back = requests.post(asked.url, data={"action": "deny"}, allow_redirects=False, timeout=10).headers["Location"]
    found = urlsplit(back)
    assert client.get(f"{found.path}?{found.query}").url == "/login/"


def test_an_answer_that_nobody_asked_for_signs_nobody_in(client, db, provider):
    UserFactory()
    client.get("/account/oidc/bureau/login/callback/?code=made-up&state=made-up")
    assert not is_signed_in(client)


def test_while_it_does_not_answer_the_sign_in_says_so(client, db, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"] = {"server_url": "http://localhost:9"}
    assert "did not work" in client.post(LOGIN, follow=True).content.decode()
