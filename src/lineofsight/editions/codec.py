"""Frozen values as plain JSON and back: exact, by declared type, and without a line of code in it.

A value is written as its declared type says and read back as it says: a dataclass as an object of
its fields, a tuple as a list, a mapping with text keys as an object, an enum by its member's name,
a `Decimal` as its text, a day or moment in ISO form; text, whole numbers, floats, flags and None
as themselves (Python writes a float so that the same float is read back). JSON knows no float that
is not a number, such as the limit of a month without a value: it is written as 'nan'. What does
not have exactly its declared type is refused when it is written, so that what is read is what was
there.

A field that is missing takes its default, so that an old edition is read when a field has been
added since; a field nobody knows is refused, because it would be lost unsaid.
"""

from __future__ import annotations

import dataclasses
import math
import types
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_NO_NUMBERS = ("nan", "inf", "-inf")
_AS_THEY_ARE = (str, int, bool, type(None))


def to_plain(value: Any, declared: Any, concrete: Mapping[Any, type] | None = None) -> Any:
    """Give a value as plain JSON; `concrete` says which dataclass stands for a protocol.

    Raises TypeError naming the field whose value does not have its declared type: that is a fault
    of the program, never of the records.
    """
    return _Writer(concrete or {}).plain(value, declared, "")


def from_plain(plain: Any, declared: type[T], concrete: Mapping[Any, type] | None = None) -> T:
    """Give the value that was written; raises ValueError naming the field that does not fit."""
    found: T = _Reader(concrete or {}).value(plain, declared, "")
    return found


@cache
def _fields(declared: type) -> dict[str, Any]:
    """The fields of a dataclass with their declared types, those worked out in `init` left out."""
    hints = get_type_hints(declared)
    return {f.name: hints[f.name] for f in dataclasses.fields(declared) if f.init}


@cache
def _options(declared: Any) -> tuple[Any, ...]:
    """The types of a union, or the type itself."""
    is_union = get_origin(declared) in (Union, types.UnionType)
    return get_args(declared) if is_union else (declared,)


@cache
def _origin(declared: Any) -> Any:
    """What a type is without the types inside it: `tuple` of `tuple[int, ...]`."""
    return get_origin(declared) or declared


@cache
def _is_dataclass(origin: Any) -> bool:
    return dataclasses.is_dataclass(origin)


@cache
def _parts(declared: Any, count: int) -> tuple[Any, ...]:
    """The declared type of each entry of a tuple."""
    inner = get_args(declared)
    if len(inner) == 2 and inner[1] is Ellipsis:
        return (inner[0],) * count
    return inner


class _Writer:
    def __init__(self, concrete: Mapping[Any, type]) -> None:
        self._concrete = concrete

    def plain(self, value: Any, declared: Any, at: str) -> Any:
        for option in _options(declared):
            option = self._concrete.get(option, option)
            if self._fits(value, option):
                return self._written(value, option, at)
        raise TypeError(f"{at or 'the value'} is {type(value).__name__}, declared {declared}")

    @staticmethod
    def _fits(value: Any, option: Any) -> bool:
        origin = _origin(option)
        if origin is float:
            return type(value) in (int, float)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return isinstance(value, Mapping)
        return type(value) is origin

    def _written(self, value: Any, option: Any, at: str) -> Any:
        if dataclasses.is_dataclass(value):
            hints = _fields(value.__class__)
            return {n: self.plain(getattr(value, n), t, f"{at}.{n}") for n, t in hints.items()}
        if isinstance(value, tuple):
            parts = _parts(option, len(value))
            if len(parts) != len(value):
                raise TypeError(f"{at} has {len(value)} entries, declared {option}")
            pairs = zip(value, parts, strict=True)
            return [self.plain(v, t, f"{at}[{n}]") for n, (v, t) in enumerate(pairs)]
        if isinstance(value, Mapping):
            declared = get_args(option)[1]
            return {str(k): self.plain(v, declared, f"{at}[{k}]") for k, v in value.items()}
        return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return str(value) if isinstance(value, Decimal) else value


class _Reader:
    def __init__(self, concrete: Mapping[Any, type]) -> None:
        self._concrete = concrete

    def value(self, plain: Any, declared: Any, at: str) -> Any:
        if type(plain) is declared:  # text, numbers and flags: most of what there is
            return plain
        options = [self._concrete.get(option, option) for option in _options(declared)]
        if plain is None and type(None) in options:
            return None
        for option in options:
            if self._fits(plain, option):
                return self._read(plain, option, at)
        raise ValueError(f"{at or 'the value'} does not fit {declared}")

    @staticmethod
    def _fits(plain: Any, option: Any) -> bool:
        origin = _origin(option)
        if origin in _AS_THEY_ARE:
            return type(plain) is origin
        if origin is float:
            return type(plain) in (int, float) or plain in _NO_NUMBERS
        if origin is tuple:
            return isinstance(plain, list)
        if _is_dataclass(origin) or issubclass(origin, Mapping):
            return isinstance(plain, dict)
        return isinstance(plain, str)

    def _read(self, plain: Any, option: Any, at: str) -> Any:
        origin = _origin(option)
        if _is_dataclass(origin):
            return self._dataclass(plain, origin, at)
        if origin is tuple:
            parts = _parts(option, len(plain))
            if len(parts) != len(plain):
                raise ValueError(f"{at} has {len(plain)} entries")
            pairs = zip(plain, parts, strict=True)
            return tuple(self.value(v, t, f"{at}[{n}]") for n, (v, t) in enumerate(pairs))
        if issubclass(origin, Mapping):
            declared = get_args(option)[1]
            return {k: self.value(v, declared, f"{at}[{k}]") for k, v in plain.items()}
        return _read_scalar(plain, origin, at)

    def _dataclass(self, plain: Mapping[str, Any], declared: type, at: str) -> Any:
        hints = _fields(declared)
        unknown = sorted(set(plain) - set(hints))
        if unknown:
            raise ValueError(f"{at or declared.__name__} has the unknown field {unknown[0]}")
        found = {n: self.value(v, hints[n], f"{at}.{n}") for n, v in plain.items()}
        try:
            return declared(**found)
        except TypeError:
            raise ValueError(f"{at or declared.__name__} lacks a field") from None


def _read_scalar(plain: Any, declared: type, at: str) -> Any:
    try:
        if declared is float:
            return float(plain) if plain in _NO_NUMBERS else plain
        if issubclass(declared, Enum):
            return declared[plain]
        if issubclass(declared, (datetime, date)):
            return declared.fromisoformat(plain)
        return Decimal(plain) if declared is Decimal else plain
    except (KeyError, ValueError, ArithmeticError):
        raise ValueError(f"{at} does not fit {declared.__name__}") from None
