"""Who opens the pages of match runs and pairs, and what they show of people."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.core.access import READ, SIGNED_IN, WRITE, Audience, Entry, Subject
from upwell.pairs.models import (
    ChoiceRound,
    ChoiceSheet,
    Couple,
    CoupleRule,
    EarlierPair,
    MatchRun,
    Pair,
    PairsImport,
    Preview,
    Proposal,
    Repair,
)
from upwell.people.access import BOTH, CONTACT, DIRECTORY, ONESELF, PROGRAM_MANAGERS
from upwell.people.models import Person, PersonQuerySet
from upwell.programs.audiences import COHORT_MANAGER
from upwell.programs.models import Cohort, Staff


def counterparts_of(person: Person) -> PersonQuerySet:
    """The people who are in a pair with somebody now."""
    couples = Couple.objects.of_member(person).shown().filter(is_active=True)
    sides = couples.values("mentor"), couples.values("mentee")
    found: PersonQuerySet = Person.objects.filter(pk__in=sides[0].union(sides[1])).exclude(
        pk=person.pk
    )
    return found


def proposed_to(person: Person) -> PersonQuerySet:
    """Whom a run has in mind for somebody, while both sides are asked."""
    asking = Preview.objects.open().filter(closes_at__gt=timezone.now()).order_by().values("run")
    rows = Proposal.objects.filter(run__in=asking).order_by()
    mentees = rows.filter(mentor__person=person).values("mentee__person")
    mentors = rows.filter(mentee__person=person).values("mentor__person")
    found: PersonQuerySet = Person.objects.filter(pk__in=mentees.union(mentors))
    return found.exclude(pk=person.pk)


def managers_of_earlier_pairs(person: Person) -> PersonQuerySet:
    """Whoever manages a program that knows of an earlier pair of the person, and is not in it."""
    earlier = EarlierPair.objects.filter(Q(mentor=person) | Q(mentee=person))
    managers = Staff.objects.managers().active().filter(program__in=earlier.values("program"))
    found: PersonQuerySet = Person.objects.filter(pk__in=managers.values("person"))
    return found.exclude(pk=person.pk)


MEMBERS = Audience(
    "pair_members",
    _("you and your counterpart"),
    SIGNED_IN.admits,
    counterparts_of,
    _("the person and their counterpart"),
)
PREVIEWED = Audience(
    "previewed",
    _("whom a match run has in mind for you, while both sides are asked"),
    SIGNED_IN.admits,
    proposed_to,
    _("whom a match run has in mind for the person, while both sides are asked"),
)
EARLIER_MANAGER = Audience(
    "earlier_manager",
    _("the program managers of a program that an earlier pair of yours belongs to"),
    PROGRAM_MANAGERS.admits,
    managers_of_earlier_pairs,
    _("the program managers of the program"),
)
PROPOSALS = Subject("pairs.proposals", _("whom a match run proposes for you, and why"))
OVERRIDE = Subject(
    "pairs.override",
    _("your reason for publishing pairs unchecked, where you have published any"),
    concerns=lambda person: person.runs_published.exists(),
)
BLOCKS = Subject(
    "pairs.blocks", _("with whom you would rather not be paired, where you have said so")
)
CHOICES = Subject(
    "pairs.choices",
    _("whom you would like of your short list, where you have chosen"),
)
ON_LISTS = Subject(
    "pairs.on_lists",
    _("what speaks for you, on short lists; your name only where the policy says so"),
)
LISTED = Subject(
    "pairs.listed",
    _("that you are in the directory, where somebody knows your whole name or address"),
)
EARLIER = Subject(
    "pairs.earlier",
    _("with whom you were paired before, in Upwell or in a file that was read"),
)
BY_HAND = Subject(
    "pairs.by_hand",
    _("with whom you are to be paired, or not, where a program manager has decided it by hand"),
)
COUNTERPART = Subject("pairs.counterpart", _("who your counterpart is, and why the two of you"))

RUNS = [
    Entry("pairs:run_list", READ, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry("pairs:run_start", WRITE, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry(
        "pairs:run_detail",
        READ,
        (COHORT_MANAGER,),
        {"pk": MatchRun},
        (DIRECTORY, PROPOSALS, OVERRIDE, BY_HAND),
    ),
    Entry("pairs:run_check", WRITE, (COHORT_MANAGER,), {"pk": MatchRun}),
    Entry(
        "pairs:run_certificate",
        READ,
        (COHORT_MANAGER,),
        {"pk": MatchRun},
        (PROPOSALS, EARLIER),
    ),
    Entry("pairs:run_table", READ, (COHORT_MANAGER,), {"pk": MatchRun}, (PROPOSALS,)),
    Entry("pairs:run_fairness", READ, (COHORT_MANAGER,), {"pk": MatchRun}),
    Entry("pairs:run_unplaced", READ, (COHORT_MANAGER,), {"pk": MatchRun}, (DIRECTORY, PROPOSALS)),
    Entry(
        "pairs:run_why_not",
        READ,
        (COHORT_MANAGER,),
        {"pk": MatchRun},
        (DIRECTORY, PROPOSALS, BY_HAND),
    ),
    Entry("pairs:run_other", BOTH, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry("pairs:run_compare", READ, (COHORT_MANAGER,), {"pk": Cohort}, (DIRECTORY, PROPOSALS)),
    Entry("pairs:run_rules", READ, (COHORT_MANAGER,), {"pk": Cohort}, (DIRECTORY, BY_HAND)),
    Entry("pairs:run_rule_set", WRITE, (COHORT_MANAGER,), {"pk": MatchRun}),
    Entry(
        "pairs:run_rule_remove",
        WRITE,
        (COHORT_MANAGER,),
        {"pk": Cohort, "rule": CoupleRule},
    ),
    Entry("pairs:run_adopt", WRITE, (COHORT_MANAGER,), {"pk": MatchRun}),
    Entry("pairs:run_publish", BOTH, (COHORT_MANAGER,), {"pk": MatchRun}),
    Entry("pairs:run_stop", WRITE, (COHORT_MANAGER,), {"pk": MatchRun}),
    Entry("pairs:run_ask_first", BOTH, (COHORT_MANAGER,), {"pk": MatchRun}),
    Entry("pairs:run_take_back", BOTH, (COHORT_MANAGER,), {"pk": MatchRun}),
    Entry("pairs:preview_own", BOTH, (PREVIEWED,), {"pk": Preview}, (DIRECTORY, PROPOSALS)),
]
ON_YOUR_LIST = Audience(
    "on_your_list",
    _("those whose short list you are on, while they choose"),
    SIGNED_IN.admits,
)
CHOOSING = [
    Entry("pairs:choosing_open", WRITE, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry("pairs:choosing_close", WRITE, (COHORT_MANAGER,), {"pk": ChoiceRound}),
    Entry("pairs:choosing_finish", WRITE, (COHORT_MANAGER,), {"pk": ChoiceRound}),
    Entry("pairs:choice_list", READ, (ONESELF,), {"pk": ChoiceSheet}, (CHOICES,)),
    Entry("pairs:choice_list", READ, (ON_YOUR_LIST,), {"pk": ChoiceSheet}, (ON_LISTS,)),
    Entry("pairs:choice_save", WRITE, (ONESELF,), {"pk": ChoiceSheet}),
]
PAIRS = [
    Entry("pairs:pair_list", READ, (COHORT_MANAGER,), {"pk": Cohort}, (DIRECTORY, COUNTERPART)),
    Entry("pairs:kickoff_send", BOTH, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry(
        "pairs:pair_table",
        READ,
        (COHORT_MANAGER,),
        {"pk": Cohort},
        shows=(DIRECTORY, CONTACT, COUNTERPART),
    ),
]
IMPORTS = [
    Entry("pairs:pairs_import", BOTH, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry("pairs:pairs_sample", READ, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry(
        "pairs:pairs_preview",
        READ,
        (COHORT_MANAGER,),
        {"pk": PairsImport},
        (DIRECTORY, COUNTERPART, EARLIER),
    ),
    Entry("pairs:pairs_confirm", WRITE, (COHORT_MANAGER,), {"pk": PairsImport}),
    Entry("pairs:pairs_discard", WRITE, (COHORT_MANAGER,), {"pk": PairsImport}),
    Entry("pairs:pairs_retry", WRITE, (COHORT_MANAGER,), {"pk": PairsImport}),
    Entry("pairs:earlier_list", READ, (EARLIER_MANAGER,), {"pk": Cohort}, (DIRECTORY, EARLIER)),
    Entry("pairs:earlier_remove", WRITE, (EARLIER_MANAGER,), {"pk": Cohort, "pair": EarlierPair}),
]
REPAIRS = [
    Entry("pairs:pair_end", BOTH, (COHORT_MANAGER,), {"pk": Pair}, (DIRECTORY, COUNTERPART)),
    Entry(
        "pairs:pair_conflict",
        BOTH,
        (COHORT_MANAGER,),
        {"pk": Pair},
        (DIRECTORY, CONTACT, COUNTERPART),
    ),
    Entry("pairs:repair_start", BOTH, (COHORT_MANAGER,), {"pk": Cohort}, (DIRECTORY, COUNTERPART)),
    Entry(
        "pairs:repair_detail",
        READ,
        (COHORT_MANAGER,),
        {"pk": Repair},
        (DIRECTORY, PROPOSALS, COUNTERPART),
    ),
    Entry("pairs:repair_use", WRITE, (COHORT_MANAGER,), {"pk": Repair}),
]
PRIVATE = [
    Entry("pairs:block_list", BOTH, (ONESELF,), shows=(BLOCKS,)),
    Entry("pairs:block_list", BOTH, (SIGNED_IN,), shows=(LISTED,)),
    Entry("pairs:block_remove", WRITE, (ONESELF,)),
]
ACCESS = [*RUNS, *CHOOSING, *PAIRS, *IMPORTS, *REPAIRS, *PRIVATE]
