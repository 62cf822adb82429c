"""In the reader's process: what a picture of a brand is."""

from backend.reading.frames import Frame
from catalog.entries.picture import Bounds, PictureRefused, measure


def measured_frame(job: Frame) -> Frame:
    """The answer: `measured`, or `what` it is and what was `expected`."""
    largest, least, most, longest = job.head["bounds"]
    bounds = Bounds(largest, tuple(least), tuple(most), longest)
    try:
        found = measure(job.blob, bounds)
    except PictureRefused as wrong:
        return Frame({"end": True, "what": wrong.what, "expected": wrong.expected})
    told = [found.media_type, found.width, found.height, found.sha256]
    return Frame({"end": True, "measured": told})
