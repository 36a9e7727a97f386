"""What every layer may use: errors, the actor, the clock, identifiers."""
