"""Times as people at a desk write and read them: in the desk's zone. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from communique.web.workspace import Workspace


def zone(workspace: Workspace) -> ZoneInfo:
    """Yield the time zone of a desk."""
    return ZoneInfo(workspace.text("desk.timezone") or workspace.text("wire.timezone"))


def instant(written: str, *, zone: ZoneInfo, now: datetime) -> datetime | str:
    """Read what a field of day and time gives ("2026-03-29T02:30"); yields why it is no time to come, in a sentence.

    An hour that the autumn has twice is the first of them.
    """
    try:
        local = datetime.fromisoformat(written)
    except ValueError:
        return "give the day and the time at which it is to be published"
    at = (local if local.tzinfo else local.replace(tzinfo=zone)).astimezone(UTC)
    if local.tzinfo is None and at.astimezone(zone).replace(tzinfo=None) != local:
        return f"there is no {local:%H:%M} on that day in {zone.key}: the clocks go forward; choose another time"
    if at <= now:
        return f"{told(at, zone)} is past; choose a time to come, or publish it now"
    return at


def written(form: str) -> datetime | None:
    """Read an instant as addresses carry it, with its offset; None: it is none."""
    try:
        at = datetime.fromisoformat(form)
    except ValueError:
        return None
    return at if at.tzinfo else None


def dated(iso: str) -> str:
    """Say a year, a month, a day or an instant of ISO 8601 as the desk's pages do, as exactly as it is known."""
    year, _, rest = iso[:10].partition("-")
    if not rest:
        return year
    try:
        first = date.fromisoformat(f"{year}-{rest}-01" if len(rest) == 2 else iso[:10])
    except ValueError:
        return iso
    day = f"{first.day} " if len(rest) > 2 else ""
    clock = f", {iso[11:16]}" if len(iso) > 10 else ""
    return f"{day}{first:%b} {year}{clock}"


def told(at: datetime, zone: ZoneInfo) -> str:
    """Say an instant, with its day and the zone's name on that day."""
    local = at.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M %Z}"
