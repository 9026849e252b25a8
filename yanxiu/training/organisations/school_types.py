"""Bring in the types of schools (办学类型) and say which branch of education each belongs to.

Source: GB/T 33782-2017, table 4. The manual (question 2) leads teachers of secondary and higher
vocational schools (中职, 高职) and of higher education to platforms of their own; all others are
served here, special education and schools for adults among them. A type also says which stages its
schools teach: a 九年一贯制 school primary and junior secondary, a 完全中学 both secondary ones.
"""

from yanxiu.training.organisations import official_codes
from yanxiu.training.organisations.models import SchoolType
from yanxiu.training.organisations.official_codes import Brought

TYPES = {
    "111": "幼儿园",
    "119": "附设幼儿班",
    "211": "小学",
    "218": "小学教学点",
    "219": "附设小学班",
    "221": "职工小学",
    "222": "农民小学",
    "228": "成人小学班",
    "229": "扫盲班",
    "311": "初级中学",
    "312": "九年一贯制学校",
    "319": "附设普通初中班",
    "321": "职业初中",
    "329": "附设职业初中班",
    "331": "成人职工初中",
    "332": "成人农民初中",
    "341": "完全中学",
    "342": "高级中学",
    "345": "十二年一贯制学校",
    "349": "附设普通高中班",
    "351": "成人职工高中",
    "352": "成人农民高中",
    "361": "中等职业学校",
    "362": "中等技术学校",
    "363": "中等师范学校",
    "364": "成人中等专业学校",
    "365": "职业高中学校",
    "366": "技工学校",
    "368": "附设中职班",
    "369": "其他中职机构",
    "371": "专门学校",
    "411": "大学",
    "412": "学院",
    "413": "独立学院",
    "414": "高等专科学校",
    "415": "高等职业学校",
    "419": "大专班",
    "421": "职工高校",
    "422": "农民高校",
    "423": "管理干部学院",
    "424": "教育学院",
    "425": "独立函授学院",
    "426": "广播电视大学",
    "429": "其他成人高等教育机构",
    "511": "盲人学校",
    "512": "聋人学校",
    "513": "培智学校",
    "514": "其他特殊教育学校",
    "519": "附设特教班",
}
SECONDARY_VOCATIONAL, HIGHER = "36", "4"
HIGHER_VOCATIONAL = ("414", "415")
# The stages of a type by the beginning of its code; the longest beginning that fits counts.
STAGES: dict[str, tuple[str, ...]] = {
    "11": ("学前",),
    "2": ("小学",),
    "3": ("初中",),
    "312": ("小学", "初中"),
    "34": ("高中",),
    "341": ("初中", "高中"),
    "345": ("小学", "初中", "高中"),
    "35": ("高中",),
    "36": ("中职",),
    "4": ("高等教育",),
    "51": ("特殊教育",),
}


def load() -> Brought:
    """Add every type that is not there yet; those that are get the stages of their type."""
    types = [
        SchoolType(code=code, name=name, serves=branch(code), stages=stages(code))
        for code, name in TYPES.items()
    ]
    return official_codes.bring(SchoolType, types, ["stages"])


def stages(code: str) -> list[str]:
    """Return the stages that schools of a type teach, the youngest pupils first."""
    fitting = (begin for begin in STAGES if code.startswith(begin))
    return list(STAGES[max(fitting, key=len)])


def by_stage() -> dict[str, list[tuple[str, str]]]:
    """Return the types, code and name, under the highest stage that their schools teach."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, name in TYPES.items():
        groups.setdefault(stages(code)[-1], []).append((code, name))
    return groups


def branch(code: str) -> SchoolType.Serves:
    """Return the branch of education that a type of school belongs to."""
    if code.startswith(SECONDARY_VOCATIONAL) or code in HIGHER_VOCATIONAL:
        return SchoolType.Serves.VOCATIONAL
    return SchoolType.Serves.HIGHER if code.startswith(HIGHER) else SchoolType.Serves.BASIC
