"""Let a province doubt one certificate: the proposal to take it back waits for the nation."""

from yanxiu.training.cast import signing_in
from yanxiu.training.cast.casting import Call
from yanxiu.training.certificates import revoking, standing
from yanxiu.training.certificates.models import RevocationProposal
from yanxiu.training.organisations import grants
from yanxiu.training.people.models import Account

COUNTY = "330522"
SENTENCE = "接到反映：部分课程由他人代看。已与学校核实，本人书面承认其中两门课不是自己观看的。"


def load(call: Call) -> RevocationProposal:
    """Propose to take a certificate of another county of the home province back."""
    officer = Account.objects.select_related("person").get(phone=signing_in.PROVINCE).person
    held = grants.held(officer.id, at=call.now)
    county = standing.valid().filter(path__contains=f"/{COUNTY}/")
    doubted = county.order_by("number")[0]
    no = RevocationProposal.Reason.HOURS_FALSE, SENTENCE
    return revoking.propose(doubted, held=held, no=no, by=officer, at=call.ago(days=1, hours=3))
