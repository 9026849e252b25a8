"""Keep what the style guide shows: people, courses and numbers that nobody has."""

from datetime import date, datetime, timedelta
from uuid import UUID

from yanxiu.training.reports.figures import Child
from yanxiu.training.reports.models import Figures
from yanxiu.web.shared.charts import Chart, draw
from yanxiu.web.shared.tiles import Tile, lay

_NOWHERE = UUID(int=0)
_DAYS = 42
_PEOPLE = 6_482
# Where a few provinces would stand; how many of a hundred have all hours, None where nobody is.
_SHARES = {
    "110000": ("北京市", 83), "310000": ("上海市", 92), "330000": ("浙江省", 67),
    "420000": ("湖北省", 48), "440000": ("广东省", 59), "510000": ("四川省", 31),
    "530000": ("云南省", 12), "540000": ("西藏自治区", None), "650000": ("新疆维吾尔自治区", 74),
}  # fmt: skip

# The palette: which property of tokens.css, what it is called, and what it says.
COLOURS = (
    ("paper", "宣纸", "页面的底色"),
    ("sheet", "白纸", "卡片"),
    ("well", "凹处", "安静的一块"),
    ("ink", "墨", "正文"),
    ("ink-soft", "淡墨", "第二种声音：说明、时间"),
    ("line", "界线", "分隔，不表示意义"),
    ("edge", "边框", "控件的轮廓"),
    ("azurite", "石青", "够了，可以继续；主按钮、链接"),
    ("cinnabar", "朱砂", "还不够；拒绝、删除；印章"),
    ("amber", "缃黄", "等别人处理"),
    ("bamboo", "竹青", "已经办完，不再改变"),
)
COURSES = (
    {
        "title": "大力弘扬教育家精神",
        "position": 1,
        "learned": "4.26",
        "recognised": "2.00",
        "required": "2.00",
        "share": 100,
        "enough": True,
        "why": "已到本课程上限 2 学时；继续学习会记入已学习。",
    },
    {
        "title": "科学素养提升",
        "position": 3,
        "learned": "0.20",
        "recognised": "0.20",
        "required": "1.00",
        "share": 20,
        "short_by": "0.80",
        "why": "《走近航天》看了 41 分 20 秒，还差 3 分 05 秒就计入 0.98 学时。",
    },
    {"title": "学科教学能力提升", "position": 5, "required": "3.00"},
)
STEPS = (
    {"state": "done", "title": "已报名", "detail": "7 月 21 日"},
    {
        "state": "next",
        "title": "学完 10 学时",
        "detail": "还差：科学素养提升 0.80，学科教学能力提升 2.00",
        "url": "#progress",
        "action": "去学习",
    },
    {
        "state": "wait",
        "title": "学校审核身份",
        "owner": "实验小学管理员处理中",
        "since": "已等 3 天",
    },
    {"state": "", "title": "领取证书", "detail": "9 月 15 日起，不必守候，届时通知您"},
)
OUTLINE = (
    {
        "title": "一、科学精神",
        "lessons": [
            {
                "title": "什么是科学精神",
                "words": "9 分 00 秒 · 0.20 学时",
                "state": "complete",
                "url": "#progress",
            },
            {
                "title": "走近航天",
                "words": "44 分 25 秒 · 0.98 学时",
                "state": "begun",
                "share": 93,
                "url": "#progress",
                "current": True,
            },
            {
                "title": "身边的材料做实验",
                "words": "26 分 10 秒 · 0.58 学时",
                "state": "new",
                "url": "#progress",
            },
        ],
    },
)
TEACHERS = (
    ("王明慧", "330106********0021", "done", "已认证", "10.00"),
    ("李思源", "330106********5514", "wait", "审核中，已等 3 天", "7.20"),
    ("欧阳嘉欣", "810000********1210", "no", "未通过", "0.00"),
)
PAPER = {
    "name": "王明慧",
    "document_kind": "居民身份证",
    "document_number": "330106********0021",
    "school": "杭州市西湖区听涛实验小学",
    "since": "2025 年 7 月 21 日",
    "until": "9 月 3 日",
    "training": "2025 年暑期教师研修",
    "hours": "10.00",
    "courses": [(each["title"], each["required"]) for each in COURSES],
    "number": "2025SQ-0000-0000-00X",
    "check_code": "0000-0000",
    "edition": 1,
    "issuer": "样张不作凭据",
    "issued_on": "2025 年 9 月 15 日",
}
DIFFERENCE = {
    "names": [
        [{"text": "江若", "differs": False}, {"text": "兰", "differs": True}],
        [{"text": "江若", "differs": False}, {"text": "岚", "differs": True}],
    ],
    "after": ("江若岚", "441************9968"),
    "before": ("江若兰", "441************9968"),
}


def chart(now: datetime) -> Chart | None:
    """Return a season's lines: slow at first, steep before the end."""
    first = now.date() - timedelta(days=_DAYS)
    return draw([_figures(first + timedelta(days=day), day, now) for day in range(_DAYS + 1)])


def tiles(now: datetime) -> list[Tile]:
    """Return provinces from nobody to nearly all."""
    found = [
        Child(
            code,
            name,
            code,
            _told(now.date(), now, enrolled=100 * (share is not None), complete=share or 0),
        )
        for code, (name, share) in _SHARES.items()
    ]
    return lay(found, url=lambda _code: "#charts")


def _figures(on: date, day: int, now: datetime) -> Figures:
    enrolled = _PEOPLE * day // (day + 6)
    complete = enrolled * day * day // (_DAYS * _DAYS + 400)
    return _told(on, now, enrolled=enrolled, complete=complete)


def _told(on: date, now: datetime, *, enrolled: int, complete: int) -> Figures:
    return Figures(
        training_id=_NOWHERE,
        path="",
        on=on,
        as_of=now,
        registered=_PEOPLE,
        verified=_PEOPLE,
        enrolled=enrolled,
        learning=(enrolled + complete) // 2,
        complete=complete,
        certified=complete * 3 // 5,
        laggards=enrolled - complete,
        waiting=0,
    )
