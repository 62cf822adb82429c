### Слова бота. Тексты экранов — HTML Telegram; подписи кнопок и всплывающие ответы — без разметки.

## Бот в списке чатов и до нажатия «Старт»

bot-short-description = Карты лояльности ваших магазинов в одном кармане
bot-description =
    Карман хранит карты лояльности.

    Выбирайте предложения магазинов, оформляйте карты за минуту и показывайте штрихкод на кассе.
command-start = Начать сначала
command-cards = Мои карты
command-offers = Предложения магазинов
command-settings = Язык, город и согласия
command-privacy = Как хранятся мои данные
command-help = Что умеет бот

## Когда что-то пошло не так

broken =
    Что-то сломалось на нашей стороне. Что произошло, записано.

    Попробуйте ещё раз или вернитесь на главную.
home-button = 🏠 Главная
tap-outdated = Эта кнопка уже не работает. Откройте главную: /start

## Группы

group-hello = Карты — дело личное. Напишите мне в личные сообщения, и я всё покажу.
group-button = Открыть Карман
group-tap = Откройте личный чат с ботом — там всё сработает.

## Первый экран

home-title =
    <b>Карман</b> — карты лояльности в одном месте

    Оформите карту за минуту, покажите штрихкод на кассе.
    Город: { $city }
home-offers = 🏷 Предложения
home-cards = { $count ->
    [0] 💳 Мои карты
   *[other] 💳 Мои карты · { $count }
 }
home-search = 🔎 Найти магазин
home-city = 📍 { $city }
home-settings = ⚙️ Настройки
home-resume = ✏️ Продолжить анкету
back-button = ‹ Назад
search-prompt =
    <b>Что ищем?</b>

    Напишите название магазина или что хочется, например «кофе».
    Ошибка в букве не страшна.
search-found = По запросу «{ $typed }»:
search-nothing =
    По запросу «{ $typed }» ничего не нашлось{ $where }.

    Попробуйте другое слово, например «кофе» или «аптека», или откройте все предложения.
search-city = «{ $city }» — это город. Показать, какие предложения есть там?
search-city-button = 📍 Мой город — { $city }
search-nothing-where = { " " }(город: { $city })

## Город

city-any = вся Россия
city-title =
    <b>Где вы ходите по магазинам?</b>

    Выберите город, напишите его название или отправьте геопозицию.
city-first =
    <b>Карман</b> — карты лояльности в одном месте

    Оформите карту за минуту, покажите штрихкод на кассе.
    С какого города начнём? Выберите, напишите название или отправьте геопозицию.
city-everywhere = 🇷🇺 Вся Россия
city-nearest = 📍 Определить по геопозиции
city-location-prompt = Нажмите кнопку внизу — возьмём ближайший город. Сама геопозиция не сохраняется. Или просто напишите город.
city-location-button = 📍 Отправить геопозицию
city-placeholder = Например, Казань
city-unknown =
    Города «{ $typed }» мы не знаем.

    Напишите ещё раз, например «Самара», или выберите из списка.
city-maybe = Вы имели в виду…
city-chosen = Ваш город — { $city }

## Каталог

catalog-title = <b>Предложения</b> · { $city }
catalog-empty =
    <b>Предложения</b> · { $city }

    Здесь пока пусто. Посмотрите предложения по всей России или выберите другой город.
catalog-all = Все · { $count }
catalog-shelf = { $emoji } { $name } · { $count }
catalog-shelf-title = <b>{ $emoji } { $name }</b> · { $city }
catalog-all-title = <b>Все предложения</b> · { $city }
catalog-line = <b>{ $brand }</b> — { $benefit }
catalog-out = номера закончились
catalog-pick-several = ☑️ Выбрать несколько
pager-previous = ‹
pager-page = { $page }/{ $pages }
pager-next = ›
catalog-other-city = 📍 Другой город

basket-title =
    <b>Несколько карт сразу</b>

    Отметьте карты. Анкета одна на всех: каждый вопрос — один раз. Согласия у каждой компании свои.

    Выбрано карт: { $count }
basket-issue = { $count ->
    [one] Оформить { $count } карту
    [few] Оформить { $count } карты
   *[many] Оформить { $count } карт
 }
basket-out = Номера закончились: { $brands }.
basket-left-out = Номера закончились: { $brands }. Остальные карты оформляем.
basket-clear = Снять отметки
basket-empty = Сначала отметьте хотя бы одну карту.
basket-shared = { $brand }, { $others } — одна карта
basket-full = Больше { $most } карт за раз не оформить.

offer-title = <b>{ $brand }</b>
offer-until = Действует по { $date } включительно
terms-from = Действует с { $from }
terms-between = Действует с { $from } по { $until } включительно
terms-always = Без срока окончания
terms-rules = 📄 Правила программы
terms-back = ‹ К условиям
offer-shared = Одна карта с { $brands }
offer-where = 📍 { $cities }
offer-where-everywhere = 📍 По всей России
offer-where-more = и ещё { $count }
offer-issue = Выпустить карту
offer-out = 🚫 Свободные номера закончились
offer-waits = 🔔 Номера закончились. Сообщим, когда появятся.
offer-wait = 🔔 Сообщить, когда появятся
issued-wait = 🔔 Сообщить о номерах: { $brand }
offer-wait-off = 🔕 Не сообщать
offer-wait-told = Хорошо, сообщим один раз, когда номера появятся.
offer-wait-off-told = Хорошо, не сообщим.
offer-wait-there = Номера уже есть: карту можно выпустить.
offer-have = У меня уже есть карта
offer-open-card = 💳 Показать мою карту
offer-stores = 📍 Магазины
offer-terms = 📄 Условия
offer-share = ↗️ Поделиться
offer-terms-title = <b>{ $brand }</b> — условия
offer-account =
    Программу ведёт { $name }
    ИНН { $inn }, { $address }
stores-title = <b>{ $brand }</b> — магазины · { $city }
stores-line = • { $address }
stores-hours = { $hours }
stores-km = { $km } км
stores-none = В этом городе магазинов нет.
stores-near = 📍 Ближайшие ко мне
stores-location-prompt = Нажмите кнопку внизу — покажем ближайшие магазины «{ $brand }». Геопозиция не сохраняется.
have-prompt =
    <b>{ $brand }</b>

    Введите номер карты, как он напечатан на пластике, например <code>{ $example }</code>. Или пришлите фото карты.
have-prompt-photo =
    <b>{ $brand }</b>

    Пришлите фото карты: штрихкод и номер я прочитаю сам.
have-none =
    <b>{ $brand }</b>

    Пластиковых карт у этого магазина нет. Карту можно выпустить здесь.
have-unlike = ⚠️ «{ $typed }» не похоже на номер карты «{ $brand }».

## Анкета

question-progress = <b>Анкета · { $number }/{ $total }</b>
question-brands = { $count ->
    [one] Для карты: { $brands }
   *[other] Для карт: { $brands }
 }
card-of = «{ $brand }»
card-shared = «{ $brand }» и { $others } (одна карта)
question-noted = ✓ Записали: <b>{ $value }</b>
question-now = Сейчас: <b>{ $value }</b>
question-keep = Оставить: { $value }
answer-date = { $date } г.
question-skip = Пропустить
question-drop = ✕ Отменить
question-back = ‹ Назад
question-phone =
    Поделитесь номером телефона кнопкой внизу.

    Карта будет записана на него. Номер подтверждает сам Telegram, код не нужен.
