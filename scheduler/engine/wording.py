"""What a message may say: the words that give a client away, and how many texts it fills."""

import re
import unicodedata

# A word ending in * stands for every word that begins so (intake.md §4.1 rules 0 and 1).
BANNED_EN = [
    "asylum",
    "immigra*",
    "migra*",
    "lawyer",
    "attorney",
    "legal",
    "court",
    "hearing",
    "case",
    "deport*",
    "ICE",
    "USCIS",
    "MPP",
    "Mexico",
    "border",
    "fear",
    "refugee",
    "visa",
    "consult*",
    "detain*",
]
BANNED_ES = [
    "asilo",
    "inmigra*",
    "abogad*",
    "corte",
    "audiencia",
    "caso",
    "miedo",
    "refugi*",
    "frontera",
    "deten*",
    "consult*",
]
BANNED = tuple(dict.fromkeys(word.casefold() for word in (*BANNED_EN, *BANNED_ES)))

# No promise, no verdict, no advice, no names for people that wound, and never that something is not private
# (intake.md §0.1 no. 3, §1.3, §7.1): patterns over case-folded text without accents.
HOW_SURE_EN = (
    r"may|might|could|will|would|do|does|not|don't|won't|can|cannot|can't|also|still|likely|probably|surely|clearly|"
    r"certainly|definitely"
)
MUST_EN = r"must|should|have to|need to|ought to|had better"
WHOSE_EN = r"the|your|immigration"
NEVER = (
    rf"you (({HOW_SURE_EN}) )*qualify",
    rf"(you are|you're|you (seem|look)( to be)?|be|not) (({HOW_SURE_EN}|very|most|quite) )*(in)?eligible",
    r"(strong|weak|winning) (case|claim)s?",
    r"your (case|claim) (is|looks|seems|sounds) (\w+ )?(strong|weak|good|bad|solid|winning)",
    r"your (\w+ )?deadline",
    r"too late",
    r"(cannot|can not|can't|could not|couldn't) apply",
    r"guarantee\w*",
    r"(you|we)(( can| could| may| should| would)? | will |'ll )(\w+ )?win",
    r"the best",
    r"best (lawyer|attorney|firm|legal)\w*",
    r"specialists?",
    r"experts?",
    rf"(do not|don't|you ({MUST_EN})( not)?) go to (({WHOSE_EN}) )?court",
    rf"(?<![^.!?] )go to (({WHOSE_EN}) )?court",
    r"free (\w+ )?consultations?",
    r"submit your case",
    r"our notar(y|io)",
    r"not confidential",
    r"the victim",
    r"aliens?",
    r"illegal\w*",
    r"usted (\w+ ){0,2}calific(a|ar|aria)",
    r"(no|puede|podria|debe) calific(a|ar|aria)",
    r"(es|sea|seria|parece) (\w+ )?elegible",
    r"caso (\w+ ){0,2}(fuerte|debil|ganador)",
    r"su (\w+ )?(fecha limite|plazo)",
    r"(demasiado|muy|ya es|ya fue) tarde",
    r"no (puede|podra|podria) (aplicar|solicitar|pedir)",
    r"garanti[zc]\w*",
    r"ganamos",
    r"(ganara|ganaremos|(va|vamos) a ganar)",
    r"(el|la|los|las) mejor(es)?",
    r"mejores abogad[oa]s",
    r"especialistas?",
    r"expert[oa]s?",
    r"(no vaya|(debe|deberia|tiene que) ir) a ((la|su) )?corte",
    r"(?<![^.!?] )vaya a ((la|su) )?corte",
    r"consultas? (\w+ )?(gratis|gratuitas?)",
    r"(envie|presente|mande) su caso",
    r"nuestr[oa] notari[oa]",
    r"no (es|son) confidencial(es)?",
    r"la victima",
    r"ilegal\w*",
)
_NEVER = re.compile(rf"(?<!\w)(?:{'|'.join(NEVER)})(?!\w)")

# GSM 03.38: the basic table, and the characters that cost two septets.
GSM7_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_EXTENSION = frozenset("\f^{}\\[~]|€")
GSM7_SEPTETS = (160, 153)
UCS2_UNITS = (70, 67)
LAST_OF_ONE_UNIT = "\uffff"

_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Case-folded, without accents and without the invisible characters that could split a word."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in letters if unicodedata.category(letter) not in {"Mn", "Cf"})


def _forbids(entry: str, word: str) -> bool:
    return word.startswith(entry[:-1]) if entry.endswith("*") else word == entry


def banned_words(text: str) -> list[str]:
    """The words of the text that no outgoing message may hold, as they were found, in order; empty is good."""
    words = _WORD.findall(plain(text))
    return [word for word in words if any(_forbids(entry, word) for entry in BANNED)]


def is_gsm7(text: str) -> bool:
    """Whether every character is in the GSM 7-bit alphabet or its extension table."""
    return all(letter in GSM7_BASIC or letter in GSM7_EXTENSION for letter in text)


def _costs(text: str) -> tuple[list[int], tuple[int, int]]:
    """What each character costs, and how much fits (alone, in one of several)."""
    if is_gsm7(text):
        return [2 if letter in GSM7_EXTENSION else 1 for letter in text], GSM7_SEPTETS
    return [2 if letter > LAST_OF_ONE_UNIT else 1 for letter in text], UCS2_UNITS


def segments(text: str) -> int:
    """How many texts a phone company counts; no character is cut in two. Nothing is still one text."""
    costs, (alone, joined) = _costs(text)
    if sum(costs) <= alone:
        return 1
    count, used = 1, 0
    for cost in costs:
        if used + cost > joined:
            count, used = count + 1, 0
        used += cost
    return count


def never_said(text: str) -> list[str]:
    """What the text says that a firm may not say, as it was found, in order; empty is good (intake.md §7.1)."""
    said = " ".join(plain(text).replace("’", "'").split())
    return [found.group() for found in _NEVER.finditer(said)]
