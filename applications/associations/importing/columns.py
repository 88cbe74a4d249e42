"""The columns of a register file and the headers they go by in the systems that export them."""

from vetting.kernel.headers import Column

COLUMNS: tuple[Column, ...] = (
    Column("name", ("Föreningsnamn", "Namn", "Förening", "Organisation", "Organisationsnamn", "Association"), True),
    Column("orgnr", ("Organisationsnummer", "Orgnr", "Org.nummer", "Organisationsnr", "Organisation number"), True),
    Column("legal_form", ("Organisationsform", "Juridisk form", "Bolagsform", "Form", "Föreningsform", "Legal form")),
    Column("registered_date", ("Registrerad", "Registreringsdatum", "Reg.datum", "Bildad", "Registered")),
    Column("seat", ("Säte", "Ort", "Sätesort", "Seat")),
    Column("area", ("Stadsdelsområde", "Stadsdel", "Område", "Area")),
    Column("bankgiro", ("Bankgiro", "BG", "Bankgironummer", "Bankgironr")),
    Column("plusgiro", ("Plusgiro", "PG", "Postgiro", "Plusgironummer", "Plusgironr")),
    Column("members", ("Medlemmar", "Antal medlemmar", "Medlemsantal", "Medlemmar totalt", "Members")),
    Column("members_in_area", ("Medlemmar i området", "Medlemmar i stadsdelen", "Antal medlemmar i området")),
    Column("women", ("Kvinnor", "Antal kvinnor", "Varav kvinnor", "Kvinnor och flickor", "Women")),
    Column("website", ("Webbplats", "Hemsida", "Webb", "Webbadress", "URL", "Website")),
    Column("status", ("Status", "Registerstatus", "Föreningsstatus")),
)
