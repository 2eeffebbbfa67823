"""`python -m eduf`, for where the command is not on the path."""

from eduf.cli import main

main()
