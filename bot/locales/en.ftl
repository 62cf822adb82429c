### The bot's words. Texts of screens are Telegram HTML; labels and alerts are plain.

## The bot in the list of chats, and before «Start» is tapped

bot-short-description = The loyalty cards of your shops in one pocket
bot-description =
    Karman keeps your loyalty cards.

    Browse the offers of shops, get a card in a minute and show its barcode at the till.
command-start = Start again
command-cards = My cards
command-offers = Offers of shops
command-settings = Language, city and consents
command-privacy = How my data is kept
command-help = What the bot can do

## When something went wrong

broken =
    Something broke on our side. What happened has been written down.

    Try again, or go back to the start.
home-button = 🏠 Home
tap-outdated = This button no longer works. Go to the start: /start

## Groups

group-hello = Cards are a private matter. Write to me in a private chat and I will show you everything.
group-button = Open Karman
group-tap = Open the private chat with the bot: it works there.

## Home

home-title =
    <b>Karman</b> — your loyalty cards in one pocket

    Get a card in a minute, show the barcode at the till.
    City: { $city }
home-offers = 🏷 Offers
home-cards = { $count ->
    [0] 💳 My cards
   *[other] 💳 My cards · { $count }
 }
home-search = 🔎 Find a shop
home-city = 📍 { $city }
home-settings = ⚙️ Settings
home-resume = ✏️ Go on with the form
back-button = ‹ Back
search-prompt =
    <b>What are you looking for?</b>

    Type the name of a shop or what you fancy, for example “coffee”.
    A wrong letter does no harm.
search-found = For “{ $typed }”:
search-nothing =
    Nothing found for “{ $typed }”{ $where }.

    Try another word, for example “coffee” or “pharmacy”, or open all offers.
search-city = “{ $city }” is a city. Shall I show the offers there?
search-city-button = 📍 My city is { $city }
search-nothing-where = { " " }in { $city }

## City

city-any = all of Russia
city-title =
    <b>Where do you shop?</b>

    Pick a city, type its name or send your location.
city-first =
    <b>Karman</b> — your loyalty cards in one pocket

    Get a card in a minute, show the barcode at the till.
    Which city shall we start with? Pick one, type its name or send your location.
city-everywhere = 🇷🇺 All of Russia
city-nearest = 📍 Use my location
city-location-prompt = Press the button below and we take the nearest city. The location itself is not stored. Or simply type the city.
city-location-button = 📍 Send my location
city-placeholder = For example, Kazan
city-unknown =
    We do not know a city called “{ $typed }”.

    Type it again, for example “Samara”, or pick one from the list.
city-maybe = Did you mean…
city-chosen = Your city is { $city }

## Catalog

catalog-title = <b>Offers</b> · { $city }
catalog-empty =
    <b>Offers</b> · { $city }

    Nothing here yet. Look at offers all over Russia or pick another city.
catalog-all = All · { $count }
catalog-shelf = { $emoji } { $name } · { $count }
catalog-shelf-title = <b>{ $emoji } { $name }</b> · { $city }
catalog-all-title = <b>All offers</b> · { $city }
catalog-line = <b>{ $brand }</b> — { $benefit }
catalog-out = no numbers left
catalog-pick-several = ☑️ Pick several
pager-previous = ‹
pager-page = { $page }/{ $pages }
pager-next = ›
catalog-other-city = 📍 Another city

basket-title =
    <b>Several cards at once</b>

    Tick the cards. One form serves them all, each question is asked once. Each company has consents of its own.

    Cards picked: { $count }
basket-issue = { $count ->
    [one] Issue { $count } card
   *[other] Issue { $count } cards
 }
basket-out = No card numbers left: { $brands }.
basket-left-out = No card numbers left: { $brands }. We go on with the other cards.
basket-clear = Untick all
basket-empty = Tick at least one card first.
basket-shared = { $brand }, { $others } — one card
basket-full = No more than { $most } cards at once.

offer-title = <b>{ $brand }</b>
offer-until = Valid through { $date }
terms-from = Valid from { $from }
terms-between = Valid from { $from } through { $until }
terms-always = No end date
terms-rules = 📄 Program terms
terms-back = ‹ To the conditions
offer-shared = One card with { $brands }
offer-where = 📍 { $cities }
offer-where-everywhere = 📍 All over Russia
offer-where-more = and { $count } more
offer-issue = Issue the card
offer-out = 🚫 No free card numbers at the moment
offer-waits = 🔔 No free card numbers. We will tell you when there are some.
offer-wait = 🔔 Tell me when there are some
issued-wait = 🔔 Tell me of numbers: { $brand }
offer-wait-off = 🔕 Do not tell me
offer-wait-told = All right: we will tell you once, when there are numbers.
offer-wait-off-told = All right, we will not.
offer-wait-there = There are numbers by now: you can get the card.
offer-have = I already have this card
offer-open-card = 💳 Show my card
offer-stores = 📍 Shops
offer-terms = 📄 Terms
offer-share = ↗️ Share
offer-terms-title = <b>{ $brand }</b> — terms
offer-account =
    The program is run by { $name }
    INN { $inn }, { $address }
stores-title = <b>{ $brand }</b> — shops · { $city }
stores-line = • { $address }
stores-hours = { $hours }
stores-km = { $km } km
stores-none = No shops in this city.
stores-near = 📍 Nearest to me
stores-location-prompt = Press the button below to see the nearest shops of { $brand }. The location is not stored.
have-prompt =
    <b>{ $brand }</b>

    Type the number as it is printed on the plastic, for example <code>{ $example }</code>. Or send a photo of the card.
have-prompt-photo =
    <b>{ $brand }</b>

    Send a photo of the card: I will read the barcode and the number myself.
have-none =
    <b>{ $brand }</b>

    This shop has no plastic cards. You can get a card here.
have-unlike = ⚠️ “{ $typed }” does not look like a card number of “{ $brand }”.

## Questionnaire

question-progress = <b>Form · { $number }/{ $total }</b>
question-brands = { $count ->
    [one] For the card: { $brands }
   *[other] For the cards: { $brands }
 }
card-of = “{ $brand }”
card-shared = “{ $brand }” and { $others } (one card)
question-noted = ✓ Taken down: <b>{ $value }</b>
question-now = Now: <b>{ $value }</b>
question-keep = Keep: { $value }
answer-date = { $date }
question-skip = Skip
question-drop = ✕ Cancel
question-back = ‹ Back
question-phone =
    Share your phone number with the button below.

    The card will be registered to it. Telegram itself confirms the number, no code is needed.
