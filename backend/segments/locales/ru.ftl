# Кто имеется в виду, простыми словами

everybody = Все.
whole = Те, у кого { $said }.
and = , и{" "}
or = {" "}или{" "}
not = не так: { $said }
list-and = {" "}или{" "}
quoted = «{ $text }»
yes = да
no = нет

city = город — { $values }
card-has = карта есть
card-had = карта была, но её убрали
card-has_not = карты никогда не было
origin = карта { $values }
origin-issued = выпущена здесь
origin-duplicated = перенесена с пластика
origin-assigned = назначена вами
source = метка ссылки — { $values }
installed = карта в телефоне: { $values }
installed-apple = Apple Wallet
installed-google = Google Wallet
tier = уровень — { $values }
balance = баланс { $range }
joined = карта появилась { $range }
joined-within = карта появилась за { $days ->
    [one] последний { $days } день
    [few] последние { $days } дня
   *[other] последние { $days } дней
}
last_seen = кошелёк открывали за { $days ->
    [one] последний { $days } день
    [few] последние { $days } дня
   *[other] последние { $days } дней
}
consent = реклама разрешена: { $values }
channel-telegram = Telegram
channel-email = почта
channel-sms = SMS
channel-wallet = карта в телефоне
clicked = переходили по ссылке
clicked-within = переходили по ссылке за { $days ->
    [one] последний { $days } день
    [few] последние { $days } дня
   *[other] последние { $days } дней
}
clicked-of = { $said } кампании { $campaign }
age = возраст — { $values }
gender = пол — { $values }
gender-female = женский
gender-male = мужской
birthday = день рождения { $from } — { $to }
birthday-before = { $days ->
    [one] { $days } день назад
    [few] { $days } дня назад
   *[other] { $days } дней назад
}
birthday-today = сегодня
birthday-after = через { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
}
card_field = поле карты { $named } — { $range }
attribute = признак { $named } — { $range }
attribute-any = признак { $named } указан
list = карта в списке { $values }
range-from = от { $from }
range-to = до { $to }
range-both = от { $from } до { $to }
