"""Twelve indicators as a council's analyst would write them in pandas; used by `dataset.py`.

    python twelve_in_pandas.py STORE BANK_HOLIDAYS

Reads the store's tables of one Annex A delivery, and gives month and rolling twelve months of
twelve indicators, for the whole and by team, age band and ethnic group. Written to be read, not to
win.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

STORE, HOLIDAYS = Path(sys.argv[1]), Path(sys.argv[2])
MONTHS = pd.period_range("2015-09", "2020-08", freq="M")
BANDS, NAMES = [-99, 0, 1, 5, 10, 16, 18, 99], ["unborn", "0", "1-4", "5-9", "10-15", "16-17", "18"]


def table(name: str) -> pd.DataFrame:
    return pd.concat(pd.read_parquet(path) for path in STORE.glob(f"submissions/*/{name}.parquet"))


children = table("children").drop_duplicates("child_id").set_index("child_id")
holidays = pd.to_datetime(pd.read_csv(HOLIDAYS)["date"]).values.astype("datetime64[D]")


def working_days(start: pd.Series, end: pd.Series) -> pd.Series:
    known = start.notna() & end.notna()
    days = np.busday_count(
        pd.to_datetime(start[known]).values.astype("datetime64[D]") + 1,
        pd.to_datetime(end[known]).values.astype("datetime64[D]") + 1,
        holidays=holidays,
    )
    return pd.Series(days, index=start[known].index).reindex(start.index)


def with_groups(rows: pd.DataFrame, day: pd.Series) -> pd.DataFrame:
    about = children.reindex(rows["child_id"])
    born = pd.to_datetime(about["born_on"]).values
    age = (pd.to_datetime(day).values - born) / np.timedelta64(1, "D") / 365.25
    return rows.assign(
        age_band=pd.cut(age, BANDS, right=False, labels=NAMES), ethnicity=about["ethnicity"].values
    )


def by_all(rows: pd.DataFrame, value: str) -> dict[str, pd.DataFrame]:
    groups = {"total": rows.groupby("month")[value].agg(["sum", "count"])}
    for by in ("team", "age_band", "ethnicity"):
        if by in rows:
            groups[by] = rows.groupby([by, "month"], observed=True)[value].agg(["sum", "count"])
    return groups


def flow(rows: pd.DataFrame, date: str, met: pd.Series | None = None) -> dict[str, pd.DataFrame]:
    dated = rows[rows[date].notna()].copy()
    dated["month"] = pd.to_datetime(dated[date]).dt.to_period("M")
    dated["met"] = 1 if met is None else met[rows[date].notna()].astype(int)
    found = by_all(with_groups(dated, dated[date]), "met")
    return {by: twelve_months(values) for by, values in found.items()}


def stock(
    rows: pd.DataFrame, start: str, end: str, long: int | None = None
) -> dict[str, pd.DataFrame]:
    starts, ends = pd.to_datetime(rows[start]), pd.to_datetime(rows[end])
    pieces = []
    for month in MONTHS:
        day = month.end_time.normalize()
        open_now = rows[(starts <= day) & (ends.isna() | (ends > day))].copy()
        open_now["month"] = month
        since = (day - pd.to_datetime(open_now[start])).dt.days
        open_now["met"] = 1 if long is None else (since >= long).astype(int)
        pieces.append(with_groups(open_now, pd.Series(day, index=open_now.index)))
    found = by_all(pd.concat(pieces), "met")
    return {by: twelve_months(values) for by, values in found.items()}


def twelve_months(values: pd.DataFrame) -> pd.DataFrame:
    if values.index.nlevels == 1:
        dense = values.reindex(MONTHS, fill_value=0)
        rolled = dense.rolling(12, min_periods=1).sum()
    else:
        dense = values.unstack(0).reindex(MONTHS).fillna(0).stack(future_stack=True)
        rolled = dense.unstack(1).rolling(12, min_periods=1).sum().stack(future_stack=True)
    return dense.join(rolled.add_suffix("_12"))


contacts, referrals = table("contacts"), table("referrals")
assessments, enquiries = table("assessments"), table("section_47_enquiries")
conferences, plans = table("initial_conferences"), table("child_protection_plans")
care = table("periods_of_care")
care = care[~care["legal_status"].isin(["V3", "V4"])]

ordered = referrals.sort_values(["child_id", "referred_on"])
dates = pd.to_datetime(ordered["referred_on"])
previous = dates.groupby(ordered["child_id"]).shift()
again = (dates <= previous + pd.DateOffset(months=12)).reindex(referrals.index)

results = {
    "contacts": flow(contacts, "contacted_on"),
    "referrals": flow(referrals, "referred_on"),
    "no further action": flow(referrals, "referred_on", referrals["is_no_further_action"].eq(True)),
    "re-referrals": flow(referrals, "referred_on", again),
    "assessments": flow(
        assessments,
        "authorised_on",
        working_days(assessments["started_on"], assessments["authorised_on"]).between(0, 45),
    ),
    "section 47": flow(enquiries, "strategy_discussion_on"),
    "conferences": flow(
        conferences,
        "held_on",
        working_days(conferences["strategy_discussion_on"], conferences["held_on"]).between(0, 15),
    ),
    "to a plan": flow(conferences, "held_on", conferences["is_plan_made"].eq(True)),
    "plans started": flow(plans, "started_on"),
    "plans": stock(plans, "started_on", "ended_on"),
    "two years": stock(plans, "started_on", "ended_on", 729),
    "looked after": stock(care, "started_on", "ceased_on"),
}
conferences_now = results["conferences"]["total"].loc[pd.Period("2020-08")]
print(
    len(results),
    int(conferences_now["sum"]),
    int(conferences_now["count"]),
    int(results["plans"]["total"].loc[pd.Period("2020-08"), "sum"]),
    int(results["two years"]["total"].loc[pd.Period("2020-08"), "sum"]),
    int(results["looked after"]["total"].loc[pd.Period("2020-08"), "sum"]),
    int(results["re-referrals"]["total"].loc[pd.Period("2020-08"), "sum_12"]),
)
