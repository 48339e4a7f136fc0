"""Whether someone is still there, by the word in the status column."""

from upwell.sheets.mapping import Mapping
from upwell.sheets.words import key

PRESENT = (
    "active,act,a,current,employed,on leave,leave,leave of absence,loa,parental leave,"
    "maternity leave,paternity leave,"
    "sabbatical,paid leave,unpaid leave,leave with pay,leave without pay,full time,"
    "part time,fulltime,parttime,regular,"
    "permanent,temporary,contract,contractor,probation,on probation,notice period,here,"
    "present,enabled,aktiv,beschaftigt,"
    "elternzeit,beurlaubt,angestellt,ruhend,actif,active,en poste,en conge,present,"
    "activo,activa,de licencia,"
    "en activo,working,retained,hired,new hire,suspended,furloughed"
)
LEFT = (
    "inactive,terminated,term,termed,t,left,leaver,former,former employee,ex employee,"
    "resigned,retired,"
    "dismissed,deceased,separated,ended,exited,quit,gone,departed,disabled,deactivated,"
    "fired,laid off,redundant,"
    "no longer employed,voluntarily terminated,voluntary,involuntary,terminated for cause,"
    "inaktiv,ausgeschieden,gekundigt,ausgetreten,ehemalig,pensioniert,rentner,inactif,parti,sorti,"
    "demissionne,licencie,retraite,ancien,inactivo,inactiva,baja,cesado,despedido,"
    "jubilado,exempleado"
)
YES = "1,yes,y,true,ja,oui,si,wahr,vrai,verdadero,x,on,j,o,s"
NO = "0,no,n,false,nein,non,falsch,faux,falso,off"
LEAVING_HEADERS = (
    "left,has left,terminated,is terminated,inactive,is inactive,leaver,ausgeschieden,parti,baja,"
    "former employee,is leaver"
)


def keys(listed: str) -> frozenset[str]:
    return frozenset(key(word) for word in listed.split(","))


PRESENT_KEYS, LEFT_KEYS = keys(PRESENT), keys(LEFT)
YES_KEYS, NO_KEYS = keys(YES), keys(NO)
LEAVING_KEYS = keys(LEAVING_HEADERS)


class StatusWords:
    """Reads one status column; ``header`` tells what a bare yes or no is about."""

    def __init__(self, header: str, wish: Mapping) -> None:
        leaving = key(header) in LEAVING_KEYS
        self.present = PRESENT_KEYS | (NO_KEYS if leaving else YES_KEYS)
        self.left = LEFT_KEYS | (YES_KEYS if leaving else NO_KEYS)
        self.own = {key(word): True for word in wish.present}
        self.own |= {key(word): False for word in wish.left}

    def is_present(self, value: str) -> bool | None:
        """None for a word that says nothing known, also for none at all."""
        word = key(value)
        if word in self.own:
            return self.own[word]
        if word in self.present:
            return True
        return False if word in self.left else None
