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
    Something broke on our side, and we know about it already.

    Try again, or go back to the start.
home-button = 🏠 Home
tap-outdated = This button no longer works. Go to the start: /start

## Groups

group-hello = Cards are a private matter. Write to me in a private chat and I will show you everything.
group-button = Open Karman
group-tap = Open the private chat with the bot: it works there.
