"""What the system administrator and office heads type: rules, changes of offices, staff lists."""
