"""A whole Performance Overview, made by hand for the tests of `publish`: shaped like the model report.

Every figure in it is invented. The three positive areas and three areas for development carry the
names of the August 2020 paper; comparators carry a period and a source as real ones do.
"""

from __future__ import annotations

from datetime import date

from lineofsight.overview.overview import (
    Chart,
    ChartEvent,
    ComparatorLine,
    DatasetChapter,
    DatasetRow,
    Figure,
    Item,
    Kind,
    Note,
    NotMeasured,
    Overview,
    ReferenceLine,
    Section,
    Sentence,
    Series,
)

_NAMES = "January February March April May June July August September October November December"
MONTHS = tuple(
    f"{_NAMES.split()[(8 + i) % 12]} {2018 + (8 + i) // 12}" for i in range(24)
)  # September 2018 to August 2020
_COLUMNS = ("August 2020", "12 months to August 2020", "12 months to August 2019")


def example_paper(*, is_synthetic: bool = True) -> Overview:
    """A full paper: three positive areas, three for development, 25 lines of dataset."""
    return Overview(
        title="Performance Overview – Children and Families",
        authority="Southampton",
        period="August 2020",
        prepared_on=date(2020, 9, 14),
        is_synthetic=is_synthetic,
        summary=(
            Sentence(
                Kind.COMPUTED,
                "Of 25 indicators, 3 are positive areas, 3 are areas for development, 17 are in "
                "line and 2 are not judged.",
            ),
            Sentence(
                Kind.COMMENT,
                "The service has kept pace through the pandemic; the pressure lies in child "
                "protection planning.",
                author="Director of Children’s Services",
                written_on=date(2020, 9, 10),
            ),
        ),
        headlines=(
            "97% of referrals were dealt with by the MASH within one working day over 12 months.",
            "76% of single assessments were completed in 45 working days, up 7 points in a year.",
            "95% of looked after children had an authorised care plan.",
            "The rate of child protection plans, 82 per 10,000, is above that of neighbours.",
            "63% of initial child protection conferences were held in time over 12 months.",
            "97 children per 10,000 are looked after; neighbours have 86.",
        ),
        sections=(_positive(), _development()),
        figure_columns=_COLUMNS,
        dataset=_dataset(),
        near_misses=(
            "Children seen within 10 working days: 81%, just inside the neighbours’ 95% interval.",
            "Care leavers in suitable accommodation: 88%, two children short of a positive area.",
        ),
        not_measured=(
            NotMeasured(
                "Average caseload of social workers",
                "No workforce table was delivered for August 2020.",
                "Deliver the staffing table of the local return.",
            ),
            NotMeasured(
                "Care leavers in education, employment or training",
                "The activity field is blank for 41% of care leavers.",
                "Complete the activity field in the case system, then deliver Annex A again.",
            ),
        ),
        notes=(
            Note(
                "Population",
                ("Rates use the mid-2019 estimate of residents aged 0 to 17: 50,300.",),
            ),
            Note(
                "Comparators",
                (
                    "Statistical neighbours are the plain mean of ten authorities.",
                    "Published figures are older than our own: each carries its period.",
                ),
            ),
            Note("Symbols", ("c: a number from 1 to 5, or one that would disclose it.",)),
        ),
    )


def _wave(start: float, end: float, swing: float) -> tuple[float, ...]:
    pattern = (0.0, 0.8, -0.5, 0.3, -1.0, 0.6, -0.2, 1.0, -0.7, 0.1, 0.5, -0.9)
    steps = len(MONTHS) - 1
    return tuple(
        round(start + (end - start) * i / steps + swing * pattern[i % 12], 1)
        for i in range(len(MONTHS))
    )


def _texts(values: tuple[float | None, ...], unit: str) -> tuple[str, ...]:
    return tuple("no cases" if value is None else f"{value:.0f}{unit}" for value in values)


def _series(label: str, values: tuple[float | None, ...], style: str, unit: str) -> Series:
    return Series(label, values, style, _texts(values, unit))


def _comparators(
    values: tuple[str, str, str], verdicts: tuple[str, str, str]
) -> tuple[ComparatorLine, ...]:
    areas = (
        ("Statistical neighbours", "Mean of ten statistical neighbours"),
        ("Region", "South East"),
        ("England", "England"),
    )
    return tuple(
        ComparatorLine(
            area,
            name,
            value,
            "Year to 31 March 2019",
            "DfE, Children in need 2018 to 2019",
            verdict,
        )
        for (area, name), value, verdict in zip(areas, values, verdicts, strict=True)
    )


