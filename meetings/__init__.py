"""Meetings of the innovation team: notice, agenda, attendance, decisions, minutes (কার্যবিবরণী).

Decisions name who carries them out, and the next meeting confirms the minutes and hears how far
each decision has come. Its first code arrives with the monthly meeting.
"""
