"""Name every no about keeping the register of schools."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused


class BadSchoolCode(Refused):
    """Refuse what is no code of a school."""

    code = "school_code"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("学校标识码是 10 位数字，“%(code)s”不是。没有改变任何数据，请核对后再填。")


class BadSchoolName(Refused):
    """Refuse a name that no school has."""

    code = "school_name"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("学校名称要有 2–60 个字，并且含有汉字。没有改变任何数据，请填写完整的规范名称。")


class CodeTaken(Refused):
    """Tell which school has the code already."""

    code = "school_code_taken"
    sentence = _(
        "标识码 %(code)s 已有学校：%(county)s“%(name)s”%(state)s。没有重复新增；"
        "若就是这一所，直接使用即可，若不是，请核对标识码。"
    )


class TypeUnknown(Refused):
    """Refuse a type that GB/T 33782 does not know."""

    code = "school_type"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("没有代码为“%(type)s”的办学类型，没有改变任何数据。请按 GB/T 33782 的代码填写。")


class RegionUnknown(Refused):
    """Refuse a code that no region has, or that it did not have on that day."""

    code = "region_unknown"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("没有代码为“%(region)s”的县（区），没有改变任何数据。请按 GB/T 2260 的代码填写。")


class RegionEnded(Refused):
    """Lead from a county that is no more to the one that followed it."""

    code = "region_ended"
    sentence = _(
        "“%(name)s”（%(code)s）已于 %(on)s 撤销，现为“%(successor)s”（%(successor_code)s）。"
        "没有改变任何数据，请改选后再提交。"
    )


class RegionTooWide(Refused):
    """Ask for a county where a province or a city was chosen."""

    code = "region_too_wide"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("学校登记在县（区）。“%(name)s”下面还有县（区），请选到县（区）再提交。")


class NotRegistrar(Refused):
    """Refuse a school's officer what the county decides."""

    code = "not_registrar"
    status = HTTPStatus.FORBIDDEN
    sentence = _("学校的新增和变更由县区及以上管理员办理，没有改变任何数据。请联系县区管理员。")


class DayImpossible(Refused):
    """Refuse a day that has not come, or that lies before what is known of the school."""

    code = "school_day"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("日期要在 %(first)s 与 %(last)s 之间，没有改变任何数据。请核对日期。")


class SchoolClosed(Refused):
    """Refuse to change a school that is no more."""

    code = "school_closed"
    sentence = _("“%(school)s”已于 %(on)s 停办或并入他校，没有改变任何数据。")


class NothingChanges(Refused):
    """Tell that a school is already as it was asked to be."""

    code = "school_unchanged"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("填写的内容与“%(school)s”现在的相同，没有提交。")


class IntoItself(Refused):
    """Refuse to merge a school into itself."""

    code = "school_into_itself"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("不能把学校并入它自己，没有改变任何数据。请选择另一所学校。")


class AskedEnough(Refused):
    """Ask to wait for the answers to what was asked already."""

    code = "school_requests_most"
    sentence = _("您已有 %(most)s 份申请在等答复，没有再提交。请先等答复，或撤回不需要的那份。")


class SchoolThere(Refused):
    """Tell that the school with this code is there and can be chosen."""

    code = "school_there"
    sentence = _(
        "标识码 %(code)s 的学校已在平台里：%(county)s“%(name)s”。不用申请，直接选择它即可。"
    )


class RequestOver(Refused):
    """Tell that a request has its answer, or was taken back."""

    code = "school_request_over"
    sentence = _("这份申请已有答复或已撤回，您的操作没有生效，页面已更新。")


class SentenceMissing(Refused):
    """Ask for the sentence of a no."""

    code = "sentence_missing"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("请写明不同意的原因，对方会看到这句话。没有改变任何数据。")


class ChoiceMissing(Refused):
    """Ask which school it is."""

    code = "school_choice_missing"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("请先选择是哪一所学校，没有改变任何数据。")


class ProposalWaits(Refused):
    """Refuse a second proposal while the first one waits."""

    code = "type_proposal_waits"
    sentence = _(
        "“%(school)s”已有一份学制更正在等县区管理员确认，没有重复提交。需要修改时请先撤回。"
    )


class ProposalOver(Refused):
    """Tell that a proposal has its answer, or was taken back."""

    code = "type_proposal_over"
    sentence = _("这份学制更正已有答复或已撤回，您的操作没有生效，页面已更新。")
