"""The fields a column can be mapped to, and the headers they have in the wild."""

from types import MappingProxyType

from upwell.sheets.words import key, words

# Best spelling first: where two columns compete, the earlier one is taken.
SPELLINGS = MappingProxyType(
    {
        "id": (
            "person id, employee id, employee number, emp id, emp no, worker id, staff id, staff "
            "number,"
            "personnel number, user id, id, uid, uuid, key, no, emp, employee code, "
            "payroll number,"
            "eid, workday id, associate id, member id, personalnummer, mitarbeiternummer, "
            "mitarbeiter id,"
            "pers nr, personal nr, matricule, numero employe, identifiant, numero de empleado,"
            "id empleado, id de empleado, legajo, gid, gpn, corporate id, number, nummer"
        ),
        "name": (
            "full name, display name, name, employee name, worker name, person name, "
            "preferred name,"
            "preferred full name, legal name, staff name, complete name, participant, "
            "vollstandiger name,"
            "mitarbeiter, mitarbeitername, nom complet, nom et prenom, nombre completo,"
            "nombre y apellidos, employee, worker, person, colleague, first and last name"
        ),
        "first_name": (
            "preferred first name, first name, given name, forename, fname, first, "
            "givenname, vorname,"
            "rufname, prenom, nombre, nombres, nombre de pila, legal first name"
        ),
        "last_name": (
            "last name, surname, family name, lname, last, nachname, familienname, zuname, nom,"
            "nom de famille, apellido, apellidos, legal last name, sn"
        ),
        "email": (
            "work email, email, email address, work email address, business email, company email,"
            "primary work email, mail, e mail, e mail adresse, emailadresse, mail address, upn,"
            "user principal name, corporate email, adresse e mail, adresse mail, courriel, correo,"
            "correo electronico, email id, primary email, contact email"
        ),
        "level": (
            "level, job level, career level, seniority, seniority level, management level, grade,"
            "job grade, band, career band, job band, rank, position level, employee level, tier,"
            "hierarchy level, level name, career stage, ebene, stufe, karrierestufe, "
            "hierarchieebene,"
            "karrierelevel, niveau, echelon, nivel, categoria, rango, niveau hierarchique"
        ),
        "title": (
            "job title, title, position title, position, role title, business title, "
            "job, job name,"
            "working title, designation, occupation, job position, stellenbezeichnung, funktion,"
            "berufsbezeichnung, jobtitel, titel, poste, intitule de poste, intitule du poste, "
            "fonction,"
            "puesto, cargo, titulo, puesto de trabajo, denominacion del puesto"
        ),
        "unit": (
            "department, unit, organizational unit, org unit, organisational unit, dept, "
            "division, business unit,"
            "organization, organisation, supervisory organization, cost center, "
            "function, bu, area,"
            "abteilung, bereich, organisationseinheit, geschaftsbereich, departement, direction,"
            "unite, departamento, unidad, direccion, dep, business area, job function, "
            "sector, group"
        ),
        "team": (
            "team, team name, squad, work group, sub department, section, equipe, equipo, gruppe"
        ),
        "office": (
            "office, office location, work location, location, site, office name, work site, "
            "workplace,"
            "work office, office city, work city, base location, primary location, campus, branch,"
            "standort, buro, arbeitsort, niederlassung, dienstort, bureau, lieu de travail, site "
            "de travail,"
            "oficina, sede, ubicacion, lugar de trabajo, centro de trabajo, city, stadt, "
            "ville, ciudad"
        ),
        "region": (
            "region, work region, geo, geography, geographic region, market region, theater, "
            "theatre, weltregion, grande region"
        ),
        "zone": (
            "time zone, timezone, tz, zone, iana time zone, tz name, zeitzone, fuseau horaire,"
            "zona horaria, huso horario, local time zone"
        ),
        "service_line": (
            "service line, practice, business line, line of business, lob, practice area, line "
            "of service,"
            "product line, geschaftsfeld, ligne de service, ligne de metier, linea de servicio, "
            "linea de negocio"
        ),
        "manager": (
            "manager id, line manager id, supervisor id, manager employee id, reports to id, "
            "manager number,"
            "managers id, manager emp id, manager email, line manager email, manager work email, "
            "manager email address,"
            "supervisor email, reports to email, managers email, manager, line manager, "
            "reports to,"
            "reporting manager, direct manager, supervisor, people manager, manager name, line "
            "manager name,"
            "supervisor name, managers name, reports to name, boss, superior, solid line manager,"
            "vorgesetzter, vorgesetzte, fuhrungskraft, vorgesetzter id, responsable, responsable "
            "hierarchique,"
            "superieur, superieur hierarchique, n 1, jefe, jefe directo, supervisor directo, "
            "responsable directo,"
            "reportsto, reporting to, parent id"
        ),
        "dotted": (
            "dotted line, dotted line manager, dotted line managers, dotted manager, dotted, "
            "dotted line to,"
            "dotted line manager id, dotted line manager email, matrix manager, matrix managers, "
            "functional manager,"
            "secondary manager, fachlicher vorgesetzter, responsable fonctionnel, jefe funcional"
        ),
        "status": (
            "employment status, active status, employee status, worker status, status, active, "
            "is active,"
            "status active, emp status, current employee, still employed, state of employment, "
            "enabled, account enabled,"
            "beschaftigungsstatus, aktiv, statut, actif, estado, activo, estado laboral, "
            "hr status,"
            "termination status, left, has left, terminated, is terminated, inactive, leaver, "
            "ausgeschieden,"
            "parti, baja, former employee"
        ),
        "start_date": (
            "start date, hire date, date of hire, hired on, joining date, date of joining, join "
            "date, original hire date,"
            "employment start date, date started, joined, startdatum, eintrittsdatum, "
            "einstellungsdatum, eintritt,"
            "date d embauche, date d entree, fecha de ingreso, fecha de alta, fecha de inicio, "
            "service date"
        ),
        "end_date": (
            "termination date, end date, leaving date, exit date, date of termination, term "
            "date, last day,"
            "last working day, leave date, employment end date, date left, date of leaving, "
            "separation date,"
            "austrittsdatum, austritt, enddatum, vertragsende, date de sortie, date de depart, "
            "date de fin,"
            "fecha de baja, fecha de salida, fecha de fin, contract end date, end of employment"
        ),
        "role": (
            "mentoring role, program role, role in program, mentor or mentee, mentor mentee, "
            "participant type,"
            "mentoring as, role, participation, rolle, rolle im programm, role dans le "
            "programme, rol"
        ),
        "languages": (
            "languages, language, spoken languages, languages spoken, language s, "
            "sprachen, sprache,"
            "sprachkenntnisse, langues, langue, idiomas, idioma"
        ),
        "offered": (
            "topics offered, offered topics, offered, offers, can teach, can mentor on, skills "
            "offered, skills, expertise,"
            "i can teach, topics i offer, strengths, mentor topics, angebotene themen, "
            "kompetenzen, fahigkeiten,"
            "themes proposes, competences, temas ofrecidos, habilidades, competencias, areas of "
            "expertise"
        ),
        "wanted": (
            "topics wanted, wanted topics, wanted, wants, wants to learn, want to learn, would "
            "like to learn, learning goals,"
            "topics of interest, interests, interested in, topics, needs, development needs, "
            "topics i want, mentee topics,"
            "gewunschte themen, lernziele, interessen, themes souhaites, centres d interet, "
            "temas deseados, intereses"
        ),
        "hours": (
            "working hours, work hours, hours, office hours, business hours, availability, "
            "available hours, schedule,"
            "arbeitszeit, arbeitszeiten, heures de travail, horaires, horaire, horario, horario "
            "laboral"
        ),
        "capacity": (
            "capacity, max mentees, maximum mentees, number of mentees, max pairs, max matches, "
            "max mentors, places,"
            "how many mentees, kapazitat, capacite, capacidad, maximum pairs"
        ),
    }
)

