"""Let teachers of the demo ask the help desk, and its agents have tickets of every state."""

from datetime import datetime

from yanxiu.foundation import pictures
from yanxiu.training.cast import proofs, signing_in
from yanxiu.training.cast.casting import Call
from yanxiu.training.cast.names import Invented
from yanxiu.training.people.models import Account, Person
from yanxiu.training.support import canned_answers, handling, tickets
from yanxiu.training.support.models import Ticket
from yanxiu.training.support.tickets import Said

QUESTION = "手机上看视频时没有倍速按钮\n安卓手机，昨天还有，今天打开就没有了。截图在下面。"
ANSWER = "您好，旧版本没有倍速。请把手机上的页面刷新一次，倍速按钮在播放条右边；看过的时长都在。"
WAITING = "学校还没有审核我的信息\n已经提交两天了，名册里我的名字好像写错了一个字。"
AGAIN = "审核还要等多久？\n和前面那个工单是同一件事，怕漏看又写了一遍。"
LACKING = "学了很久，认定学时没有变\n已学习一直在涨，认定学时停在 2.00。"
THANKS = "证书上的学校名称是旧的"
SETTLED = "已说明：证书写的是领取时的学校名称。"
# Words that an agent begins with; 「…」 stand for what the ticket says.
CANNED = (
    (
        "正在等学校审核",
        "verification",
        (
            "「称呼」您好：您的信息正在等任教学校的管理员审核，超过期限会自动转到县区，您不用再做什么。"
            "着急时可以直接联系本校管理员。"
        ),
    ),
    (
        "学时到了上限",
        "study",
        (
            "「称呼」您好：每门课程的认定学时有上限，超出的部分有记录、不计入认定。"
            "请接着学其他课程，专题页上写着还差哪几门。"
        ),
    ),
    ("请补一张截图", "", "「称呼」您好：请在工单「工单号」里补一张出错页面的截图，我们好查原因。"),
    ("电话联系", "", "「称呼」您好：也可以在「咨询时间」拨打「客服电话」，请报工单号「工单号」。"),
)


def load(call: Call) -> None:
    """Open tickets, answer and end some, and leave others to wait."""
    ready, waits, claims, corrects = map(
        _person,
        (signing_in.READY, signing_in.UNVERIFIED, signing_in.CLAIMS, signing_in.CORRECTS),
    )
    agent, other, lead = map(
        _person, (signing_in.SUPPORT, signing_in.SUPPORT_TOO, signing_in.SUPPORT_LEAD)
    )
    shown = pictures.taken(proofs.card(Invented("样张", "000000000000000000")))
    asked = tickets.open_new(ready, "study", Said(QUESTION, [shown]), at=call.ago(days=3, hours=5))
    tickets.answer(asked, Said(ANSWER), by=agent, at=call.ago(days=3, hours=2))
    first = _ask(waits, "verification", WAITING, at=call.ago(hours=20))
    handling.take(first, by=agent, at=call.ago(hours=2))
    _ask(waits, "verification", AGAIN, at=call.ago(hours=6))
    _ask(claims, "study", LACKING, at=call.ago(days=1, hours=3))
    held = _ask(claims, "certificate", THANKS, at=call.ago(days=1))
    handling.take(held, by=other, at=call.ago(hours=3))
    ended = _ask(corrects, "certificate", THANKS, at=call.ago(days=2))
    tickets.close(ended, "explained", sentence=SETTLED, by=other, at=call.ago(hours=4))
    for title, topic, text in CANNED:
        canned_answers.write(title, topic, text, by=lead, at=call.ago(days=30))


def _ask(person: Person, topic: str, text: str, *, at: datetime) -> Ticket:
    return tickets.open_new(person, topic, Said(text), at=at)


def _person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person
