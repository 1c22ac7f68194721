"""Shares of each code among simulated children, by the Department's own codes."""

from __future__ import annotations

ETHNICITY = {
    "WBRI": 70.0, "WIRI": 0.3, "WIRT": 0.3, "WROM": 0.7, "WOTH": 7.0, "MWBC": 3.0, "MWBA": 1.5,
    "MWAS": 1.5, "MOTH": 2.5, "AIND": 1.5, "APKN": 1.8, "ABAN": 1.2, "AOTH": 2.0, "BCRB": 0.6,
    "BAFR": 2.4, "BOTH": 0.9, "CHNE": 0.3, "OOTH": 1.5, "NOBT": 1.0,
}  # fmt: skip
ALONE_ETHNICITY = {"BAFR": 40.0, "AOTH": 25.0, "OOTH": 25.0, "WOTH": 10.0}
DISABILITY = {"LD": 30.0, "AUT": 28.0, "BEH": 12.0, "COMM": 10.0, "MOB": 10.0, "PC": 5.0,
              "VIS": 2.5, "HEAR": 2.5}  # fmt: skip
REFERRAL_SOURCE = {
    "6": 30.0, "2A": 18.0, "3A": 4.0, "3B": 4.5, "3C": 2.5, "3D": 3.5, "3E": 2.0, "3F": 0.8,
    "5A": 3.0, "5B": 6.5, "5C": 1.5, "1A": 3.0, "1B": 2.5, "1C": 2.0, "1D": 1.0, "4": 2.0,
    "7": 3.0, "8": 4.5, "2B": 2.0, "9": 2.0, "10": 0.7,
}  # fmt: skip
PRIMARY_NEED = {"N1": 56.0, "N2": 7.0, "N3": 4.0, "N4": 8.5, "N5": 16.0, "N6": 3.0, "N7": 0.7,
                "N8": 2.8, "N9": 1.5, "N0": 0.5}  # fmt: skip
ABUSE_CATEGORY = {"NEG": 47.0, "EMO": 36.0, "PHY": 9.0, "SAB": 4.0, "MUL": 4.0}
MASH_OUTCOME = {"Single assessment": 0.9, "Strategy discussion": 0.1}
DELAY_REASON = {
    "Social work report not ready": 34.0, "Change of social worker": 26.0,
    "Strategy discussion recorded late": 12.0, "Conference not quorate": 14.0,
    "Parents asked for another day": 9.0, "No chair available": 5.0,
}  # fmt: skip
AUDIT_GRADE = {"Good": 41.0, "Requires improvement": 44.0, "Inadequate": 8.0, "Outstanding": 7.0}
REFERRAL_GRADE = {"Good": 52.0, "Requires improvement": 33.0, "Inadequate": 6.0,
                  "Outstanding": 9.0}  # fmt: skip
AUDIT_THEME = {"MASH decision": 34.0, "Assessment": 33.0, "Case file": 33.0}
PANEL_DECISION = {"Support at home agreed": 70.0, "Care proceedings to be considered": 30.0}
PRACTICE_ISSUE = {
    "Report late or incomplete": 38.0, "Drift since the strategy discussion": 24.0,
    "Partner information missing": 18.0, "Children's views missing": 12.0,
    "Father not engaged": 8.0,
}  # fmt: skip
AUTHORISED_BY = {"Team manager": 72.0, "Service manager": 28.0}
AUDITOR = {"Team manager": 55.0, "Service manager": 30.0, "Independent auditor": 15.0}
PANEL_ROUTE = {"Pre-proceedings": 55.0, "Section 20 accommodation": 30.0, "Care proceedings": 15.0}
ALTERNATIVES = {"Family group conference": 40.0, "Edge-of-care support": 35.0, "Kinship care": 25.0}
EARLY_HELP = {
    "Early Help Locality 1": 20.0, "Early Help Locality 2": 20.0, "Early Help Locality 3": 18.0,
    "Health visiting": 14.0, "Primary school": 18.0, "Secondary school": 10.0,
}  # fmt: skip
