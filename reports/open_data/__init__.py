"""What is published, for machines: a dictionary of datasets, files to take away, and the API."""
