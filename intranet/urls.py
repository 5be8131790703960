"""The portal's addresses."""

from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home import application, catalogue, departments, gallery, health, intranet_page, privacy
from home.feeds import CategoryFeed, LatestFeed
from home.sitemap import SITEMAPS
from intranet.disclosure.doors import matter_at, stored_file, table_of_matter
from intranet.publication import history_views
from intranet.publication.desk.view import my_desk
from intranet.publication.route_records.views import object_to

catalogue_urls = [
    path("", catalogue.index, name="index"),
    path("<slug:code>/", catalogue.category, name="category"),
]
department_urls = [
    path("", departments.index, name="index"),
    path("<slug:code>/", departments.detail, name="detail"),
]
feed_urls = [
    path("latest.atom", LatestFeed(), name="latest"),
    path("<slug:code>.atom", CategoryFeed(), name="category"),
]

MATTER = r"(?:external|internal)/[^/]+/[^/]+/[^/]+"

urlpatterns = [
    path("", include("intranet.sign_in.urls")),
    path("welcome/", intranet_page.after_login, name="after_login"),
    path("language/", set_language, name="set_language"),
    path("catalogue/", include((catalogue_urls, "catalogue"))),
    path("departments/", include((department_urls, "departments"))),
    path("intranet/", include(([path("", intranet_page.intranet_home, name="home")], "intranet"))),
    path("feeds/", include((feed_urls, "feeds"))),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("apply/", application.apply, name="apply"),
    path("progress/", include("intranet.hall.progress.urls")),
    path("hall/appointments/", include("intranet.hall.appointments.urls")),
    path("objections/<int:notice_id>/", object_to, name="object_to"),
    path("robots.txt", health.robots),
    path("gallery/", gallery.gallery),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("admin/login/", RedirectView.as_view(pattern_name="login", query_string=True)),
    path("admin/", my_desk),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("files/<path:path>", stored_file, name="stored_file"),
    path("", include("search.urls")),
    path("", include("intranet.hall.urls")),
    re_path(rf"^({MATTER})/history/$", history_views.history, name="matter_history"),
    re_path(rf"^({MATTER})/history/(\d+)/$", history_views.earlier_version, name="earlier_version"),
    re_path(rf"^({MATTER})/$", matter_at, name="matter"),
    re_path(rf"^({MATTER})/([a-z]+)\.csv$", table_of_matter, name="matter_table"),
    path("", include(wagtail_urls)),
]

handler500 = "home.failures.failed"
