"""The patient file: what is known of a body, what was agreed, done, given and seen."""
