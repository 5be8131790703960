"""The hall's public addresses."""

from django.urls import path

from intranet.hall.api import views as api
from intranet.hall.fees.views import fee_board, fee_history, fee_table
from intranet.hall.finder.views import activities, guides, kinds
from intranet.hall.front.views import hall_home, hall_screen
from intranet.hall.manual.views import manual, manuals
from intranet.hall.open_figures.views import public_figures

app_name = "hall"
urlpatterns = [
    path("hall/", hall_home, name="home"),
    path("hall/screen/", hall_screen, name="screen"),
    path("api/hall/guides/", api.guides, name="api_guides"),
    path("api/hall/fees/", api.fees, name="api_fees"),
    path("api/hall/results/", api.results, name="api_results"),
    path("api/hall/figures/", api.figures, name="api_figures"),
    path("hall/figures/", public_figures, name="figures"),
    path("hall/find/", kinds, name="finder"),
    path("hall/find/<int:kind_pk>/", activities, name="finder_activities"),
    path("hall/find/<int:kind_pk>/<int:activity_pk>/", guides, name="finder_guides"),
    path("hall/manual/", manuals, name="manuals"),
    path("hall/manual/<str:language>.pdf", manual, name="manual"),
    path("hall/manual/<str:code>/<str:language>.pdf", manual, name="manual"),
    path("fees/", fee_table, name="fees"),
    path("fees/board/", fee_board, name="fee_board"),
    path("fees/<str:code>/", fee_history, name="fee_history"),
]
