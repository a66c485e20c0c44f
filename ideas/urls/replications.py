"""Taking over proven initiatives."""

from django.urls import path

from ..views import recommendations, spread
from ..views import replications as views

urlpatterns = [
    path("replications/", views.replication_list, name="replication_list"),
    path("replications/create/<int:pk>/", views.replication_create, name="replication_create"),
    path("replications/<int:pk>/", views.replication_detail, name="replication_detail"),
    path("replications/<int:pk>/update/", views.replication_update, name="replication_update"),
    path(
        "replications/<int:pk>/measures/", views.replication_measures, name="replication_measures"
    ),
    path("replications/<int:pk>/begin/", views.replication_begin, name="replication_begin"),
    path("replications/<int:pk>/adopt/", views.replication_adopt, name="replication_adopt"),
    path("replications/<int:pk>/drop/", views.replication_drop, name="replication_drop"),
    path(
        "recommendations/<int:pk>/refuse/",
        recommendations.recommendation_refuse,
        name="recommendation_refuse",
    ),
]
public = [
    path("initiatives/<int:pk>/spread/", spread.spread, name="spread"),
    path("savings/", spread.savings, name="savings"),
]