question-phone-code = Код уже отправлен на { $phone }: можно ввести его здесь.
question-phone-button = 📱 Поделиться номером
question-phone-placeholder = Нажмите кнопку «Поделиться номером»
question-given-name = Как вас зовут?
    .example = Например: Анна
question-surname = Ваша фамилия?
    .example = Например: Ветрова
question-patronymic = Ваше отчество?
    .example = Например: Сергеевна
question-gender = Ваш пол?
    .example = Выберите кнопкой
question-birth-date = Когда вы родились?
    .example = День, месяц, год. Например: 24.03.1990 или 24 марта 1990
question-city = В каком городе вы живёте?
    .example = Напишите название, например: Казань
question-email = Ваша электронная почта?
    .example = Например: anna@example.ru
question-choices-hint = Можно выбрать несколько, затем «Готово»
question-choices-done = Готово
question-prefill = { $value }
gender-female = Женский
gender-male = Мужской
yes = Да
no = Нет
summary-title = <b>Проверьте ответы</b>
summary-line = { $name }: <b>{ $value }</b>
summary-line-asked = { $name } <b>{ $value }</b>
summary-left = Без ответа: { $names }
summary-about = Ошиблись — нажмите на поле, чтобы изменить. Если всё верно, останутся согласия.
summary-controllers = { $count ->
    [one] Эти карты ведёт { $count } компания: дальше { $count } экран согласий.
    [few] Эти карты ведут { $count } компании, у каждой свои документы: дальше { $count } экрана согласий.
   *[many] Эти карты ведут { $count } компаний, у каждой свои документы: дальше { $count } экранов согласий.
 }
summary-right = ✅ Всё верно
summary-change = ✏️ { $name }
question-dropped = Анкета отменена. Введённое удалено.
question-drop-sure =
    <b>Отменить оформление?</b>

    Введённые ответы будут удалены.
question-drop-yes = Да, отменить
question-drop-no = Продолжить

answer-empty = Пришлите ответ текстом.
answer-too-long = Слишком длинно: поместится { $longest } знаков.
answer-name-letters = Здесь должны быть только буквы, пробел или дефис. Например: Анна-Мария
answer-gender = Нажмите одну из кнопок: «Женский» или «Мужской».
answer-date-format = Не получилось прочитать дату. Нужны день, месяц и год: «24 марта 1990» или 24.03.1990
answer-date-none = Такого дня нет в календаре: { $day }.{ $month }. Проверьте дату, например: 24.03.1990
answer-birth-future = Эта дата ещё не наступила. Когда вы родились? Например: 24.03.1990
answer-birth-recent = Год рождения — { $year }? Проверьте дату, например: 24.03.1990
answer-birth-old = Год { $year } слишком давний. Проверьте дату, например: 24.03.1990
answer-too-young = Карта этой программы — с { $age } лет.
answer-email-at = В адресе не хватает знака «@». Например: anna@example.ru
answer-email-domain = После знака @ адрес неполный: { $domain }. Нужно, например, так: anna@example.ru
answer-email-format = Похоже, в адресе опечатка. Например: anna@example.ru
answer-choice = Выберите один из вариантов кнопкой.
answer-number = Нужно целое число. Например: 2
answer-number-small = Наименьшее возможное число — { $smallest }.
answer-number-large = Наибольшее возможное число — { $largest }.
answer-yes-no = Ответьте «Да» или «Нет».
answer-contact-not-own = Это чужой контакт. Поделитесь своим номером кнопкой внизу.
answer-contact-forwarded = Пересланный контакт не подойдёт. Поделитесь своим номером кнопкой внизу.

## Согласия

consent-title = <b>Согласия</b>
consent-progress = <b>Согласия · { $number } из { $total }</b>
consent-controller = { $name }, ИНН { $inn }
consent-cards = { $count ->
    [one] Карта: { $brands }
   *[other] Карты: { $brands }
 }
consent-required-part =
    <b>Нужно для карты</b>
    Прочитайте и отметьте каждый документ.
consent-ads-part =
    <b>По желанию</b>
    Отметьте, где вам удобно получать предложения. Карта будет и без этого.
consent-personal-data = Персональные данные
consent-program-terms = Правила программы
consent-program-terms-of = Правила · { $program }
consent-read = 📄 Читать
consent-read-ads = 📄 Реклама: читать
consent-channel-telegram = Telegram
consent-channel-email = Эл. почта
consent-channel-sms = SMS
consent-channel-wallet = Карта в кошельке телефона
consent-agree = { $count ->
    [one] Согласиться и выпустить карту
   *[other] Согласиться и выпустить карты
 }
consent-agree-next = Согласиться и продолжить
consent-refuse = Отказаться
consent-missing = Сначала отметьте: { $document }. Без этого карту не выпустить.
consent-version = Версия { $version } от { $date } · SHA-256 { $digest }
consent-back = ‹ К согласиям
consent-refused =
    <b>Без этого карты не будет</b>

    Чтобы завести карту, нужно хранить номер и ответы анкеты. Делать это будет { $name }; закон разрешает это только с вашего согласия. Отказ от рекламы карте не мешает.
consent-refused-others = Остальные карты можно выпустить и так, без { $brands }. Ответы сохранятся, кроме тех, что нужны только для { $brands }.
consent-refused-ways = Если выйти на главную, ответы подождут вас. Если закончить, мы их удалим.
consent-leave-out = Без { $brands }, остальные выпустить
consent-refused-back = ‹ Вернуться к согласиям
consent-refused-drop = Закончить и удалить ответы

## Карты

cards-title = { $count ->
    [one] <b>Мои карты</b> · { $count } карта
    [few] <b>Мои карты</b> · { $count } карты
   *[many] <b>Мои карты</b> · { $count } карт
 }
cards-empty =
    <b>Мои карты</b>

    Здесь пока пусто. Первую карту можно выпустить за минуту.
cards-hidden = 📦 Архив · { $count }
cards-hidden-title = <b>Архив</b>
cards-button = 💳 Мои карты
card-new = 🎉 <b>Карта готова!</b> Покажите штрихкод на кассе.
card-back = С возвращением! Карта снова в кармане.
card-bound = 🎉 <b>Карта в кармане!</b> Пластик можно оставить дома.
card-name = { $name }
card-number = Номер: <code>{ $number }</code>
card-balance = Баллы: <b>{ $balance }</b>
card-balance-at = Баллы: <b>{ $balance }</b> · { $date }
card-blocked = 🚫 Магазин заблокировал эту карту: уточните у него, что делать.
card-own-field = { $label }: { $value }
card-tier = Уровень: { $tier }
card-to-apple = Добавить в Apple Wallet
card-to-google = Сохранить на телефон
card-in-apple = 📱 В Apple Wallet
card-in-google = 📱 В Google Wallet
card-picture-balance = { $balance } баллов
card-copy = 📋 Скопировать
card-offers = 🏷 Предложения магазина
card-history = ✉️ Сообщения
card-operations = 💰 Баллы и акции магазина
card-purchases = 🧾 Покупки
card-hide = 📦 В архив
card-unhide = 📤 Вернуть в список
card-remove = 🗑 Убрать
card-archived = 📦 В архиве
card-hidden-now = Карта в архиве.
card-shown-now = Карта снова в списке.
card-full = 🔲 На весь экран
card-full-back = ‹ К карте
card-edit = ✏️ Изменить
own-kind = Штрихкод: { $kind }
own-kind-none = Без штрихкода
own-kind-nothing = нет, только номер
own-ask = Выберите вид штрихкода, такой же, как на пластике. Номер и название тоже можно поменять.
own-compare = Так карта будет выглядеть. Сравните с пластиком и сохраните.
own-undrawn = Штрихкода не будет, на кассе придётся показывать номер. Сохранить так?
own-refused =
    В { $kind } такой номер не записать: { $hint }, например <code>{ $example }</code>.

    Выберите другой вид, поменяйте номер или оставьте карту без штрихкода.