question-phone-code = A code is on its way to { $phone }: you can type it here.
question-phone-button = 📱 Share my number
question-phone-placeholder = Press “Share my number”
question-given-name = What is your first name?
    .example = For example: Anna
question-surname = Your surname?
    .example = For example: Vetrova
question-patronymic = Your patronymic?
    .example = For example: Sergeevna
question-gender = Your gender?
    .example = Pick with a button
question-birth-date = When were you born?
    .example = Day, month, year. For example: 24.03.1990 or 24 March 1990
question-city = Which city do you live in?
    .example = Type its name, for example: Kazan
question-email = Your e-mail?
    .example = For example: anna@example.com
question-choices-hint = Pick as many as you like, then “Done”
question-choices-done = Done
question-prefill = { $value }
gender-female = Female
gender-male = Male
yes = Yes
no = No
summary-title = <b>Check your answers</b>
summary-line = { $name }: <b>{ $value }</b>
summary-line-asked = { $name } <b>{ $value }</b>
summary-left = Not answered: { $names }
summary-about = Something wrong? Press the field to change it. If all is right, only the consents are left.
summary-controllers = { $count ->
    [one] { $count } company runs these cards: { $count } screen of consents follows.
   *[other] { $count } companies run these cards, each with documents of its own: { $count } screens of consents follow.
 }
summary-right = ✅ All is right
summary-change = ✏️ { $name }
question-dropped = The form is cancelled. What you typed is deleted.
question-drop-sure =
    <b>Cancel the form?</b>

    The answers will be deleted.
question-drop-yes = Yes, cancel
question-drop-no = Go on

answer-empty = Please send the answer as text.
answer-too-long = Too long: { $longest } characters fit.
answer-name-letters = Only letters, a space or a hyphen here. For example: Anna-Maria
answer-gender = Press one of the buttons: “Female” or “Male”.
answer-date-format = That could not be read as a date. Day, month and year are needed: “24 March 1990” or 24.03.1990
answer-date-none = There is no such day in the calendar: { $day }.{ $month }. Check the date, for example: 24.03.1990
answer-birth-future = This date has not come yet. When were you born? For example: 24.03.1990
answer-birth-recent = Born in { $year }? Check the date, for example: 24.03.1990
answer-birth-old = The year { $year } is too long ago. Check the date, for example: 24.03.1990
answer-too-young = Cards of this program are for people of { $age } and older.
answer-email-at = The address has no “@”. For example: anna@example.com
answer-email-domain = After the @ the address is not complete: { $domain }. It looks like this, for example: anna@example.com
answer-email-format = There seems to be a typo in the address. For example: anna@example.com
answer-choice = Pick one of the options with a button.
answer-number = A whole number is needed. For example: 2
answer-number-small = The smallest possible number is { $smallest }.
answer-number-large = The largest possible number is { $largest }.
answer-yes-no = Answer “Yes” or “No”.
answer-contact-not-own = This is somebody else's contact. Share your own number with the button below.
answer-contact-forwarded = A forwarded contact will not do. Share your own number with the button below.

## Consents

consent-title = <b>Consents</b>
consent-progress = <b>Consents · { $number } of { $total }</b>
consent-controller = { $name }, INN { $inn }
consent-cards = { $count ->
    [one] Card: { $brands }
   *[other] Cards: { $brands }
 }
consent-required-part =
    <b>Needed for the card</b>
    Read and tick each document.
consent-ads-part =
    <b>If you like</b>
    Tick where you want to hear about offers. You get the card without it, too.
consent-personal-data = Personal data
consent-program-terms = Program terms
consent-program-terms-of = Terms · { $program }
consent-read = 📄 Read
consent-read-ads = 📄 Advertising: read
consent-channel-telegram = Telegram
consent-channel-email = E-mail
consent-channel-sms = SMS
consent-channel-wallet = The card in the phone's wallet
consent-agree = { $count ->
    [one] Agree and issue the card
   *[other] Agree and issue the cards
 }
consent-agree-next = Agree and go on
consent-refuse = Refuse
consent-missing = Tick this first: { $document }. There is no card without it.
consent-version = Version { $version } of { $date } · SHA-256 { $digest }
consent-back = ‹ To the consents
consent-refused =
    <b>No card without this</b>

    For a card, its number and the answers of the form have to be stored. { $name } would do that; the law allows it only with your consent. Refusing advertising does not stand in the way of the card.
consent-refused-others = The other cards can be issued all the same, without { $brands }. Your answers stay, except those that only { $brands } needs.
consent-refused-ways = If you go to the home screen, your answers wait for you. If you stop, we delete them.
consent-leave-out = Issue the others, without { $brands }
consent-refused-back = ‹ Back to the consents
consent-refused-drop = Stop and delete my answers

## Cards

cards-title = { $count ->
    [one] <b>My cards</b> · { $count } card
   *[other] <b>My cards</b> · { $count } cards
 }
cards-empty =
    <b>My cards</b>

    Nothing here yet. The first card takes a minute.
cards-hidden = 📦 Archive · { $count }
cards-hidden-title = <b>Archive</b>
cards-button = 💳 My cards
card-new = 🎉 <b>Your card is ready!</b> Show the barcode at the till.
card-back = Welcome back! The card is in your pocket again.
card-bound = 🎉 <b>The card is in your pocket!</b> Leave the plastic at home.
card-name = { $name }
card-number = Number: <code>{ $number }</code>
card-balance = Points: <b>{ $balance }</b>
card-balance-at = Points: <b>{ $balance }</b> · { $date }
card-blocked = 🚫 The store has blocked this card: ask there what to do.
card-own-field = { $label }: { $value }
card-tier = Tier: { $tier }
card-to-apple = Add to Apple Wallet
card-to-google = Add to Google Wallet
card-in-apple = 📱 In Apple Wallet
card-in-google = 📱 In Google Wallet
card-picture-balance = { $balance } points
card-copy = 📋 Copy
card-offers = 🏷 Offers of the shop
card-history = ✉️ Messages
card-operations = 💰 The shop’s points and deals
card-purchases = 🧾 Purchases
card-hide = 📦 Archive
card-unhide = 📤 Back to the list
card-remove = 🗑 Remove
card-archived = 📦 In the archive
card-hidden-now = The card is in the archive.
card-shown-now = The card is in the list again.
card-full = 🔲 Full screen
card-full-back = ‹ To the card
card-edit = ✏️ Change
own-kind = Barcode: { $kind }
own-kind-none = No barcode
own-kind-nothing = none, the number only
own-ask = Pick the barcode type that is on the plastic. The number and the name can be changed too.
own-compare = This is how the card will look. Compare it with the plastic and save.
own-undrawn = There will be no barcode: at the till you will have to show the number. Save it so?
own-refused =
    { $kind } cannot carry this number: { $hint }, for example <code>{ $example }</code>.

    Pick another type, change the number, or keep the card without a barcode.
