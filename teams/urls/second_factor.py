"""Help for people who have lost every second proof."""

from django.urls import path

from ..views import second_factor

urlpatterns = [
    path(
        "people/<int:pk>/second-factor/reset/",
        second_factor.second_factor_reset,
        name="second_factor_reset",
    ),
]
