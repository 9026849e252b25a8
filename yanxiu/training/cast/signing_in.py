"""Make the people whom one can sign in as, to see the platform from every side."""

from datetime import datetime, timedelta

from yanxiu.foundation import ids
from yanxiu.training.cast import casting, people, places, rosters, seasons, students, watching
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.cast.names import Invented
from yanxiu.training.cast.people import Teacher
from yanxiu.training.journeys import batches, leaving
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Decision, Region
from yanxiu.training.people import accounts, identities
from yanxiu.training.people.models import Account, Person

READY, UNVERIFIED, CLAIMS, FRESH = "13800000001", "13800000002", "13800000003", "13800000004"
CORRECTS, LEFT = "13800000005", "13800000006"
TEN = tuple(f"13800000{number}" for number in range(101, 111))
SCHOOL, COUNTY, CITY, PROVINCE, NATION = (
    *("13800000011", "13800000012", "13800000013", "13800000014", "13800000015"),
)
SECOND_OFFICER, EDITOR = "13800000016", "13800000021"
SUPPORT, SUPPORT_TOO, SUPPORT_LEAD = "13800000031", "13800000032", "13800000033"
HONG_KONG, IDLE = "13800000007", "13800000009"
NEIGHBOUR, ABROAD, DEPUTY, FORMER = "13800000017", "13800000018", "13800000019", "13800000020"

SIGN_INS = (
    (READY, "教师 张晓岚：信息齐全、已认证，已报名体验专题和本季研修，还没有观看"),
    (UNVERIFIED, "教师 李思源：体验专题学时已达标，正在等学校审核"),
    (CLAIMS, "教师 王明慧：体验专题的证书待领取"),
    (FRESH, "教师：刚刚注册，还没有填写信息"),
    (CORRECTS, "教师 江若岚：已领证书，发现姓名登记错了一个字，更正申请在等学校审核"),
    (LEFT, "教师 顾海棠：刚从学校移除，还没有选择新学校；学时和证书都在"),
    (HONG_KONG, "教师 欧阳嘉欣：来自香港，凭港澳居民来往内地通行证，在上海任教"),
    (
        students.PARENT,
        (
            f"家长：孩子林小满用学籍号 {students.number(students.CLASS[0])}、"
            f"密码“{students.PASSWORD}”登录；另一个孩子还没有同意"
        ),
    ),
    (SCHOOL, "学校管理员 周立新：有老师在等审核"),
    (COUNTY, "县区管理员（西湖区）"),
    (CITY, "市级管理员（杭州市）"),
    (PROVINCE, "省级管理员（浙江省）"),
    (NATION, "国家管理员"),
    (NEIGHBOUR, "县区管理员（相邻的余杭区）"),
    (ABROAD, "省级管理员（四川省）"),
    (DEPUTY, "代理西湖区县区管理员，期限两个月"),
    (EDITOR, "课程编辑（编辑的页面还没有，现在看到的是个人中心）"),
    (SUPPORT, "客服 何家豪：手里有工单，队列里还有工单在等"),
    (SUPPORT_TOO, "客服 温晓彤：手里另有一个工单"),
    (SUPPORT_LEAD, "客服组长 邵丽华：还管理常用答复、客服人员和数字"),
    ("13800000041", "教师 程雨桐：学时已达标，学习记录有两条疑点，县区还没有看"),
    ("13800000043", "教师 袁思敏：学时已达标，没有疑点，证书待领取"),
    ("13800000042", "教师 方嘉宁：学时由县区暂缓认定，申诉在等市级答复"),
    (IDLE, "账号 90 天没有用过：验证码之外还要再证明一次是本人（方静远）"),
    *((phone, "教师：与 13800000001 相同") for phone in TEN),
)
# How long ago the sheet was handed in that is taken in as the country is made.
IMPORT_TAKES = timedelta(minutes=6)
# The branch of the tree that the officers above the home school serve, from the top.
BRANCH = (
    (NATION, "000000", "沈国栋"),
    (PROVINCE, "330000", "潘文静"),
    (CITY, "330100", "郑宏伟"),
    (COUNTY, places.HOME, "吴慧敏"),
)


def load(call: Call) -> Person:
    """Make them all and return the officer of the nation, who appoints in other provinces."""
    nation, county = _officers(call)
    desk = _home(call, by=county)
    _others_serve(call, desk, by=nation)
    for phone, name in ((READY, "张晓岚"), *((phone, "") for phone in TEN)):
        _ready(call, desk, phone, name)
    _unverified(call, desk)
    _claims(call, desk)
    people.register(FRESH, at=call.ago(hours=1))
    _corrects(call, desk)
    _left(call, desk)
    accounts.come(casting.colleague(call, EDITOR, "许静怡"), at=call.now)
    _answer(call)
    _others_wait(call, desk)
    colleagues = [call.person() for _ in range(4)]
    rosters.bring(colleagues, by=desk.officer, at=call.now - IMPORT_TAKES)
    students.load(call, desk)
    return nation


def upload(call: Call) -> None:
    """Let the home school's officer have looked at another sheet, and not imported it yet."""
    officer = Account.objects.select_related("person").get(phone=SCHOOL).person
    new = [call.person() for _ in range(3)]
    rosters.hand_in(new, "本学期新教师.xlsx", by=officer, at=call.ago(hours=2))


