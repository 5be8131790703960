"""Wiring: a change of the bureau's name or address is seen at once; pages' full addresses follow `BASE_URL`."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db.models.signals import post_migrate, post_save
from django.dispatch import receiver
from wagtail.models import Site

from home.context_processors import BUREAU_KEY
from home.models import BureauSettings


@receiver(post_save, sender=BureauSettings)
def forget_bureau(**kwargs: Any) -> None:
    cache.delete(BUREAU_KEY)


@receiver(post_migrate)
def keep_site_at_base_url(app_config: Any, **kwargs: Any) -> None:
    """Whatever names a page by its full address (e-mails, the sitemap) takes it from Wagtail's site."""
    if app_config.label != "home":
        return
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = base.port or (443 if base.scheme == "https" else 80)
    for site in Site.objects.filter(is_default_site=True).exclude(hostname=base.hostname, port=port):
        site.hostname, site.port = base.hostname, port
        site.save()