own-save = ✅ Save
own-save-undrawn = Save without a barcode
own-encode = 🔁 Put the card’s number into the barcode
own-number = 🔢 Number
own-name = 🏷 Name
own-number-prompt = Type the number of “{ $name }”, for example <code>{ $example }</code>. You will see how the card looks before it is saved.
own-name-prompt = What shall “{ $name }” be called? For example “Corner café”.
own-saved = Saved.
own-exists = You have this very card already: in the list or in the archive.
card-remove-sure =
    <b>Remove the card of { $brand }?</b>

    The number stays yours: issue the card again and the same one comes back.
card-remove-yes = Yes, remove
card-removed = The card of { $brand } is removed.
card-brand-offers = <b>{ $brand }</b> — offers
card-brand-offers-none = No offers right now.
history-title = <b>{ $brand }</b> — messages
history-none = No messages yet.
history-line = <i>{ $date }</i>  { $text }
operations-title = <b>{ $brand }</b> — what moved on the card
operations-none = Nothing has moved yet.
operations-untold = The shop’s system does not tell what moves.
operations-offers = <b>Deals for you</b>
operations-offer = • { $title }{ $until }
operations-promo-code = 🎟 Enter a promo code
operations-receipt = 🧾 Hand in a receipt
redeem-prompt-promo-code = Write the promo code for the card “{ $name }” as it is printed: SUMMER2026, for example.
redeem-prompt-receipt = Send a photo of the receipt’s QR code for the card “{ $name }”. The text that it holds will do, too.
redeem-done-promo-code = ✅ The shop has taken the promo code for the card “{ $name }”.
redeem-done-receipt = ✅ The shop has taken the receipt for the card “{ $name }”. Points come once it has checked it.
operations-until = {" "}— until { $date }
purchases-title = <b>{ $brand }</b> — purchases
purchases-none = The shop has told of no purchases yet.
purchases-line = <i>{ $date }</i>  <b>{ $amount }</b>  { $about }
card-points = 📈 Points
points-title = <b>{ $brand }</b> — points
points-none = No points have moved yet.
points-line = <i>{ $date }</i>  <b>{ $change }</b>  { $what }
points-reason = { $what }: { $reason }
points-accrue = Accrued
points-welcome = A gift with the new card
points-birthday = A birthday gift
points-spend = Spent
points-hold = Set aside until paid
points-capture = Paid out of what was set aside: { $paid }
points-release = What was set aside came back
points-reverse = Returned
points-expire = Expired
points-correct = Corrected
points-close = The card is closed
issued-title = <b>Done!</b>
issued-line = ✅ { $brand }
issued-refused-line = ❌ { $brand } — { $reason }

## The keys below the chat, and cancelling

keys-cards = 💳 My cards
keys-home = 🏠 Home
keys-cancel = ✕ Cancel
keys-line = 👇 Your cards are always at hand: the key below.
command-cancel = Cancel what has been begun
cancelled-nothing = There is nothing to cancel: nothing has been begun.
cancelled-city = Choosing a city is cancelled.
cancelled-search = The search for a shop is cancelled.
cancelled-number = Typing the number is cancelled, no card was added.
cancelled-stores = The search for shops nearby is cancelled.
cancelled-phone = Typing the phone number is cancelled.
cancelled-code = Typing the code is cancelled.
cancelled-email = Typing the e-mail address is cancelled.
cancelled-adding = No card was added.
cancelled-card-number = Typing the number is cancelled, no card was added.
cancelled-card-name = Typing the name is cancelled, no card was added.
cancelled-import-password = Bringing the cards over is cancelled.
cancelled-export-password = The export of cards is cancelled.
cancelled-cards-search = The search among your cards is cancelled.
cancelled-cards-near = The search for shops nearby is cancelled.
cancelled-card-note = The note is unchanged.
cancelled-card-expiry = The card’s last day is unchanged.
cancelled-card-photo = No photo was added.
cancelled-card-redeem = Nothing was sent to the shop.
cancelled-own-number = The card’s number is unchanged.
cancelled-own-name = The card’s name is unchanged.

## Refusals

refusal-offer-not-found = There is no such offer. Have a look at others.
refusal-offer-ended = This offer has ended. Have a look at others.
refusal-program-paused = The shop has paused issuing cards. Look in later.
refusal-pool-empty = The free numbers have run out. We can tell you when there are some.
refusal-issuing-paused = New cards are paused: numbers are being checked after a failure. Your cards and barcodes work; look in later.
refusal-card-exists = You already have this card.
refusal-card-not-found = This card is not in your pocket.
refusal-consent-required = Please answer the consent questions first.
refusal-document-changed = The document was updated while you were reading. Please see the new version.
refusal-answers-missing = This question cannot be skipped: the shop issues no card without an answer.
refusal-application-closed = This form is closed already. Open the offer again.
refusal-invalid-answer = The answer does not fit. Try again.
refusal-invalid-number = This number does not fit this card.
refusal-no-room-for-pictures = Your photos of cards take { $megabytes } MB: there is no room for more. Delete photos that you no longer need.
refusal-no-room-for-cards = The pocket holds { $most } cards from outside the catalogue, removed ones included: there is no room for more.
plastic-silent = The shop’s system does not answer. Nothing is lost: I will write when it does. You can also try again.
refusal-try-later = The shop’s system does not answer. Nothing is lost: try again in a minute.
refusal-reader-busy = I am reading many files at once. Send this one again in a minute.
refusal-identity-taken = This person has opened the bot already and has cards of their own there.
refusal-number-taken = A card with this number is in somebody's pocket already. If it is yours, show it at the till.
refusal-contact-taken = This number is confirmed in another account already.
refusal-too-young = Cards of this program are for people of { $age } and older.
refusal-too-many-tries = Too many tries. Try again in an hour.
refusal-offers-button = 🏷 To the offers
refusal-again-button = Try again

## Settings and help

settings-title =
    <b>Settings</b>

    Language: { $language }
    City: { $city }