def _percentage_chart(
    title: str,
    what: str,
    monthly: tuple[float | None, ...],
    rolling: tuple[float | None, ...],
    lines: tuple[ReferenceLine, ...],
    **more: object,
) -> Chart:
    return Chart(
        title=title,
        alternative=f"Line chart of {what} from September 2018 to August 2020. {title}.",
        caption=f"{what}. Source: council records. September 2018 to August 2020.",
        unit="%",
        labels=MONTHS,
        series=(
            _series("in the month", monthly, "actual", "%"),
            _series("12 months", rolling, "rolling", "%"),
        ),
        lines=lines,
        **more,  # type: ignore[arg-type]
    )


def _positive() -> Section:
    mash = (97.1, 96.0, 98.2, 97.4, 95.8, 96.9, 97.7, 98.1, 96.2, 97.0, 98.8, 97.3) * 2
    assessments = _wave(62, 88.6, 4)
    plans = tuple(None if i < 3 else v for i, v in enumerate(_wave(91, 96.2, 1.2)))
    return Section(
        "Positive areas",
        "These indicators are better than their comparators, or have improved by more than "
        "ordinary variation explains.",
        (
            Item(
                1,
                "front_door.mash_24_hours",
                "Percentage of referrals dealt with by MASH where time from referral received / "
                "recorded to completion by MASH was 24 hours / 1 working day or less",
                "Higher is better",
                (
                    Figure("August 2020", "99%", "411 of 415 referrals", "in the month"),
                    Figure(
                        "12 months to August 2020",
                        "97%",
                        "4,870 of 5,021 referrals",
                        "over twelve months, all numerators over all denominators",
                    ),
                ),
                (),
                (
                    Sentence(
                        Kind.COMPUTED,
                        "99% of referrals in August, and 97% over the past 12 months, were dealt "
                        "with within one working day. No comparator is published.",
                    ),
                    Sentence(
                        Kind.COMMENT,
                        "MASH managers have remained a constant presence in the office throughout "
                        "the pandemic. Decisions were audited and found sound in all but a small "
                        "minority of cases, which have been addressed.",
                        author="MASH Service Manager",
                        written_on=date(2020, 9, 9),
                    ),
                    Sentence(
                        Kind.ACTION,
                        "Agree a multi-agency audit with safeguarding partners that includes the "
                        "quality of referrals.",
                        owner="Head of Service, Early Help and MASH",
                        due_on=date(2020, 10, 31),
                    ),
                ),
                _percentage_chart(
                    "Almost every referral is dealt with within a working day",
                    "Referrals dealt with within 24 hours",
                    mash,
                    _wave(96.6, 97.0, 0.2),
                    (ReferenceLine("95% local target", 95, "target"),),
                ),
                "Referrals completed by the MASH in the month; met where completion came within "
                "one working day of receipt. A referral without a completion time is counted as "
                "late.",
            ),
            Item(
                2,
                "assessments.completed_in_45_days",
                "Percentage of Single Assessments (SA) completed in 45 working days",
                "Higher is better",
                (
                    Figure("August 2020", "89%", "178 of 201 assessments", "in the month"),
                    Figure(
                        "12 months to August 2020",
                        "76%",
                        "1,840 of 2,421 assessments",
                        "over twelve months, all numerators over all denominators",
                    ),
                ),
                _comparators(("76%", "81%", "81%"), ("similar", "lower", "lower")),
                (
                    Sentence(
                        Kind.COMPUTED,
                        "76% of single assessments were completed in 45 working days over 12 "
                        "months, similar to statistical neighbours (76%) and lower than England "
                        "(81%). The newest seven months form a positive trend.",
                    ),
                ),
                _percentage_chart(
                    "Assessments are on time far more often than a year ago",
                    "Single assessments completed in 45 working days",
                    assessments,
                    _wave(65, 76, 0.5),
                    (
                        ReferenceLine("76% neighbours, 2018-19", 76, "comparator"),
                        ReferenceLine("81% South East, 2018-19", 81, "comparator"),
                        ReferenceLine("81% England, 2018-19", 81.2, "comparator"),
                    ),
                    events=(
                        ChartEvent(15, "Additional staff"),
                        ChartEvent(18, "First lockdown"),
                    ),
                    signals=(21, 22, 23),
                    limits=(
                        tuple(v - 9 for v in _wave(70, 70, 0)),
                        tuple(v + 9 for v in _wave(70, 70, 0)),
                    ),
                ),
                "Assessments completed in the month; met where at most 45 working days passed "
                "from referral.",
            ),
            Item(
                3,
                "children_looked_after.authorised_care_plan",
                "Percentage of Looked after Children with an authorised care plan",
                "Higher is better",
                (
                    Figure("August 2020", "96%", "468 of 488 children", "at the end of the month"),
                    Figure(
                        "12 months to August 2020",
                        "95%",
                        "5,520 of 5,811 children",
                        "mean of the month-ends of twelve months",
                    ),
                ),
                (),
                (
                    Sentence(
                        Kind.COMPUTED,
                        "96% of looked after children had an authorised care plan at the end of "
                        "August; the mean of twelve month-ends is 95%.",
                    ),
                    Sentence(
                        Kind.COMMENT,
                        "Timely completion is a good foundation; the quality of planning at times "
                        "needs to be a focus.",
                        author="Head of Service, Looked after Children",
                        written_on=date(2020, 9, 8),
                    ),
                ),
                _percentage_chart(
                    "More children have an authorised care plan",
                    "Looked after children with an authorised care plan",
                    plans,
                    tuple(None if i < 14 else v for i, v in enumerate(_wave(92, 95, 0.2))),
                    (),
                ),
                "Children looked after at the end of the month; met where the care plan was "
                "authorised by then.",
            ),
        ),
    )


