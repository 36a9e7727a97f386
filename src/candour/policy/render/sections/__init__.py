"""The parts of the notice, in the order Article 13 asks its questions."""
