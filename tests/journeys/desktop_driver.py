"""Run the desktop client as it was packed, and do in its window what lines of JSON say.

It runs under the system's own Python, with nothing of the platform's: `desktops.py` speaks with it.
A line is `{"js": script}`, `{"do": act}` or `{"zoom": true}`; each is answered by a line of JSON.
"""

import json
import sys
from typing import Any


def obeyed(shell: Any, asked: dict[str, Any]) -> Any:
    """Do one line and return what came of it."""
    if "js" in asked:
        return shell.window.run_js(asked["js"])
    if "do" in asked:
        return shell.does(asked["do"])
    return shell.engine.web.get_zoom_level()


def drive(shell: Any) -> None:
    """Obey until nobody speaks any more; then close the window as a person would."""
    for line in sys.stdin:
        print(json.dumps(obeyed(shell, json.loads(line))), flush=True)  # noqa: T201 - the answer
    shell.does("quit")


if __name__ == "__main__":
    # Instead of this folder, whose modules are not the client's.
    sys.path[0] = sys.argv[1]
    from desktop import app  # the packed one

    app.leave(app.main(drive))
