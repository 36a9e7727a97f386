"""What every surface shares: the page shell, errors, and who is asking."""
