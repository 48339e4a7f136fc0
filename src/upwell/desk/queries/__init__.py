"""What everybody's home page and a pair's page say, as plain data."""

from upwell.desk.queries.audiences import Viewers, parts_of_subjects, roles_of, who_sees
from upwell.desk.queries.home import Home, home_of
from upwell.desk.queries.pair import PairPage, pair_page
from upwell.desk.queries.search import Found, search

__all__ = [
    "Found",
    "Home",
    "PairPage",
    "Viewers",
    "home_of",
    "pair_page",
    "parts_of_subjects",
    "roles_of",
    "search",
    "who_sees",
]
