"""How a council's Annex A spells each code: a letter, a bracket, the code and its label.

The spellings are those of the sample workbook and data map of LIIA (`liiatools`, Social Finance).
"""

from __future__ import annotations

from collections.abc import Sequence

GENDER = {"1": "a) Male", "2": "b) Female", "0": "c) Not stated/recorded"}
YES, NO = "a) Yes", "b) No"


def _lettered(codes: Sequence[str], labels: Sequence[str] = ()) -> dict[str, str]:
    """Put the letters of the alphabet in front; past 'z' the last letter is doubled."""
    shown = labels or codes
    letters = [chr(97 + place) if place < 26 else "zz" for place in range(len(codes))]
    return {c: f"{x}) {label}" for c, x, label in zip(codes, letters, shown, strict=True)}


ETHNICITY = _lettered(
    ("WBRI", "WIRI", "WIRT", "WOTH", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN",
     "ABAN", "AOTH", "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "NOBT")
)  # fmt: skip
_SOURCES = {
    "1A": "Individual", "1B": "Individual", "1C": "Individual", "1D": "Individual",
    "2A": "Schools", "2B": "Education services", "3A": "Health services",
    "3B": "Health services", "3C": "Health services", "3D": "Health services",
    "3E": "Health services", "3F": "Health services", "4": "Housing", "5A": "LA services",
    "5B": "LA services", "5C": "LA services", "6": "Police", "7": "Other legal agency",
    "8": "Other", "9": "Anonymous", "10": "Unknown",
}  # fmt: skip
SOURCE = _lettered(tuple(_SOURCES), tuple(f"{code}: {name}" for code, name in _SOURCES.items()))
PRIMARY_NEED = {
    "N1": "N1 - Abuse or Neglect", "N2": "N2 - Child's disability",
    "N3": "N3 - Parental disability or illness", "N4": "N4 - Family in acute stress",
    "N5": "N5 - Family dysfunction", "N6": "N6 - Socially unacceptable behaviour",
    "N7": "N7 - Low income", "N8": "N8 - Absent parenting",
    "N9": "N9 - Cases other than children in need", "N0": "N0 - Not stated",
}  # fmt: skip
CLOSURE = {
    "RC1": "RC1 - Adopted", "RC2": "RC2 - Died", "RC3": "RC3 - Child arrangements order",
    "RC4": "RC4 - Special guardianship order",
    "RC5": "RC5 - Transferred to services of another local authority",
    "RC6": "RC6 - Transferred to adult social care services",
    "RC7": "RC7 - Services ceased for any other reason, including child no longer in need",
    "RC8": "RC8 - Case closed after assessment, no further action",
}  # fmt: skip
CASE_STATUS = {
    "looked after": "a) Looked after child", "protection plan": "b) Child Protection plan",
    "in need": "c) Child in need plan", "assessment": "d) Open assessment",
    "closed": "e) Closed episode",
}  # fmt: skip
ABUSE = {"NEG": "a) Neglect", "PHY": "b) Physical abuse", "SAB": "c) Sexual abuse",
         "EMO": "d) Emotional abuse", "MUL": "e) Multiple/not recommended"}  # fmt: skip
LEGAL_STATUS = {
    "E1": "E1: Placement order", "C1": "C1: ICO", "C2": "C2: FCO",
    "V2": "V2: Single period under S20", "L1": "L1: Police protection LA accommodation",
    "L2": "L2: EPO", "J1": "J1: Remanded to LA or youth detention",
    "V4": "V4: Short term breaks, agreements recorded",
}  # fmt: skip
PERMANENCE = {
    "return to family": "a) Return to family", "adoption": "b) Adoption",
    "SGO or CAO": "c) SGO/CAO", "supported living": "d) Supported living in the community",
    "long-term residential": "e) Long-term residential placement",
    "long-term fostering": "f) Long-term fostering", "other": "g) other",
}  # fmt: skip
CEASED = {
    "E11": "a) E11: Adopted - application unopposed",
    "E12": "b) E12: Adopted - consent dispensed", "E2": "c) E2: Died",
    "E3": "d) E3: Care taken by another LA",
    "E4A": "e) E4A: Returned home to live with parents or relatives - part of planning",
    "E4B": "f) E4B: Returned home to live with parents or relatives - not part of planning",
    "E13": "g) E13: Parents, relatives or other with no parental responsibility",
    "E41": "h) E41: Residence order granted",
    "E45": "i) E45: Special Guardianship Orders - former carer relative/friend",
    "E46": "j) E46: Special Guardianship Orders - former carer other",
    "E47": "k) E47: Special Guardianship Orders - relative/friend",
    "E48": "l) E48: Special Guardianship Orders - other",
    "E5": "m) E5: Moved into independent living - supported",
    "E6": "n) E6: Moved into independent living - no support",
    "E7": "o) E7: Transferred to residential care funded by adult social services",
    "E9": "p) E9: Sentenced to custody", "E14": "q) E14: Accommodation on remand ended",
    "E8": "t) E8: Care ceased for any other reason",
    "E17": "v) E17: Aged 18+ and remained with current carers",
}  # fmt: skip
PLACEMENT = {
    "U1": "a) U1: Foster placement - relatives - long term",
    "U3": "c) U3: Foster placement - relative - not FFA",
    "U4": "d) U4: Foster placement - long term", "U6": "f) U6: Foster placement - not FFA",
    "A3": "g) A3: Placed for adoption - consent - current foster",
    "A4": "h) A4: Placed for adoption - consent - not foster",
    "A5": "i) A5: Placed for adoption - order - foster",
    "A6": "j) A6: Placed for adoption - order - not foster",
    "P1": "k) P1: Placed with parents", "P2": "l) P2: Independent living",
    "H5": "n) H5: Residential accommodation", "K1": "o) K1: Secure Children's Homes",
    "K2": "p) K2: Children's Homes", "R1": "q) R1: Residential Care Home",
    "R2": "r) R2: NHS/Health Trust", "R3": "s) R3: Family Centre or Mother and Baby Unit",
    "R5": "t) R5: Young Offender Institution", "S1": "u) S1: Residential school",
    "Z1": "v) Z1: Other placements",
}  # fmt: skip
PROVIDER = {
    "PR0": "a) PR0 - Parents/Parental responsibility", "PR1": "b) PR1 - Own provision",
    "PR2": "c) PR2 - Other LA provision", "PR3": "d) PR3 - Other public provision",
    "PR4": "e) PR4 - Private provision", "PR5": "f) PR5 - Voluntary/third sector",
}  # fmt: skip
LOCATION = {"in": "a) In", "out": "b) Out"}
ELIGIBILITY = {"relevant": "a) Relevant child", "former relevant": "b) Former relevant child"}
IN_TOUCH = {"YES": YES, "NO": NO, "DIED": "c) Died", "REFU": "d) Refu", "NREQ": "e) NREQ",
            "RHOM": "f) Rhom"}  # fmt: skip
ACCOMMODATION = {
    "B": "B: Parents/relatives", "D": "D: Semi-independent, transitional accommodation and "
    "self-contained accommodation", "E": "E: Supported lodgings",
    "K": "K: Ordinary lodgings, without formal support", "R": "R: Residence not known",
    "S": "S: No fixed adobe/homeless", "T": "T: Foyers and similar supported accommodation",
    "U": "U: Independent living", "X": "X: In custody", "Y": "Y: Other accommodation",
    "Z": "Z: With former foster carers",
}  # fmt: skip
SUITABILITY = {"yes": "a) Suitable", "no": "b) Not suitable"}
ACTIVITY = {
    "F1": "F1: Full time in higher education",
    "F2": "F2: Full time in education other than higher",
    "P2": "P2: Part time in education other than higher",
    "F3": "F3: Full time in training or employment",
    "P3": "P3: Part time in training or employment",
    "G4": "G4: Not in education, employment or training - illness or disability",
    "G5": "G5: Not in education, employment or training - other",
    "G6": "G6: Not in education, employment or training - pregnancy or parenting",
}  # fmt: skip
NO_LONGER = {
    "RD1": "RD1 - The child’s needs changed subsequent to the decision",
    "RD2": "RD2 - The Court did not make a placement order",
    "RD3": "RD3 - Prospective adopters could not be found", "RD4": "RD4 - Any other reason",
}  # fmt: skip
LEFT_PROCESS = {
    "1": "1 - Adopter withdrew from process", "2": "2 - Process put on hold",
    "3": "3 - Application refused",
}  # fmt: skip
