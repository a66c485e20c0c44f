"""Work that must survive: durable jobs, their progress, and the papers they store.

This room knows nothing of the domain. Another app writes a `jobhandlers.py` with functions
under `@jobs.registry.handler`, calls `jobs.actions.enqueue` inside the transaction that
needs the work, and shows the `Job` row it gets back.
"""
