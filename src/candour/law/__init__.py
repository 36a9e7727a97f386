"""UK law as plain functions: clocks, periods, permissions, ages; each with its source.

Nothing here reads the clock, the database or a policy. A function takes facts and
returns a frozen value that says what the law asks and why. Every number comes from
`law.parameters`, which names the article it was taken from.
"""