own-save = ✅ Сохранить
own-save-undrawn = Сохранить без штрихкода
own-encode = 🔁 Записать в штрихкод номер карты
own-number = 🔢 Номер
own-name = 🏷 Название
own-number-prompt = Введите номер карты «{ $name }», например <code>{ $example }</code>. Перед сохранением покажу, как она будет выглядеть.
own-name-prompt = Как назвать карту «{ $name }»? Например, «Кофейня у дома».
own-saved = Сохранено.
own-exists = Такая карта у вас уже есть: в списке или в архиве.
card-remove-sure =
    <b>Убрать карту «{ $brand }»?</b>

    Номер останется за вами: выпустите карту ещё раз — вернётся та же.
card-remove-yes = Да, убрать
card-removed = Карта «{ $brand }» убрана.
card-brand-offers = <b>{ $brand }</b> — предложения
card-brand-offers-none = Сейчас предложений нет.
history-title = <b>{ $brand }</b> — сообщения
history-none = Сообщений пока не было.
history-line = <i>{ $date }</i>  { $text }
operations-title = <b>{ $brand }</b> — операции по карте
operations-none = Операций пока не было.
operations-untold = Система магазина не рассказывает об операциях.
operations-offers = <b>Акции для вас</b>
operations-offer = • { $title }{ $until }
operations-promo-code = 🎟 Ввести промокод
operations-receipt = 🧾 Сдать чек
redeem-prompt-promo-code = Напишите промокод для карты «{ $name }», как он напечатан: например, ЛЕТО2026.
redeem-prompt-receipt = Пришлите фото QR-кода с чека для карты «{ $name }». Можно прислать и текст, который в нём записан.
redeem-done-promo-code = ✅ Магазин принял промокод для карты «{ $name }».
redeem-done-receipt = ✅ Магазин принял чек для карты «{ $name }». Баллы придут, когда он его проверит.
operations-until = {" "}— до { $date }
purchases-title = <b>{ $brand }</b> — покупки
purchases-none = Магазин пока не сообщал о покупках.
purchases-line = <i>{ $date }</i>  <b>{ $amount }</b>  { $about }
card-points = 📈 Баллы
points-title = <b>{ $brand }</b> — баллы
points-none = Баллы ещё не двигались.
points-line = <i>{ $date }</i>  <b>{ $change }</b>  { $what }
points-reason = { $what }: { $reason }
points-accrue = Начислено
points-welcome = Подарок к новой карте
points-birthday = Подарок ко дню рождения
points-spend = Потрачено
points-hold = Отложено до оплаты
points-capture = Оплачено из отложенного: { $paid }
points-release = Отложенное вернулось
points-reverse = Возврат
points-expire = Сгорели
points-correct = Исправлено
points-close = Карта закрыта
issued-title = <b>Готово!</b>
issued-line = ✅ { $brand }
issued-refused-line = ❌ { $brand } — { $reason }

## Клавиши под чатом и отмена

keys-cards = 💳 Мои карты
keys-home = 🏠 Главная
keys-cancel = ✕ Отмена
keys-line = 👇 Ваши карты всегда под рукой: клавиша внизу.
command-cancel = Отменить начатое
cancelled-nothing = Отменять нечего: ничего не начато.
cancelled-city = Выбор города отменён.
cancelled-search = Поиск магазина отменён.
cancelled-number = Ввод номера отменён, карта не добавлена.
cancelled-stores = Поиск магазинов рядом отменён.
cancelled-phone = Ввод номера телефона отменён.
cancelled-code = Ввод кода отменён.
cancelled-email = Ввод адреса почты отменён.
cancelled-adding = Карта не добавлена.
cancelled-card-number = Ввод номера отменён, карта не добавлена.
cancelled-card-name = Ввод названия отменён, карта не добавлена.
cancelled-import-password = Перенос карт отменён.
cancelled-export-password = Экспорт карт отменён.
cancelled-cards-search = Поиск среди карт отменён.
cancelled-cards-near = Поиск магазинов рядом отменён.
cancelled-card-note = Заметка не изменена.
cancelled-card-expiry = Срок карты не изменён.
cancelled-card-photo = Фото не добавлено.
cancelled-card-redeem = Ничего не отправлено магазину.
cancelled-own-number = Номер карты не изменён.
cancelled-own-name = Название карты не изменено.

## Отказы

refusal-offer-not-found = Такого предложения нет. Посмотрите другие.
refusal-offer-ended = Это предложение уже закончилось. Посмотрите другие.
refusal-program-paused = Магазин на время остановил выпуск карт. Загляните позже.
refusal-pool-empty = Свободные номера закончились. Можем сообщить, когда они появятся.
refusal-issuing-paused = Новые карты пока не выдаём: проверяем номера после сбоя. Ваши карты и штрихкоды работают, загляните позже.
refusal-card-exists = Эта карта у вас уже есть.
refusal-card-not-found = Этой карты в вашем кармане нет.
refusal-consent-required = Сначала ответьте на вопросы о согласиях.
refusal-document-changed = Документ обновился, пока вы читали. Посмотрите новую версию.
refusal-answers-missing = Этот вопрос нельзя пропустить: без ответа магазин не выпустит карту.
refusal-application-closed = Эта анкета уже закрыта. Откройте предложение ещё раз.
refusal-invalid-answer = Ответ не подошёл. Попробуйте ещё раз.
refusal-invalid-number = Такой номер не подходит к этой карте.
refusal-no-room-for-pictures = Фото ваших карт занимают { $megabytes } МБ, больше не помещается. Удалите фото, которые уже не нужны.
refusal-no-room-for-cards = В карман помещается { $most } карт не из каталога, считая убранные. Больше добавить нельзя.
plastic-silent = Система магазина не отвечает. Ничего не потеряно: я напишу, когда она ответит. Можно и попробовать ещё раз.
refusal-try-later = Система магазина не отвечает. Ничего не потеряно, попробуйте ещё раз через минуту.
refusal-reader-busy = Сейчас я читаю много файлов. Пришлите этот ещё раз через минуту.
refusal-identity-taken = Этот человек уже открывал бота, и там у него свои карты.
refusal-number-taken = Карта с этим номером уже в чьём-то кармане. Если она ваша, покажите её на кассе.
refusal-contact-taken = Этот номер уже подтверждён в другом аккаунте.
refusal-too-young = Карта этой программы — с { $age } лет.
refusal-too-many-tries = Слишком много попыток. Попробуйте через час.
refusal-offers-button = 🏷 К предложениям
refusal-again-button = Попробовать ещё раз

## Настройки и справка

settings-title =
    <b>Настройки</b>

    Язык: { $language }
    Город: { $city }
settings-language = 🌐 Язык
settings-city = 📍 Город
settings-privacy = 🔐 Мои данные
settings-hidden = 📦 Архив
settings-news = 🆕 Новые бренды
news-title =
    <b>Новые бренды</b>

    Самые новые здесь. Город: { $city }