def _rate_chart(
    title: str, what: str, monthly: tuple[float, ...], lines: tuple[ReferenceLine, ...]
) -> Chart:
    return Chart(
        title=title,
        alternative=f"Line chart of {what} from September 2018 to August 2020. {title}.",
        caption=f"{what}. Source: council records. September 2018 to August 2020.",
        unit=" per 10,000",
        labels=MONTHS,
        series=(_series("Southampton", monthly, "actual", ""),),
        lines=lines,
        events=(ChartEvent(18, "First lockdown"), ChartEvent(22, "Schools return in part")),
    )


def _development() -> Section:
    comment = Sentence(
        Kind.COMMENT,
        "Professional networks are more cautious in respect of children’s safety, and this affects "
        "the number of new cases and of children stepping down. It does not account for the rate "
        "alone.",
        author="Head of Service, Safeguarding",
        written_on=date(2020, 9, 9),
    )
    actions = (
        Sentence(
            Kind.ACTION,
            "Review thresholds for child protection conferences and their outcomes.",
            owner="Head of Service, Quality Assurance",
            due_on=date(2021, 2, 28),
        ),
        Sentence(
            Kind.ACTION,
            "Secure temporary staffing for the child protection conference team.",
            owner="Principal Social Worker",
            due_on=date(2020, 10, 1),
        ),
    )
    return Section(
        "Areas for development",
        "These indicators are worse than their comparators or their target, by more than ordinary "
        "variation explains.",
        (
            Item(
                1,
                "child_protection.plans_rate",
                "Rate of children with Child Protection Plans (CPP) per 10,000 (0-17 year olds) "
                "at end of period",
                "Neither high nor low is good in itself",
                (
                    Figure("August 2020", "82", "412 children", "at the end of the month"),
                    Figure(
                        "12 months to August 2020",
                        "78",
                        "4,707 month-end children",
                        "mean of the month-ends of twelve months",
                    ),
                ),
                _comparators(("48", "41", "44"), ("higher", "higher", "higher")),
                (
                    Sentence(
                        Kind.COMPUTED,
                        "Southampton is an outlier at 82 per 10,000: higher than statistical "
                        "neighbours (48), the South East (41) and England (44).",
                    ),
                    comment,
                    *actions,
                ),
                _rate_chart(
                    "The rate of plans has risen and is far above neighbours",
                    "Children with a child protection plan per 10,000 residents aged 0 to 17",
                    _wave(68, 82.1, 1.5),
                    (
                        ReferenceLine("48 neighbours, 2018-19", 48, "comparator"),
                        ReferenceLine("41 South East, 2018-19", 41, "comparator"),
                        ReferenceLine("44 England, 2018-19", 44, "comparator"),
                    ),
                ),
                "Children with an open child protection plan at the end of the month, for each "
                "10,000 residents aged 0 to 17.",
            ),
            Item(
                2,
                "child_protection.icpc_timeliness",
                "Percentage of Initial Child Protection Conferences (ICPCs) held within timescales "
                "(based on count of children)",
                "Higher is better",
                (
                    Figure("August 2020", "73%", "44 of 60 children", "in the month"),
                    Figure(
                        "12 months to August 2020",
                        "63%",
                        "412 of 654 children",
                        "over twelve months, all numerators over all denominators",
                    ),
                ),
                _comparators(("84%", "77%", "79%"), ("lower", "lower", "lower")),
                (
                    Sentence(
                        Kind.COMPUTED,
                        "73% of children had their initial conference within 15 working days in "
                        "August, and 63% over 12 months; lower than statistical neighbours (84%).",
                    ),
                    Sentence(
                        Kind.ACTION,
                        "Review timeliness to understand the delays.",
                        owner="Child Protection Conference Manager",
                        due_on=date(2020, 12, 15),
                    ),
                ),
                _percentage_chart(
                    "Fewer conferences are held in time than elsewhere",
                    "Children whose initial conference was held within 15 working days",
                    _wave(66, 73.4, 14),
                    _wave(67, 63, 1),
                    (
                        ReferenceLine("90% local target", 90, "target"),
                        ReferenceLine("84% neighbours, 2018-19", 84, "comparator"),
                        ReferenceLine("77% South East, 2018-19", 77, "comparator"),
                        ReferenceLine("79% England, 2018-19", 79, "comparator"),
                    ),
                ),
                "Children whose initial child protection conference was held in the month; met "
                "where it came within 15 working days of the strategy discussion.",
            ),
            Item(
                3,
                "children_looked_after.rate",
                "Looked after Children rate per 10,000",
                "Neither high nor low is good in itself",
                (Figure("August 2020", "97", "488 children", "at the end of the month"),),
                _comparators(("86", "53", "65"), ("higher", "higher", "higher")),
                (
                    Sentence(
                        Kind.COMPUTED,
                        "488 children are looked after, 97 per 10,000: higher than statistical "
                        "neighbours (86).",
                    ),
                ),
                _rate_chart(
                    "More children are looked after than among neighbours",
                    "Looked after children per 10,000 residents aged 0 to 17",
                    _wave(94, 97.0, 1.5),
                    (ReferenceLine("86 neighbours, 2018-19", 86, "comparator"),),
                ),
                "Children looked after at the end of the month, for each 10,000 residents aged "
                "0 to 17.",
            ),
        ),
    )


