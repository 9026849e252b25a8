"""Deliver what is due in a process that dies as soon as its first message is out."""

import os
import signal
import sys
from datetime import datetime
from importlib import import_module

import django

from yanxiu.foundation.carriers import Outbox, TextMessage


class Dying(Outbox):
    """Be a carrier whose process is killed right after it has sent."""

    def carry(self, message: TextMessage) -> None:
        super().carry(message)
        os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    django.setup()
    delivering = import_module("yanxiu.training.notices.delivering")
    delivering.deliver(at=datetime.fromisoformat(sys.argv[1]))


if __name__ == "__main__":
    main()
