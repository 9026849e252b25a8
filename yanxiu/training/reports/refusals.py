"""Name every no about reports: exports and reminders."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused


class OutOfScope(Refused):
    """Tell that a node is not there, or not in one's branch: nobody can tell which."""

    code = "not_found"
    status = HTTPStatus.NOT_FOUND
    sentence = _("未找到该内容或您无权查看。")


class TooManyExports(Refused):
    """Ask for patience with what is being made already."""

    code = "too_many_exports"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("已有 %(most)s 份导出正在生成，没有再新建。请等其中一份完成，或先停止一份。")


class ExportOver(Refused):
    """Refuse a file whose link has expired or that was thrown away."""

    code = "export_over"
    status = HTTPStatus.GONE
    sentence = _("这份导出已过期或已停止，文件已删除。需要时请重新导出。")


class ExportRight(Refused):
    """Refuse a file whose grant is gone."""

    code = "export_right"
    status = HTTPStatus.FORBIDDEN
    sentence = _("导出时使用的管理权限已收回，这份文件不能再下载。")


class TrainingOver(Refused):
    """Refuse to remind people of what nobody can study now."""

    code = "training_over"
    sentence = _("这个专题现在不在学习时间内，没有发出提醒。")


class NobodyToRemind(Refused):
    """Tell that there is nobody to remind."""

    code = "nobody_to_remind"
    sentence = _("现在没有需要提醒的老师：都已达标，或在 %(days)s 天内已经提醒过。没有发出提醒。")