settings-language = 🌐 Language
settings-city = 📍 City
settings-privacy = 🔐 My data
settings-hidden = 📦 Archive
settings-news = 🆕 New brands
news-title =
    <b>New brands</b>

    The newest here. City: { $city }
news-on = I write to you when a brand joins whose offers hold in your city.
news-off = I can write to you when a brand joins whose offers hold in your city: by day, and of several at once.
news-turn-on = 🔔 Write to me
news-turn-off = 🔕 Do not write to me
languages-title = <b>Language</b>
language-ru = Русский
language-en = English
help-text =
    <b>What I can do</b>

    🏷 /offers — offers of shops in your city
    💳 /cards — your cards and barcodes, a search among them, shops nearby
    ➕ /add — add a card: a photo, a number, or a file of another wallet
    ⚙️ /settings — language, city, contacts, consents and advertising, export of cards
    🔐 /privacy — how your data is kept
    📄 /mydata — all that we keep about you, as a file
    🗑 /deletemydata — delete the data and the cards
    ✕ /cancel — cancel what has been begun
    🏠 /start — the first screen
    ❔ /help — this help

    A note, the last day, photos, the archive and “Share the card” are on a card’s page, under “More”.

    Type the name of a shop and I find it, even with a typo. Send a photo of a card and I read its barcode. In any chat type <code>@{ $bot } coffee</code> to share an offer.
privacy-text =
    <b>Your data</b>

    • Name, phone and answers are stored encrypted; the key is kept apart from the database.
    • A shop gets data only when you issued its card and agreed.
    • Advertising comes only if you allowed it, channel by channel.
    • A location is used once and is not stored.

    The full text: { $url }
privacy-button = The whole policy

## Everything else

unknown-text = I understand names of shops and buttons. Start here:
unknown-command = I have no command { $command }. Here is what I have: { $commands }
unknown-media = I cannot do anything with this yet. Type the name of a shop or open the menu.
unknown-edited = I do not read edited messages again. Please send a new one.
unknown-contact = The phone number is needed in the form, I will ask for it there.
unknown-location = A location helps when you pick a city or look for shops nearby. Change the city?
inline-title = { $brand }
inline-city-button = Pick a city
inline-text =
    <b>{ $brand }</b>
    { $benefit }
inline-open = Open the offer
date-long = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
 } { $year }

## What a card number looks like

number-hint-qr = letters and digits as printed on the card
number-hint-ean13 = 13 digits are needed, the last one is the check digit
number-hint-ean8 = 8 digits are needed, the last one is the check digit
number-hint-upca = 12 digits are needed, the last one is the check digit
number-hint-code128 = Latin letters and digits are needed
number-hint-code39 = capital Latin letters and digits are needed
number-hint-itf = an even number of digits is needed
number-hint-codabar = only digits are needed
number-hint-pdf417 = letters and digits as printed on the card
number-hint-aztec = letters and digits as printed on the card
number-hint-datamatrix = letters and digits as printed on the card
city-unknown-short = We do not know a city called “{ $typed }”. Type it again, for example: Kazan

## My contacts

contacts-title = <b>My contacts</b>
contacts-about = A confirmed contact is good for the cards of every brand: you will not be asked again.
contacts-phone = 📱 { $value } — { $status }
contacts-email = ✉️ { $value } — { $status }
contacts-none = not given
contacts-verified = confirmed ✅
contacts-not-verified = not confirmed
contacts-waiting-phone = 📨 A code is on its way to { $value }
contacts-waiting-email = 📨 A letter with a link is on its way to { $value }
contacts-change-phone = 📱 Change the number
contacts-add-phone = 📱 Add a number
contacts-change-email = ✉️ Change the address
contacts-add-email = ✉️ Add an address
contacts-resend-email = ✉️ Send the letter again
contacts-enter-code = 🔢 Enter the code from the SMS
settings-contacts = 📇 My contacts
contact-phone-ask =
    Share your number with the button below: Telegram confirms it by itself.

    Or type a number and we will text you a code. For example: +7 916 123-45-67
contact-phone-type =
    <b>What is your number?</b>

    Type it, for example: +7 916 123-45-67. An SMS from Karman with a code will follow.
contact-phone-wrong = This does not look like a phone number. Type all of it, for example: +7 916 123-45-67
contact-phone-landline = This is a landline: no SMS gets there. Type a mobile number, for example: +7 916 123-45-67
contact-phone-toll-free = This is a company's toll-free number: no code can be sent there. Type your own mobile, for example: +7 916 123-45-67
contact-phone-no-sms = No SMS can be sent to such a number. Type your own mobile, for example: +7 916 123-45-67
contact-phone-country = We do not send SMS to that country. Press “Back” and share your number with the button: numbers of any country are fine that way. Or type another one, for example: +7 916 123-45-67
contact-phone-sure =
    <b>Send the code to { $phone }?</b>

    Check the number: the SMS with the code goes there.
contact-phone-send = Send the code
contact-phone-mend = Correct the number
contact-phone-known = This number is confirmed already ✅
contact-keep = Keep { $value }
contact-phone-manual = ✍️ Type the number
contact-cancel = ✕ Cancel
contact-code-ask =
    <b>Enter the code from Karman's SMS</b>

    We sent it to { $phone }. It has six digits and works for { $minutes } min.
    It is a code for a loyalty card: never enter Telegram login codes here.
contact-code-resend-at = You can ask for another one in { $seconds } s, at { $time }.
contact-code-resend = Send the code again
contact-code-other = Another number
contact-code-digits = The code has six digits. Look at the SMS from Karman, for example: 482 913
contact-code-sent-again = A new code is on its way; the old one no longer works.
contact-email-ask =
    <b>What is your e-mail address?</b>

    We will send a letter with a link to confirm it. For example: anna@example.com
contact-email-sent = A letter with a link is on its way to { $value }. Open it within two days.
contact-email-confirmed-already = This address is confirmed already.
contact-phone-done = The number is confirmed ✅
contact-taken-phone =
    <b>Somebody else has confirmed this number</b>

    That happens when a number passes to a new owner. You have shown that you have it.

    If you confirm it as yours, the person who had it gets a message, and their cards with this number will ask them to confirm another one. The cards and points themselves do not pass to you.
contact-taken-mine = This is my number now
contact-taken-not = Give another number
contact-moved-phone = The number is yours now ✅ The person who had it gets a message.
card-recheck-phone = ⚠️ Somebody else has confirmed this card's phone number. Confirm yours, so that the card is registered to you again.
card-recheck-email = ⚠️ Somebody else has confirmed this card's e-mail address. Confirm yours.
card-recheck-button = 📇 Confirm my contacts

