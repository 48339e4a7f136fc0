"""The sentences about a wrong policy, by code."""

from upwell.sheets.texts import gettext_noop

POLICY = gettext_noop("The policy")

# The first sentence names the key and the value, the second what is allowed.
TEXTS = {
    "unreadable": gettext_noop("Line %(line)s is not %(format)s: %(reason)s."),
    "unknown_key": gettext_noop(
        "%(key)s is %(value)s, but there is no such key. The keys here are: %(known)s."
    ),
    "section": gettext_noop("%(key)s is %(value)s. It must be a table of keys: %(known)s."),
    "whole_number": gettext_noop(
        "%(key)s is %(value)s. It must be a whole number from %(low)s to %(high)s."
    ),
    "half_hours": gettext_noop(
        "%(key)s is %(value)s. It must be a number of hours from %(low)s to %(high)s,"
        " in steps of 0.5."
    ),
    "choice": gettext_noop("%(key)s is %(value)s. It must be one of: %(choices)s."),
    "choices": gettext_noop(
        "%(key)s is %(value)s. It must be a list in brackets of any of these: %(choices)s."
    ),
    "switch": gettext_noop("%(key)s is %(value)s. It must be true or false."),
    "hours": gettext_noop(
        '%(key)s is %(value)s. It must be two times in order, such as "09:00-17:00".'
    ),
    "names": gettext_noop(
        '%(key)s is %(value)s. It must be a list of names in quotes, such as ["Manager", "VP"].'
    ),
    "name": gettext_noop(
        "%(key)s is %(value)s. It must be text of 1 to 200 characters, in quotes."
    ),
    "repeated": gettext_noop("%(key)s is %(value)s. It must name each level once."),
    "couples": gettext_noop(
        '%(key)s is %(value)s. It must be a list of pairs of ids, such as [["E1", "E2"]].'
    ),
    "with_oneself": gettext_noop("%(key)s is %(value)s. Each pair must name two different people."),
    "no_weight": gettext_noop(
        "%(key)s gives every weight as 0. At least one of topics, hours, stage, unit, region and"
        " ranking must be above 0."
    ),
    "good_above_strong": gettext_noop("%(key)s is %(value)s. It must not be above quality.strong."),
    "both_sides": gettext_noop(
        "%(key)s names %(value)s, which mentors.levels names, too. A level must be on one side."
    ),
    "unknown_level": gettext_noop(
        "%(key)s names %(value)s, which is not a level here. The levels are: %(known)s."
    ),
    "level_left_out": gettext_noop(
        "%(key)s does not name %(value)s, a level that people in the table have."
        " It must name every level."
    ),
    "no_levels": gettext_noop(
        "%(key)s is %(value)s, but the table of people has no levels."
        " Map a column to the level, or leave the key empty and give roles."
    ),
    "no_choice": gettext_noop(
        "%(key)s is empty, and the table gives neither roles nor two levels to choose from."
        " It must name the levels of one side, or the table must have roles."
    ),
    "nobody_level": gettext_noop(
        "%(key)s is %(value)s, but nobody in the table can take part at these levels."
    ),
    "nobody_role": gettext_noop(
        "%(key)s is empty, so the roles in the table decide, and nobody has the role."
        " Give somebody the role, or name the levels."
    ),
    "not_mentor": gettext_noop("%(key)s names %(value)s, who is not among the mentors."),
    "not_mentee": gettext_noop("%(key)s names %(value)s, who is not among the mentees."),
    "too_deep": gettext_noop(
        "%(key)s cannot be checked: the table puts more than %(limit)s people above %(value)s."
        " The column of managers must hold each person's own manager."
    ),
    "pin_forbidden": gettext_noop(
        "%(key)s pins %(value)s, whom a rule keeps from being a pair. A pin must keep every rule."
    ),
    "pin_seats": gettext_noop(
        "%(key)s pins %(value)s more often than this person has places (%(places)s)."
    ),
    "too_many_topics": gettext_noop(
        "%(key)s is %(value)s, but the table has %(count)s topics that are both wanted and offered."
        " It must be 0, or the table must have fewer topics: %(limit)s at most."
    ),
}
