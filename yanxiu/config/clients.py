"""Read from the environment which desktop clients are served; newer pages need what older lack."""

from yanxiu.foundation import environment, versions
from yanxiu.foundation.marking import marked as _
from yanxiu.foundation.versions import Least

# Source: rule 4 of the manual of 2025: who cannot choose a speed has to update the client.
LEAST = f"1.0.0 {_('更早的版本不能选择播放速度')}"


def read() -> Least:
    """Return the oldest version that is served and what older ones lack.

    `YANXIU_DESKTOP_LEAST` is a version and, after a space, the reason as people read it. Without
    either the start stops.
    """
    value = environment.text("YANXIU_DESKTOP_LEAST", LEAST)
    version, _space, why = value.partition(" ")
    try:
        least = versions.read(version)
    except ValueError as error:
        msg = f"YANXIU_DESKTOP_LEAST must begin with a version like 1.0.0, not {value!r}"
        raise environment.Misconfigured(msg) from error
    if not why.strip():
        msg = "YANXIU_DESKTOP_LEAST must say after the version what older clients lack"
        raise environment.Misconfigured(msg)
    return Least(least, why.strip())
