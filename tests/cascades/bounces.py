"""Letters that come back, as mail servers write them."""

REPORT = """\
From: MAILER-DAEMON@mx.example.ru (Mail Delivery System)
To: bounces@karman.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <20261128.1@mx.example.ru>
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="9A/mx.example.ru"

--9A/mx.example.ru
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.ru. I'm sorry.

--9A/mx.example.ru
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.ru
Arrival-Date: Sat, 28 Nov 2026 09:00:00 +0000

Final-Recipient: rfc822; anna@example.ru
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--9A/mx.example.ru
Content-Type: {original}

Return-Path: <bounces@karman.example>
From: Karman <no-reply@karman.example>
Message-ID: {message_id}
Subject: Cheaper coffee

--9A/mx.example.ru--
"""


def bounce(
    message_id: str,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    original: str = "text/rfc822-headers",
    kind: str = "delivery-status",
) -> bytes:
    text = REPORT.format(
        message_id=message_id, status=status, action=action, original=original, kind=kind
    )
    return text.replace("\n", "\r\n").encode()
