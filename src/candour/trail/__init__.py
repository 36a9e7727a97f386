"""The trail: who did what, to whose data, why, and by which clause.

Two kinds of entry, without contents and without foreign keys: an act, written by the
gate, and a change, written by triggers. A job seals them in signed, chained batches.
"""
