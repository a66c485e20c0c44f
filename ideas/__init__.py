"""The idea register of an office (উদ্ভাবনী ধারণা): received, screened, piloted, shown, replicated.

An idea stands in the register of the office that received it. The monthly meeting of the team
screens what waits and looks at what runs as a pilot; one that is declined carries the reason.
"""
