site-name = Karman
nav-offers = Offers
nav-privacy = Privacy
nav-language = Русский
home-title = All your loyalty cards, in Telegram
home-lead = Pick an offer, answer a question or two and show the barcode at the till. No plastic, no app.
home-chat = Open the chat
home-offers = See the offers
home-step-pick = Pick
home-step-pick-text = Discounts and bonuses of dozens of brands near you.
home-step-issue = Issue
home-step-issue-text = A card in a minute: we ask only what we do not know yet.
home-step-show = Show
home-step-show-text = The barcode is two taps away and any scanner reads it.
home-consent = You agree to exactly what you agreed to: each consent on its own, nothing ticked beforehand, any of them can be withdrawn.
offers-title = Offers
offers-none = Nothing here yet.
offers-terms = Terms
offers-page = Page { $page } of { $pages }
offers-back = Back
offers-next = Next
offers-until = through { $date }
privacy-title = Privacy
privacy-what = What we keep
privacy-what-text = Your Telegram id, language and city, and what you told us in a card's questionnaire: name, phone, e-mail, birth date and so on. The questionnaire is encrypted with a key of its own for each person.
privacy-why = Why
privacy-why-text = To issue the card, show it and run the loyalty program. Advertising is sent only if you agreed to it separately, and only by the channel you chose.
privacy-who = Who is responsible
privacy-who-text = The personal-data operator is the company whose card you issue. Its name and documents are shown on the consent screen before you agree.
privacy-rights = Your rights
privacy-rights-text = In the bot, /privacy shows your consents and lets you withdraw any of them. For everything else write to the operator's e-mail below. The command /mydata gives everything that is held about you as a file; /deletemydata deletes it.
privacy-controllers = Operators
privacy-inn = INN
privacy-operator = This installation is run by { $operator }.

# The link in a letter: confirming an address.
confirm-open = Confirm your address
confirm-open-text = The address { $address } was given to Karman for loyalty cards. If it is yours, press the button.
confirm-open-button = Yes, it is mine
confirm-confirmed = Your address is confirmed
confirm-confirmed-text = Done: { $address } is confirmed. You can go back to the bot and close this page.
confirm-already = This address is confirmed already
confirm-already-text = { $address } was confirmed with this link before. There is nothing more to do.
confirm-expired = This link is too old
confirm-expired-text = The link for { $address } worked for two days. Shall we send another one?
confirm-expired-button = Send another letter
confirm-replaced = There is a newer letter
confirm-replaced-text = A newer letter was sent to this address. Please open the link in that one.
confirm-broken = This link does not work
confirm-broken-text = It may have been copied in part. Open it right from the letter, or ask for another letter in the bot: Settings → My contacts.
confirm-taken = Somebody else has confirmed this address
confirm-taken-text = You opened a letter to { $address }, so the address is in your hands. If you confirm it as yours, the person who had it gets a message, and their cards with this address will ask them to confirm another one. Their cards and points do not pass to you.
confirm-taken-button = This is my address now
confirm-note-sent = A letter is on its way
confirm-note-sent-text = A new link will arrive at { $address } within a few minutes.
confirm-note-wait = Please wait a little
confirm-note-wait-text = Several letters were sent to { $address } already. Look into your mailbox and the spam folder, or try again in an hour.

# The link under a promotional letter: saying no without Telegram.
leave-open = No more advertising?
leave-open-text = You allowed { $brand } to send advertising. One press turns it off, and it holds at once. The card and messages about it stay.
leave-off = Advertising is off already
leave-off-text = { $brand } will send you nothing promotional any more.
leave-done-email = Done: no more letters
leave-done-email-text = { $brand } will send you no promotional letters. The rest is in the bot: /settings, “Consents and advertising”.
leave-done-brand = Done: no more advertising
leave-done-brand-text = { $brand } will send you advertising by no channel. The card stays.
leave-done-all = Done: all advertising is off
leave-done-all-text = No brand will send you advertising any more. Your cards stay.
leave-broken = This link does not work
leave-broken-text = It may have been copied in part. Open it right from the letter, or turn advertising off in the bot: /settings, “Consents and advertising”.
leave-button-email = No letters from { $brand }
leave-button-brand = No advertising from { $brand }
leave-button-all = No advertising from anybody

# The catalog on the site, and the page of an offer.
offers-search = Brand or category
offers-search-hint = Coffee, books, “Lukograd”…
offers-city = City
offers-everywhere = All of Russia
offers-find = Find
offers-shelves = Categories
offers-all = All
offers-found = { $count ->
    [0] Nothing found for “{ $words }”. Try another word or another city.
    [one] { $count } offer for “{ $words }”.
   *[other] { $count } offers for “{ $words }”.
}
offer-get = Get the card in Telegram
offer-open = Open in Telegram
offers-out = There are no card numbers left
offer-out-ask = In the bot you can ask to be told when there are.
offer-get-soon = The link to the bot will be here as soon as the bot can be reached.
offer-where = Where it holds
offer-about = About the brand
offer-account = The program is run by { $name }, INN { $inn }.
offer-beside = More from { $brand }
back-to-bot = Back to the bot

phone-title = The card of “{ $brand }” in your phone
phone-lead = The card goes into your phone's wallet: with points, tier and barcode, and without the internet.
phone-other = This phone has no such wallet. Open the page on another one.
phone-away = The wallet does not answer now. Try again in a minute.
phone-to-apple = Add to Apple Wallet
phone-to-google = Add to Google Wallet
phone-gone = This card is here no more
phone-gone-text = It was removed or blocked, or the address was not copied whole. Open the card in the bot: there is a new link under it.
assigned-title = Your { $brand } card is waiting
assigned-lead = The shop has set it aside for you. Open the bot: it asks you to confirm the phone or e-mail that the shop knows, and shows what you agree to.
assigned-code = QR code of this page
assigned-scan = At a computer? Point your phone's camera at the code.
assigned-gone = This link does not work
assigned-gone-text = Its time may be over, or the address was not copied whole. The shop can send you another one; cards of other shops are here.

# Errors that a person sees.
error-403 = You may not open this
error-403-text = This page needs rights that you do not have.
error-404 = There is no such page
error-404-text = The link may have been copied in part, or the offer has been taken out of the catalog.
error-405 = This page does not open that way
error-405-text = Please open it by an ordinary link.
error-408 = That took too long
error-408-text = The request never arrived whole. Check your connection and try again.
error-410 = This has ended
error-410-text = The offer or the link does not hold any more.
error-413 = Too much data
error-413-text = The request is larger than what we accept.
error-429 = Too often
error-429-text = Many requests came from your address in a row. Wait a little and load the page again.
error-500 = Something broke on our side
error-500-text = The error is in our log. Please try again in a few minutes.
error-503 = Not right now
error-503-text = A part of the system is away. Please try again in a few minutes.
error-other = That did not work
error-other-text = This request cannot be carried out.
