"""Say in the reader's language what a question in a lesson asks, and its words."""

from django.utils.translation import gettext_lazy

_KINDS = {
    "fruit": gettext_lazy("下面哪一个是水果？"),
    "animal": gettext_lazy("下面哪一个是动物？"),
    "furniture": gettext_lazy("下面哪一个是家具？"),
    "vehicle": gettext_lazy("下面哪一个是交通工具？"),
    "clothing": gettext_lazy("下面哪一个是衣服？"),
    "instrument": gettext_lazy("下面哪一个是乐器？"),
    "weather": gettext_lazy("下面哪一个是天气？"),
    "body": gettext_lazy("下面哪一个是身体的一部分？"),
}
_WORDS = {
    "apple": gettext_lazy("苹果"),
    "banana": gettext_lazy("香蕉"),
    "grape": gettext_lazy("葡萄"),
    "pear": gettext_lazy("梨"),
    "watermelon": gettext_lazy("西瓜"),
    "cat": gettext_lazy("猫"),
    "tiger": gettext_lazy("老虎"),
    "sheep": gettext_lazy("羊"),
    "rabbit": gettext_lazy("兔子"),
    "monkey": gettext_lazy("猴子"),
    "table": gettext_lazy("桌子"),
    "chair": gettext_lazy("椅子"),
    "bed": gettext_lazy("床"),
    "wardrobe": gettext_lazy("衣柜"),
    "sofa": gettext_lazy("沙发"),
    "train": gettext_lazy("火车"),
    "bus": gettext_lazy("公共汽车"),
    "bicycle": gettext_lazy("自行车"),
    "ship": gettext_lazy("轮船"),
    "aeroplane": gettext_lazy("飞机"),
    "shirt": gettext_lazy("衬衫"),
    "trousers": gettext_lazy("裤子"),
    "skirt": gettext_lazy("裙子"),
    "coat": gettext_lazy("大衣"),
    "sweater": gettext_lazy("毛衣"),
    "piano": gettext_lazy("钢琴"),
    "violin": gettext_lazy("小提琴"),
    "drum": gettext_lazy("鼓"),
    "flute": gettext_lazy("笛子"),
    "guitar": gettext_lazy("吉他"),
    "rain": gettext_lazy("下雨"),
    "snow": gettext_lazy("下雪"),
    "wind": gettext_lazy("刮风"),
    "fog": gettext_lazy("大雾"),
    "thunder": gettext_lazy("打雷"),
    "hand": gettext_lazy("手"),
    "foot": gettext_lazy("脚"),
    "ear": gettext_lazy("耳朵"),
    "eye": gettext_lazy("眼睛"),
    "nose": gettext_lazy("鼻子"),
}


def sentence(kind: str) -> str:
    """Return what is asked of a kind."""
    return str(_KINDS[kind])


def word(name: str) -> str:
    """Return a word by the name under which it is known."""
    return str(_WORDS[name])
