"""A crowd for a demonstration: invented people with two years behind them."""
