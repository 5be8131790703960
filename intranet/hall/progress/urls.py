"""Addresses of the public page of a case. None of them names a case or holds a code."""

from django.urls import path

from intranet.hall.progress import views

urlpatterns = [
    path("", views.progress, name="hall_progress"),
    path("case/", views.case, name="hall_progress_case"),
    path("papers/<slug:mark>/<slug:key>/", views.paper, name="hall_progress_paper"),
    path("papers/<slug:mark>/<slug:key>.txt", views.paper, {"is_download": True}, name="hall_progress_paper_file"),
    path("leave/", views.leave, name="hall_progress_leave"),
]