news-on = Пишу вам, когда появляется бренд, предложения которого действуют в вашем городе.
news-off = Могу написать, когда появится бренд, предложения которого действуют в вашем городе: днём, о нескольких сразу.
news-turn-on = 🔔 Писать мне
news-turn-off = 🔕 Не писать мне
languages-title = <b>Язык</b>
language-ru = Русский
language-en = English
help-text =
    <b>Что я умею</b>

    🏷 /offers — предложения магазинов вашего города
    💳 /cards — ваши карты и штрихкоды, поиск по ним, магазины рядом
    ➕ /add — добавить карту: фото, номер или файл из другого кошелька
    ⚙️ /settings — язык, город, контакты, согласия и реклама, экспорт карт
    🔐 /privacy — как хранятся ваши данные
    📄 /mydata — всё, что мы о вас храним, файлом
    🗑 /deletemydata — удалить данные и карты
    ✕ /cancel — отменить начатое
    🏠 /start — на главную
    ❔ /help — эта справка

    Заметка, срок, фото, архив и «Поделиться картой» — на странице карты, под кнопкой «Ещё».

    Напишите название магазина — найду, даже с опечаткой. Пришлите фото карты — прочитаю штрихкод. В любом чате наберите <code>@{ $bot } кофе</code>, чтобы поделиться предложением.
privacy-text =
    <b>Ваши данные</b>

    • Имя, телефон и ответы анкеты хранятся зашифрованными; ключ лежит отдельно от базы.
    • Магазин получает данные, только если вы выпустили его карту и согласились.
    • Реклама приходит, только если вы её разрешили, отдельно по каждому каналу.
    • Геопозиция нужна один раз и не сохраняется.

    Полный текст: { $url }
privacy-button = Политика целиком

## Всё остальное

unknown-text = Я понимаю названия магазинов и кнопки. Вот с чего начать:
unknown-command = Команды { $command } у меня нет. Вот что есть: { $commands }
unknown-media = С этим я пока ничего сделать не могу. Напишите название магазина или откройте меню.
unknown-edited = Изменённые сообщения я не перечитываю. Напишите ещё раз новым сообщением.
unknown-contact = Номер телефона понадобится в анкете — там я о нём попрошу.
unknown-location = Геопозиция нужна, когда вы выбираете город или ищете магазины рядом. Поменять город?
inline-title = { $brand }
inline-city-button = Выбрать город
inline-text =
    <b>{ $brand }</b>
    { $benefit }
inline-open = Открыть предложение
date-long = { $day } { $month ->
    [1] января
    [2] февраля
    [3] марта
    [4] апреля
    [5] мая
    [6] июня
    [7] июля
    [8] августа
    [9] сентября
    [10] октября
    [11] ноября
   *[12] декабря
 } { $year }

## Как выглядит номер карты

number-hint-qr = нужны буквы и цифры, как напечатано на карте
number-hint-ean13 = нужно 13 цифр, последняя — контрольная
number-hint-ean8 = нужно 8 цифр, последняя — контрольная
number-hint-upca = нужно 12 цифр, последняя — контрольная
number-hint-code128 = нужны латинские буквы и цифры
number-hint-code39 = нужны заглавные латинские буквы и цифры
number-hint-itf = нужно чётное количество цифр
number-hint-codabar = нужны только цифры
number-hint-pdf417 = нужны буквы и цифры, как напечатано на карте
number-hint-aztec = нужны буквы и цифры, как напечатано на карте
number-hint-datamatrix = нужны буквы и цифры, как напечатано на карте
city-unknown-short = Города «{ $typed }» мы не знаем. Напишите ещё раз, например: Казань

## Мои контакты

contacts-title = <b>Мои контакты</b>
contacts-about = Подтверждённый контакт годится для карт всех магазинов: второй раз его не спросят.
contacts-phone = 📱 { $value } — { $status }
contacts-email = ✉️ { $value } — { $status }
contacts-none = не указан
contacts-verified = подтверждён ✅
contacts-not-verified = не подтверждён
contacts-waiting-phone = 📨 Код отправлен на { $value }
contacts-waiting-email = 📨 Письмо со ссылкой отправлено на { $value }
contacts-change-phone = 📱 Сменить номер
contacts-add-phone = 📱 Указать номер
contacts-change-email = ✉️ Сменить адрес
contacts-add-email = ✉️ Указать адрес
contacts-resend-email = ✉️ Отправить письмо ещё раз
contacts-enter-code = 🔢 Ввести код из SMS
settings-contacts = 📇 Мои контакты
contact-phone-ask =
    Поделитесь номером кнопкой внизу — Telegram подтвердит его сам.

    Или введите номер: пришлём код по SMS. Например: +7 916 123-45-67
contact-phone-type =
    <b>Какой у вас номер?</b>

    Введите его, например: +7 916 123-45-67. На него придёт SMS от Кармана с кодом.
contact-phone-wrong = Это не похоже на номер телефона. Введите его целиком, например: +7 916 123-45-67
contact-phone-landline = Это городской номер: SMS на него не приходят. Введите мобильный, например: +7 916 123-45-67
contact-phone-toll-free = Это бесплатный номер компании: код на него не отправить. Введите свой мобильный, например: +7 916 123-45-67
contact-phone-no-sms = На такой номер SMS не отправить. Введите свой мобильный, например: +7 916 123-45-67
contact-phone-country = В эту страну SMS не отправляем. Нажмите «Назад» и поделитесь номером кнопкой: так подойдёт номер любой страны. Или введите другой, например: +7 916 123-45-67
contact-phone-sure =
    <b>Отправить код на { $phone }?</b>

    Проверьте номер: на него придёт SMS с кодом.
contact-phone-send = Отправить код
contact-phone-mend = Исправить номер
contact-phone-known = Этот номер уже подтверждён ✅
contact-keep = Оставить { $value }
contact-phone-manual = ✍️ Ввести номер вручную
contact-cancel = ✕ Отмена
contact-code-ask =
    <b>Введите код из SMS от Кармана</b>

    Отправили на { $phone }. В SMS шесть цифр, код действует { $minutes } мин.
    Это код для карты лояльности: коды входа в Telegram сюда не вводите.
contact-code-resend-at = Ещё раз можно через { $seconds } с, в { $time }.
contact-code-resend = Отправить код ещё раз
contact-code-other = Другой номер
contact-code-digits = В коде шесть цифр. Посмотрите SMS от Кармана, например: 482 913
contact-code-sent-again = Новый код отправлен, старый больше не действует.
contact-email-ask =
    <b>Какой у вас адрес почты?</b>

    Пришлём письмо со ссылкой для подтверждения. Например: anna@example.ru
contact-email-sent = Письмо со ссылкой отправлено на { $value }. Откройте его в течение двух суток.
contact-email-confirmed-already = Этот адрес уже подтверждён.
contact-phone-done = Номер подтверждён ✅
contact-taken-phone =
    <b>Этот номер подтверждён у другого человека</b>

    Так бывает, когда номер переходит к новому владельцу. Вы показали, что номер у вас.

    Если подтвердить его за собой, прежний владелец получит сообщение, а в его картах по этому номеру мы попросим подтвердить другой. Сами карты и баллы к вам не перейдут.
contact-taken-mine = Это теперь мой номер
contact-taken-not = Указать другой номер
contact-moved-phone = Номер теперь ваш ✅ Прежнему владельцу придёт сообщение.
card-recheck-phone = ⚠️ Номер телефона этой карты подтвердил другой человек. Подтвердите свой номер, чтобы карта снова была записана на вас.
card-recheck-email = ⚠️ Почту этой карты подтвердил другой человек. Подтвердите свой адрес.
card-recheck-button = 📇 Подтвердить контакты

