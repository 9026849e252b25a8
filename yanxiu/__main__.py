"""Run the program as `python -m yanxiu`."""

from yanxiu.config.cli import main

main()
