"""Who may work here: accounts, their credentials, and the one table of permissions."""