refusal-code-too-soon = Код уже отправлен. Ещё раз можно через { $seconds } с.
refusal-too-many-codes = { $minutes ->
    [one] Слишком много отправок. Попробуйте через { $minutes } минуту.
    [few] Слишком много отправок. Попробуйте через { $minutes } минуты.
   *[many] Слишком много отправок. Попробуйте через { $minutes } минут.
 }
refusal-wrong-code = { $left ->
    [one] Код не подошёл. Осталась { $left } попытка.
    [few] Код не подошёл. Осталось { $left } попытки.
   *[many] Код не подошёл. Осталось { $left } попыток.
 }
refusal-code-spent = Код не подошёл пять раз подряд и больше не действует. Запросите новый.
refusal-code-expired = Этот код уже не действует. Запросите новый.
refusal-proof-expired = Прошло слишком много времени. Подтвердите номер ещё раз.

## Мои данные: файл, удаление, политика

command-mydata = Мои данные: скачать или удалить
command-deletemydata = Удалить мои данные
mydata-title =
    <b>🔐 Мои данные</b>

    Здесь можно получить всё, что мы о вас храним, или удалить это.
mydata-export = ⬇️ Скачать мои данные
mydata-export-first = ⬇️ Сначала скачать мои данные
mydata-exported = Готово: два файла выше. Первый удобно читать, второй — для программ.
mydata-policy = 📄 Как хранятся данные
mydata-delete = 🗑 Удалить мои данные
mydata-delete-explained =
    <b>Удалить мои данные</b>

    <b>Исчезнет навсегда</b>
    • имя, телефон, почта и ответы анкет — вместе с ключом, которым они зашифрованы;
    • { $cards ->
        [0] карт у вас сейчас нет;
        [one] { $cards } карта: её номер больше никто не получит, и вы тоже;
        [few] { $cards } карты: их номера больше никто не получит, и вы тоже;
       *[many] { $cards } карт: их номера больше никто не получит, и вы тоже;
    }
    • тексты сообщений и всё, что бот помнит о чате.

    Реклама прекратится сразу: все согласия будут отозваны.

    <b>Останется</b>
    • записи о ваших согласиях — без имени и контактов: закон требует уметь их показать;
    • то, что магазины получили при выпуске карт: они хранят это сами. Сами мы им об удалении не пишем: попросите их по адресу из согласия.

    Баллы на картах пропадут. Переписку в этом чате удалите в Telegram.
mydata-delete-go-on = Продолжить удаление
mydata-delete-sure =
    <b>Точно удалить всё?</b>

    Вернуть данные и карты будет нельзя — ни нам, ни вам.
mydata-delete-no = Нет, оставить
mydata-delete-yes = Да, удалить навсегда
mydata-deleted =
    <b>Ваши данные удалены</b>

    В файле выше — что удалено и что осталось. Больше мы вам не пишем.

    Если вернётесь, начнёте с чистого листа: новый профиль и новые номера карт.
mydata-start-again = Начать заново
mydata-nothing-held = Мы ничего о вас не храним.
mydata-no-policy = Отдельного текста политики нет: всё сказано на этом экране.
privacy-operator = Оператор: { $operator }

## Согласия в настройках, изменившиеся документы, квитанция

settings-consents = ✅ Согласия и реклама
card-consents = 🧾 Согласия и квитанция
consents-title =
    <b>Согласия и реклама</b>

    Что вы разрешили каждому магазину. Нажмите на магазин, чтобы изменить.
consents-none =
    <b>Согласия и реклама</b>

    Вы пока никому ничего не разрешали.
consents-digest = Реклама раз в день, одним сообщением
consents-digest-on = Реклама в этом чате приходит раз в день: в полдень, от всех магазинов в одном сообщении.
ads-digest-on-now = Теперь реклама приходит раз в день.
ads-digest-off-now = Теперь реклама приходит сразу.
consents-no-ads = без рекламы
consents-all-off = 🔕 Выключить всю рекламу
consents-brand-title = <b>{ $brand }</b> — согласия
consents-brand-ads =
    <b>Реклама</b>
    Отметьте, куда можно присылать. Нажатие действует сразу.
consents-brand-data =
    <b>Персональные данные</b>
    Согласие дано { $date }, версия { $version }.
consents-read-data = 📄 Данные: текст
consents-read-ads = 📄 Реклама: текст
consents-receipt = 🧾 Квитанция
consents-withdraw = Отозвать согласие на данные
ads-on-now = Включено
ads-off-now = Выключено. Больше не пришлём.
ads-off-already = Здесь уже выключено: рекламы не будет.
ads-all-off-now = Вся реклама выключена. Карты и сообщения о них остаются.
ads-stopped =
    🔕 <b>{ $brand }</b>: рекламы в канале «{ $channel }» больше не будет.

    Карта и сообщения о ней остаются.
ads-stopped-all = 🔕 Выключить рекламу всех магазинов
ads-stopped-settings = ⚙️ Согласия этого магазина
receipt-caption-page = 🧾 Квитанция: кому, что и когда вы разрешили, с полными текстами.
receipt-caption-json = То же для программ.
receipt-none = Согласий с этим магазином нет: квитанция не нужна.
withdraw-sure =
    <b>Отозвать согласие на персональные данные?</b>

    Без согласия { $name } не вправе хранить ваш номер и анкету, поэтому карту мы уберём. Реклама тоже прекратится.
withdraw-cards = { $count ->
    [one] Уйдёт карта: { $cards }.
   *[other] Уйдут карты: { $cards }.
 }
withdraw-kept = Запись о согласии и об отзыве хранится как доказательство, без ваших данных. Передумаете — выпустите карту ещё раз, номер останется за вами. О данных, которые уже у магазина, напишите на { $email }.
withdraw-yes = Да, отозвать и убрать карты
withdraw-done = { $count ->
    [0] Согласие отозвано, реклама прекращена: { $name }.
    [one] Согласие отозвано: { $name }. Карта убрана, реклама прекращена.
   *[other] Согласие отозвано: { $name }. Карты убраны, реклама прекращена.
 }
again-title = <b>Документы изменились</b>
again-title-several = <b>Документы изменились</b> · осталось { $left }
again-why =
    Теперь данные нужны ещё для одной цели. Прежнее согласие её не покрывает, поэтому спрашиваем снова, только об изменившихся документах.

    Карты остаются в кармане и при ответе «Позже»: штрихкод покажем, а спросим в следующий раз.
again-required-part =
    <b>Прочитайте и отметьте</b>
    Каждый документ отмечается отдельно.
again-ads-part =
    <b>Реклама — по желанию</b>
    По прежнему согласию её больше не присылают. Отметьте каналы, если хотите её получать, или не отмечайте ничего.
again-agree = Ответить
again-later = Позже
again-refuse = Не согласен
again-missing = Сначала отметьте: { $document }. Или выберите «Позже».
again-thanks = Спасибо, ответ записан.
again-later-told = Хорошо, спросим в следующий раз.

## Добавить карту: фото, номер, файл

add-card-button = ➕ Добавить карту
command-add = Добавить карту
add-prompt =
    <b>Добавить карту</b>

    Пришлите фото карты, снимок экрана или PDF — прочитаю штрихкод. Несколько карт на одном снимке — тоже хорошо. Нет под рукой — напишите номер.

    Фото не хранится: после чтения его у нас нет.
add-type-button = ⌨️ Ввести номер вручную
import-button = 📥 Перенести из другого кошелька
add-several = { $count ->
    [one] Нашёл { $count } штрихкод. Какой добавить?
    [few] Нашёл { $count } штрихкода. Какой добавить?
   *[many] Нашёл { $count } штрихкодов. Какой добавить?
 }
