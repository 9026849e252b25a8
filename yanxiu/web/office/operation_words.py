"""Say of each sign of how the platform runs what it is, when it is red, and what to do then.

Source of the numbers: docs/rules/running.md.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yanxiu.training.reports.health import Sign


@dataclass(frozen=True, slots=True)
class Words:
    """Be what is wrong, and what to do about it."""

    wrong: str | Promise
    act: str | Promise


WORDS = {
    Sign.PROCESSES: Words(
        _("没有服务进程在接收学习时间"),
        _(
            "看服务器上 yanxiu serve 还在不在，"
            "在就看它的日志；不在就启动它。播放器会自己补报，不会丢。"
        ),
    ),
    Sign.SAVED: Words(
        _("有学习时间没能写进数据库"),
        _(
            "先看数据库是否在运行、磁盘是否已满，"
            "再看日志里的 could not be settled。播放器会自己重报。"
        ),
    ),
    Sign.TURNED_AWAY: Words(
        _("服务忙，有上报被请回稍后再来"),
        _("机器不够了：再开一台 yanxiu serve beats。被请回的会自己重报，学时不会丢。"),
    ),
    Sign.WAITING: Words(
        _("排队超过一批"),
        _(
            "看落盘用时：也变长，是数据库或磁盘慢；没有变长，"
            "是处理器不够，再开一台 yanxiu serve beats。"
        ),
    ),
    Sign.COMMIT: Words(
        _("落盘太慢"),
        _("看磁盘是否被备份或其他程序占用；一直慢就换更快的固态硬盘。"),
    ),
    Sign.RHYTHM: Words(
        _("负载高，播放器被要求少报"),
        _("学时不会丢，只是晚一点显示。持续十分钟以上，再开一台 yanxiu serve beats。"),
    ),
    Sign.CLOCKS: Words(
        _("很多上报比时间还快"),
        _(
            "看数据库服务器的时间是否跳过：用 chronyc tracking 查。"
            "时间没有问题，就看是哪些人，交给学习诚信处理。"
        ),
    ),
    Sign.CONNECTIONS: Words(
        _("数据库连接快用完了"),
        _("看有没有忘了关的查询工具；正常增长就调大 max_connections，或在前面加 pgbouncer。"),
    ),
    Sign.WORKERS: Words(
        _("没有作业进程"),
        _("启动 yanxiu work。导入、导出、证书和短信都在等它，什么也不会丢。"),
    ),
    Sign.JOBS: Words(
        _("作业等得太久"),
        _("看 yanxiu work 的日志；大批导入时会排队，平时就再开一个 yanxiu work。"),
    ),
    Sign.FAILED: Words(
        _("有作业失败了"),
        _("日志里找这个作业的错误；修好以后重新发起。短信失败多半是网关的问题。"),
    ),
    Sign.FIGURES: Words(
        _("学习情况的数字没有按时更新"),
        _("页面上的数字仍是对的，只是旧一些。看 yanxiu work 在不在、数据库忙不忙。"),
    ),
    Sign.HOURS: Words(
        _("每晚的核对发现学时与观看记录不一致"),
        _(
            "没有人的学时因此改动。日志里的 hours differ 写明是谁、哪一讲；"
            "用 yanxiu recompute --check 再核对一遍，按运维文档“Hours that do not add up”处理。"
        ),
    ),
    Sign.CHECKED: Words(
        _("学时超过 30 小时没有核对"),
        _("每天 2:07 由 yanxiu work 核对：看它在不在，日志里作业 recomputing 有没有报错。"),
    ),
    Sign.BACKUP: Words(
        _("两天没有备份成功的报告"),
        _("看备份程序的日志。每次备份成功后，由它更新 YANXIU_VAR 下 backed-up 文件的时间。"),
    ),
}
