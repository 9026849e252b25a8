"""The server of our own: started once, shared, stopped by the last, never by an accident."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import psycopg
import pytest

from yanxiu.foundation import cluster, lodging

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to change its user")

USE_UNTIL_TOLD = """
import sys
from pathlib import Path
from yanxiu.foundation import cluster
with cluster.Cluster(Path(sys.argv[1]), durable=False).running():
    print("up", flush=True)
    sys.stdin.read()
"""


@contextmanager
def reachable() -> Iterator[Path]:
    """Make a folder that the server's user can reach, and clear away what is left in it."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    for home in folder.glob("**/postgres"):
        shutil.rmtree(home.resolve())
    shutil.rmtree(folder)


@pytest.fixture
def var() -> Iterator[Path]:
    """Give a folder for a server that the test may ruin."""
    with reachable() as folder:
        yield folder


@pytest.fixture(scope="module")
def server() -> Iterator[cluster.Cluster]:
    """Give a server that every test leaves stopped and whole."""
    with reachable() as folder:
        yield cluster.Cluster(folder, durable=False)


@pytest.fixture(scope="module")
def durable() -> Iterator[cluster.Cluster]:
    """Give a server as people run it."""
    with reachable() as folder:
        yield cluster.Cluster(folder)


def is_up(server: cluster.Cluster) -> bool:
    try:
        psycopg.connect(server.url("yanxiu_web")).close()
    except psycopg.OperationalError:
        return False
    return True


