"""For whom a paper or a dataset is made."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """The service itself, its scrutiny panel, or everybody."""

    SERVICE = "service"
    COMMITTEE = "committee"
    PUBLIC = "public"
