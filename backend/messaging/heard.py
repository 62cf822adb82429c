"""How much advertising somebody has heard of late, for the statements that hold the caps."""

# What may have arrived counts.
# of all: the people of the statement
_HEARD = """
(SELECT COUNT(DISTINCT x.id) FROM messages x JOIN deliveries y ON y.message_id = x.id
    WHERE x.customer_id = {customer} AND x.purpose = 'promo'{brand}{but}
    AND y.state IN ('sending', 'delivered', 'in_doubt') AND y.changed_at > {since})
"""


def heard(customer: str, since: str, *, brand: str = "", but: str = "") -> str:
    """As a value; each names a column or a mark. `brand`: of one brand alone; `but`: without this
    message."""
    return _HEARD.format(
        customer=customer,
        since=since,
        brand=f" AND x.brand_id = {brand}" if brand else "",
        but=f" AND x.id <> {but}" if but else "",
    )
