"""The review of assurance in words: what audits found, and what a sample says for its month."""

from __future__ import annotations

from collections.abc import Iterator

from lineofsight.reference.periods import day_name
from lineofsight.reviews.assurance import GRADES, Assurance, Sampled
from lineofsight.reviews.report import (
    Bar,
    Bars,
    Cell,
    Column,
    Report,
    Section,
    Table,
    number,
    percent,
    share_text,
)

LEAST_OF_AN_AGENCY = 10  # graded referrals, below which no bar is drawn
_SHARE = (Column("Share", "%"), Column("From", "%"), Column("To", "%"))


def tell_assurance(found: Assurance, authority: str, *, is_synthetic: bool) -> Report:
    """Tell a review of assurance as a report."""
    first, last = found.months[0], found.months[-1]
    span = first.name if first == last else f"{first.name} to {last.name}"
    return Report(
        title="Review of assurance: what audits found",
        authority=authority,
        period=f"{span}, as known on {day_name(found.as_at)}",
        is_synthetic=is_synthetic,
        summary=tuple(_summary(found)),
        sections=(_assured(found), _samples(found), _moderation(found), _actions(found),
                  _agencies(found), _reading()),
    )  # fmt: skip


def _summary(found: Assurance) -> Iterator[str]:
    if not found.audits:
        yield "No audit is recorded in these months: nothing is assured, and nothing found wanting."
        return
    yield f"{found.audits:,} audits of the records of {found.children:,} children."
    for one in found.themes:
        satisfied = share_text(one.satisfied)
        yield f"{one.theme}: the auditor was satisfied in {satisfied} of {one.audits:,}."
    if found.moderation:
        yield (
            f"Moderation confirmed the grade in {share_text(found.moderation.confirmed)} of "
            f"{found.moderation.count:,}; it was stricter in {found.moderation.stricter:,} and "
            f"milder in {found.moderation.milder:,}."
        )
    acts = found.actions
    yield (
        f"{acts.audits:,} audits asked for {acts.actions:,} actions. Of {acts.overdue:,} of these "
        "audits actions are open past their day."
    )


def _assured(found: Assurance) -> Section:
    columns = (
        Column("Theme", is_number=False), Column("Audits"), *_SHARE,
        *(Column(grade.capitalize()) for grade in GRADES), Column("Not graded"),
    )  # fmt: skip
    rows = tuple(
        (one.theme, one.audits, percent(one.satisfied.value), percent(one.satisfied.low),
         percent(one.satisfied.high), *one.grades, one.ungraded)
        for one in found.themes
    )  # fmt: skip
    by_month = tuple(
        (month.name, count, met, percent(met / count) if count else None)
        for month, met, count in found.by_month
    )
    return Section(
        "What the auditors found",
        ("Share: audits whose auditor was satisfied with the decision or the work, with its 95% "
         "interval.",),
        tables=(
            Table("Themes", "Audits by theme, with grades", columns, rows),
            Table("Months", "Audits by month, all themes",
                  (Column("Month", is_number=False), Column("Audits"), Column("Satisfied"),
                   Column("Share", "%")), by_month),
        ),
    )  # fmt: skip


def _samples(found: Assurance) -> Section:
    heading = "What samples say for the month they were drawn from"
    if not found.samples:
        none = "No audit names a sample of MASH decisions that was drawn by lot (audit sample): "
        return Section(heading, (f"{none}the shares above are of the cases that were audited.",))
    columns = (
        Column("Sample", is_number=False), Column("Audited"), Column("Satisfied", "%"),
        Column("Cases of the month"), Column("For the month", "%"), Column("From", "%"),
        Column("To", "%"), Column("Worth, in equal cases"),
    )  # fmt: skip
    return Section(
        heading,
        tuple(_unseen(one) for one in found.samples if one.weighted is None)
        or ("Each case counts for as many as had the same outcome in the month.",),
        tables=(
            Table("Samples", "Samples drawn by lot", columns, tuple(map(_sample, found.samples))),
        ),
    )


