"""Who may sign in: staff, their roles and for how long."""
