"""What /metrics tells. Labels have few values: no ids, no people."""

from prometheus_client import Counter, Gauge, Histogram

REACTIONS = Counter(
    "karman_reactions_total",
    "Attempts at reactions by how they ended: done, later, gave_up, needs_settings, bug.",
    ["reaction", "outcome"],
)
OUTBOX = Gauge(
    "karman_outbox_deliveries",
    "Outbox deliveries: waiting, failed; events that are new.",
    ["state"],
)
DELIVERIES = Counter(
    "karman_deliveries_total",
    "Messages by channel and the state they reached.",
    ["channel", "state"],
)
TELEGRAM_CALLS = Counter(
    "karman_telegram_calls_total",
    "Bot API calls by how they ended: ok, refused, too_many, server, network.",
    ["outcome"],
)
TELEGRAM_WAIT = Histogram(
    "karman_telegram_wait_seconds",
    "How long a call waited for its turn.",
    ["lane"],
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
HTTP = Histogram(
    "karman_http_seconds",
    "HTTP requests by route and status.",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
TAP_TO_STOP = Histogram(
    "karman_tap_to_stop_seconds",
    "From the arrival of a tap that turns advertising off to the commit that stops it.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
POOLS = Gauge(
    "karman_pools",
    "Programs with a pool by how full it is: ok, low (fewer than 100 free numbers), empty.",
    ["level"],
)
POOLS_RAN = Counter(
    "karman_pools_ran_total",
    "Pools that ran low or empty.",
    ["level"],
)
PROFILES_REFRESHED = Counter(
    "karman_profiles_refreshed_total",
    "Plastic cards duplicated with newer data for the brand.",
)
NUMBERS_LOST = Counter(
    "karman_partner_numbers_lost_total",
    "Numbers that a loyalty system may have made, and whose answer was lost.",
    ["vendor"],
)
APNS = Counter(
    "karman_apns_pushes_total",
    "Pushes to devices with cards in Apple Wallet: told, gone, later, refused.",
    ["fate"],
)
PASS_CERTIFICATES = Gauge(
    "karman_pass_certificate_days",
    "Days until the certificate of a pass type is over.",
    ["type"],
)
GOOGLE = Counter(
    "karman_google_requests_total",
    "Requests to Google Wallet by the status that they were answered with, or away.",
    ["status"],
)
