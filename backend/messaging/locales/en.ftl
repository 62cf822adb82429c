# Messages that come by themselves: in Telegram, by e-mail, by SMS.
welcome-card =
    🎉 Your <b>{ $brand }</b> card is ready. Number: <code>{ $number }</code>

    Show the barcode at the till. The card is always in /cards.
    .button = Show the card