def _sample(one: Sampled) -> tuple[Cell, ...]:
    told: tuple[Cell, ...] = (None, None, None, None)
    if one.weighted:
        told = (percent(one.weighted.value), percent(one.weighted.low),
                percent(one.weighted.high), number(one.worth, 1))  # fmt: skip
    return (one.name, one.audited, percent(one.satisfied.value), one.cases, *told)


def _unseen(one: Sampled) -> str:
    without = f" of the outcome {' or '.join(one.unseen)}" if one.unseen else ""
    return f"{one.name}: no case{without} was audited, so that it says nothing for its month."


def _moderation(found: Assurance) -> Section:
    heading, moderated = "Grades and moderation", found.moderation
    if moderated is None:
        return Section(heading, ("No graded audit was moderated.",))
    columns = (Column("Grade", is_number=False), *(Column(f"Then {g}") for g in GRADES))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (g.capitalize(), *(moderated.pairs.get((g, h), 0) for h in GRADES)) for g in GRADES
    )
    agreed = (
        "Agreement beyond chance cannot be told: all audits have one grade."
        if moderated.kappa is None
        else f"Agreement beyond chance (kappa, linear weights) is {number(moderated.kappa, 2)}: "
        "1 is full agreement, 0 what chance alone would give."
    )
    return Section(
        heading,
        (
            f"{moderated.count:,} graded audits were moderated, {found.unmoderated:,} were not.",
            agreed,
        ),
        tables=(Table("Moderation", "Grade of the audit, and after moderation", columns, rows),),
    )


def _actions(found: Assurance) -> Section:
    acts = found.actions
    rows = (
        ("All closed in time", acts.in_time), ("Closed late", acts.late),
        ("Open, not due yet", acts.not_due), ("Open past the day", acts.overdue),
    )  # fmt: skip
    columns = (Column("What became of the actions", is_number=False), Column("Audits"))
    text = (
        f"{acts.audits:,} audits asked for {acts.actions:,} actions; an audit stands where its "
        "last one does."
    )
    table = Table("Actions", f"Remedial actions on {day_name(found.as_at)}", columns, rows)
    return Section("Remedial actions", (text,), tables=(table,))


def _agencies(found: Assurance) -> Section:
    heading = "Quality of referrals, by agency"
    if not found.agencies:
        return Section(heading, ("No audit graded a referral (multi-agency audit).",))
    columns = (Column("Agency", is_number=False), Column("Graded"), *_SHARE, Column("Inadequate"))
    rows = tuple(
        (one.name, one.graded, percent(one.good.value), percent(one.good.low),
         percent(one.good.high), one.inadequate)
        for one in found.agencies
    )  # fmt: skip
    bars = tuple(
        Bar(one.name, 100 * one.good.value, f"{percent(one.good.value)}% of {one.graded:,}",
            (100 * one.good.low, 100 * one.good.high))
        for one in found.agencies if one.graded >= LEAST_OF_AN_AGENCY
    )  # fmt: skip
    chart = Bars(
        "Referrals graded good or outstanding, by agency",
        "A bar for each agency with ten graded referrals or more. The figures are in the table.",
        bars,
    )
    return Section(
        heading,
        ("Share: referrals graded good or outstanding. Where intervals overlap far, a "
            "difference may be chance: this is no league table.",),
        charts=(chart,) if bars else (),
        tables=(Table("Agencies", "Referrals graded in audits, by agency", columns, rows),),
    )  # fmt: skip


def _reading() -> Section:
    return Section(
        "How to read this",
        (
            "A share without a sample drawn by lot is of the cases somebody chose: it says "
            "nothing for the others.",
            "The auditor's satisfaction is a judgement. Moderation says how far two people agree "
            "on it, not that either is right.",
        ),
    )
