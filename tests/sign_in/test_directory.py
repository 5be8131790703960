"""Signing in by a directory, against a real OpenLDAP: it knows the password, and nothing of what somebody may do."""

import os
import shutil
import tempfile
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as of_the_suite
from django.urls import reverse
from django.utils import timezone

from intranet.access.tokens import tokens_of
from intranet.audit.models import AuditEntry
from intranet.organisation.closing import close_account, open_account
from intranet.organisation.models import User
from intranet.settings.directory import BACKEND, directory_settings
from tests.factories import PostFactory, UserFactory

ldap = pytest.importorskip("ldap", reason="requirements-ldap.txt is not installed", exc_type=ImportError)
os.environ["PATH"] += os.pathsep + "/usr/sbin"
if not shutil.which("slapd"):
    pytest.skip("slapd is not installed", allow_module_level=True)

PASSWORD = "known-to-the-directory"
ENTRIES = """
dn: {suffix}
objectClass: dcObject
objectClass: organization
dc: {dc}
o: example

dn: uid=zhaxi,{suffix}
objectClass: inetOrgPerson
uid: zhaxi
cn: zhaxi
sn:: 5omO
givenName:: 6KW/
mail: zhaxi@example.org
telephoneNumber: 13812345678
userPassword: known-to-the-directory

dn: uid=office,{suffix}
objectClass: inetOrgPerson
uid: office
cn: office
sn: office
userPassword: known-to-the-directory

dn: uid=admin,{suffix}
objectClass: inetOrgPerson
uid: admin
cn: admin
sn: admin
userPassword: known-to-the-directory

dn: cn=admins,{suffix}
objectClass: groupOfNames
cn: admins
member: uid=zhaxi,{suffix}
"""


