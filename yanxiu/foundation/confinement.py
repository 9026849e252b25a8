"""Take from a process what it does not need before it touches what anybody may have made."""

import resource


def confine(*, memory: int, cpu_s: int, is_sealed: bool = False) -> None:
    """Give up the right to grow past `memory` bytes and to work longer than `cpu_s` seconds.

    A sealed process opens nothing more either: no file, no connection.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    # Not one byte may be written to a file, and no process started.
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
        resource.setrlimit(limit, (0, 0))
    if is_sealed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
