"""Typst, called so that the same paper gives the same bytes on every machine.

System fonts are ignored, the time of making is the day the paper was prepared, and what people
wrote reaches Typst as JSON and never as code.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from importlib import resources
from pathlib import Path
from typing import Any

import typst

_PIXELS_PER_INCH = 216.0
_PICTURES = """
#let asked = json(bytes(sys.inputs.data))
#set page(width: asked.width * 1pt, height: auto, margin: 0pt)
#for drawing in asked.drawings {
  page(image(bytes(drawing), format: "svg", width: 100%))
}
"""


def pdf_of(template: str, data: dict[str, Any], made_on: date) -> bytes:
    """Set a template of this room as a tagged PDF that claims PDF/UA-1.

    `data` is what the template reads from `sys.inputs.data`; it must be plain JSON.
    """
    made_at = datetime.combine(made_on, time(), UTC)
    return _compiled(
        _shipped(f"templates/{template}").read_bytes(),
        data,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=int(made_at.timestamp()),
    )[0]


def pictures_of(drawings: Sequence[str], width: float) -> tuple[bytes, ...]:
    """Turn SVG drawings into PNG pictures `width` points wide, 216 pixels to the inch."""
    if not drawings:
        return ()
    source = _PICTURES.encode("utf-8")
    asked = {"width": width, "drawings": list(drawings)}
    return _compiled(source, asked, format="png", ppi=_PIXELS_PER_INCH)


def _compiled(source: bytes, data: object, **how: Any) -> tuple[bytes, ...]:
    with resources.as_file(_shipped("fonts")) as fonts:
        made = typst.compile(
            source,
            root=str(_shipped("templates")),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            **how,
        )
    return tuple(made) if isinstance(made, list) else (made or b"",)


def _shipped(name: str) -> Path:
    return Path(str(resources.files("lineofsight.publish").joinpath(name)))
