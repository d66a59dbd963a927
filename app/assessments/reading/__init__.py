"""
What a report's text says people concluded about a recording, read by rules.

`read` is the one door: a pure function of text, language and word lists, under `VERSION`. It proposes;
what a person accepts becomes an assessment, and nothing of it is stored before. A sentence
is read where it speaks of sound and asserts something of it, leaves it open, or keeps a distance to it
("purported"). What its words do not say (a method, limitations, which bytes) is proposed as
not stated.
"""

from app.assessments.reading.proposal import Proposal, Reading
from app.assessments.reading.reader import METHOD, VERSION, read

__all__ = ["METHOD", "VERSION", "Proposal", "Reading", "read"]
