from django.urls import path

app_name = "meetings"
urlpatterns = [
    # calling
    # writing
    # minutes
    # following
    # arranging
    # imports
    # looking back
]
