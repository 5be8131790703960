"""Addresses of the public pages of appointments. None of them holds a code."""

from django.urls import path

from intranet.hall.appointments import views

app_name = "appointments"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("booked/", views.booked, name="booked"),
    path("cancel/", views.cancel, name="cancel"),
]