refusal-code-too-soon = The code is on its way already. You can ask again in { $seconds } s.
refusal-too-many-codes = { $minutes ->
    [one] Too many were sent. Try again in { $minutes } minute.
   *[other] Too many were sent. Try again in { $minutes } minutes.
 }
refusal-wrong-code = { $left ->
    [one] Wrong code. { $left } try left.
   *[other] Wrong code. { $left } tries left.
 }
refusal-code-spent = Wrong five times: this code no longer works. Ask for a new one.
refusal-code-expired = This code no longer works. Ask for a new one.
refusal-proof-expired = That took too long. Prove the number once more.

## My data: a file, deletion, the policy

command-mydata = My data: download or delete
command-deletemydata = Delete my data
mydata-title =
    <b>🔐 My data</b>

    Here you can have everything that we hold about you, or delete it.
mydata-export = ⬇️ Download my data
mydata-export-first = ⬇️ Download my data first
mydata-exported = Done: two files above. The first is for reading, the second for programs.
mydata-policy = 📄 How data is kept
mydata-delete = 🗑 Delete my data
mydata-delete-explained =
    <b>Delete my data</b>

    <b>Gone for good</b>
    • name, phone, e-mail and answers, with the key that they are encrypted with;
    • { $cards ->
        [0] you have no cards now;
        [one] { $cards } card: nobody ever gets its number again, nor do you;
       *[other] { $cards } cards: nobody ever gets their numbers again, nor do you;
    }
    • the texts of messages and all that the bot remembers of the chat.

    Advertising stops at once: every consent is withdrawn.

    <b>Kept</b>
    • the records of your consents, without name and contacts: the law asks for them;
    • what shops received when you issued their cards: they keep it themselves. We do not write to them: ask them at the address in the consent.

    Points on the cards are lost. Delete the messages of this chat in Telegram.
mydata-delete-go-on = Go on deleting
mydata-delete-sure =
    <b>Really delete everything?</b>

    Nobody can bring the data and the cards back, neither we nor you.
mydata-delete-no = No, keep it
mydata-delete-yes = Yes, delete for good
mydata-deleted =
    <b>Your data is deleted</b>

    The file above says what is gone and what is kept. We do not write to you any more.

    If you come back, you start afresh: a new profile and new card numbers.
mydata-start-again = Start again
mydata-nothing-held = We hold nothing about you.
mydata-no-policy = There is no separate policy: this screen says it all.
privacy-operator = Operator: { $operator }

## Consents in the settings, changed documents, the receipt

settings-consents = ✅ Consents and advertising
card-consents = 🧾 Consents and receipt
consents-title =
    <b>Consents and advertising</b>

    What you allow each brand. Tap a brand to change it.
consents-none =
    <b>Consents and advertising</b>

    You have not allowed anybody anything yet.
consents-digest = Advertising once a day, in one message
consents-digest-on = Advertising in this chat comes once a day: at noon, from all shops in one message.
ads-digest-on-now = Advertising comes once a day now.
ads-digest-off-now = Advertising comes at once now.
consents-no-ads = no advertising
consents-all-off = 🔕 Turn all advertising off
consents-brand-title = <b>{ $brand }</b> — consents
consents-brand-ads =
    <b>Advertising</b>
    Tick where it may be sent. A tap holds at once.
consents-brand-data =
    <b>Personal data</b>
    Consent given on { $date }, version { $version }.
consents-read-data = 📄 Data: the text
consents-read-ads = 📄 Advertising: the text
consents-receipt = 🧾 Receipt
consents-withdraw = Withdraw the consent to data
ads-on-now = On
ads-off-now = Off. Nothing more will be sent.
ads-off-already = It is off here already: no advertising.
ads-all-off-now = All advertising is off. Cards and messages about them stay.
ads-stopped =
    🔕 <b>{ $brand }</b>: no more advertising by “{ $channel }”.

    The card and messages about it stay.
ads-stopped-all = 🔕 Turn off advertising of all brands
ads-stopped-settings = ⚙️ Consents of this brand
receipt-caption-page = 🧾 Receipt: whom you allowed what and when, with the full texts.
receipt-caption-json = The same for programs.
receipt-none = There are no consents with this brand: no receipt is needed.
withdraw-sure =
    <b>Withdraw the consent to personal data?</b>

    Without it { $name } may not keep your number and your answers, so the card is removed. Advertising stops as well.
withdraw-cards = { $count ->
    [one] This card goes: { $cards }.
   *[other] These cards go: { $cards }.
 }
withdraw-kept = The record of the consent and of its withdrawal is kept as evidence, without your data. If you change your mind, issue the card again: the number stays yours. About data that the shop already has, write to { $email }.
withdraw-yes = Yes, withdraw and remove the cards
withdraw-done = { $count ->
    [0] The consent for { $name } is withdrawn, advertising has stopped.
    [one] The consent for { $name } is withdrawn. The card is removed, advertising has stopped.
   *[other] The consent for { $name } is withdrawn. The cards are removed, advertising has stopped.
 }
again-title = <b>Documents have changed</b>
again-title-several = <b>Documents have changed</b> · { $left } to go
again-why =
    Your data is now needed for one more purpose. Your earlier consent does not cover it, so we ask again, only about the documents that changed.

    Your cards stay with you if you answer “Later”: we show the barcode and ask next time.
again-required-part =
    <b>Read and tick</b>
    Each document has a tick of its own.
again-ads-part =
    <b>Advertising — if you like</b>
    It is no longer sent by your earlier consent. Tick channels if you want it, or tick none.
again-agree = Answer
again-later = Later
again-refuse = I do not agree
again-missing = First tick: { $document }. Or choose “Later”.
again-thanks = Thank you, your answer is recorded.
again-later-told = All right, we will ask next time.

## Add a card: photo, number, file

add-card-button = ➕ Add a card
command-add = Add a card
add-prompt =
    <b>Add a card</b>

    Send a photo of the card, a screenshot or a PDF: I read the barcode. Several cards on one picture are fine. None at hand? Write the number.

    The photo is not kept: once it is read we no longer have it.
add-type-button = ⌨️ Type the number
import-button = 📥 Move from another wallet
add-several = { $count ->
    [one] I found { $count } barcode. Which one shall I add?
   *[other] I found { $count } barcodes. Which one shall I add?
 }
