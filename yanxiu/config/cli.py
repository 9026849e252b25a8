"""Be the program `yanxiu`: serve, work, migrate, name officers and agents, demo, dev, and more."""

import argparse
import os
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

import django
from django.core.management import execute_from_command_line

from yanxiu.config import beside, serving, statics
from yanxiu.foundation import cluster, environment, postgres


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; errors in settings are said in one line."""
    options, rest = _parser().parse_known_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanxiu.config.settings")
    try:
        options.command(options, rest)
    except environment.Misconfigured as error:
        sys.exit(f"yanxiu: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yanxiu", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[..., None], text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(command=run)
        return made

    serve = command("serve", _serve, "serve everything on one port, or one pool of it")
    serve.add_argument("pool", nargs="?", default="all", choices=("all", "pages", "beats"))
    serve.add_argument("--processes", type=int, default=1, help="how many take beats on the port")
    # How the program calls itself, as one of the processes that it keeps.
    serve.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)
    serve.add_argument("--socket", type=int, default=beside.OWN_PORT, help=argparse.SUPPRESS)
    work = command("work", _work, "run the jobs: imports, exports, papers, figures")
    work.add_argument("--beside", action="store_true", help="end when standard input does")
    command("dev", _dev, "bring the demo up: database, tables, demo country, server")
    command("migrate", _migrate, "bring the tables and the rights of the roles up to date")
    spread = command("distribute", _distribute, "spread what grows over a Citus cluster's machines")
    spread.add_argument(
        "--shards", type=int, default=0, metavar="N", help="pieces of each new table (8)"
    )
    command(
        "codes", _codes, "load the official codes of regions and types of schools, or renew them"
    )
    _add_rights(command)
    _add_upkeep(command)
    _add_catalogue(command)
    command("demo", _demo, "make the demo country in an empty database")
    session = command("session", _session, "print the cookies of a signed-in session")
    session.add_argument("phone")
    signer = command("signer", _signer, "show who signs certificates, or let another one sign")
    change = signer.add_mutually_exclusive_group()
    change.add_argument("--renew", action="store_true", help="a new test authority and key")
    change.add_argument("--take", type=Path, metavar="PEM", help="key and certificates, in a file")
    command("manage", _manage, "run a command of Django's")
    return parser


def _add_upkeep(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands for what goes wrong while a training runs, and for finding it out."""
    withdraw = command("withdraw", _withdraw, "take a lesson off; what was earned by it stays")
    withdraw.add_argument("lesson", metavar="LESSON", help="its id, as in the page's address")
    withdraw.add_argument("--why", required=True, help="what everybody may read: 内容有误")
    outage = command("outage", _outage, "let trainings end later, by as long as nobody could watch")
    outage.add_argument("began", metavar="FROM", help="its first minute in China: 2026-08-03T20:00")
    outage.add_argument("ended", metavar="TO", help="when the platform was back: 2026-08-03T23:00")
    outage.add_argument("--why", required=True, help="what everybody reads: 机房停电")
    recompute = command("recompute", _recompute, "rebuild every hour from its evidence")
    recompute.add_argument("--check", action="store_true", help="add nothing, name differences")


