"""The WSGI application that a production server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings.production")

application = get_wsgi_application()

from intranet.demo.checks import require_no_demo_accounts  # noqa: E402 - models exist only now

require_no_demo_accounts()
