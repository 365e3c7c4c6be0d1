"""`python -m plc` is the `plc` command."""

from plc.cli import main

main()
