"""The labels by which a brand's own counter knows where people came from. They say nothing of the
person."""

from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

from yarl import URL

SOURCE = "karman"
# Signs that an address may have as they are.
_KEPT = ":/?#[]@!$&'()*+,;=%-._~"


def labelled(url: str, channel: str, campaign: str) -> str:
    """With `utm_source`, `utm_medium` and `utm_campaign`, but for those that the brand has put in
    itself. The rest of the address stays as it is, to the letter; what a header cannot carry is
    spelt as browsers do."""
    try:
        parts = urlsplit(url if url.isascii() else str(URL(url)))
    except ValueError:
        # What is no address leads where it leads.
        return quote(url, safe=_KEPT)
    there = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    labels = {"utm_source": SOURCE, "utm_medium": channel, "utm_campaign": campaign}
    added = [
        f"{name}={quote(value, safe='')}"
        for name, value in labels.items()
        if value and name not in there
    ]
    query = "&".join(filter(None, (parts.query, *added)))
    return urlunsplit(parts._replace(query=query))
