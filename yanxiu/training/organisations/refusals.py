"""Name every no about schools, posts and verification."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused


class SchoolGone(Refused):
    """Refuse a school that is closed or was never there."""

    code = "school_gone"
    status = HTTPStatus.GONE
    sentence = _("该学校已停用或不存在，请重新选择；您的学习记录不受影响。")


class SearchTooShort(Refused):
    """Ask for a part of a name that can be searched."""

    code = "search_length"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("请输入 2–50 个字。")


class AlreadyVerified(Refused):
    """Refuse to change what a school has confirmed."""

    code = "already_verified"
    sentence = _(
        "认证通过后不能直接修改姓名、证件号码和所在学校，原有信息没有改变。"
        "姓名或号码有误请提交更正申请；换学校请先删除当前任教信息，修改后由学校管理员重新审核。"
    )


class TooManyPosts(Refused):
    """Refuse more schools than anybody teaches at."""

    code = "too_many_posts"
    sentence = _("最多同时在 %(most)s 所学校任教，没有添加。请先删除已不再任教的学校。")


class PostEnded(Refused):
    """Refuse to end a post that is over."""

    code = "post_ended"
    sentence = _("这条任教信息已经删除，没有再次改变任何数据。请返回查看最新状态。")


class NotVerified(Refused):
    """Lead whoever nobody has confirmed to the form: she may change her information directly."""

    code = "not_verified"
    sentence = _("您的信息还没有通过认证，不需要申请更正，可以直接修改。")


class NothingDiffers(Refused):
    """Ask for what should be different."""

    code = "nothing_differs"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("填写的姓名和证件号码与现在的完全相同，没有提交。请填写更正后的内容。")


class ProofMissing(Refused):
    """Ask for a picture where so much would be different that words alone are not enough."""

    code = "proof_missing"
    status = HTTPStatus.BAD_REQUEST
    sentence = _(
        "更正证件号码，或姓名改动多于一个字时，须附上证明照片。文字已保留，请选择照片后再提交。"
    )


class ProofNotAsked(Refused):
    """Ask for the step that notes who looks, before a picture of a document is shown."""

    code = "proof_not_asked"
    status = HTTPStatus.FORBIDDEN
    sentence = _("证明照片每次查看都会记录。请回到申请页，点“查看证明照片”。")


class CorrectionWaits(Refused):
    """Refuse a second request while the first one waits."""

    code = "correction_waits"
    sentence = _("您已有一份更正申请在等审核，没有重复提交。需要修改时，请先撤回那一份。")


class CorrectionOver(Refused):
    """Refuse to take back what is answered or taken back already."""

    code = "correction_over"
    sentence = _("这份更正申请已有结果或已撤回，没有改变任何数据。请返回查看最新状态。")


class OwnVerification(Refused):
    """Refuse an officer who would confirm herself."""

    code = "self_approval"
    status = HTTPStatus.FORBIDDEN
    sentence = _("不能审核自己的身份，没有改变任何数据。请由本校另一位管理员或上级管理员处理。")


class OwnDeputy(Refused):
    """Refuse a deputy who would confirm the very person who lent her the right."""

    code = "deputy_of_asker"
    status = HTTPStatus.FORBIDDEN
    sentence = _(
        "您正代理这位老师本人的管理权限，不能审核其身份，没有改变任何数据。"
        "请由本校另一位管理员或上级管理员处理。"
    )


class NoLongerMatches(Refused):
    """Leave out of a batch of matches whom the roster no longer knows exactly so."""

    code = "no_longer_matches"
    sentence = _("确认时已与名册不一致，没有通过，仍在等待审核。请逐位核对。")


class AlreadyDecided(Refused):
    """Refuse a second decision: somebody was quicker, or the teacher withdrew the request."""

    code = "already_decided"
    sentence = _("该申请已由 %(who)s 于 %(when)s 处理，您的操作没有生效，页面已更新。")


class Withdrawn(Refused):
    """Refuse a decision on a request that its teacher has replaced or taken back."""

    code = "request_replaced"
    sentence = _("该教师已更新信息或离开学校，这份申请不再有效，您的操作没有生效。")


class NotSchoolOfficer(Refused):
    """Refuse officers above the county: the school knows its teachers."""

    code = "not_school_officer"
    status = HTTPStatus.FORBIDDEN
    sentence = _("身份由教师所在学校的管理员审核。您可以查看进度，但不能代为审核。")


class NotRisen(Refused):
    """Ask a county for patience: the school's own time is not over."""

    code = "not_risen"
    status = HTTPStatus.FORBIDDEN
    sentence = _(
        "身份由教师所在学校的管理员审核；学校到 %(when)s 还没有处理时，转由县区管理员审核。"
    )


class CountyOnly(Refused):
    """Refuse a school what only its county may answer."""

    code = "county_only"
    status = HTTPStatus.FORBIDDEN
    sentence = _("这份申请须由县区管理员审核，没有改变任何数据。您可以查看进度。")


