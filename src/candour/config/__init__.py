"""Settings, addresses, entry points: what puts the layers together and starts them."""
