"""Let two teachers of the demo ask the help desk: one was answered, one waits with a picture."""

from yanxiu.foundation import pictures
from yanxiu.training.cast import proofs, signing_in
from yanxiu.training.cast.casting import Call
from yanxiu.training.cast.names import Invented
from yanxiu.training.people.models import Account, Person
from yanxiu.training.support import tickets
from yanxiu.training.support.tickets import Said

QUESTION = "手机上看视频时没有倍速按钮\n安卓手机，昨天还有，今天打开就没有了。截图在下面。"
ANSWER = "您好，旧版本没有倍速。请把手机上的页面刷新一次，倍速按钮在播放条右边；看过的时长都在。"
WAITING = "学校还没有审核我的信息\n已经提交两天了，名册里我的名字好像写错了一个字。"


def load(call: Call) -> None:
    """Open both tickets and answer the one."""
    ready, waits, agent = map(
        _person, (signing_in.READY, signing_in.UNVERIFIED, signing_in.SUPPORT)
    )
    shown = pictures.taken(proofs.card(Invented("样张", "000000000000000000")))
    asked = tickets.open_new(ready, "study", Said(QUESTION, [shown]), at=call.ago(days=3, hours=5))
    tickets.answer(asked, Said(ANSWER), by=agent, at=call.ago(days=3, hours=2))
    tickets.open_new(waits, "verification", Said(WAITING), at=call.ago(hours=20))


def _person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person
