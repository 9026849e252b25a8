"""Name the app for Django, which finds its templates by it."""

from django.apps import AppConfig


class TeacherConfig(AppConfig):
    """Place the pages of teacher."""

    name = "yanxiu.web.teacher"
    label = "web_teacher"