add-compare =
    Сверьте, пожалуйста. Это номер на карте?

    <b><code>{ $number }</code></b>
add-compare-yes = ✅ Да, всё верно
add-compare-no = ✏️ Нет, ввести номер
add-which-one =
    Номер: <code>{ $number }</code>

    Похоже на карту «{ $brand }». Добавить?
add-which-several =
    Номер: <code>{ $number }</code>

    Какого магазина эта карта?
add-which-none =
    Номер: <code>{ $number }</code>

    Такой карты среди наших магазинов нет. Её можно сохранить под своим названием: штрихкод покажем на кассе.
add-encoded = В штрихкоде: <code>{ $value }</code>
add-yes = ✅ Да, «{ $brand }»
add-own = 💾 Сохранить под своим названием
add-other = 🏷 Другой магазин
add-fix = ✏️ На карте другой номер
add-number = Введите номер с карты, например <code>2000000012345</code>.
add-number-wrong = Номер — это от 2 до 128 букв и цифр, например <code>2000000012345</code>. Попробуйте ещё раз.
add-name = Как назвать карту? Напишите название магазина, например «Кофейня у дома».
add-name-wrong = Название — от 1 до 100 символов, например «Кофейня у дома». Попробуйте ещё раз.
add-alike = Может быть, один из них? Карта получит его имя и цвет.
add-keep-typed = Оставить «{ $name }»
add-kept =
    🎉 <b>{ $name }</b> в кармане.
    Номер: <code>{ $number }</code>

    Цвет можно поменять.
add-keep-photo = 🖼 Сохранить и фото
add-photo-kept = Фото сохранено.
add-photo-lost = Фото уже не достать. Пришлите его ещё раз.
add-unread-nothing =
    Штрихкода на фото не нашёл.

    Помогает: карта целиком в кадре, без бликов и тени, штрихкод ровно и резко. Снимок экрана тоже подойдёт.
add-unread-heic = Это HEIC, такой формат читает только iPhone. Пришлите картинку как фото, а не файлом.
add-unread-empty = Файл пустой. Пришлите карту ещё раз.
add-unread-too-large = Файл больше 20 МБ. Пришлите снимок поменьше или как фото.
add-unread-too-many-pixels = Картинка слишком большая. Пришлите её как фото, а не файлом.
add-unread-not-a-picture = Такое не прочитать. Подойдут фото, JPEG, PNG, WEBP и PDF.
add-unread-damaged = Файл повреждён. Пришлите карту ещё раз.
add-unread-encrypted = PDF закрыт паролем. Пришлите снимок экрана с картой.
add-unread-too-demanding = Файл слишком сложный. Пришлите снимок экрана с картой.
add-unread-busy = Сейчас читаю много фото сразу. Пришлите это через минуту ещё раз.
add-unread-lost = Файл не открылся. Пришлите его ещё раз.
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
field-given-name = имя
field-surname = фамилия
field-patronymic = отчество
field-gender = пол
field-birth-date = дата рождения
field-city = город
field-email = почта
field-phone = телефон
refusal-number-bound = Эта карта записана на другой телефон или почту. Если они ваши — подтвердите их в «Моих контактах» и попробуйте ещё раз. Или покажите карту на кассе.
refusal-number-unknown = Магазин не знает карту с таким номером. Проверьте номер или покажите карту на кассе.
refusal-finding-gone = С тех пор прошло много времени. Пришлите фото карты ещё раз.
refusal-contacts-button = 📇 Мои контакты

## Перенос карт

import-prompt =
    <b>Перенести карты</b>

    Пришлите файл выгрузки: Catima (ZIP или CSV), FidMe, Voucher Vault, pkpass, наш JSON или таблицу CSV со столбцами «название» и «номер». Ссылка из Catima тоже подойдёт.
import-progress = Переношу карты: { $done } из { $total }
import-done = { $added ->
    [0] Новых карт нет.
    [one] 🎉 Перенёс { $added } карту.
    [few] 🎉 Перенёс { $added } карты.
   *[many] 🎉 Перенёс { $added } карт.
 }
import-standing = Уже были в кармане: { $count } ({ $names }).
import-standing-all = Уже были в кармане: { $count }
import-names-more = { $names } и ещё { $count }
import-skipped-expired = Просрочены и без номера: { $count }.
import-problems = Не перенёс: { $count }
import-bare = Без штрихкода, на кассе покажите номер: { $count }
import-changed = Перенёс с поправками: { $count }
import-more = …и ещё { $count }.
import-problems-file = Полный отчёт — в файле выше.
import-line = Строка { $line }
import-item = Карта { $line }
import-card = «{ $name }»
import-why-empty = пусто
import-why-empty-field = поле «{ $field }» пустое
import-why-too-long = слишком длинно
import-why-too-long-field = не поместился { $field }, остался номер
import-why-too-many-values = значений больше, чем столбцов
import-why-spreadsheet = номер { $value } округлила таблица. Сделайте столбец текстовым и впишите номер заново
import-why-unreadable = не смог прочитать
import-why-unreadable-field = не смог прочитать { $field }
import-why-no-room = больше { $value } карт в карман не помещается
import-why-no-room-picture = { $field }: не помещается, на фото карт отведено { $value } МБ
import-why-twice = номер { $value } есть в файле дважды
import-why-odd-value = не понял и пропустил { $field }: { $value }
import-why-shortened = укоротил текст
import-why-shortened-field = укоротил { $field }
import-why-no-barcode = { $value } рисовать не умею
import-why-no-barcode-field = такой номер в { $value } не записать
import-field-name = название
import-field-number = номер
import-field-barcode-value = штрихкод
import-field-barcode-format = вид штрихкода
import-field-symbology = вид штрихкода
import-field-encoding = кодировку штрихкода
import-field-note = заметку
import-field-valid-from = начало действия
import-field-expires = срок действия
import-field-balance = баланс
import-field-balance-type = валюту
import-field-color = цвет
import-field-starred = отметку «избранное»
import-field-archived = отметку «архив»
import-field-last-used = дату последнего показа
import-field-groups = группы
import-field-front = фото лицевой стороны
import-field-back = фото оборота
import-field-icon = логотип
import-password = Файл закрыт паролем. Пришлите пароль: я его не храню, а сообщение удалю.
import-password-wrong = Пароль не подошёл. Пришлите ещё раз: сообщение я удалю.
import-refused-unknown-format = Не понимаю этот файл. Карту пришлите как фото, а выгрузку — как ZIP, CSV, JSON или pkpass.
import-refused-too-large = Файл слишком большой: не больше 20 МБ и 5000 карт.
import-refused-broken = Файл повреждён. Выгрузите карты ещё раз.
import-refused-empty = Файл пустой. Выгрузите карты ещё раз.
import-refused-busy = Сейчас я читаю много файлов. Пришлите этот ещё раз через минуту.
import-refused-too-demanding = Файл слишком сложный. Выгрузите карты ещё раз или меньшими частями.
import-refused-no-name-column = В таблице есть номера, но нет столбца «название». Добавьте его и пришлите файл ещё раз.
import-refused-no-number-column = В таблице есть названия, но нет столбца «номер». Добавьте его и пришлите файл ещё раз.
settings-export = 📤 Экспорт карт
export-title =
    <b>Экспорт</b>

    Все карты одним файлом — они ваши. В каком виде?
