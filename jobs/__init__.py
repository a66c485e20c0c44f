"""Work that must survive: durable jobs, their progress, the papers they store, and e-mail.

This room knows nothing of the domain. Another app writes a `jobhandlers.py` with functions
under `@jobs.registry.handler`, calls `jobs.actions.enqueue` inside the transaction that
needs the work, and shows the `Job` row it gets back. An e-mail is a `Letter`, asked for in the
same way with `jobs.letters.post_letter`.
"""
