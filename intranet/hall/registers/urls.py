"""Addresses of the registers and of questions at the window, below the admin's."""

from django.urls import path

from intranet.hall.inquiries import views as inquiries
from intranet.hall.registers.filings import FilingRegister
from intranet.hall.registers.inquiries import InquiryRegister
from intranet.hall.registers.notices import NoticeRegister

app_name = "hall_registers"
urlpatterns = [
    path("notices/", NoticeRegister.as_view(), name="notices"),
    path("notices/results/", NoticeRegister.as_view(results_only=True), name="notices_results"),
    path("refusals/", FilingRegister.as_view(), name="filings"),
    path("refusals/results/", FilingRegister.as_view(results_only=True), name="filings_results"),
    path("inquiries/", InquiryRegister.as_view(), name="inquiries"),
    path("inquiries/results/", InquiryRegister.as_view(results_only=True), name="inquiries_results"),
    path("inquiries/ask/", inquiries.ask, name="ask"),
    path("inquiries/<int:pk>/", inquiries.inquiry, name="inquiry"),
    path("inquiries/<int:pk>/<str:act>/", inquiries.act, name="act"),
]
