from django.urls import path

from search import api, views
from search.demand import views as demand

app_name = "search"
urlpatterns = [
    path("search/", views.results, name="results"),
    path("search/opened/", demand.opened, name="opened"),
    path("search/helpful/", demand.helpful, name="helpful"),
    path("api/search/", api.search, name="api"),
    path("api/search/suggest", api.suggest, name="suggest"),
]
