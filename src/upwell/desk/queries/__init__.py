"""What everybody's home page says, as plain data."""

from upwell.desk.queries.home import Home, home_of

__all__ = ["Home", "home_of"]
