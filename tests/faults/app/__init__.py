"""An app that only the workers of the fault tests install: one slow kind of job."""
