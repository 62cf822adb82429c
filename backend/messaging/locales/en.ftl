# Messages that come by themselves: in Telegram, by e-mail, by SMS.
welcome-card =
    🎉 Your <b>{ $brand }</b> card is ready. Number: <code>{ $number }</code>

    Show the barcode at the till. The card is always in /cards.
    .button = Show the card

# Confirming contacts.
sms-code = Karman: code { $code } for your loyalty card. Not for logging in to Telegram.
email-confirm =
    Hello!

    You gave this address to Karman, a bot with loyalty cards. Confirm that it is yours: press the button or open the link.

    The link works for two days. If you gave no address, just ignore this letter: no shop writes to an address that is not confirmed.
    .subject = Confirm your address for loyalty cards
    .button = Confirm the address
contact-verified-email = ✅ Your e-mail address is confirmed. No card will ask for it again.
    .button = My contacts
contact-recipient-email = The letter did not arrive: the mail server knows no such address. Look for a typing mistake.
    .button = Correct the address
contact-recipient-phone = The SMS did not arrive: this number takes no messages. Check the number, or share your contact.
    .button = My contacts
contact-unavailable-phone = No SMS can be sent at the moment. Share your number with the button: then no code is needed.
    .button = My contacts
contact-lost-phone = Somebody else has confirmed your phone number as theirs, so it is no longer confirmed for you. Your cards are still yours. Please confirm your number, so that they are registered to you again.
    .button = My contacts
contact-lost-email = Somebody else has confirmed your e-mail address as theirs, so it is no longer confirmed for you. Your cards are still yours. Please confirm your address.
    .button = My contacts
contact-bounced-email = Letters to your address come back: there is no such mailbox any more. The address is no longer confirmed, and no shop writes to it. Look at it, or give another one.
    .button = Correct the address

# In every letter.
email-about = Karman: loyalty cards in one pocket.
email-leave = Unsubscribe
promo-label = <i>Advertising (Реклама). { $advertiser }, INN { $inn }{ $erid }</i>
digest = <b>Today's advertising, in one message</b>
    .stop = 🔕 { $brand }: no advertising
promo-push =
    { $text }

    <i>Advertising (Реклама). { $advertiser }, INN { $inn }{ $erid }</i>
    .button = 🔕 No more advertising

# About cards.
card-expires = ⏳ The card <b>{ $name }</b> ends soon: { $days ->
    [0] today is the last day.
    [one] { $days } day left.
   *[other] { $days } days left.
 }
    .button = Show the card
plastic-answered = 🔔 The system of <b>{ $brand }</b> answers again: your card can be added.
    .button = Add the card
numbers-back = 🔔 <b>{ $brand }</b> has card numbers again: you can get your card.
    .button = Open the offer
card-refused = The card of <b>{ $brand }</b> could not be made: the shop’s system refused. Ask the shop whether you have a blocked card, or get the card once more.
    .button = Open the offer
card-blocked = 🚫 The store has blocked your <b>{ $brand }</b> card. Ask there what to do.
    .button = Show the card
card-unblocked = ✅ The store has unblocked your <b>{ $brand }</b> card: it is good again.
    .button = Show the card
card-replaced = 🔁 Your <b>{ $brand }</b> card has a new number: <code>{ $number }</code>. The store has replaced the former one: show the new one at the till.
    .button = Show the card
card-joined = 🎉 <b>{ $brand }</b> is in Karman now! Your card can be connected: the number is known already, the shop asks only what it does not know yet, and for your consent.
    .button = Connect the card
new-brands = 🆕 New in Karman: <b>{ $brands }</b>{ $more ->
    [0] {""}
   *[other] { " " }and { $more } more
 }.
    .button = New brands

# To those who look after an account.
connection-stopped =
    The connection { $key } ({ $vendor }) of your account stands still: { $reason }.

    No card and no points of anybody are lost, but your system hears of nothing until the settings are mended. Then all that has waited goes by itself, in order. To try the connection: karman partners check.
    .subject = The connection to your system stands still
webhook-paused =
    The webhook { $id } of your account is paused: { $reason }.

    Nothing is sent to { $url } until it is resumed (POST /api/v1/webhooks/{ $id }/resume, or ask the operator). It goes on from where it was, as far as the feed goes back.
    .subject = A webhook is paused

# A consent was withdrawn on the person's behalf.
advertising-withdrawn = 🔕 <b>{ $name }</b> sends you no more advertising: the shop has noted that you asked for it. If you did not, turn it on again: /settings → “Consents and advertising”.
data-withdrawn = 🔕 <b>{ $name }</b> no longer processes your data: the consent was withdrawn at your request, and the cards were taken out of your pocket. The numbers stay yours: agree again, and the same cards come back.

# What partners have asked to be told.
partner-push =
    <b>{ $title }</b>
    { $text }
    .button = Open
partner-push-plain = { $text }
    .button = Open
partner-promo =
    <b>{ $title }</b>
    { $text }

    <i>Advertising (Реклама). { $advertiser }, INN { $inn }{ $erid }</i>
    .button = Open
    .stop = 🔕 No more advertising
partner-promo-plain =
    { $text }

    <i>Advertising (Реклама). { $advertiser }, INN { $inn }{ $erid }</i>
    .button = Open
    .stop = 🔕 No more advertising

# О чём попросил аккаунт попробовать.
sample = A test of the message “{ $name }”
    .button = 🔕 Send me no more tests
    .subject = [Test]
