"""The public site's views, one module a noun."""