def _add_catalogue(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands that change what is offered, and say beforehand whom that touches."""
    rules = command("rules", _rules, "publish a new version of a training's rules")
    rules.add_argument("training", metavar="SLUG")
    for name, text in (
        ("set", "a number of the rulebook: tolerance_ms=2000"),
        ("cap", "how much of a course may count, in seconds: TITLE=5400"),
        ("required", "how much of a course is asked for, in seconds: TITLE=5400"),
    ):
        rules.add_argument(f"--{name}", action="append", default=[], metavar="X=N", help=text)
    rules.add_argument("--why", required=True, help="what everybody concerned reads")
    rules.add_argument("--yes", action="store_true", help="do not ask")
    media = command("replace-media", _replace_media, "show another video in a recording's place")
    media.add_argument("recording", help="its id, or its title where only one has it")
    media.add_argument(
        "files", nargs="+", type=Path, metavar="MP4|VTT", help="the largest first, then captions"
    )
    what = media.add_mutually_exclusive_group()
    what.add_argument("--same", action="store_true", help="the same scenes at the same times")
    what.add_argument(
        "--keep",
        action="append",
        default=[],
        metavar="FROM-TO[@NEW]",
        help="a part of the old video that the new one shows, and where: 0:12-9:30@0:00",
    )
    media.add_argument("--why", required=True, help="what everybody concerned reads")
    media.add_argument("--yes", action="store_true", help="do not ask")


def _add_rights(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands that give the rights which nobody on a page can give."""
    officer = command("officer", _officer, "make somebody officer of the nation, or of a region")
    officer.add_argument("phone", help="the number that she is registered with")
    officer.add_argument("--name", default="", help="her name: nothing is given to anybody else")
    officer.add_argument("--node", default="000000", metavar="CODE", help="the region's code")
    otherwise = officer.add_mutually_exclusive_group()
    otherwise.add_argument("--end", action="store_true", help="take the right instead")
    otherwise.add_argument("--forget-factors", action="store_true", help="her device is lost")
    agent = command("agent", _agent, "let somebody answer at the help desk, or lead it")
    agent.add_argument("phone", help="the number that she is registered with")
    agent.add_argument("--name", default="", help="her name: nothing is given to anybody else")
    what = agent.add_mutually_exclusive_group()
    what.add_argument("--lead", action="store_true", help="she names the other agents")
    what.add_argument("--end", action="store_true", help="take the right instead")


def _serve(options: argparse.Namespace, _rest: list[str]) -> None:
    if options.beside:
        fd = options.socket
        serving.serve(options.pool, None if fd == beside.OWN_PORT else socket.socket(fileno=fd))
        return
    if options.processes != 1 and options.pool != "beats":
        sys.exit("yanxiu: --processes is for beats alone: `yanxiu serve beats --processes 2`")
    with cluster.heeding_termination(), postgres.kept():
        if options.pool != "beats":
            statics.lay_out()
        with beside.working() if options.pool == "all" else nullcontext():
            serving.keep(options.pool, processes=options.processes)


def _work(options: argparse.Namespace, _rest: list[str]) -> None:
    # Read by the settings: jobs have a role of their own in the database.
    os.environ["YANXIU_ROLE"] = "work"
    with postgres.running() if options.beside else postgres.kept():
        django.setup()
        from yanxiu.config import working

        working.run(beside=options.beside)
        beside.linger()


def _dev(_options: argparse.Namespace, _rest: list[str]) -> None:
    os.environ.setdefault("YANXIU_DEMO", "1")
    with cluster.heeding_termination(), postgres.kept():
        _set_up()
        from yanxiu.training.cast import country

        if country.is_empty():
            country.make()
        statics.lay_out()
        print(serving.welcome(country.sign_ins()), flush=True)
        with beside.working():
            serving.keep("all")


def _migrate(_options: argparse.Namespace, _rest: list[str]) -> None:
    with postgres.running():
        _set_up()


def _distribute(options: argparse.Namespace, _rest: list[str]) -> None:
    with postgres.running():
        django.setup()
        from yanxiu.config import tables

        print(tables.distribute(options.shards or tables.SHARDS))


def _outage(options: argparse.Namespace, _rest: list[str]) -> None:
    with postgres.running():
        django.setup()
        from yanxiu.config import outages

        print(outages.declare(options.began, options.ended, why=options.why))


def _withdraw(options: argparse.Namespace, _rest: list[str]) -> None:
    with postgres.running():
        django.setup()
        from yanxiu.config import withdrawals

        print(withdrawals.withdraw(options.lesson, why=options.why))


def _recompute(options: argparse.Namespace, _rest: list[str]) -> None:
    with postgres.running():
        django.setup()
        from yanxiu.config import recomputing

        if not recomputing.run(is_check=options.check):
            sys.exit(1)


def _rules(options: argparse.Namespace, _rest: list[str]) -> None:
    with postgres.running():
        django.setup()
        from yanxiu.config import ruling

        print(
            ruling.publish(
                options.training,
                numbers=options.set,
                caps=options.cap,
                required=options.required,
                why=options.why,
                is_sure=options.yes,
            )
        )


def _replace_media(options: argparse.Namespace, _rest: list[str]) -> None:
    with postgres.running():
        django.setup()
        from yanxiu.config import replacing

        print(
            replacing.replace(
                options.recording,
                options.files,
                kept=options.keep,
                is_same=options.same,
                why=options.why,
                is_sure=options.yes,
            )
        )


def _demo(_options: argparse.Namespace, _rest: list[str]) -> None:
    os.environ.setdefault("YANXIU_DEMO", "1")
    with postgres.running():
        _set_up()
        from yanxiu.training.cast import country

        if not country.is_empty():
            sys.exit("yanxiu: the database is not empty; the demo country needs one of its own")
        country.make()


def _codes(_options: argparse.Namespace, _rest: list[str]) -> None:
    with postgres.running():
        django.setup()
        from yanxiu.config import codes

        print(codes.load())


def _officer(options: argparse.Namespace, _rest: list[str]) -> None:
    with postgres.running():
        django.setup()
        from yanxiu.config import officers

        if options.forget_factors:
            print(officers.forget_factors(options.phone))
        elif options.end:
            print(officers.dismiss(options.phone, node=options.node))
        else:
            print(officers.appoint(options.phone, name=options.name, node=options.node))


def _agent(options: argparse.Namespace, _rest: list[str]) -> None:
    with postgres.running():
        django.setup()
        from yanxiu.config import agents

        if options.end:
            print(agents.dismiss(options.phone))
        else:
            print(agents.appoint(options.phone, name=options.name, lead=options.lead))


def _session(options: argparse.Namespace, _rest: list[str]) -> None:
    with postgres.running():
        django.setup()
        from yanxiu.config import sessions

        print(sessions.header(options.phone))


def _signer(options: argparse.Namespace, _rest: list[str]) -> None:
    with postgres.running():
        django.setup()
        from yanxiu.config import signing

        print(signing.change(renew=options.renew, take=options.take))


def _manage(_options: argparse.Namespace, rest: list[str]) -> None:
    with postgres.running():
        execute_from_command_line(["yanxiu manage", *rest])


def _set_up() -> None:
    django.setup()
    from yanxiu.config import tables

    tables.migrate()
