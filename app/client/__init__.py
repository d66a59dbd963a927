"""
A client of our own API, for the command line and the demo.

It knows addresses and problems, not rules: whatever it can do, any other program with a
token can do too.
"""

from app.client.http import Client, Refused
from app.client.upload import upload

__all__ = ["Client", "Refused", "upload"]
