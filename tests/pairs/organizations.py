"""Rows out of a People table, and cohorts large enough to be matched."""

from tests.factories import make_cohort, make_manager, make_program
from upwell.demo import generate
from upwell.people.models import Directory, Level, Office, OrgUnit, Person, ReportingLine
from upwell.policy.values import same_name
from upwell.programs.models import Enrollment, EnrollmentTopic, Topic

COLUMNS = ("levels", "units", "teams", "offices", "zones", "regions", "hours", "languages")


def load_people(people):
    """Write everybody of a People table, and return the persons by id."""
    levels = {
        name: Level.objects.create(name=name, height=height)
        for height, name in enumerate(people.level_order, start=1)
    }
    units = {name: OrgUnit.objects.create(name=name) for name in sorted({*people.units} - {""})}
    offices = {
        office: Office.objects.create(name=office, zone=zone, region=region)
        for office, zone, region in sorted(
            {*zip(people.offices, people.zones, people.regions, strict=True)}
        )
    }
    hours = people.hours or (None,) * len(people)
    persons = Person.objects.bulk_create(
        [
            Person(
                employee_id=id_,
                name=people.names[row],
                contact_email=people.emails[row] if people.emails else "",
                level=levels[people.levels[row]],
                unit=units[people.units[row]],
                team=people.teams[row],
                office=offices[people.offices[row]],
                hours_from=hours[row][0] if hours[row] else None,
                hours_until=hours[row][1] if hours[row] else None,
                languages=list(people.languages[row]),
            )
            for row, id_ in enumerate(people.ids)
        ],
        batch_size=5_000,
    )
    by_id = {person.employee_id: person for person in persons}
    load_lines(people, by_id)
    Directory.objects.create(pk=1, revision=1, columns=[*COLUMNS, "managers", "dotted"])
    return by_id


def load_lines(people, by_id):
    rows = []
    for person, manager, dotted in zip(people.ids, people.managers, people.dotted, strict=True):
        if manager:
            rows.append(ReportingLine(person=by_id[person], manager=by_id[manager]))
        rows += [
            ReportingLine(person=by_id[person], manager=by_id[other], kind="dotted")
            for other in dotted
        ]
    ReportingLine.objects.bulk_create(rows, batch_size=5_000)


def load_cohort(people, by_id, *, mentors, mentees, program=None):
    """Enroll everybody of these levels, with their topics and places, and return the cohort."""
    cohort = make_cohort(program=program or make_program(make_manager(employee_id=None)))
    sides = {**dict.fromkeys(mentors, "mentor"), **dict.fromkeys(mentees, "mentee")}
    taking = [row for row, level in enumerate(people.levels) if level in sides]
    enrollments = Enrollment.objects.bulk_create(
        [
            Enrollment(
                cohort=cohort,
                person=by_id[people.ids[row]],
                role=sides[people.levels[row]],
                state=Enrollment.State.ENROLLED,
                capacity=people.capacities[row] if people.capacities else None,
            )
            for row in taking
        ],
        batch_size=5_000,
    )
    load_topics(people, taking, enrollments)
    return cohort


def load_topics(people, taking, enrollments):
    catalog, rows = {}, []
    for row, enrollment in zip(taking, enrollments, strict=True):
        for kind in ("offered", "wanted"):
            column = getattr(people, kind)
            for topic in column[row] if column else ():
                key = same_name(topic.name)
                catalog.setdefault(key, Topic(key=key, name=topic.name))
                rows.append((enrollment, catalog[key], kind, topic.strength))
    Topic.objects.bulk_create(catalog.values())
    EnrollmentTopic.objects.bulk_create(
        [
            EnrollmentTopic(enrollment=of, topic=topic, kind=kind, strength=strength)
            for of, topic, kind, strength in rows
        ],
        batch_size=5_000,
    )


def load_demo(size=60, *, seed=1, policy=None):
    """A cohort of the made-up organization, and its table."""
    people = generate(size, seed=seed)
    by_id = load_people(people)
    levels = people.level_order
    program = make_program(
        make_manager(employee_id=None), **({"policy_json": policy.to_json()} if policy else {})
    )
    cohort = load_cohort(people, by_id, mentors=levels[:2], mentees=levels[-4:], program=program)
    return cohort, people


def manager_of(cohort):
    return cohort.program.staff.get().person
