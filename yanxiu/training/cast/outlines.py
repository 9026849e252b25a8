"""Hold the outlines of the demo's trainings: courses, sections, lessons and their lengths."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Course:
    """Be a course as an editor would write it; lessons are (title, seconds) below a section."""

    title: str
    summary: str
    cap_s: int
    sections: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


# Source: the manual, part 3: five courses, 2 + 2 + 1 + 2 + 3 hours of 45 minutes. The fifth is a
# group of courses in truth; its parts are sections here.
HOUR_S = 2_700
SEASON = (
    Course(
        "大力弘扬教育家精神",
        "理解教育家精神的内涵，从身边的榜样身上看见自己的日常。",
        2 * HOUR_S,
        (
            (
                "教育家精神的内涵",
                (
                    ("教育家精神的时代意义", 1_500),
                    ("心有大我、至诚报国的理想信念", 1_200),
                    ("言为士则、行为世范的道德情操", 1_320),
                ),
            ),
            (
                "身边的教育家",
                (
                    ("乡村讲台三十年", 1_680),
                    ("启智润心、因材施教的育人智慧", 1_440),
                    ("勤学笃行、求是创新的躬耕态度", 1_260),
                ),
            ),
        ),
    ),
    Course(
        "数字素养提升",
        "用好平台、数据和智能工具，让技术真正帮到课堂。",
        2 * HOUR_S,
        (
            (
                "数字素养与平台应用",
                (
                    ("《教师数字素养》标准解读", 1_620),
                    ("用平台资源设计一节课", 1_380),
                    ("数据支持的课堂评价", 1_500),
                ),
            ),
            (
                "智能时代的课堂",
                (
                    ("人工智能进课堂：方法与边界", 1_800),
                    ("网络安全与学生信息保护", 1_200),
                ),
            ),
        ),
    ),
    Course(
        "科学素养提升",
        "像科学家一样提问，在日常里做科学教育的加法。",
        1 * HOUR_S,
        (
            (
                "科学教育加法",
                (
                    ("科学家怎样提出问题", 1_260),
                    ("身边的科学实验", 1_080),
                    ("跨学科科学活动的设计", 1_440),
                ),
            ),
        ),
    ),
    Course(
        "心理健康教育能力提升",
        "看见学生的情绪，也照顾好自己。",
        2 * HOUR_S,
        (
            (
                "读懂学生",
                (
                    ("学生心理发展与常见困扰", 1_500),
                    ("倾听与沟通：从一次谈话开始", 1_320),
                    ("心理危机的识别与转介", 1_680),
                ),
            ),
            (
                "照亮日常",
                (
                    ("考试焦虑的课堂应对", 1_140),
                    ("教师的情绪与自我照护", 1_260),
                ),
            ),
        ),
    ),
    Course(
        "学科教学能力提升",
        "学前、实验室安全、科创劳动、特殊教育，按所教学段选学。",
        3 * HOUR_S,
        (
            ("学前教育", (("游戏中的观察与支持", 1_500), ("幼小衔接的关键准备", 1_380))),
            ("实验室安全", (("中学实验室安全管理", 1_320), ("危险化学品的取用与应急", 1_440))),
            ("科创劳动", (("从劳动项目到科创作品", 1_500), ("校园种植课程的一年", 1_620))),
            ("特殊教育", (("随班就读学生的课堂支持", 1_380), ("个别化教育计划的制定", 1_560))),
        ),
    ),
)

# What the other branches of education are offered of the same season.
VOCATIONAL = (*SEASON[:2], SEASON[3])
HIGHER = SEASON[:3]

# Thirty seconds make an hour here, so that the whole way takes minutes: all four lessons are
# needed, with a few seconds to spare for the rounding of their lengths.
DEMO_HOUR_S = 30
DEMO = (
    Course(
        "走近教育家精神",
        "两段短片，体验观看怎样变成学时。",
        DEMO_HOUR_S * 3 // 2,
        (("两段短片", (("讲台的清晨", 20), ("一封学生的来信", 40))),),
    ),
    Course(
        "数字课堂一瞥",
        "两段短片，体验进度、认定与达标。",
        DEMO_HOUR_S * 5 // 2,
        (("两段短片", (("一块屏幕的用法", 30), ("数据会说话", 60))),),
    ),
)
