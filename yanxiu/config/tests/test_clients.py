import pytest

from yanxiu.config import clients
from yanxiu.foundation import environment, versions


def test_the_least_version_and_its_reason_stand_in_one_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("YANXIU_DESKTOP_LEAST", "1.10 更早的版本不能 保存证书")
    least = clients.read()
    assert (str(least.version), least.why) == ("1.10.0", "更早的版本不能 保存证书")
    monkeypatch.delenv("YANXIU_DESKTOP_LEAST")
    assert clients.read().version >= versions.read("1.0")


@pytest.mark.parametrize("value", ["", "newest 因为", "1.0.0", "1.0.0  "])
def test_without_a_version_or_a_reason_nothing_starts(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YANXIU_DESKTOP_LEAST", value)
    with pytest.raises(environment.Misconfigured, match="YANXIU_DESKTOP_LEAST"):
        clients.read()