add-compare =
    Please compare. Is this the number on the card?

    <b><code>{ $number }</code></b>
add-compare-yes = ✅ Yes, it is
add-compare-no = ✏️ No, type the number
add-which-one =
    Number: <code>{ $number }</code>

    This looks like a card of “{ $brand }”. Add it?
add-which-several =
    Number: <code>{ $number }</code>

    Which shop is this card of?
add-which-none =
    Number: <code>{ $number }</code>

    None of our shops has such cards. It can be kept under a name of your own: the barcode is shown at the till.
add-encoded = In the barcode: <code>{ $value }</code>
add-yes = ✅ Yes, “{ $brand }”
add-own = 💾 Keep it under my own name
add-other = 🏷 Another shop
add-fix = ✏️ The card bears another number
add-number = Type the number on the card, for example <code>2000000012345</code>.
add-number-wrong = A number has 2 to 128 letters and digits, for example <code>2000000012345</code>. Try again.
add-name = What shall the card be called? Type the name of the shop, for example “Corner Coffee”.
add-name-wrong = A name has 1 to 100 characters, for example “Corner Coffee”. Try again.
add-alike = One of these, perhaps? The card gets its name and colour.
add-keep-typed = Keep “{ $name }”
add-kept =
    🎉 <b>{ $name }</b> is in your pocket.
    Number: <code>{ $number }</code>

    You may change the colour.
add-keep-photo = 🖼 Keep the photo too
add-photo-kept = The photo is kept.
add-photo-lost = The photo is out of reach by now. Send it again.
add-unread-nothing =
    I found no barcode on the photo.

    What helps: the whole card in view, no glare and no shadow, the barcode straight and sharp. A screenshot is fine too.
add-unread-heic = This is HEIC, which only an iPhone reads. Send the picture as a photo, not as a file.
add-unread-empty = The file is empty. Send the card again.
add-unread-too-large = The file is larger than 20 MB. Send a smaller picture, or as a photo.
add-unread-too-many-pixels = The picture is too large. Send it as a photo, not as a file.
add-unread-not-a-picture = I cannot read this. Photos, JPEG, PNG, WEBP and PDF are fine.
add-unread-damaged = The file is damaged. Send the card again.
add-unread-encrypted = The PDF has a password. Send a screenshot of the card.
add-unread-too-demanding = The file is too complicated. Send a screenshot of the card.
add-unread-busy = I am reading many photos at once. Send this one again in a minute.
add-unread-lost = The file did not open. Send it again.
format-qr = QR
format-ean13 = EAN-13
format-ean8 = EAN-8
format-upca = UPC-A
format-code128 = Code 128
format-code39 = Code 39
format-itf = ITF
format-codabar = Codabar
format-pdf417 = PDF417
format-aztec = Aztec
format-datamatrix = Data Matrix
field-given-name = first name
field-surname = surname
field-patronymic = patronymic
field-gender = gender
field-birth-date = date of birth
field-city = city
field-email = e-mail
field-phone = phone
refusal-number-bound = This card is registered to another phone or e-mail. If they are yours, confirm them in “My contacts” and try again. Or show the card at the till.
refusal-number-unknown = The shop knows no card with this number. Check the number, or show the card at the till.
refusal-finding-gone = That was a long time ago. Send the photo of the card again.
refusal-contacts-button = 📇 My contacts

## Moving cards

import-prompt =
    <b>Move your cards</b>

    Send the exported file: Catima (ZIP or CSV), FidMe, Voucher Vault, pkpass, our JSON, or a CSV table with the columns “name” and “number”. A sharing link of Catima is fine too.
import-progress = Moving cards: { $done } of { $total }
import-done = { $added ->
    [0] No new cards.
    [one] 🎉 { $added } card moved.
   *[other] 🎉 { $added } cards moved.
 }
import-standing = In your pocket before: { $count } ({ $names }).
import-standing-all = In your pocket before: { $count }
import-names-more = { $names } and { $count } more
import-skipped-expired = Expired and without a number: { $count }.
import-problems = Not moved: { $count }
import-bare = Without a barcode, show the number at the till: { $count }
import-changed = Moved with corrections: { $count }
import-more = …and { $count } more.
import-problems-file = The full report is in the file above.
import-line = Line { $line }
import-item = Card { $line }
import-card = “{ $name }”
import-why-empty = empty
import-why-empty-field = { $field } is missing
import-why-too-long = too long
import-why-too-long-field = { $field } is too long, the number is kept
import-why-too-many-values = more values than columns
import-why-spreadsheet = the spreadsheet has rounded the number to { $value }. Make the column text and type the number again
import-why-unreadable = cannot be read
import-why-unreadable-field = { $field } cannot be read
import-why-no-room = a pocket holds no more than { $value } cards
import-why-no-room-picture = no room for { $field }: photos of cards take { $value } MB at most
import-why-twice = the number { $value } is in the file twice
import-why-odd-value = { $field } left out, not understood: { $value }
import-why-shortened = the text is shortened
import-why-shortened-field = { $field } is shortened
import-why-no-barcode = { $value } is not drawn here
import-why-no-barcode-field = { $value } cannot hold this text
import-field-name = the name
import-field-number = the number
import-field-barcode-value = the barcode
import-field-barcode-format = the barcode type
import-field-symbology = the barcode type
import-field-encoding = the encoding of the barcode
import-field-note = the note
import-field-valid-from = the first day
import-field-expires = the last day
import-field-balance = the balance
import-field-balance-type = the currency
import-field-color = the colour
import-field-starred = the star
import-field-archived = the archive mark
import-field-last-used = the day of last use
import-field-groups = the groups
import-field-front = the photo of the front
import-field-back = the photo of the back
import-field-icon = the logo
import-password = The file has a password. Send it: I do not keep it, and delete the message.
import-password-wrong = The password does not fit. Send it again: I delete the message.
import-refused-unknown-format = I do not understand this file. Send a card as a photo, an export as ZIP, CSV, JSON or pkpass.
import-refused-too-large = The file is too large: at most 20 MB and 5000 cards.
import-refused-broken = The file is damaged. Export the cards again.
import-refused-empty = The file is empty. Export the cards again.
import-refused-busy = I am reading many files at once. Send this one again in a minute.
import-refused-too-demanding = The file is too complicated. Export the cards again, or fewer at a time.
import-refused-no-name-column = The table has numbers but no column “name”. Add it and send the file again.
import-refused-no-number-column = The table has names but no column “number”. Add it and send the file again.
settings-export = 📤 Export cards
export-title =
    <b>Export</b>

    All cards in one file: they are yours. In which form?
