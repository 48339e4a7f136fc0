"""Telling program managers at once which pairs break a rule since the directory has changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import override

from upwell.core.links import absolute_url
from upwell.delivery.models import OutboxMessage
from upwell.delivery.services import compose, post_many
from upwell.pairs.models import Couple
from upwell.pairs.queries.conflicts import conflict_path, conflict_sentences
from upwell.pairs.services.acting import managers_of
from upwell.programs.models import Cohort

BATCH = 1_000


def tell_managers(broken: Iterable[tuple[int, str]]) -> None:
    """One message for each cohort with new conflicts, given as couple and rule, to each manager.

    To be called in the transaction that notes them, so that each is told of once.
    """
    rules: dict[int, list[str]] = defaultdict(list)
    for couple, rule in broken:
        rules[couple].append(rule)
    by_cohort: dict[UUID, list[Couple]] = defaultdict(list)
    keys = sorted(rules)
    for start in range(0, len(keys), BATCH):
        some = Couple.objects.filter(pk__in=keys[start : start + BATCH]).select_related("pair")
        for one in some.order_by("pk"):
            by_cohort[one.pair.cohort_id].append(one)
    cohorts = Cohort.objects.select_related("program").in_bulk(by_cohort)
    found = [
        message
        for cohort, couples in by_cohort.items()
        for message in messages_of(cohorts[cohort], couples, rules)
    ]
    if found:
        post_many(found)


def messages_of(
    cohort: Cohort, couples: list[Couple], rules: dict[int, list[str]]
) -> list[OutboxMessage]:
    counts = Counter(rule for couple in couples for rule in rules[couple.pk])
    pairs = list(dict.fromkeys(couple.pair_id for couple in couples))
    href = absolute_url(conflict_path(cohort.pk, pairs))
    found = []
    for manager in managers_of(cohort):
        with override(manager.language):
            sentences = conflict_sentences(counts)
        context = {"cohort": cohort, "sentences": sentences, "href": href}
        found.append(compose("pairs/mail/conflict", to=manager, context=context))
    return [each for each in found if each]