export-catima = Для Catima (ZIP)
export-locked = Для Catima с паролем
export-json = JSON
export-csv = Таблица CSV
export-catima-caption = Откройте в Catima: «Импорт / экспорт».
export-json-caption = Все карты и пометки, для программ.
export-csv-caption = Таблица карт.
export-password = Придумайте пароль и пришлите его. Я его не храню, а сообщение удалю.
export-done = Готово. Файл выше.

# Много карт: список, архив, что хозяин хранит с картой.
ago-today = сегодня
ago-yesterday = вчера
ago-days = { $days ->
    [one] { $days } день назад
    [few] { $days } дня назад
   *[many] { $days } дней назад
 }
cards-search = 🔎 Найти карту
cards-near = 📍 Рядом со мной
cards-shelves = 🗂 По категориям
cards-sort = ↕️ Порядок
cards-shared = 👪 Мне дали · { $count }
cards-sort-title = <b>В каком порядке показать карты?</b>
cards-sort-used = Сначала те, что показываю чаще
cards-sort-new = Сначала новые
cards-sort-own = Мой порядок
cards-shelves-title = <b>Карты по категориям</b>
cards-others = 💳 Другие · { $count }
cards-search-prompt = Напишите название или последние цифры номера. Например: <i>кофе</i> или <i>4821</i>.
cards-search-again = 🔎 Искать ещё
cards-search-nothing = По запросу «{ $typed }» ваших карт нет. Попробуйте часть названия или последние цифры номера.
cards-search-found = По запросу «{ $typed }» нашлось карт: { $count }.
cards-search-more = Показаны первые { $shown }. Напишите точнее, чтобы увидеть остальные.
cards-near-prompt = Поделитесь местом: покажу ближайшие магазины ваших карт. Мы его не храним. Если вы разрешили рекламу магазина, он может написать, когда вы рядом; поделитесь местом на время — и по дороге.
place-again = Мы не храним, где вы, и уже забыли. Отправьте место ещё раз.
cards-near-title = <b>Рядом с вами</b>
cards-near-nothing = Ближе 30 км магазинов ваших карт нет.
cards-near-line = • <b>{ $name }</b> — { $address } · { $distance }
card-undrawn = Такой штрихкод мы рисовать не умеем: покажите кассиру номер.
card-note-line = 📝 { $note }
card-expires = ⏳ Действует до { $date } · { $days ->
    [0] последний день
    [one] остался { $days } день
    [few] осталось { $days } дня
   *[many] осталось { $days } дней
 }
card-expired = ⌛️ Срок вышел { $date }
card-star = ⭐ В избранное
card-unstar = ☆ Из избранного
card-more = ⚙️ Ещё
card-join-button = 🎉 { $brand } теперь в Кармане
more-title = <b>{ $name }</b>
more-used = Показывали { $count ->
    [one] { $count } раз
    [few] { $count } раза
   *[many] { $count } раз
 }, последний — { $when }
more-share = 👪 Поделиться картой
more-note = 📝 Заметка
more-expiry = ⏳ Срок
more-photo-front = 🖼 Лицевая сторона
more-photo-back = 🖼 Оборот
more-photo-front-add = 📷 Фото лицевой стороны
more-photo-back-add = 📷 Фото оборота
more-up = ⬆️ Выше
more-down = ⬇️ Ниже
more-moved = Место в списке: { $place }
note-prompt = Напишите заметку к карте «{ $name }». Её видите только вы.
note-clear = Убрать заметку
expiry-prompt = До какого дня действует «{ $name }»? Например: <i>31.12.2027</i> или <i>12/27</i>. Напомню за 14 дней и за 3 дня.
expiry-wrong = Это не похоже на будущую дату. Напишите день, месяц и год. Например: <i>31.12.2027</i> или <i>12/27</i>.
expiry-clear = Убрать срок
photo-prompt-front = Пришлите фото лицевой стороны карты. Его видите только вы.
photo-prompt-back = Пришлите фото оборота карты. Его видите только вы.
photo-wrong = Нужно обычное фото до 20 МБ: скрепка → «Галерея» → снимок карты.
photo-shown-front = <b>{ $name }</b> · лицевая сторона
photo-shown-back = <b>{ $name }</b> · оборот
photo-again = 📷 Другое фото
photo-drop = 🗑 Удалить фото
photo-dropped = Фото удалено.

# Семья: картой пользуются и другие.
share-title = 👪 <b>{ $name }</b> — кому показана
share-nobody = Пока никому.
share-about = Другие видят только номер и штрихкод. Баллы, имя и всё остальное остаётся у вас.
share-whom-person = Человек
share-whom-group = Группа
share-mode-view = показывает на кассе
share-mode-use = показывает на кассе, вы видите когда
share-waits = { $name }: ссылка ждёт до { $date }
share-line = { $name } · { $mode }
share-last-use = открывали: { $when }
share-revoke = ✖️ Закрыть доступ: { $number }. { $name }
share-revoked = Отозвано: карту больше не открыть.
share-new-person-view = 👤 Одному человеку
share-new-person-use = 👤 Одному, и я вижу, когда открыл
share-new-group-view = 👥 Группе
share-new-group-use = 👥 Группе, и я вижу, когда открыли
share-invite-person = Ссылка на карту «{ $name }» для одного человека. Сработает один раз, до { $date }. Отозвать доступ можно в любой момент. Вы увидите имя того, кто её открыл.
share-invite-group = Карта «{ $name }» для группы. Нажмите кнопку и выберите группу: карту добавляете вы сами, открыть её сможет каждый участник. Ссылка действует до { $date }.
share-pick-group = 👥 Выбрать группу
share-send = ↗️ Отправить
share-message = Моя карта «{ $name }»: откройте ссылку и показывайте штрихкод на кассе.
share-copy-link = 📋 Скопировать ссылку
shared-title = 👪 <b>Карты, которые вам дали</b>
shared-none = Вам пока никто не дал карту.
shared-card =
    👪 <b>{ $name }</b>
    Номер: <code>{ $number }</code>
