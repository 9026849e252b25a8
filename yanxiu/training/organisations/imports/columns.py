"""Name the columns of each kind of sheet, as its template has them.

Pure. The titles are the format of our files: they are compared with what people hand in.
"""

from dataclasses import dataclass

from yanxiu.foundation.marking import marked as _

SCHOOLS, OFFICERS, ROSTER, STUDENTS = "schools", "officers", "roster", "students"
# The column that rows must not share.
KEYS = {ROSTER: "number", SCHOOLS: "code", OFFICERS: "phone", STUDENTS: "number"}


@dataclass(frozen=True, slots=True)
class Column:
    """Be a column: its title, the most characters of a cell, and what to write into it.

    `alike` are titles that probably mean the same. A guard is no part of the template: whoever
    hands it in wants what an import cannot do, and has to be told.
    """

    field: str
    title: str
    note: str = ""
    example: str = ""
    most: int = 60
    is_needed: bool = False
    is_guard: bool = False
    alike: tuple[str, ...] = ()


_SCHOOL_CODE = ("学校代码", "标识码", "学校编码", "学校编号", "单位代码")
_SCHOOL_NAME = ("学校", "校名", "单位", "单位名称", "学校全称", "任教学校", "所在学校")
_ACTION = Column("action", "操作", is_guard=True)
_RIGHT = Column("right", "角色", is_guard=True)

KINDS: dict[str, tuple[Column, ...]] = {
    ROSTER: (
        Column(
            "school_code",
            "学校标识码",
            note=_("10 位数字。只导入一所学校的名册时可以留空；不知道标识码时填写学校名称。"),
            example="3301060001",
            most=20,
            alike=_SCHOOL_CODE,
        ),
        Column(
            "school_name",
            "学校名称",
            note=_("与平台里的校名一致。填写了学校标识码时，用来核对。"),
            example="听涛小学",
            most=120,
            alike=_SCHOOL_NAME,
        ),
        Column(
            "name",
            "姓名",
            note=_("与证件一致；少数民族姓名的间隔符用“·”。"),
            example="示例姓名",
            is_needed=True,
            alike=("教师姓名", "老师姓名", "名字", "教师", "教职工姓名"),
        ),
        Column(
            "document_kind",
            "证件类型",
            note=_(
                "居民身份证可以留空；也可写港澳台居民居住证、港澳居民来往内地通行证、"
                "台湾居民来往大陆通行证、外国人永久居留身份证或护照。"
            ),
            example="居民身份证",
            most=20,
            alike=("身份证件类型", "证件种类"),
        ),
        Column(
            "number",
            "证件号码",
            note=_("居民身份证 18 位。请保持这一列为“文本”格式，否则 Excel 会丢掉后几位。"),
            example="110101199001010015",
            most=60,
            is_needed=True,
            alike=("身份证", "身份证号", "身份证号码", "身份证件号", "身份证件号码", "证件号"),
        ),
        Column(
            "role",
            "职务",
            note=_("例如“三年级组长”，可以留空。"),
            example="三年级组长",
            most=40,
            alike=("岗位", "岗位名称", "职位", "担任职务"),
        ),
        Column(
            "subject",
            "任教学科",
            note=_("例如“语文”，可以留空。"),
            example="语文",
            most=40,
            alike=("学科", "科目", "任教科目", "所教学科"),
        ),
        _ACTION,
        _RIGHT,
    ),
    STUDENTS: (
        Column(
            "name",
            "姓名",
            note=_("与学籍一致；少数民族姓名的间隔符用“·”。"),
            example="示例学生",
            is_needed=True,
            alike=("学生姓名", "名字", "学生"),
        ),
        Column(
            "number",
            "学籍号",
            note=_("全国学籍号，19 位，以 G、L 或 J 开头。"),
            example="G110101201509010016",
            most=60,
            is_needed=True,
            alike=("全国学籍号", "学籍号码", "学号", "学生号", "学生学籍号"),
        ),
        Column(
            "group",
            "班级",
            note=_("例如“三年级 2 班”，可以留空；登录码按班级打印。"),
            example="三年级 2 班",
            most=40,
            alike=("班", "年级班级", "所在班级", "班级名称"),
        ),
        _ACTION,
    ),
    SCHOOLS: (
        Column(
            "code",
            "学校标识码",
            note=_("10 位数字，全国唯一。"),
            example="3301069001",
            most=20,
            is_needed=True,
            alike=_SCHOOL_CODE,
        ),
        Column(
            "name",
            "学校名称",
            note=_("正式名称，2–60 个字。"),
            example="示例小学",
            most=120,
            is_needed=True,
            alike=_SCHOOL_NAME,
        ),
        Column(
            "type",
            "办学类型",
            note=_("GB/T 33782 的名称或代码，例如“小学”或 211。"),
            example="小学",
            most=40,
            is_needed=True,
            alike=("学校类型", "学制", "类型", "办学类别"),
        ),
        Column(
            "county",
            "所属县区",
            note=_("县区的名称或 6 位代码。只管理一个县区时可以留空。"),
            example="330106",
            most=60,
            alike=("县区", "区县", "所在县区", "地区", "地区代码", "行政区划代码", "县区代码"),
        ),
        Column(
            "opened_on",
            "设立日期",
            note=_("写成 2025-09-01 的样子；留空时按导入当天。"),
            example="2025-09-01",
            most=30,
            alike=("建校日期", "成立日期", "建校时间", "成立时间"),
        ),
        _ACTION,
        _RIGHT,
    ),
    OFFICERS: (
        Column(
            "phone",
            "手机号",
            note=_("对方注册时使用的手机号；没有注册的人请先注册。"),
            example="13800000000",
            most=60,
            is_needed=True,
            alike=("手机", "手机号码", "电话", "联系电话", "联系方式"),
        ),
        Column(
            "name",
            "姓名",
            note=_("用来核对是不是本人，可以留空。"),
            example="示例姓名",
            alike=("管理员姓名", "名字"),
        ),
        Column(
            "level",
            "管理级别",
            note=_("省级管理员、市级管理员、县区管理员或学校管理员，须比您自己的低。"),
            example="学校管理员",
            most=20,
            is_needed=True,
            alike=("级别", "角色", "管理员级别", "权限", "管理员类型"),
        ),
        Column(
            "node",
            "管理范围代码",
            note=_("学校管理员填 10 位学校标识码，其他级别填 6 位地区代码。"),
            example="3301060001",
            most=20,
            is_needed=True,
            alike=("学校标识码", "地区代码", "学校代码", "行政区划代码", "管理范围", "标识码"),
        ),
        _ACTION,
    ),
}


def of(kind: str) -> tuple[Column, ...]:
    """Return the columns of a kind in the order in which cells are kept."""
    return KINDS[kind]


def shown(kind: str) -> tuple[Column, ...]:
    """Return the columns that the template has."""
    return tuple(column for column in KINDS[kind] if not column.is_guard)


def titled(kind: str, field: str) -> str:
    """Return the title of a column of a kind."""
    return next((column.title for column in KINDS[kind] if column.field == field), "")
