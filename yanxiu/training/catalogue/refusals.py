"""Name every no about the catalogue."""

from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused


class OutageImpossible(Refused):
    """Refuse an outage that ends before it begins, or has not ended."""

    code = "outage_impossible"
    sentence = _("停机的结束时间必须晚于开始时间，并且不晚于现在。没有改变任何培训。")


class OutageKnown(Refused):
    """Refuse to count the same minutes twice."""

    code = "outage_known"
    sentence = _("%(training)s已经因 %(when)s的停机顺延，同一段时间不重复计算。没有改变任何培训。")


class NothingExtended(Refused):
    """Refuse an outage that cost no training anything."""

    code = "nothing_extended"
    sentence = _("这段时间没有培训开放学习，没有需要顺延的培训。")
