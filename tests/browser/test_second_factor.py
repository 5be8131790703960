"""Passkeys in a real browser with a virtual authenticator, and the sign-in's screens under axe."""

import pytest
from django.urls import reverse

from tests.browser.test_accessibility import violations
from tests.factories import PASSWORD, approve, draft_matter, fresh, submit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def forced(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def on_localhost(page) -> str:
    """The server's address by name: a browser keeps no passkey for an address in numbers."""
    return page.url.partition("/admin/")[0].partition("/login/")[0].replace("127.0.0.1", "localhost")


def with_authenticator(page):
    """Give the browser a device that has a fingerprint and whose owner always agrees."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    authenticator = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return session, authenticator


def type_password(page, root, person):
    page.goto(f"{root}/login/")
    page.fill("input[name=username]", person.username)
    page.fill("input[name=password]", PASSWORD)
    page.click("#with-password button[type=submit]")
    page.wait_for_load_state()


def test_the_office_sets_up_a_passkey_and_signs_in_with_it(visit, bureau, forced):
    page = visit("/login/")
    root = on_localhost(page)
    session, authenticator = with_authenticator(page)
    type_password(page, root, bureau.office)
    assert page.url == root + reverse("mfa_index")
    page.get_by_role("link", name="Add a passkey").click()
    page.fill("input[name=name]", "办公室电脑")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    assert len(page.locator("pre").inner_text().split()) == 10
    page.get_by_role("link", name="I have kept them").click()
    assert page.url == f"{root}/admin/"
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]) == 1
    page.context.clear_cookies()
    type_password(page, root, bureau.office)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/admin/")


def test_who_breaks_it_off_is_told(visit, bureau):
    page = visit("/login/")
    root = on_localhost(page)
    type_password(page, root, bureau.cadre)
    page.goto(root + reverse("mfa_add_webauthn"))
    page.evaluate(
        "() => { navigator.credentials.create = async () => { throw new DOMException('no', 'NotAllowedError') } }"
    )
    told = page.get_by_text("The passkey was not used")
    before = told.is_visible()
    page.get_by_role("button", name="Add the passkey").click()
    told.wait_for()
    assert not before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_ins_screens(visit, bureau, settings, scheme):
    settings.OIDC_NAME = "州统一认证"
    page = visit("/login/")
    page.emulate_media(color_scheme=scheme)
    root, told = on_localhost(page), {"login": violations(page)}
    with_authenticator(page)
    type_password(page, root, bureau.cadre)
    for name in ("mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"):
        page.goto(root + reverse(name))
        told[name] = violations(page)
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    told["codes"] = violations(page)
    for name in ("mfa_index", "mfa_list_webauthn", "mfa_generate_recovery_codes", "mfa_reauthenticate"):
        page.goto(root + reverse(name))
        told[f"{name} with one"] = violations(page)
    page.context.clear_cookies()
    type_password(page, root, bureau.cadre)
    told["asked"] = violations(page)
    page.context.clear_cookies()
    for _time in range(5):
        page.goto(f"{root}/login/")
        page.fill("input[name=username]", "head")
        page.fill("input[name=password]", "wrong")
        page.click("#with-password button[type=submit]")
    told["locked"] = violations(page)
    assert {name: found for name, found in told.items() if found} == {}


def test_the_offices_screens_about_people(visit, bureau):
    draft = draft_matter(bureau.licensing, author=bureau.liaison)
    submitted = draft_matter(bureau.licensing, author=bureau.liaison, title="已报送")
    submit(submitted, by=bureau.liaison)
    approve(fresh(submitted), by=bureau.reviewer)
    page = visit("/login/")
    for _time in range(5):
        page.fill("input[name=username]", "liaison")
        page.fill("input[name=password]", "wrong")
        page.click("#with-password button[type=submit]")
        page.goto(page.url.partition("/login/")[0] + "/login/")
    page = visit("/admin/users/", bureau.office)
    root, told = page.url.partition("/admin/")[0], {"people": violations(page)}
    for name, person in (
        ("publication:leaving", bureau.liaison),
        ("publication:leaving", bureau.head),
        ("people:close", bureau.liaison),
        ("sign_in:locked", None),
    ):
        page.goto(root + reverse(name, args=[person.pk] if person else []))
        told[f"{name} {person or ''}"] = violations(page)
    page.goto(root + reverse("publication:leaving", args=[bureau.liaison.pk]))
    page.select_option("select[name=to]", index=1)
    page.get_by_role("button", name="Hand over what is ticked").click()
    page.get_by_text("drafts become").wait_for()
    told["confirm"] = violations(page)
    page.get_by_role("button", name="Hand over").click()
    page.get_by_text("What became of each").first.wait_for()
    told["done"] = violations(page)
    assert ({name: found for name, found in told.items() if found}, fresh(draft).owner == bureau.head) == ({}, True)