export-catima = For Catima (ZIP)
export-locked = For Catima, with a password
export-json = JSON
export-csv = CSV table
export-catima-caption = Open it in Catima: “Import/Export”.
export-json-caption = All cards and notes, for programs.
export-csv-caption = A table of the cards.
export-password = Think of a password and send it. I do not keep it, and delete the message.
export-done = Done. The file is above.

# Many cards: the list, the archive, what the owner keeps with a card.
ago-today = today
ago-yesterday = yesterday
ago-days = { $days ->
    [one] { $days } day ago
   *[other] { $days } days ago
 }
cards-search = 🔎 Find a card
cards-near = 📍 Near me
cards-shelves = 🗂 By category
cards-sort = ↕️ Order
cards-shared = 👪 Shared with me · { $count }
cards-sort-title = <b>In which order shall I show the cards?</b>
cards-sort-used = Most used first
cards-sort-new = Newest first
cards-sort-own = My own order
cards-shelves-title = <b>Cards by category</b>
cards-others = 💳 Others · { $count }
cards-search-prompt = Type a name or the last digits of the number. For example: <i>coffee</i> or <i>4821</i>.
cards-search-again = 🔎 Search again
cards-search-nothing = None of your cards matches “{ $typed }”. Try a part of the name or the last digits of the number.
cards-search-found = Cards that match “{ $typed }”: { $count }.
cards-search-more = The first { $shown } are shown. Type more to see the others.
cards-near-prompt = Share your location and I will show the nearest stores of your cards. It is not kept. A shop whose advertising you allow may write when you are near; share it live for a while, and on the way too.
place-again = We do not keep where you are and have forgotten it. Send the place once more.
cards-near-title = <b>Near you</b>
cards-near-nothing = No stores of your cards within 30 km.
cards-near-line = • <b>{ $name }</b> — { $address } · { $distance }
card-undrawn = We cannot draw a barcode of this kind: show the number to the cashier.
card-note-line = 📝 { $note }
card-expires = ⏳ Valid until { $date } · { $days ->
    [0] the last day
    [one] { $days } day left
   *[other] { $days } days left
 }
card-expired = ⌛️ Expired on { $date }
card-star = ⭐ Star
card-unstar = ☆ Remove the star
card-more = ⚙️ More
card-join-button = 🎉 { $brand } is in Karman now
more-title = <b>{ $name }</b>
more-used = Shown { $count ->
    [one] once
   *[other] { $count } times
 }, last { $when }
more-share = 👪 Share the card
more-note = 📝 Note
more-expiry = ⏳ Last day
more-photo-front = 🖼 Front
more-photo-back = 🖼 Back
more-photo-front-add = 📷 Add the front
more-photo-back-add = 📷 Add the back
more-up = ⬆️ Up
more-down = ⬇️ Down
more-moved = Place in the list: { $place }
note-prompt = Type a note for the card “{ $name }”. Only you can see it.
note-clear = Remove the note
expiry-prompt = Until which day is “{ $name }” valid? For example: <i>31.12.2027</i> or <i>12/27</i>. I will remind you 14 and 3 days before.
expiry-wrong = That does not look like a date to come. Type day, month and year. For example: <i>31.12.2027</i> or <i>12/27</i>.
expiry-clear = Remove the date
photo-prompt-front = Send a photo of the front of the card. Only you can see it.
photo-prompt-back = Send a photo of the back of the card. Only you can see it.
photo-wrong = Send an ordinary photo of up to 20 MB: paper clip → “Gallery” → the picture of the card.
photo-shown-front = <b>{ $name }</b> · front
photo-shown-back = <b>{ $name }</b> · back
photo-again = 📷 Another photo
photo-drop = 🗑 Delete the photo
photo-dropped = The photo is deleted.

# Family: others use a card as well.
share-title = 👪 <b>{ $name }</b> — who may show it
share-nobody = Nobody yet.
share-about = Others see the number and the barcode only. Points, name and everything else stay with you.
share-whom-person = Person
share-whom-group = Group
share-mode-view = shows it at the till
share-mode-use = shows it at the till, you see when
share-waits = { $name }: the link waits until { $date }
share-line = { $name } · { $mode }
share-last-use = opened: { $when }
share-revoke = ✖️ End access: { $number }. { $name }
share-revoked = Revoked: the card opens no more.
share-new-person-view = 👤 To one person
share-new-person-use = 👤 To one, and I see when it is opened
share-new-group-view = 👥 To a group
share-new-group-use = 👥 To a group, and I see when it is opened
share-invite-person = A link to the card “{ $name }” for one person. It works once, until { $date }. You can revoke it at any time. You will see the name of whoever opened it.
share-invite-group = The card “{ $name }” for a group. Tap the button and pick the group: you bring the card in yourself, every member can open it. The link works until { $date }.
share-pick-group = 👥 Pick a group
share-send = ↗️ Send
share-message = My card “{ $name }”: open the link and show the barcode at the till.
share-copy-link = 📋 Copy the link
shared-title = 👪 <b>Cards shared with you</b>
shared-none = Nobody has shared a card with you yet.
shared-card =
    👪 <b>{ $name }</b>
    Number: <code>{ $number }</code>
