# Who is meant, in plain words

everybody = Everybody.
whole = Those with { $said }.
and = , and{" "}
or = {" "}or{" "}
not = not so: { $said }
list-and = {" "}or{" "}
quoted = “{ $text }”
yes = yes
no = no

city = the city { $values }
card-has = the card
card-had = a card that was taken out
card-has_not = no card ever
origin = a card { $values }
origin-issued = issued here
origin-duplicated = brought from plastic
origin-assigned = assigned by you
source = the link label { $values }
installed = the card in the phone: { $values }
installed-apple = Apple Wallet
installed-google = Google Wallet
tier = the tier { $values }
balance = a balance { $range }
joined = a card made { $range }
joined-within = a card made in the last { $days ->
    [one] day
   *[other] { $days } days
}
last_seen = the wallet opened in the last { $days ->
    [one] day
   *[other] { $days } days
}
consent = advertising allowed by { $values }
channel-telegram = Telegram
channel-email = e-mail
channel-sms = SMS
channel-wallet = the card in the phone
clicked = a link followed
clicked-within = a link followed in the last { $days ->
    [one] day
   *[other] { $days } days
}
clicked-of = { $said } of campaign { $campaign }
age = the age { $values }
gender = the gender { $values }
gender-female = female
gender-male = male
birthday = a birthday from { $from } to { $to }
birthday-before = { $days ->
    [one] yesterday
   *[other] { $days } days ago
}
birthday-today = today
birthday-after = { $days ->
    [one] tomorrow
   *[other] in { $days } days
}
card_field = the card field { $named } { $range }
attribute = the attribute { $named } { $range }
attribute-any = any attribute { $named }
list = a card in the list { $values }
range-from = { $from } or more
range-to = { $to } or less
range-both = from { $from } to { $to }
