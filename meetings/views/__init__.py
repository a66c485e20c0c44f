"""Pages of meetings: HTTP only; what they show and do is in lists, documents and actions."""
