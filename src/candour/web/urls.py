"""Addresses that belong to no surface: is it alive, and what machines ask for."""

from django.urls import path

from candour.web import views

urlpatterns = [
    path("health", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
]
