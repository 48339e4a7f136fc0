"""Columns that are never stored, told by their header or by what stands in them."""

import re
from types import MappingProxyType

from upwell.sheets.words import key, words

# A phrase counts wherever its words stand next to each other in a header.
PHRASES = MappingProxyType(
    {
        "refused_pay": (
            "salary,salaries,pay,payroll amount,wage,wages,bonus,bonuses,compensation,"
            "remuneration,currency,"
            "earnings,income,stock options,equity grant,rsu,commission,hourly rate,day rate,"
            "overtime rate,fte cost,"
            "gehalt,lohn,vergutung,wahrung,praemie,pramie,salaire,paie,devise,prime,salario,"
            "sueldo,nomina,moneda,"
            "comp,base comp,total comp,ctc,iban,bank account,bank,account number,"
            "sort code,kontonummer"
        ),
        "refused_birth": (
            "birth,birthday,birthdate,dob,date of birth,birth date,year of birth,yob,age,"
            "age group,geburtsdatum,geburtstag,"
            "geburtsjahr,alter,date de naissance,naissance,ne le,fecha de nacimiento,nacimiento,"
            "edad,cumpleanos"
        ),
        "refused_home": (
            "street,street address,home address,address line,address,home street,home city,"
            "home state,home zip,home country,"
            "home phone,zip,zip code,postal code,postcode,post code,eircode,strasse,anschrift,"
            "adresse,wohnort,plz,"
            "postleitzahl,hausnummer,rue,code postal,domicile,direccion postal,domicilio,calle,"
            "codigo postal,residence,"
            "home postal,permanent address,mailing address"
        ),
        "refused_health": (
            "health,disability,disabilities,disabled,medical,sick,sick leave,sickness,illness,"
            "diagnosis,vaccination,vaccinated,"
            "pregnancy,pregnant,blood type,blood group,behinderung,schwerbehinderung,"
            "schwerbehindert,krankheit,krankheitstage,gesundheit,"
            "handicap,sante,maladie,discapacidad,salud,enfermedad,accommodation"
        ),
        "refused_identity": (
            "ssn,social security,social security number,tax id,tax number,tin,passport,"
            "passport number,national id,"
            "national insurance,nino,ni number,identity card,id card,drivers license,"
            "driver license,driving licence,"
            "visa number,aadhaar,pan number,sin,steuernummer,steuer id,sozialversicherungsnummer,"
            "sv nummer,ausweisnummer,reisepass,"
            "numero de securite sociale,securite sociale,passeport,dni,nif,nie,curp,rfc,"
            "pasaporte,seguridad social,cpf,bsn,fiscal code"
        ),
        "refused_consent": (
            "gender,sex,pronouns,geschlecht,genre,sexe,sexo,genero,race,ethnicity,ethnic,"
            "ethnic group,racial,hispanic,"
            "etnia,ethnie,ethnizitat,religion,religious,faith,konfession,sexual orientation,"
            "sexuality,lgbt,lgbtq,lgbtqia,"
            "transgender,veteran,military status,marital,marital status,civil status,"
            "familienstand,etat civil,estado civil,"
            "situation familiale,nationality,citizenship,staatsangehorigkeit,nationalite,"
            "nacionalidad,political,trade union,"
            "union membership,caste,minority"
        ),
    }
)
BY_PHRASE = {
    words(phrase): code for code, phrases in PHRASES.items() for phrase in phrases.split(",")
}
BY_KEY = {"".join(phrase): code for phrase, code in BY_PHRASE.items() if len(phrase) > 1}
PLACE = frozenset(
    [
        "city",
        "town",
        "state",
        "province",
        "county",
        "country",
        "land",
        "ort",
        "stadt",
        "ville",
        "pays",
        "etat",
        "ciudad",
        "pais",
        "provincia",
    ]
)
WORK = frozenset(
    [
        "work",
        "office",
        "site",
        "business",
        "job",
        "email",
        "mail",
        "ip",
        "web",
        "company",
        "mac",
        "arbeitsort",
    ]
)
SSN = re.compile(r"\d{3}-\d{2}-\d{4}")
IBAN = re.compile(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?")
MOST = 0.5


def refusals(headers: list[str]) -> list[str]:
    """For each header the code of why its column is refused, or ""."""
    codes = [refusal(header) for header in headers]
    if "refused_home" in codes:
        return [code or place(header) for header, code in zip(headers, codes, strict=True)]
    return codes


def refusal(header: str) -> str:
    found = words(header)
    if code := BY_KEY.get(key(header)):
        return code if not at_work(code, found) else ""
    spans = (found[i:j] for i in range(len(found)) for j in range(len(found), i, -1) if j - i < 5)
    codes = (BY_PHRASE[span] for span in spans if span in BY_PHRASE)
    return next((code for code in codes if not at_work(code, found)), "")


def at_work(code: str, found: tuple[str, ...]) -> bool:
    """An address of the workplace, or an e-mail address, is not a home address."""
    return code == "refused_home" and bool(WORK & set(found)) and "home" not in found


def place(header: str) -> str:
    """Beside a street or a postal code, a city or a country is part of the home address."""
    found = set(words(header))
    return "refused_home" if PLACE & found and not WORK & found else ""


def refusal_by_values(values: list[str]) -> str:
    """Why a column is refused for what stands in most of its cells, or ""."""
    filled = [value for value in values if value]
    for pattern, code in ((SSN, "refused_identity"), (IBAN, "refused_pay")):
        if sum(bool(pattern.fullmatch(value)) for value in filled) > MOST * len(filled):
            return code
    return ""
