from django.urls import path

from . import views

app_name = "teams"
urlpatterns = [
    path("offices/", views.office_list, name="office_list"),
    path("offices/<slug:code>/", views.office_detail, name="office_detail"),
    path("kept-words/", views.kept_words, name="kept_words"),
    path("kept-words/forget/", views.kept_words_forget, name="kept_words_forget"),
]
