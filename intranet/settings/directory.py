"""The bureau's directory (LDAP), where the environment names one; it needs the packages of `requirements-ldap.txt`."""

import os
from typing import Any

BACKEND = "intranet.sign_in.directory.DirectoryBackend"
SECONDS = 5
"""How long a sign-in waits for the directory."""


def directory_settings() -> dict[str, Any]:
    """The settings of django-auth-ldap by the environment; none where no directory is named.

    Of what the package can do, groups are left out: no right comes from the directory.
    """
    uri = os.environ.get("LDAP_URI", "")
    if not uri:
        return {}
    import ldap
    from django_auth_ldap.config import LDAPSearch

    options = {ldap.OPT_NETWORK_TIMEOUT: SECONDS, ldap.OPT_TIMEOUT: SECONDS, ldap.OPT_REFERRALS: 0}
    if authority := os.environ.get("LDAP_CA_CERTS", ""):
        # The last of these makes the ones before it take effect.
        options |= {ldap.OPT_X_TLS_CACERTFILE: authority, ldap.OPT_X_TLS_NEWCTX: 0}
    is_open = uri.startswith("ldap://")
    return {
        "AUTH_LDAP_SERVER_URI": uri,
        "AUTH_LDAP_START_TLS": is_open and os.environ.get("LDAP_START_TLS", "1") == "1",
        "AUTH_LDAP_CONNECTION_OPTIONS": options,
        "AUTH_LDAP_BIND_DN": os.environ.get("LDAP_BIND_DN", ""),
        "AUTH_LDAP_BIND_PASSWORD": os.environ.get("LDAP_BIND_PASSWORD", ""),
        "AUTH_LDAP_USER_SEARCH": LDAPSearch(
            os.environ.get("LDAP_BASE", ""), ldap.SCOPE_SUBTREE, os.environ.get("LDAP_FILTER", "(uid=%(user)s)")
        ),
        "AUTH_LDAP_USER_ATTRLIST": ["givenName", "sn", "mail"],
        "AUTH_LDAP_USER_ATTR_MAP": {"first_name": "givenName", "last_name": "sn", "email": "mail"},
    }
