balance = Баллы
tier = Уровень
holder = Владелец
number = Номер карты
expires = Действует до