@pytest.fixture(scope="module")
def directory():
    import slapdtest

    # The address of its socket is part of a path that may have a hundred characters.
    with tempfile.TemporaryDirectory(prefix="ldap-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(slapdtest.SlapdObject, "TMPDIR", folder)
        schemas = ("core.ldif", "cosine.ldif", "inetorgperson.ldif")
        patch.setattr(slapdtest.SlapdObject, "openldap_schema_files", schemas)
        with slapdtest.SlapdObject() as server:
            dc = server.suffix.partition(",")[0].removeprefix("dc=")
            server.ldapadd(ENTRIES.format(suffix=server.suffix, dc=dc))
            yield server


@pytest.fixture(autouse=True)
def configured(settings, directory, monkeypatch):
    environment = {
        "LDAP_URI": directory.ldap_uri, "LDAP_START_TLS": "0", "LDAP_BASE": directory.suffix,
        "LDAP_BIND_DN": directory.root_dn, "LDAP_BIND_PASSWORD": directory.root_pw,
    }  # fmt: skip
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for name, value in directory_settings().items():
        setattr(settings, name, value)
    settings.AUTHENTICATION_BACKENDS = [*of_the_suite.AUTHENTICATION_BACKENDS, BACKEND]


def sign_in(client, name="zhaxi", password=PASSWORD):
    return client.post("/login/", {"username": name, "password": password})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_new_person_gets_an_account_without_posts_that_reads_as_a_visitor(client, db):
    sign_in(client)
    person = User.objects.get(username="zhaxi")
    assert (is_signed_in(client), str(person), person.email) == (True, "扎西", "zhaxi@example.org")
    assert (tokens_of(person), person.groups.count(), person.has_usable_password()) == (frozenset({"public"}), 0, False)


def test_groups_of_the_directory_give_no_right(client, bureau):
    sign_in(client)
    person = User.objects.get(username="zhaxi")
    assert (person.is_superuser, person.get_all_permissions(), client.get("/admin/").status_code) == (False, set(), 302)


def test_the_account_that_was_made_is_in_the_log_once(client, db):
    for _time in range(2):
        sign_in(client)
        client.logout()
    assert AuditEntry.objects.filter(action="gongkai.account_from_directory").count() == 1


@pytest.mark.parametrize("password", ["wrong", ""])
def test_a_wrong_password_makes_and_opens_no_account(client, db, password):
    sign_in(client, password=password)
    assert (is_signed_in(client), User.objects.count()) == (False, 0)


@pytest.mark.parametrize("name", ["nobody", "*", "zhaxi)(uid=*", "zh*"])
def test_a_name_that_it_does_not_know_signs_nobody_in(client, db, name):
    sign_in(client, name)
    assert (is_signed_in(client), User.objects.count()) == (False, 0)


def test_however_the_name_is_written_it_is_one_account(client, db):
    for name in ("zhaxi", "ZHAXI", " Zhaxi"):
        sign_in(client, name)
        client.logout()
    assert User.objects.count() == 1


def test_once_appointed_the_person_works_like_everybody(client, bureau):
    sign_in(client)
    client.logout()
    PostFactory(person=User.objects.get(username="zhaxi"), department=bureau.licensing, kind="liaison")
    sign_in(client)
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("name", ["office", "admin"])
def test_an_account_with_a_password_of_its_own_is_not_the_directorys(client, bureau, admin_user, name):
    sign_in(client, name)
    assert not is_signed_in(client)


def test_nor_is_a_superusers_without_one(client, db):
    person = UserFactory(username="zhaxi", is_superuser=True)
    person.set_unusable_password()
    person.save()
    sign_in(client)
    assert not is_signed_in(client)


def test_nor_one_of_the_identity_provider(client, db):
    person = UserFactory(username="zhaxi")
    person.set_unusable_password()
    person.save()
    SocialAccount.objects.create(user=person, provider="bureau", uid="1")
    sign_in(client)
    assert not is_signed_in(client)


def test_an_account_that_was_closed_and_opened_again_is(client, bureau):
    close_account(bureau.office, by=UserFactory(is_superuser=True))
    sign_in(client, "office")
    closed = is_signed_in(client)
    open_account(bureau.office, by=UserFactory(is_superuser=True))
    bureau.office.posts.update(ends_on=None)
    sign_in(client, "office")
    assert (closed, is_signed_in(client)) == (False, True)


def test_who_has_left_is_refused(client, bureau):
    sign_in(client)
    client.logout()
    yesterday = timezone.localdate() - timedelta(days=1)
    PostFactory(person=User.objects.get(username="zhaxi"), department=bureau.licensing, ends_on=yesterday)
    sign_in(client)
    assert not is_signed_in(client)


def test_too_many_failures_are_refused_before_the_directory_is_asked(client, db):
    for _time in range(5):
        sign_in(client, password="wrong")
    assert (sign_in(client).status_code, is_signed_in(client)) == (429, False)


def test_who_has_a_second_factor_shows_it(client, db):
    sign_in(client)
    client.logout()
    TOTP.activate(User.objects.get(), "JBSWY3DPEHPK3PXP")
    assert (sign_in(client).url, is_signed_in(client)) == (reverse("mfa_authenticate"), False)


def test_who_was_just_signed_in_sets_one_up(client, db):
    sign_in(client)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_while_it_does_not_answer_local_accounts_sign_in_as_always(client, bureau, settings):
    from tests.factories import PASSWORD as LOCAL

    settings.AUTH_LDAP_SERVER_URI = "ldap://127.0.0.1:9"
    sign_in(client)
    unanswered = is_signed_in(client)
    sign_in(client, "head", LOCAL)
    assert (unanswered, is_signed_in(client)) == (False, True)


@pytest.mark.parametrize(
    ("uri", "said", "is_asked"),
    [("ldap://d", "", True), ("ldap://d", "0", False), ("ldaps://d", "1", False)],
)
def test_the_connection_is_encrypted_unless_it_is_said_otherwise(monkeypatch, uri, said, is_asked):
    monkeypatch.setenv("LDAP_URI", uri)
    monkeypatch.setenv("LDAP_START_TLS", said) if said else monkeypatch.delenv("LDAP_START_TLS")
    assert directory_settings()["AUTH_LDAP_START_TLS"] is is_asked


def test_without_an_address_there_is_none(monkeypatch):
    monkeypatch.delenv("LDAP_URI")
    assert directory_settings() == {}