def _officers(call: Call) -> tuple[Person, Person]:
    """Appoint from the nation down to the county, each by the one above."""
    above: list[Person] = []
    for phone, code, name in BRANCH:
        person = casting.colleague(call, phone, name)
        region = Region.objects.get(pk=code)
        by = above[-1] if above else None
        above.append(people.appoint(person, region, by=by, at=casting.FOUNDED_AT))
    return above[0], above[-1]


def _home(call: Call, *, by: Person) -> Desk:
    """Give the home school two officers, one to confirm the other: nobody does it herself."""
    school = places.of(places.HOME, places.PRIMARY)
    second = casting.colleague(call, SECOND_OFFICER, "孙玉兰")
    at = casting.FOUNDED_AT
    people.appoint(second, school, by=by, at=at)
    first = people.join(SCHOOL, call.person("周立新"), school, at=at)
    people.approve(first, by=second, at=at)
    people.appoint(first.person, school, by=by, at=at)
    return Desk(school, first.person)


def _others_serve(call: Call, desk: Desk, *, by: Person) -> None:
    """Let some serve beside the branch and far from it, one stand in, and one serve no more."""
    at = casting.FOUNDED_AT
    served = (
        (NEIGHBOUR, "高静怡", Region.objects.get(pk="330110")),
        (ABROAD, "罗承志", Region.objects.get(pk="510000")),
        (FORMER, "林月华", desk.school),
    )
    for phone, name, node in served:
        people.appoint(casting.colleague(call, phone, name), node, by=by, at=at)
    people.dismiss(FORMER, by=by, at=call.ago(days=30))
    deputy = casting.colleague(call, DEPUTY, "宋嘉怡")
    people.stand_in(deputy, COUNTY, until=call.ago(days=-60), at=call.ago(days=1))


def _answer(call: Call) -> None:
    """Let two answer at the help desk, and one lead them."""
    at = casting.FOUNDED_AT
    lead = people.answer(casting.colleague(call, SUPPORT_LEAD, "邵丽华"), by=None, at=at)
    for phone, name in ((SUPPORT, "何家豪"), (SUPPORT_TOO, "温晓彤")):
        people.answer(casting.colleague(call, phone, name), by=lead, at=at)


def _ready(call: Call, desk: Desk, phone: str, name: str) -> None:
    teacher = _verified(call, desk, phone, name)
    people.enrol(teacher, seasons.DEMO, at=call.ago(days=18))
    people.enrol(teacher, seasons.SEASON, at=call.ago(days=18))


def _verified(call: Call, desk: Desk, phone: str, name: str) -> Teacher:
    teacher = people.join(phone, call.person(name), desk.school, at=call.ago(days=20))
    people.approve(teacher, by=desk.officer, at=call.ago(days=19))
    return teacher


def _unverified(call: Call, desk: Desk) -> None:
    asked_at = call.ago(days=2, hours=1)
    who = call.person("李思源")
    teacher = people.join(UNVERIFIED, who, desk.school, at=asked_at)
    known = Invented("李思原", who.number)
    rosters.enter(desk.school, known, role="班主任", subject="语文", at=asked_at)
    _watches_the_demo(call, teacher, days=2)


def _claims(call: Call, desk: Desk) -> None:
    _watches_the_demo(call, _verified(call, desk, CLAIMS, "王明慧"), days=3)


def _corrects(call: Call, desk: Desk) -> None:
    """Hold a certificate with a slip in the name, and have asked for the right one."""
    teacher = _certified(call, desk, CORRECTS, "江若兰")
    identity = teacher.asked.identity
    right = Invented("江若岚", identities.number(identity))
    people.ask_for(teacher, right, why="登记时“岚”写成了“兰”。", at=call.ago(hours=20))


def _left(call: Call, desk: Desk) -> None:
    """Hold a certificate, and have left the school that confirmed her."""
    teacher = _certified(call, desk, LEFT, "顾海棠")
    leaving.leave(teacher.post, by=teacher.person, at=call.ago(hours=4))


def _certified(call: Call, desk: Desk, phone: str, name: str) -> Teacher:
    teacher = _verified(call, desk, phone, name)
    _watches_the_demo(call, teacher, days=6)
    people.claim(teacher, seasons.DEMO, at=call.ago(days=4))
    return teacher


def _watches_the_demo(call: Call, teacher: Teacher, *, days: int) -> None:
    people.enrol(teacher, seasons.DEMO, at=call.ago(days=days))
    outline = seasons.outline(seasons.DEMO)
    watching.watch(
        teacher.person.id,
        watching.needed(outline),
        outline,
        begun_at=call.ago(days=days - 1, hours=2),
        pause=watching.BREATH,
    )


def _others_wait(call: Call, desk: Desk) -> None:
    """Let two more wait at the home school: one sent back before, one who has just come."""
    wrong = call.person("陈佩摇")
    teacher = people.join(call.phone(), wrong, desk.school, at=call.ago(days=8))
    _send_back(teacher, by=desk.officer, at=call.ago(days=7))
    right = Invented("陈佩瑶", wrong.number)
    rosters.enter(desk.school, right, subject="数学", at=call.ago(days=60))
    people.introduce(teacher.person, right, at=call.ago(days=5, hours=2))
    call.teacher(desk.school, at=call.ago(hours=3))


def _send_back(teacher: Teacher, *, by: Person, at: datetime) -> None:
    no = batches.Answer(Decision.Outcome.REJECTED, Decision.Reason.NAME_DIFFERS, "名册上是陈佩瑶。")
    held = grants.held(by.id, at=at)
    batches.give(ids.uuid7(), [teacher.asked.id], no, held=held, by=by, at=at)