_CHAPTERS = {
    "Front door": (
        "Contacts received",
        "Referrals received",
        "Referrals dealt with by MASH within 24 hours",
        "Re-referrals within 12 months",
    ),
    "Assessments": (
        "Single assessments completed",
        "Single assessments completed in 45 working days",
        "Children seen within 10 working days",
        "Assessments that led to no further action",
    ),
    "Child protection": (
        "Section 47 enquiries per 10,000",
        "Initial conferences held within 15 working days",
        "Rate of child protection plans per 10,000",
        "Second or later plans",
        "Plans lasting two years or more",
        "Reviews held in time",
    ),
    "Children looked after": (
        "Looked after children per 10,000",
        "Children who started to be looked after",
        "Children who ceased to be looked after",
        "Authorised care plans",
        "Three or more placements in a year",
    ),
    "Permanence": (
        "Days from entering care to placement for adoption, average of adopted children",
        "Children adopted",
        "Special guardianship orders",
    ),
    "Care leavers": (
        "Care leavers in touch",
        "Care leavers in suitable accommodation",
        "Pathway plans reviewed in time",
    ),
}


def _dataset() -> tuple[DatasetChapter, ...]:
    place, chapters = 0, []
    for title, names in _CHAPTERS.items():
        rows = []
        for name in names:
            rows.append(_row(name, place))
            place += 1
        chapters.append(DatasetChapter(title, tuple(rows)))
    return tuple(chapters)


def _row(name: str, place: int) -> DatasetRow:
    base, cases = 58 + place, 1200 + 37 * place
    comparators = _comparators(
        (f"{base + 3}%", f"{base + 5}%", f"{base + 2}%"), ("lower", "lower", "similar")
    )
    return DatasetRow(
        indicator_id=f"example.line_{place}",
        name=name,
        polarity=("Higher is better", "Lower is better", "Neither")[place % 3],
        figures=(
            Figure(
                _COLUMNS[0], f"{base}%", f"{place + 40} of {place + 71} children", "in the month"
            ),
            Figure(
                _COLUMNS[1], f"{base - 1}%", f"{cases - 400:,} of {cases:,} children", "12 months"
            ),
            Figure(
                _COLUMNS[2],
                f"{base - 4}%",
                f"{cases - 480:,} of {cases - 9:,} children",
                "12 months",
            ),
        ),
        comparators=comparators if place % 4 else (),
        verdict=("in line", "positive area", "area for development", "not judged")[place % 4],
        trend=tuple(
            None if place == 5 and i < 6 else v for i, v in enumerate(_wave(base - 6, base, 2))
        ),
        trend_description=f"{name}: from {base - 6}% in September 2018 to {base}% in August 2020.",
    )
