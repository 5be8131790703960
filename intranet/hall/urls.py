"""The hall's public addresses."""

from django.urls import path

from intranet.hall.fees.views import fee_board, fee_history, fee_table

app_name = "hall"
urlpatterns = [
    path("fees/", fee_table, name="fees"),
    path("fees/board/", fee_board, name="fee_board"),
    path("fees/<str:code>/", fee_history, name="fee_history"),
]
