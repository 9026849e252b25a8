"""Let a province doubt one certificate, another one's revocation, and a teacher's hours.

All wait for the nation: to take the one back, to readmit the other's holder, to amend the hours.
"""

from yanxiu.training.cast import casting, seasons, signing_in
from yanxiu.training.cast.casting import Call
from yanxiu.training.certificates import readmitting, revoking, standing
from yanxiu.training.certificates.models import Certificate, RevocationProposal
from yanxiu.training.credits import amendments
from yanxiu.training.organisations import grants
from yanxiu.training.people.models import Account

DOUBTED, MISTAKEN = "330110", "330522"
MISTAKE = "学校报来的离职名单里有同名老师，按误发撤销。"
REGRET = "经学校查实，撤销时认错了人：离职的是另一位同名老师，本人学时真实，应当重新领取。"
SENTENCE = "接到反映：部分课程由他人代看。已与学校核实，本人书面承认其中两门课不是自己观看的。"
AMENDED = "本人说明：“讲台的清晨”是同事借她的手机打开的，她没有看。按片长减去。"


def load(call: Call) -> None:
    """Propose one deed of each kind, about people of the home province."""
    officer = Account.objects.select_related("person").get(phone=signing_in.PROVINCE).person
    held = grants.held(officer.id, at=call.now)
    doubted, mistaken = _of(DOUBTED), _of(MISTAKEN)
    no = RevocationProposal.Reason.HOURS_FALSE, SENTENCE
    revoking.propose(doubted, held=held, no=no, by=officer, at=call.ago(days=1, hours=3))
    _revoke(call, mistaken)
    readmitting.propose(mistaken, held=held, sentence=REGRET, by=officer, at=call.ago(hours=2))
    course = seasons.outline(seasons.DEMO).courses[0]
    change = -course.lessons[0].duration_ms // 1_000, AMENDED
    teacher = Account.objects.get(phone=signing_in.CLAIMS).person_id
    at = call.ago(hours=5)
    amendments.propose(teacher, course.id, change, held=held, by=officer, at=at)


def _of(county: str) -> Certificate:
    return standing.valid().filter(path__contains=f"/{county}/").order_by("number")[0]


def _revoke(call: Call, mistaken: Certificate) -> None:
    """Have a certificate taken back by two officers of the nation."""
    one, other = casting.nations(call), casting.nations(call)
    no = RevocationProposal.Reason.ISSUED_IN_ERROR, MISTAKE
    held = grants.held(one.id, at=call.now)
    proposal = revoking.propose(mistaken, held=held, no=no, by=one, at=call.ago(hours=20))
    held = grants.held(other.id, at=call.now)
    revoking.countersign(proposal, held=held, by=other, at=call.ago(hours=18))
