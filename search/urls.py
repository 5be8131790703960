from django.urls import path

from search import api, views
from search.demand import views as demand
from search.upkeep.views import metrics

app_name = "search"
urlpatterns = [
    path("metrics", metrics, name="metrics"),
    path("search/", views.results, name="results"),
    path("search/opened/", demand.opened, name="opened"),
    path("search/helpful/", demand.helpful, name="helpful"),
    path("api/search/", api.search, name="api"),
    path("api/search/suggest", api.suggestions, name="suggest"),
]