class HandedUp(Refused):
    """Tell that the county answers instead: too many whom no roster knows in too short a time."""

    code = "handed_up"
    sentence = _(
        "10 分钟内通过的名册外教师已达 %(most)s 位，这份申请已转给县区管理员复核，暂未通过。"
    )


class CaseUnknown(Refused):
    """Tell that a request is not there, or not in one's branch: nobody can tell which."""

    code = "not_found"
    status = HTTPStatus.NOT_FOUND
    sentence = _("未找到该内容或您无权查看。")


class TooManyAtOnce(Refused):
    """Refuse more requests at once than one answer can carry."""

    code = "too_many_at_once"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("一次最多处理 %(most)s 份申请，没有改变任何数据。请分几次处理。")


class ReasonMissing(Refused):
    """Ask for the reason of a no."""

    code = "reason_missing"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("退回时请选择原因；选择“其他原因”时请写明说明。")


class OwnRight(Refused):
    """Refuse an officer who would give a right to herself, or take her own."""

    code = "own_right"
    status = HTTPStatus.FORBIDDEN
    sentence = _("不能给自己授权或收回自己的权限，没有改变任何数据。请由上级管理员处理。")


class OutsideBranch(Refused):
    """Refuse a node outside one's own branch, in the words for what is not there."""

    code = "not_found"
    status = HTTPStatus.NOT_FOUND
    sentence = _("未找到该内容或您无权查看。")


class NotLower(Refused):
    """Refuse a right that is not strictly lower than one's own."""

    code = "right_not_lower"
    status = HTTPStatus.FORBIDDEN
    sentence = _("只能授予或收回比自己低一级及以下的权限，没有改变任何数据。请由上级管理员处理。")


class LevelOfNode(Refused):
    """Refuse a level that its node does not have, such as a county's for a school."""

    code = "level_of_node"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("管理级别与所选的地区或学校不一致，没有改变任何数据。请重新选择。")


class AlreadyServes(Refused):
    """Refuse a right that the person has already."""

    code = "already_serves"
    sentence = _("这位用户已经是这里的管理员，没有改变任何数据。")


class RightEnded(Refused):
    """Refuse to build on a right that has ended."""

    code = "right_ended"
    sentence = _("这项权限已经结束，您的操作没有生效。请返回查看最新状态。")


class DeputyOfDeputy(Refused):
    """Refuse a deputy who would hand on what she holds for another."""

    code = "deputy_of_deputy"
    status = HTTPStatus.FORBIDDEN
    sentence = _("代理的权限不能再交给别人代理，没有改变任何数据。请由本人或上级管理员处理。")


class DeputyTime(Refused):
    """Refuse a deputy without an end, or with one too far away."""

    code = "deputy_time"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("代理须有结束时间：从现在起最长 %(days)s 天。没有改变任何数据。")


class NobodyThere(Refused):
    """Tell that no account has that number."""

    code = "nobody_there"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("没有找到使用这个手机号的用户。请对方先用该手机号注册，再为其授权。")


class NowhereThere(Refused):
    """Tell that no node of the branch fits what was typed."""

    code = "nowhere_there"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("您的管理范围内没有找到这一级的地区或学校，没有授权。请核对级别、名称或代码。")


class HoldsMore(Refused):
    """Refuse to open the door of somebody who serves more than one could take from her."""

    code = "holds_more"
    status = HTTPStatus.FORBIDDEN
    sentence = _("这位管理员还有您管不到的权限，没有改变任何数据。请由能管理其全部权限的上级处理。")


class SoughtTooOften(Refused):
    """Refuse to tell of any more numbers for a while whether somebody has them."""

    code = "sought_too_often"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("一小时内查找的手机号太多，没有授权。请稍后再试，或用导入管理员表格一次授权多人。")


class AlreadyListed(Refused):
    """Refuse an entry that the school's roster has."""

    code = "already_listed"
    sentence = _("这个证件号码已在本校名册中，没有重复添加。要更正，请先结束原来的那一条。")


class EntryEnded(Refused):
    """Refuse to end an entry that is over."""

    code = "entry_ended"
    sentence = _("这位老师已不在名册中，没有再次改变任何数据。请返回查看最新状态。")


class NumberNotHers(Refused):
    """Refuse a whole number to who does not answer for the teacher, and to the teacher herself."""

    code = "number_not_hers"
    status = HTTPStatus.FORBIDDEN
    sentence = _("只有老师现任学校的管理员和县区管理员能查看完整证件号码，且不能查看自己的。")


class NumberReasonMissing(Refused):
    """Ask what a whole number is needed for."""

    code = "number_reason_missing"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("请写明查看完整证件号码的原因，没有显示。")


class TooManyNumbersOpened(Refused):
    """Refuse more whole numbers for a day."""

    code = "numbers_opened_too_often"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("24 小时内已查看 %(most)s 位老师的完整证件号码，没有显示。请明天再试。")
