"""Which words of a text typed for a Bijoy font are English all the same.

A font tells; without one, the shape of the word has to. What is not surely English is Bengali.
"""

import re
from typing import Final

# English and abbreviations of office papers whose letters might also be Bengali ones.
_ENGLISH: Final = frozenset(
    """
    access activity address android app apps app-based approved award azure b2b backup bangla
    bank best blog book box business campus card cell center centre chat check class cloud club
    code committee computer contact copy cost courier covid dashboard data database day desk
    digital directory document domain download drive e-mail email end english event excel
    facebook fair fax feedback file firewall folder form forum gmail google group hall hard help
    home hotline house html http icon idea image in inbox india innovation internet java kiosk
    lab lan laptop learning ledger letter library line link list live log login mail manual map
    media meeting mega member memo menu message messenger microsoft mobile model monitor name
    net network news nikosh no number off office offline ok on online open order page panel
    paper password pdf phone photo plan platform portal post power print printer process profile
    program project qr-code query quick quiz report reset result review role room router sale
    scan scanner screen search seminar server service session sheet signature skype slide small
    smart sms social soft software sop standard start status step store story sub summary support
    sutonnymj survey switch system tab table tablet team test text time title toner tool total
    tracking training unicode unit update upload url user version video viber virtual web webinar
    website whatsapp wifi wi-fi window windows word work workshop world www year youtube zoom
    a2i bcc bcs brta btcl dc ddlg dnc dpp egp e-gp eft ebook gis gps grs id ict ids iot ip it
    itc ngo nid npo nis ocr pc pmo ppt qr rti sdg sif sim sps tcv tor udc uisc uno usb vat vip
    vpn apa acc crvs cctv nothi e-nothi kpi lgd lgsp mis mou ngos tv
    """.split()  # noqa: SIM905 -- a list of words reads best as words
)
# A part that decides by itself: an address, a page, a name of a file.
_ADDRESS: Final = re.compile(
    r"^(?:https?:|www\.)|\w@\w|\.(?:gov|com|org|net|bd|pdf|docx?|xlsx?)\b", re.IGNORECASE
)
_BARE: Final = re.compile(r"[A-Za-z][A-Za-z0-9'.\-/&]*[A-Za-z0-9]|[A-Za-z]")
_EDGES: Final = " ()[]{},;:.!?\"'/-"
# ড়, ঢ়, য়, ৎ, ং, ঃ, ঁ and vowel signs other than ি begin no Bengali word.
_NEVER_FIRST: Final = re.compile(r"[opqrstuvxyz]")
# Vowel letters stand inside a word only as ই and ও at its end (বই, যাওয়া is typed with a sign).
_VOWEL_INSIDE: Final = re.compile(r".+[ACDEFGHJ]|.+[BI][A-Z]")
# ড়, ঢ়, ৎ, ং and ঃ hardly follow each other (নংঃ, সিংড়া do), nor a vowel sign a vowel letter but আ.
_NEVER_TOGETHER: Final = re.compile(r"[opr]{2}|t[oprst]|[opr][st]|s[prs]|[B-J][vxyz]|A[xyz]")
_FEWEST_PLAIN: Final = 6
_SHORT: Final = 3


def is_latin(word: str) -> bool:
    """Whether `word`, without blanks, is English rather than Bengali in the codes of Bijoy."""
    if _ADDRESS.search(word):
        return True
    bare = word.strip(_EDGES)
    if not _BARE.fullmatch(bare):
        return False
    if bare.lower() in _ENGLISH and _is_written_so(bare):
        return not _is_common(bare)
    if bare.isupper():
        return len(bare) > 1 and bool(_VOWEL_INSIDE.fullmatch(bare))
    if not bare.islower() and not bare.istitle():
        return False
    if _NEVER_FIRST.match(bare) or _NEVER_TOGETHER.search(bare):
        return True
    has_sign = any(letter in "vwxyz" for letter in bare)
    return len(bare) >= _FEWEST_PLAIN and not has_sign


def _is_written_so(word: str) -> bool:
    """Whether English writes a word with these capitals: ID and id, but hardly Id."""
    return word.islower() or word.isupper() or (word.istitle() and len(word) > _SHORT)


def _is_common(word: str) -> bool:
    """Words of English letters that are as likely Bengali: এ, ও, না, কি, একটি's beginning."""
    return word in {"G", "I", "GK", "bv", "wK", "no", "in", "on"}
