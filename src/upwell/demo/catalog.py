"""What the synthetic organization is made of: levels, units, offices and topics."""

from dataclasses import dataclass

from upwell.programs.catalog import shipped_topics

LEVELS = (
    "Associate",
    "Individual Contributor",
    "Senior",
    "Manager",
    "Director",
    "VP",
    "SVP",
    "C-suite",
)
MANAGER, DIRECTOR, HEAD = 3, 4, 7
MIX = (18, 28, 24, 16, 8, 4, 1.5, 0.5)
"""People of each level, in percent: the middle is crowded."""


@dataclass(frozen=True)
class Unit:
    """A unit with what its teams do, and the size of it beside the others."""

    name: str
    size: int
    head: str
    areas: tuple[str, ...]


UNITS = (
    Unit("Engineering", 22, "Technology", ("Platform", "Mobile", "Payments", "Reliability", "Web")),
    Unit("Sales", 17, "Revenue", ("Key Accounts", "New Business", "Partners", "Inside Sales")),
    Unit("Operations", 15, "Operating", ("Logistics", "Planning", "Quality", "Facilities")),
    Unit("Customer Care", 13, "Customer", ("Onboarding", "Support", "Complaints", "Success")),
    Unit("Finance", 9, "Financial", ("Accounting", "Controlling", "Treasury", "Tax")),
    Unit("Marketing", 8, "Marketing", ("Brand", "Content", "Campaigns", "Insights")),
    Unit("Product", 7, "Product", ("Discovery", "Design", "Pricing", "Research")),
    Unit("Data and Analytics", 4, "Data", ("Reporting", "Modeling", "Data Quality")),
    Unit("People", 3, "People", ("Talent", "Learning", "Rewards")),
    Unit("Legal and Risk", 2, "Legal", ("Contracts", "Compliance", "Privacy")),
)

GRADES = ("Associate", "Specialist", "Senior Specialist", "Manager", "Director", "VP", "SVP")


@dataclass(frozen=True)
class Office:
    """An office; ``spoken`` are its languages beside English with how many in 100 speak them."""

    name: str
    region: str
    zone: str
    size: int
    english: int
    spoken: tuple[tuple[str, int], ...]
    days: tuple[str, ...]


USUAL = ("09:00-17:00", "09:00-17:00", "08:30-16:30", "09:00-17:30", "08:00-16:00", "10:00-18:00")
OFFICES = (
    Office("London", "Europe", "Europe/London", 24, 100,
           (("french", 12), ("hindi", 8), ("polish", 6), ("spanish", 7)), USUAL),
    Office("New York", "Americas", "America/New_York", 22, 100,
           (("spanish", 24), ("mandarin", 7), ("french", 5)), USUAL),
    Office("Bengaluru", "Asia Pacific", "Asia/Kolkata", 18, 99,
           (("hindi", 78), ("kannada", 55), ("tamil", 25)),
           ("09:30-18:00", "10:00-18:30", "12:00-20:30", "13:30-22:00")),
    Office("Chicago", "Americas", "America/Chicago", 9, 100,
           (("spanish", 22), ("polish", 5)), USUAL),
    Office("Berlin", "Europe", "Europe/Berlin", 8, 94,
           (("german", 90), ("turkish", 9), ("french", 10)), USUAL),
    Office("Toronto", "Americas", "America/Toronto", 7, 99,
           (("french", 35), ("mandarin", 12), ("punjabi", 10)), USUAL),
    Office("Singapore", "Asia Pacific", "Asia/Singapore", 6, 100,
           (("mandarin", 70), ("malay", 18), ("tamil", 9)),
           ("09:00-18:00", "09:00-17:30", "10:00-19:00", "12:00-20:00")),
    Office("Madrid", "Europe", "Europe/Madrid", 4, 82,
           (("spanish", 99), ("french", 15), ("catalan", 9)),
           ("09:00-18:00", "09:00-17:30", "08:00-15:00", "10:00-19:00")),
    Office("Nairobi", "Africa", "Africa/Nairobi", 2, 100,
           (("swahili", 96), ("french", 6)), USUAL),
)  # fmt: skip

ODD_DAYS = (
    "06:30-14:30",
    "07:00-15:00",
    "11:00-19:00",
    "12:00-20:00",
    "09:00-13:00",
    "08:30-14:00",
)
"""Early, late and part-time days, which people have in any office."""


@dataclass(frozen=True)
class Group:
    """Topics of the shipped catalog that belong together, the best known first.

    ``offered`` and ``wanted`` say how often people name the group, beside the others.
    """

    code: str
    offered: int
    wanted: int

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(topic.name for topic in shipped_topics("en") if topic.group == self.code)


GROUPS = (
    Group("artificial_intelligence", 20, 34),
    Group("digital_and_social", 22, 18),
    Group("customers_and_markets", 12, 14),
    Group("inclusion", 10, 10),
    Group("choosing_where_to_work", 13, 12),
    Group("ways_of_working", 12, 7),
    Group("wellbeing", 7, 3),
    Group("sustainability", 4, 2),
)