shared-below-view = Это карта другого человека: покажите штрихкод на кассе. Он знает, что вы открыли ссылку.
shared-below-use = Это карта другого человека: покажите штрихкод на кассе. Он видит, когда вы её открывали.
shared-again = 💳 Показать ещё раз
shared-leave = Больше не нужна
shared-left = Готово: карты больше нет в вашем списке.
group-card = 👪 Карта «{ $name }» теперь доступна этой группе. Нажмите, чтобы показать штрихкод.
group-card-show = 💳 Показать карту
group-card-above = Карта уже показана выше.
refusal-sharing-forbidden = Правила этой программы не разрешают передавать карту другим.
refusal-too-many-shares = Картой уже поделились { $most } раз. Отзовите то, что больше не нужно.
refusal-share-not-found = Такой ссылки нет. Попросите прислать новую.
refusal-share-own = Это ваша собственная карта. Отправьте ссылку тому, с кем хотите поделиться.
refusal-share-not-own = Добавить карту в группу может только её владелец.
refusal-share-for-group = Эта ссылка для группы: откройте её там.
refusal-share-for-person = Эта ссылка для одного человека: откройте её в личном чате с ботом.
refusal-share-spent = По этой ссылке карту уже открыл кто-то другой: она работает один раз. Попросите новую.
refusal-share-expired = Срок ссылки истёк. Попросите новую.
refusal-share-ended = Владелец больше не делится этой картой.
refusal-account-not-found = Такого аккаунта нет.
refusal-program-not-found = В этом аккаунте нет такой программы.
refusal-brand-not-found = В этом аккаунте нет такого бренда.
refusal-picture-not-found = Сначала загрузите картинку, потом укажите её.
refusal-design-not-found = Такой версии оформления нет.
refusal-design-unfit = Оформление не подходит: { $what }. Нужно: { $expected }.
refusal-picture-unfit = Картинка не подходит: { $what }. Нужно: { $expected }.
refusal-key-invalid = Ключ должен выглядеть так: { $expected }.
refusal-key-taken = Такой ключ уже занят. Выберите другой.
refusal-document-fixed = Версия { $version } уже есть с другим текстом, и люди могли с ней согласиться. Опубликуйте новую версию.
refusal-example-is-real = { $example } — номер из пула. Укажите в примере вымышленный номер.
refusal-store-not-found = Такого магазина нет.
refusal-customer-not-found = Такого клиента нет.
refusal-document-not-found = Такого документа нет.
refusal-approval-required = Офферы публикует оператор. Отправьте на проверку.
refusal-offer-unpublished = Оффер не опубликован.
refusal-nothing-waits = У этого оффера ничего не ждёт.
refusal-offer-changed = То, что ждёт проверки, успело измениться: посмотрите ещё раз.
refusal-api-key-not-found = Такого ключа нет.
refusal-job-not-found = Такого задания нет.
refusal-job-ended = Это задание уже закончилось.
refusal-job-file-unfit = Файл не подходит: { $what }; нужно { $expected }.
refusal-too-many-jobs = Заданий уже { $most }: дождитесь, пока часть закончится.
refusal-reservation-not-found = Такой брони нет.
refusal-reservation-ended = Эта бронь уже закончилась.
refusal-balance-kept = Баллы и уровни этой программы ведёт встроенный учёт.
refusal-connection-not-found = Соединения с таким ключом нет.
refusal-reader-not-found = Такого тестового получателя нет: пригласите его, и он согласится сам.
refusal-invitation-ended = Это приглашение закончилось. Попросите прислать новое.
refusal-template-not-found = Шаблона с таким ключом нет.
refusal-too-many-templates = У аккаунта не больше { $most } шаблонов.
refusal-segment-not-found = Такого сегмента нет.
refusal-too-many-segments = У аккаунта не больше { $most } сегментов.
refusal-list-not-found = Такого списка нет.
refusal-list-in-use = Об этом списке спрашивает сегмент { $segment }.
refusal-too-many-lists = У аккаунта не больше { $most } списков.
refusal-too-many-attributes = У клиента не больше { $most } признаков.
refusal-too-many-connections = У аккаунта не больше { $most } соединений.
refusal-webhook-not-found = Вебхука с таким номером нет.
refusal-webhook-ended = Этот вебхук завершён.
refusal-webhook-url-refused = На этот адрес отправлять нельзя: нужен https и открытый в интернет узел.
refusal-too-many-webhooks = У аккаунта не больше { $most } вебхуков: завершите ненужный.
refusal-trigger-not-found = Триггера с таким номером нет.
refusal-too-many-triggers = У бренда не больше { $most } триггеров: удалите лишний.
refusal-too-many-wordings = У этого триггера было уже { $most } текстов: заведите новый.
refusal-too-many-products = У бренда здесь не больше { $most } товаров.
refusal-product-not-found = Такого товара нет.
refusal-watch-not-found = Этого никто не ждёт или уже дождался.
refusal-too-many-watches = Один человек ждёт не больше { $most } товаров.
refusal-pack-unfit = Файл — не пакет бренда: { $what }; нужно { $expected }.
refusal-pack-too-large = Пакет больше { $megabytes } МБ: запросите его без номеров или через командную строку.
refusal-delivery-not-found = Сообщения с таким номером нет.
refusal-cursor-expired = Места, с которого вы читаете дальше, уже нет. Читайте с начала.
refusal-api-key-ended = Этот ключ отозван, заменён или истёк.
refusal-scope-missing = Для этого нужно право «{ $scope }».
refusal-not-enough-points = На карте меньше баллов.
refusal-assignment-not-found = По этой ссылке карты нет: возможно, её срок вышел. Новую может прислать магазин.
refusal-assignment-not-yours = Эта карта оставлена на другой телефон или почту. Если у вас есть ещё одни, подтвердите их в «Моих контактах» и откройте ссылку снова.
refusal-assignment-other-card = У вас уже есть карта этой программы, с другим номером. Если нужен именно новый, напишите в магазин.
refusal-assignment-claimed = Эта карта уже у владельца.
refusal-assignment-differs = За этим клиентом закреплена другая карта.
refusal-promo-refused = Магазин это не принял. Проверьте, что всё написано как напечатано, и что этим ещё не пользовались.
refusal-card-awaited = Система магазина сейчас не отвечает. Карта уже запрошена и придёт сюда сама, заполнять ничего заново не нужно.
refusal-card-blocked = Карта заблокирована.
refusal-posting-not-found = Такого движения баллов нет.
refusal-posting-closed = Это уже сделано.
refusal-campaign-not-found = Такой рассылки нет.
refusal-campaign-state = В этом состоянии рассылки ({ $state }) так нельзя.
refusal-campaign-own = Одобрить должен кто-то другой.
refusal-campaign-over = Её последний день прошёл.
refusal-campaign-unapproved = Сначала её нужно одобрить.
refusal-posting-differs = Под этим ключом другое движение.
inline-card-number = Номер: { $number }
inline-card-text =
    <b>{ $name }</b>
    Номер: <code>{ $number }</code>

# Карта, которую назначил магазин.
assigned-prove = 💳 Карта «{ $brand }» ждёт вас. Она только для того, кого знает магазин: подтвердите { $asked ->
    [phone] телефон, который вы ему оставляли
    [email] почту, которую вы ему оставляли
   *[either] телефон или почту, которые вы ему оставляли
}.
assigned-phone = 📱 Подтвердить телефон
assigned-email = ✉️ Подтвердить почту
assigned-on = ▶️ К карте

settings-watches = 🔔 Что я жду в продаже
offer-missing = 🔔 Чего сейчас нет в продаже
missing-title =
    <b>Сейчас нет в продаже</b>
    Выберите товар, и мы напишем, когда он появится.
missing-nothing = Всё в продаже.
product-there =
    <b>{ $title }</b>
    { $brand }

    Есть в продаже.
product-gone =
    <b>{ $title }</b>
    { $brand }

    Сейчас нет в продаже.
product-waits =
    <b>{ $title }</b>
    { $brand }

    Сейчас нет в продаже. Мы напишем, когда появится.
product-watch = 🔔 Сообщить, когда появится
product-watch-off = 🔕 Больше не ждать
watches-title =
    <b>Что вы ждёте в продаже</b>
    Нажмите на товар, чтобы больше не ждать.
watches-nothing = Вы пока ничего не ждёте. Чего нет в продаже, видно в предложениях магазинов.
watch-told = Мы напишем, когда товар появится
watch-there = Товар уже в продаже
watch-off-told = Вы больше не ждёте этот товар
# Пробы сообщений.
samples-ask = <b>{ $account }</b> приглашает вас смотреть пробы своих сообщений — в Telegram, письмом или по SMS, до того как их увидят остальные. Бывает и реклама. Отключить можно в любой момент кнопкой под каждой пробой.
samples-turn-on = Смотреть пробы
samples-on = <b>{ $account }</b> присылает вам пробы своих сообщений: вы согласились их смотреть.
samples-turn-off = 🔕 Больше не присылать пробы
samples-off = <b>{ $account }</b> больше не присылает вам пробы.
