"""`python -m app.cli`: the same verbs, for a parent process that knows its interpreter."""

from app.cli import main

main()
