"""The directory of offices, and kept words."""

from django.urls import path

from ..views import directory, kept

urlpatterns = [
    path("offices/", directory.office_list, name="office_list"),
    path("offices/<slug:code>/", directory.office_detail, name="office_detail"),
    path("kept-words/", kept.kept_words, name="kept_words"),
    path("kept-words/forget/", kept.kept_words_forget, name="kept_words_forget"),
]
