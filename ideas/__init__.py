"""Innovation ideas (উদ্ভাবনী ধারণা) from officers and citizens, from receipt to replication.

An idea is screened, piloted, shown, replicated and recognised; one that is declined says why to
whoever sent it. Its first code arrives with the monthly meeting, where ideas are screened.
"""