def other_process(server: cluster.Cluster) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", USE_UNTIL_TOLD, str(server.var)]
    process = subprocess.Popen(command, stdin=-1, stdout=-1, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    return process


def end(process: subprocess.Popen[str], number: signal.Signals | None = None) -> int:
    with process:
        if number:
            process.send_signal(number)
    return process.returncode


def postmaster(server: cluster.Cluster) -> int:
    return int((server.var / "postgres/data/postmaster.pid").read_text().split()[0])


def test_it_runs_for_the_time_of_the_block_and_keeps_what_was_written(
    server: cluster.Cluster,
) -> None:
    with server.running(), psycopg.connect(server.url(cluster.OWNER)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT '教师' AS word")
    assert not is_up(server)
    with server.running(), psycopg.connect(server.url(cluster.OWNER)) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("教师",)


async def connected_as(url: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return str(await connection.fetchval("SELECT current_user"))
    finally:
        await connection.close()


def test_every_role_connects_with_both_drivers(server: cluster.Cluster) -> None:
    with server.running():
        for role in cluster.ROLES:
            with psycopg.connect(server.url(role)) as connection:
                assert connection.info.user == role
            assert asyncio.run(connected_as(server.url(role))) == role


def test_it_never_listens_on_the_network_and_loses_nothing(durable: cluster.Cluster) -> None:
    asked = ("listen_addresses", "fsync", "synchronous_commit", "data_checksums", "TimeZone")
    with durable.running(), psycopg.connect(durable.url(cluster.OWNER)) as connection:
        settings = [connection.execute(f"SHOW {name}".encode()).fetchone() for name in asked]
    assert settings == [("",), ("on",), ("on",), ("on",), ("UTC",)]


def test_the_last_user_stops_it_not_the_first(server: cluster.Cluster) -> None:
    first = other_process(server)
    with server.running():
        assert end(first) == 0
        assert is_up(server)
    assert not is_up(server)


def test_many_may_start_it_at_once(server: cluster.Cluster) -> None:
    command = [sys.executable, "-c", USE_UNTIL_TOLD, str(server.var)]
    started = [subprocess.Popen(command, stdin=-1, stdout=-1, text=True) for _ in range(4)]
    assert [p.stdout.readline() for p in started if p.stdout] == ["up\n"] * 4
    assert [end(process) for process in started] == [0] * 4
    assert not is_up(server)


def test_a_polite_kill_stops_it(server: cluster.Cluster) -> None:
    assert end(other_process(server), signal.SIGTERM) == 128 + signal.SIGTERM
    assert not is_up(server)


def test_whoever_comes_after_a_killed_process_takes_the_server_over(
    server: cluster.Cluster,
) -> None:
    end(other_process(server), signal.SIGKILL)
    assert is_up(server)
    with server.running():
        assert is_up(server)
    assert not is_up(server)


def test_it_comes_back_after_being_killed_itself(durable: cluster.Cluster) -> None:
    with durable.running(), psycopg.connect(durable.url(cluster.OWNER)) as connection:
        connection.execute("CREATE TABLE kept (id int)")
        connection.commit()
        os.kill(postmaster(durable), signal.SIGKILL)
        with durable.running(), psycopg.connect(durable.url(cluster.OWNER)) as again:
            assert again.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def wait(server: cluster.Cluster, *, other_than: int) -> None:
    """Wait, within bounds, until another server answers in its place."""
    until = time.monotonic() + cluster.PATIENCE_S
    while not is_up(server) or postmaster(server) == other_than:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_where_it_is_kept_it_comes_back_by_itself(durable: cluster.Cluster) -> None:
    with durable.running(), durable.kept():
        first = postmaster(durable)
        os.kill(first, signal.SIGKILL)
        wait(durable, other_than=first)
    assert not is_up(durable)


def test_it_comes_back_though_a_process_of_the_old_one_has_not_gone(
    durable: cluster.Cluster,
) -> None:
    with durable.running(), durable.kept():
        connection = psycopg.connect(durable.url(cluster.OWNER))
        first, stays = postmaster(durable), connection.info.backend_pid
        # As one does that waits for a lock which another was killed with.
        os.kill(stays, signal.SIGSTOP)
        os.kill(first, signal.SIGKILL)
        wait(durable, other_than=first)
        connection.close()
    assert not is_up(durable)


def test_one_that_lives_and_answers_nobody_is_given_up(
    durable: cluster.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ANSWER_S", 2)
    monkeypatch.setattr(cluster, "PATIENCE_S", 5)
    with durable.running(), durable.kept():
        first = postmaster(durable)
        os.kill(first, signal.SIGSTOP)
        until = time.monotonic() + 60
        while postmaster(durable) == first:
            assert time.monotonic() < until
            time.sleep(0.1)
        wait(durable, other_than=first)
    assert not is_up(durable)


KEEP_AS_THE_FIRST_PROCESS = """
import ctypes, sys
from pathlib import Path
from yanxiu.foundation import cluster
PR_SET_CHILD_SUBREAPER = 36
assert ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
with cluster.Cluster(Path(sys.argv[1])).running(), cluster.Cluster(Path(sys.argv[1])).kept():
    print("up", flush=True)
    sys.stdin.read()
"""


def test_it_comes_back_where_whoever_keeps_it_must_bury_it(durable: cluster.Cluster) -> None:
    command = [sys.executable, "-c", KEEP_AS_THE_FIRST_PROCESS, str(durable.var)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as keeper:
        assert keeper.stdout
        keeper.stdout.readline()
        first = postmaster(durable)
        os.kill(first, signal.SIGKILL)
        wait(durable, other_than=first)
    assert not is_up(durable)


def test_a_start_cut_short_is_begun_afresh(var: Path) -> None:
    half = lodging.find(var).home / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("half")
    server = cluster.Cluster(var, durable=False)
    with server.running():
        assert is_up(server)


def test_copies_run_side_by_side_however_long_and_strange_their_paths(
    server: cluster.Cluster, var: Path
) -> None:
    deep = var / ("研修" * 20) / ("path, with 'signs' & spaces " * 5)
    with server.running(), cluster.Cluster(deep, durable=False).running():
        assert is_up(server)
        assert is_up(cluster.Cluster(deep))


def test_it_says_why_it_cannot_start(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = cluster.Cluster(var, durable=False)
    with server.running():
        pass
    (server.var / "postgres/data/PG_VERSION").write_text("9\n")
    monkeypatch.setattr(cluster, "PATIENCE_S", 1)
    with pytest.raises(lodging.Unavailable, match="by PostgreSQL version 9"), server.running():
        pass


def test_it_refuses_a_socket_that_others_could_reach(server: cluster.Cluster) -> None:
    server.sockets.mkdir()
    server.sockets.chmod(0o777)
    with pytest.raises(lodging.Unavailable, match="not ours alone"), server.running():
        pass


@needs_root
def test_data_out_of_reach_are_kept_where_its_user_can_come(var: Path) -> None:
    closed = var / "closed"
    closed.mkdir(mode=0o700)
    server = cluster.Cluster(closed / "var", durable=False)
    with server.running():
        assert is_up(server)
    home = server.var / "postgres"
    assert home.resolve().parent == lodging.STATE
    assert closed.stat().st_mode & 0o777 == 0o700


@needs_root
def test_data_that_root_copied_are_given_back_to_its_user(server: cluster.Cluster) -> None:
    with server.running():
        pass
    subprocess.run(["chown", "-R", "0:0", server.var / "postgres"], check=True)
    with server.running():
        assert is_up(server)
