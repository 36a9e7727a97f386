"""The English of the notice, by subject. Facts come from the packs, words from here."""
