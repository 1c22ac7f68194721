"""A sample of officers' commentary for the synthetic authority, in the form the program reads.

The words are made up, by no person; they hold no numbers, so that none can contradict the records.
"""

from __future__ import annotations

# What was promised a month before; the commentary of August reports on all of it but one.
COMMENTARY_BEFORE = """\
# Commentary, July 2020

## front_door.mash_timeliness

Author: Head of Service, Front Door; 28 August 2020

Action: Audit the decisions of the lockdown and the summer | Owner: Head of Service, Front Door | \
Due: 2020-08-31

## child_protection.plan_rate

Author: Head of Service, Safeguarding; 28 August 2020

Action: Secure temporary chairs for the increased number of review conferences | Owner: Conference \
Manager | Due: 2020-09-11

## child_protection.icpc_timeliness

Author: Conference Manager; 28 August 2020

Action: Send team managers a list of pending conferences every week | Owner: Conference Manager | \
Due: 2020-09-14

## children_looked_after.rate

Author: Head of Service, Children Looked After; 28 August 2020

Action: Agree who sits on a panel for planned entries to care | Owner: Head of Service, Children \
Looked After | Due: 2020-09-18
"""

COMMENTARY = """\
# Commentary, August 2020

## front_door.mash_timeliness

Author: Head of Service, Front Door; 14 September 2020

Managers were in the office throughout the lockdown, so that a decision never waited for somebody \
who could take it. Referrals received out of hours were looked at first thing on the next working \
day.

Outcome: Audit the decisions of the lockdown and the summer | Done | 2020-09-04 | Where an \
auditor was not satisfied, the manager took the decision again with the worker.

Action: Agree the scope of a multi-agency audit of the quality of referrals | Owner: Head of \
Service, Front Door | Due: 2020-10-31

## assessments.timeliness

Author: Service Manager, Assessment; 14 September 2020

Additional workers joined the assessment service in June. Work that had waited was finished first, \
which shows in the months since.

Timeliness says nothing about quality. Audits still find assessments that describe the child's \
circumstances well and the plan for the child poorly.

Action: Report audit grades for assessments beside their timeliness | Owner: Service Manager, \
Assessment | Due: 2020-11-30

## children_looked_after.care_plan_authorised

Author: Head of Service, Children Looked After; 15 September 2020

Plans that wait for authorisation are mostly those of children who entered care within the last \
weeks. Team managers look at the list every Monday.

Action: Review the plans that have waited longest with the independent reviewing officers | Owner: \
Head of Service, Children Looked After | Due: 2020-10-16

## child_protection.plan_rate

Author: Head of Service, Safeguarding; 15 September 2020

Schools and health services saw less of children during the lockdown, and conferences were slower \
to agree that a plan could end. This is not the whole of it: we do not yet know how far our \
thresholds differ from those of similar authorities.

Action: Review thresholds for conferences and the outcomes of plans | Owner: Head of Service, \
Safeguarding | Due: 2021-02-28

Outcome: Secure temporary chairs for the increased number of review conferences | Moved | \
2020-10-31 | Nobody could begin before the autumn.

## child_protection.icpc_timeliness

Author: Conference Manager; 15 September 2020

Most late conferences had been booked in time and were postponed, commonly because a report was \
not ready or the social worker had changed.

Outcome: Send team managers a list of pending conferences every week | Done | 2020-09-07 | \
Managers have had it since, and the adviser speaks with those whose reports are late.

Action: Review every late conference since April with its reasons | Owner: Conference Manager | \
Due: 2020-11-13

## children_looked_after.rate

Author: Head of Service, Children Looked After; 15 September 2020

More children than usual entered care in July, several of them in family groups. August was an \
ordinary month for entries, and a few more children than usual went home or moved on.

Action: Bring every planned entry to care to the new panel before it happens | Owner: Head of \
Service, Children Looked After | Due: 2020-09-30
"""
