"""Who only looks where a link leads: programs that draw a preview or search a letter for harm.

They say so by their name, or fetch before anybody has asked for it. They are led on like everybody
else and are not counted. Whoever pretends to be a browser is counted; no page can tell.
"""

import re
from collections.abc import Mapping

# Messengers, social networks, mail services and their scanners, search engines, libraries.
_NAMES = re.compile(
    # CUBOT makes phones.
    r"(?<!cu)bot(?![a-z])|crawl|spider|preview|^whatsapp|vkshare|facebookexternalhit|facebookcatalog"
    r"|meta-external|slack-img|embedly|^viber|^pinterest|iframely|microsoft office|ms-office"
    r"|outlook-|safelinks|googleimageproxy|google-safety|feedfetcher|google-read-aloud"
    r"|yahoomailproxy|slurp|proofpoint|mimecast|barracuda|symantec|trend ?micro|fortiguard"
    r"|forcepoint|zscaler|ironport|kaspersky|drweb|\beset\b|sophos|bitdefender|virustotal|urlscan"
    r"|urldefense|cloudmark|spamassassin|antivirus|scanner|headless|phantomjs|lighthouse"
    r"|^curl|^wget|python|aiohttp|go-http-client|^java/|okhttp|libwww|apache-httpclient"
    r"|node-fetch|axios|^ruby|^perl|libwww-perl|^php|validator|link ?check|archive\.org",
    re.IGNORECASE,
)
_EARLY = ("Purpose", "Sec-Purpose", "X-Purpose", "X-Moz")
_LONGEST = 1000


def only_looks(headers: Mapping[str, str]) -> bool:
    name = headers.get("User-Agent", "")[:_LONGEST].strip()
    if not name or _NAMES.search(name):
        return True
    said = " ".join(headers.get(each, "") for each in _EARLY).lower()
    return "prefetch" in said or "preview" in said or "prerender" in said
