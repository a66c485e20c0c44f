"""What is laid open to everybody: how it is frozen, found and shown."""
