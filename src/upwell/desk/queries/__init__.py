"""What everybody's home page and a pair's page say, as plain data."""

from upwell.desk.queries.audiences import Seen, Viewers, who_sees
from upwell.desk.queries.home import Home, home_of
from upwell.desk.queries.pair import PairPage, pair_page
from upwell.desk.queries.search import Found, search

__all__ = [
    "Found",
    "Home",
    "PairPage",
    "Seen",
    "Viewers",
    "home_of",
    "pair_page",
    "search",
    "who_sees",
]
