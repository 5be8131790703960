from django.urls import path

from search import api, open_data, views
from search.demand import views as demand
from search.saved import views as saved
from search.saved.feeds import feed
from search.upkeep.views import metrics

app_name = "search"
urlpatterns = [
    path("metrics", metrics, name="metrics"),
    path("search/", views.results, name="results"),
    path("search/opened/", demand.opened, name="opened"),
    path("search/helpful/", demand.helpful, name="helpful"),
    path("api/", open_data.page, name="open_data"),
    path("api/openapi.json", open_data.openapi, name="openapi"),
    path("search/feed/", feed, name="feed"),
    path("search/saved/", saved.index, name="saved"),
    path("search/saved/add/", saved.add, name="save"),
    path("search/saved/<int:pk>/", saved.edit, name="saved_edit"),
    path("search/saved/<int:pk>/delete/", saved.delete, name="saved_delete"),
    path("search/saved/unsubscribe/<str:token>/", saved.unsubscribe_by_link, name="unsubscribe"),
    path("api/search/", api.search, name="api"),
    path("api/search/suggest", api.suggest, name="suggest"),
]
