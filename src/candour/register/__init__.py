"""One declaration of personal data on each model, and what is generated from it.

`declare` reads `class Privacy`; `walls`, `triggers` and `grants` write SQL from it;
`apply` puts that SQL in force and compares; `permit` reads and seals by it.
"""
