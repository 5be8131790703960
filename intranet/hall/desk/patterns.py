"""The addresses of the hall's screens in the admin, below `/admin/window/`."""

from django.urls import path

from intranet.hall.appointments.desk_views import appointments
from intranet.hall.desk import case_screen, paper_views, scan_views
from intranet.hall.desk.case_list import CaseList
from intranet.hall.receipt.views import receipt
from intranet.hall.reception import views as reception
from intranet.hall.results.views import propose_result

window = [
    path("", reception.receive, name="receive"),
    path("received/<str:number>/", reception.received, name="received"),
    path("appointments/", appointments, name="appointments"),
    path("cases/", CaseList.as_view(), name="cases"),
    path("cases/results/", CaseList.as_view(results_only=True), name="cases_results"),
    path("cases/<str:number>/", case_screen.case, name="case"),
    path("cases/<str:number>/scans/", scan_views.attach_scans, name="attach_scans"),
    path("scans/<int:scan_id>/", scan_views.scan, name="scan"),
    path("scans/<int:scan_id>/remove/", scan_views.remove_scan, name="remove_scan"),
    path("cases/<str:number>/receipt/", receipt, name="receipt"),
    path("cases/<str:number>/papers/<slug:key>/", paper_views.paper, name="paper"),
    path("cases/<str:number>/unmask/", case_screen.unmasked, name="unmask"),
    path("cases/<str:number>/result/", propose_result, name="propose_result"),
    path("cases/<str:number>/moves/<str:act>/", case_screen.move, name="move"),
]