shared-below-view = This is somebody else's card: show the barcode at the till. The owner knows that you opened the link.
shared-below-use = This is somebody else's card: show the barcode at the till. The owner sees when you opened it.
shared-again = 💳 Show it again
shared-leave = I do not need it any more
shared-left = Done: the card is no longer in your list.
group-card = 👪 The card “{ $name }” is now here for this group. Tap to show the barcode.
group-card-show = 💳 Show the card
group-card-above = The card is shown above.
refusal-sharing-forbidden = The rules of this program do not allow sharing the card.
refusal-too-many-shares = The card has been shared { $most } times. Revoke what is no longer needed.
refusal-share-not-found = There is no such link. Ask for a new one.
refusal-share-own = This is your own card. Send the link to the person you want to share it with.
refusal-share-not-own = Only the owner of a card can bring it into a group.
refusal-share-for-group = This link is for a group: open it there.
refusal-share-for-person = This link is for one person: open it in the private chat with the bot.
refusal-share-spent = Somebody else has opened this link: it works once. Ask for a new one.
refusal-share-expired = The link has expired. Ask for a new one.
refusal-share-ended = The owner no longer shares this card.
refusal-account-not-found = There is no such account.
refusal-program-not-found = There is no such program in this account.
refusal-brand-not-found = There is no such brand in this account.
refusal-picture-not-found = Upload the picture first, then name it.
refusal-design-not-found = There is no such version of the design.
refusal-design-unfit = The design does not fit: { $what }. It should be { $expected }.
refusal-picture-unfit = The picture { $what }. It should be { $expected }.
refusal-key-invalid = A key is made of { $expected }.
refusal-key-taken = This key is taken. Choose another one.
refusal-document-fixed = Version { $version } is there already with another text, and people may have agreed to it. Publish a new version.
refusal-example-is-real = { $example } is a number of the pool. Give an invented one as the example.
refusal-store-not-found = There is no such store.
refusal-customer-not-found = There is no such customer.
refusal-document-not-found = There is no such document.
refusal-approval-required = The operator publishes offers. Send it in for review.
refusal-offer-unpublished = The offer is not published.
refusal-nothing-waits = Nothing of this offer waits for that.
refusal-offer-changed = What waits has changed meanwhile; look at it again.
refusal-api-key-not-found = There is no such key.
refusal-job-not-found = There is no such job.
refusal-job-ended = This job has ended.
refusal-job-file-unfit = The file does not fit: { $what }; expected { $expected }.
refusal-too-many-jobs = There are { $most } jobs already: wait until some are done.
refusal-reservation-not-found = There is no such reservation.
refusal-reservation-ended = This reservation has ended.
refusal-balance-kept = The built-in ledger keeps balances and tiers of this program.
refusal-connection-not-found = No connection has this key.
refusal-reader-not-found = There is no such test recipient: invite them, and they say yes themselves.
refusal-invitation-ended = This invitation has ended. Ask for another one.
refusal-template-not-found = No template has this key.
refusal-too-many-templates = An account has at most { $most } templates.
refusal-segment-not-found = There is no such segment.
refusal-too-many-segments = An account has { $most } segments at most.
refusal-list-not-found = There is no such list.
refusal-list-in-use = The segment { $segment } asks for this list.
refusal-too-many-lists = An account has { $most } lists at most.
refusal-too-many-attributes = A customer has { $most } attributes at most.
refusal-too-many-connections = An account has { $most } connections at most.
refusal-webhook-not-found = No webhook has this id.
refusal-webhook-ended = This webhook has ended.
refusal-webhook-url-refused = This address cannot be told: expected https and a public host.
refusal-too-many-webhooks = An account has { $most } webhooks at most: end one that is not needed.
refusal-trigger-not-found = No trigger has this id.
refusal-too-many-triggers = A brand has { $most } triggers at most: take one away.
refusal-too-many-wordings = This trigger has had { $most } texts: make a new one.
refusal-too-many-products = A brand has { $most } products here at most.
refusal-product-not-found = There is no such product.
refusal-watch-not-found = Nobody waits for this, or not any more.
refusal-too-many-watches = One person waits for { $most } products at most.
refusal-pack-unfit = The file is no brand pack: it { $what }; expected { $expected }.
refusal-pack-too-large = The pack is larger than { $megabytes } MB: ask for it without numbers, or at the command line.
refusal-delivery-not-found = No message with this id was sent there, or it has gone.
refusal-cursor-expired = What you want to read on from has gone. Read from the beginning.
refusal-api-key-ended = This key was revoked, replaced or has expired.
refusal-scope-missing = The scope “{ $scope }” is needed for this.
refusal-not-enough-points = There are fewer points on the card.
refusal-assignment-not-found = This link leads to no card: its time may be over. The shop can send you another one.
refusal-assignment-not-yours = This card was left for another phone or e-mail. If you have more, confirm them in “My contacts” and open the link again.
refusal-assignment-other-card = You have a card of this program already, with another number. If it has to be the new one, write to the shop.
refusal-assignment-claimed = Its owner has this card already.
refusal-assignment-differs = This customer has another card assigned.
refusal-promo-refused = The shop does not take this. Check that it is written as it is printed, and that it was not used before.
refusal-card-awaited = The shop’s system does not answer right now. Your card is asked for: it will come here by itself, nothing needs to be filled in again.
refusal-card-blocked = The card is blocked.
refusal-posting-not-found = There is no such movement of points.
refusal-posting-closed = That was settled already.
refusal-campaign-not-found = There is no such campaign.
refusal-campaign-state = Not in this state of the campaign ({ $state }).
refusal-campaign-own = Somebody else has to approve it.
refusal-campaign-over = Its last day is over.
refusal-campaign-unapproved = It has to be approved first.
refusal-posting-differs = The key stands for another movement.
inline-card-number = Number: { $number }
inline-card-text =
    <b>{ $name }</b>
    Number: <code>{ $number }</code>

# A card that a shop has assigned.
assigned-prove = 💳 Your { $brand } card is waiting. It is only for whom the shop knows: confirm the { $asked ->
    [phone] phone number
    [email] e-mail address
   *[either] phone number or e-mail address
} that you left there.
assigned-phone = 📱 Confirm the phone
assigned-email = ✉️ Confirm the e-mail
assigned-on = ▶️ On to the card

settings-watches = 🔔 What I wait for
offer-missing = 🔔 What is out of stock now
missing-title =
    <b>Out of stock now</b>
    Choose something, and we will write when it is back.
missing-nothing = Everything is in stock.
product-there =
    <b>{ $title }</b>
    { $brand }

    It is in stock.
product-gone =
    <b>{ $title }</b>
    { $brand }

    It is out of stock now.
product-waits =
    <b>{ $title }</b>
    { $brand }

    It is out of stock now. We will write when it is back.
product-watch = 🔔 Tell me when it is back
product-watch-off = 🔕 Do not wait any more
watches-title =
    <b>What you wait for</b>
    Tap one to stop waiting.
watches-nothing = You wait for nothing yet. What shops are out of is shown in their offers.
watch-told = We will write when it is back
watch-there = It is in stock
watch-off-told = You do not wait for it any more
# Tests of messages.
samples-ask = <b>{ $account }</b> invites you to see tests of its messages before others do: in Telegram, by e-mail or by SMS. Some are advertising. A button under each of them ends it at any time.
samples-turn-on = See tests
samples-on = <b>{ $account }</b> sends you tests of its messages: you agreed to see them.
samples-turn-off = 🔕 Send me no more tests
samples-off = <b>{ $account }</b> sends you no more tests.
