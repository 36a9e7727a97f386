"""Writing in the patient file, by noun."""
