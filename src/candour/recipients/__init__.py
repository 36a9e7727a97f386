"""Those data goes to, by name: where to write, in which country, checked when."""