FIELDS = tuple(SPELLINGS)
LEADING = frozenset(
    [
        "employee",
        "emp",
        "worker",
        "staff",
        "person",
        "current",
        "primary",
        "associate",
        "user",
        "hr",
        "colleague",
        "mitarbeiter",
    ]
)
TRAILING = frozenset(
    [
        "name",
        "desc",
        "description",
        "label",
        "text",
        "full",
        "code",
        "id",
        "value",
        "long",
        "short",
        "s",
    ]
)
NOISE = 1000
PRIVATE = frozenset(
    ["personal", "private", "home", "privat", "prive", "assistant", "emergency", "spouse"]
)
BY_KEY = {
    key(spelling): (field, rank)
    for field, spellings in reversed(tuple(SPELLINGS.items()))
    for rank, spelling in enumerate(spellings.split(","))
}


def field_of(header: str) -> tuple[str, int] | None:
    """The field that a header names and how good a spelling it is (0 the best), or None."""
    if PRIVATE & set(words(header)):
        return None
    if found := BY_KEY.get(key(header)):
        return found
    core = list(words(header))
    while len(core) > 1 and core[0] in LEADING:
        core = core[1:]
    while len(core) > 1 and core[-1] in TRAILING and "".join(core) not in BY_KEY:
        core = core[:-1]
    found = BY_KEY.get("".join(core))
    return (found[0], found[1] + NOISE) if found else None
