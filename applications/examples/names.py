"""Names for example associations: places, what they do, and what they call themselves. None of them exists."""

import random

PLACES = (
    "Alvik", "Aspudden", "Axelsberg", "Bagarmossen", "Bandhagen", "Björkhagen", "Blackeberg", "Blåsut", "Enskede",
    "Farsta", "Fredhäll", "Fruängen", "Gubbängen", "Gullmarsplan", "Hagsätra", "Hammarby", "Hornstull", "Husby",
    "Hägersten", "Hässelby", "Högdalen", "Hökarängen", "Kista", "Kristineberg", "Kärrtorp", "Liljeholmen",
    "Mariatorget", "Midsommarkransen", "Mälarhöjden", "Norra Ängby", "Nytorget", "Olovslund", "Rinkeby", "Rågsved",
    "Råcksta", "Skanstull", "Skarpnäck", "Sköndal", "Stora Essingen", "Stureby", "Svedmyra", "Sätra", "Södra Ängby",
    "Tallkrogen", "Tensta", "Thorildsplan", "Traneberg", "Vantör", "Vinterviken", "Vårberg", "Vällingby", "Västertorp",
    "Zinkensdamm", "Åkeshov", "Ålsten", "Årsta", "Älvsjö", "Örby", "Örnsberg", "Östberga",
)  # fmt: skip
DOINGS = (
    "boule", "brädspel", "cykel", "dans", "digital hjälp", "drama", "familj", "film", "folkdans", "fotboll",
    "fotografi", "friluftsliv", "grannsamverkan", "gymnastik", "hembygd", "innebandy", "jazz", "kulturskola",
    "kvarters", "kvinnokör", "körsång", "lekplats", "läsecirkel", "läxhjälp", "mattecirkel", "matlagning", "musik",
    "nattvandring", "odlar", "pensionär", "promenad", "revy", "scout", "senior", "simning", "sjöräddning", "schack",
    "slöjd", "språkcafé", "stickcafé", "teater", "trädgård", "ungdom", "vandring", "vis", "vävstuga", "återbruk",
)  # fmt: skip
FORMS = (
    "{place}s {doing}förening", "{doing_cap}föreningen i {place}", "{place} {doing}klubb", "{place}s {doing}sällskap",
    "{doing_cap}gruppen {place}", "{place}s {doing}nätverk", "Föreningen {doing_cap} i {place}", "{place} {doing}lag",
    "{doing_cap}kretsen {place}", "{place}s vänner av {doing}", "{place}s {doing}verkstad",
    "{doing_cap} för alla {place}",
)  # fmt: skip
ACTIVITIES = ("sport", "culture", "elderly", "youth", "disability", "social", "education", "other")


def association_name(rng: random.Random) -> str:
    """A name such as a district meets; the same one can come twice, as in life."""
    place, doing = rng.choice(PLACES), rng.choice(DOINGS)
    return rng.choice(FORMS).format(place=place, doing=doing, doing_cap=doing.capitalize())


def orgnr(serial: int) -> str:
    """The number 857 + `serial` (six digits) + a right check digit: a series that examples keep to themselves."""
    body = f"857{serial:06d}"
    digits = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(body)]
    return f"{body}{-sum(digit // 10 + digit % 10 for digit in digits) % 10}"


def bankgiro(serial: int) -> str:
    """Eight digits with a right check digit (modulus 10), fictional: 5857 + three digits + the check."""
    body = f"5857{serial % 1000:03d}"
    digits = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(body)]
    return f"{body}{-sum(digit // 10 + digit % 10 for digit in digits) % 10}"
